"""Who gets what at every address: each role at home, partners, strangers, and people without a right at all.

On SQLite everybody asks for everything with every method: that is where the rules are held. They are Python and
Django's queries, the same on both databases; what PostgreSQL could do differently is refuse a query or understand it
otherwise. So there one person of each kind, whose queries differ, asks for every page and sends every form once.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import zeal
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from medspil.linking.models import Refusal
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.factories.once import made_once
from tests.factories.papers import faults_of
from tests.web.matrix import document
from tests.web.matrix.expected import EXPECTED
from tests.web.matrix.papers import PAPERS, templates
from tests.web.matrix.routes import routes
from tests.web.matrix.rules import METHODS, Answer, Page, Scope, expected
from tests.web.matrix.world import Actor, World, names_a_side

ROUTES = sorted(routes())
KNOWN = sorted(set(ROUTES) & set(EXPECTED))
OWN = [name for name in KNOWN if not EXPECTED[name].others_code]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|ALTER|DROP|TRUNCATE)\b", re.IGNORECASE)
# The session is the visitor's own and no record of ours.
NOT_OURS = re.compile(r'"django_session"')
EVERYTHING = connection.vendor == "sqlite"
ONE_OF_EACH_KIND = {
    "coordinator", "broker", "reader", "coordinator of a partner", "coordinator elsewhere", "without membership",
    "anonymous",
}  # fmt: skip
POLICY = "Content-Security-Policy"
PROTECTING = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """Make two of everything once for all pages, with a register that can be searched; taken back at the end."""
    folder = tmp_path_factory.mktemp("world")
    with made_once(django_db_blocker, folder):
        found = World(folder)
        rebuild_index()
        yield found, folder


@pytest.fixture
def world(made: tuple[World, Path], db: None) -> Iterator[World]:
    """Return the world; whatever a test does to it is taken back after the test."""
    found, folder = made
    files = {path: path.read_bytes() for path in (folder / "files").rglob("*") if path.is_file()}
    yield found
    for path, held in files.items():
        path.write_bytes(held)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collect the statements that would change something."""
    found: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if WRITES.match(sql) and not NOT_OURS.search(sql):
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def browser(actor: Actor, *, enforce_csrf_checks: bool = False) -> Client:
    """Return a fresh browser in which the person is signed in, if there is one: she signed in once for all pages."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if actor.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = actor.session
    return client


def who_asks(world: World) -> list[Actor]:
    """Return everybody, or one person of each kind where the rules are not held for the first time."""
    found = [actor for actor in world.actors.values() if EVERYTHING or actor.name in ONE_OF_EACH_KIND]
    assert EVERYTHING or len(found) == len(ONE_OF_EACH_KIND)
    return found


def ask(client: Client, method: str, address: str, page: Page) -> tuple[HttpResponseBase, str]:
    """Send one request, read the whole answer, and take back whatever was written."""
    with transaction.atomic(), zeal.zeal_context():
        response = client.generic(method, address) if method != "POST" else client.post(address, dict(page.data))
        transaction.set_rollback(True)
    body = text_of(response)
    # The files it holds and not the answer itself: that would close the connection to the database as well.
    for close in getattr(response, "_resource_closers", []):
        close()
    return response, body


def answer(response: HttpResponseBase) -> Answer | str:
    """Name what came back."""
    code = response.status_code
    if code in {403, 404, 405}:
        return Answer(str(code))
    if code in {302, 303} and response["Location"].startswith(reverse("account_login")):
        return Answer.SIGN_IN
    return Answer.ALLOWED if code < 400 or code in {409, 422} else str(code)


def text_of(response: HttpResponseBase) -> str:
    """Return all that can be read in an answer, also inside a workbook or a PDF."""
    if isinstance(response, StreamingHttpResponse):
        body = b"".join(part for part in response if isinstance(part, bytes))
    else:
        assert isinstance(response, HttpResponse)
        body = response.content
    kind = response.get("Content-Type", "")
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if kind.startswith("application/pdf"):
        return "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(body)).pages)
    return body.decode("utf-8", "replace")


def is_as_wanted(page: Page, wanted: Answer, got: Answer | str) -> bool:
    """Compare; others' code may lack a method or a page for the moment, but never breaks and never lets anybody in."""
    if page.others_code and wanted is Answer.ALLOWED:
        return got in {Answer.ALLOWED, Answer.UNKNOWN, Answer.WRONG_METHOD} or (
            page.scope is Scope.PUBLIC and got is Answer.SIGN_IN
        )
    return got is wanted


def letters_for(page: Page) -> list[str]:
    """Return whose records to name: all of A, all of B, and each mixture of both.

    On PostgreSQL those of A are enough: the queries are the same.
    """
    choices = ["AB" if names_a_side(wish) else "-" for wish in page.args.values()]
    return ["".join(letters) for letters in product(*choices)][: None if EVERYTHING else 1]


def methods_to_try(page: Page, *, first: bool) -> tuple[str, ...]:
    """Return the methods; one that no page has is tried once and not for every mixture of records."""
    return METHODS if EVERYTHING and first and not page.others_code else METHODS[:2]


def expected_for(page: Page, method: str, actor: Actor, letters: str) -> set[Answer]:
    """Return what the row says; a record of one side under a record of the other is unknown to everybody."""
    own = [letter for letter in letters if letter != "-"]
    here = actor.part(own[0] if own else "A")
    found = expected(page, method, signed_in=actor.signed_in, here=here, anywhere=actor.anywhere)
    if len(set(own)) > 1 and found in {Answer.ALLOWED, Answer.FORBIDDEN}:
        return {Answer.UNKNOWN, found} - {Answer.ALLOWED}
    return {found}


def unprotected(response: HttpResponseBase, page: Page, actor: Actor) -> dict[str, str]:
    """Return the headers that would let a browser do with an answer what it must not."""
    headers = {name: response.get(name, "missing") for name in (POLICY, *PROTECTING, "Cache-Control")}
    found = {name: headers[name] for name, wanted in PROTECTING.items() if headers[name] != wanted}
    strict = all(rule in headers[POLICY] for rule in ("default-src 'none'", "script-src 'self'"))
    if not strict or "unsafe" in headers[POLICY]:
        found[POLICY] = headers[POLICY]
    if actor.signed_in and page.scope is not Scope.PUBLIC and "no-store" not in headers["Cache-Control"]:
        found["Cache-Control"] = headers["Cache-Control"]
    return found


def test_every_page_stands_in_the_matrix() -> None:
    assert set(ROUTES) - set(EXPECTED) == set()
    assert len(ROUTES) >= 20


def test_every_row_of_the_matrix_is_a_page() -> None:
    assert set(EXPECTED) - set(ROUTES) == set()


def test_the_page_that_people_read_says_the_same() -> None:
    assert document.DOCUMENT.read_text(encoding="utf-8") == document.text(), "run: python -m tests.web.matrix.document"


@pytest.mark.parametrize("name", KNOWN)
def test_everybody_gets_what_the_matrix_says(name: str, world: World) -> None:
    page = EXPECTED[name]
    wrong = []
    for actor in who_asks(world):
        client = browser(actor)
        for letters in letters_for(page):
            address = reverse(name, kwargs=world.arguments(page.args, letters))
            for method in methods_to_try(page, first=letters == letters_for(page)[0]):
                with writes() as written:
                    response, body = ask(client, method, address, page)
                wanted, got = expected_for(page, method, actor, letters), answer(response)
                case = f"{method} {address} ({letters or '-'}) by {actor.name}"
                if not any(is_as_wanted(page, one, got) for one in wanted):
                    said = " or ".join(sorted(one.value for one in wanted))
                    wrong.append(f"{case}: expected {said}, got {got if isinstance(got, str) else got.value}")
                if written and not page.others_code and (method == "GET" or Answer.ALLOWED not in wanted):
                    wrong.append(f"{case}: wrote {written[0]}")
                unseen = {word for word in actor.unseen if not (page.names_all_organisations and word.endswith("part"))}
                wrong += [f"{case}: shows {canary}" for canary in unseen if canary in body]
                wrong += [f"{case}: {name} is {said}" for name, said in unprotected(response, page, actor).items()]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", [name for name in OWN if "POST" in EXPECTED[name].methods])
def test_a_form_without_its_token_is_refused(name: str, world: World) -> None:
    page = EXPECTED[name]
    client = browser(world.actors["coordinator"], enforce_csrf_checks=True)
    address = reverse(name, kwargs=world.arguments(page.args, letters_for(page)[0]))
    with writes() as written:
        response, _body = ask(client, "POST", address, page)
    assert response.status_code == 403
    assert not written


def test_every_template_is_a_paper_that_is_checked() -> None:
    assert set(PAPERS) == templates()


@pytest.mark.parametrize("template", PAPERS)
def test_every_paper_meets_the_standards_for_reading_aloud_and_for_keeping(template: str, world: World) -> None:
    name, besides = PAPERS[template]
    page = EXPECTED[name]
    Unit.objects.update(protected=False)  # no letter is made to a company that nobody may approach, or that said no
    Refusal.objects.all().delete()
    address = reverse(name, kwargs=world.arguments(page.args, letters_for(page)[0]) | besides)
    response = browser(world.actors["coordinator"]).get(address)
    assert isinstance(response, HttpResponse)
    assert response["Content-Type"].startswith("application/pdf"), address
    assert faults_of(response.content) == []


def test_the_matrix_sees_an_answer_without_protection(world: World) -> None:
    found = unprotected(HttpResponse(), EXPECTED["areas:list"], world.actors["coordinator"])
    assert set(found) == {POLICY, *PROTECTING, "Cache-Control"}


def test_the_matrix_sees_a_write_on_a_read(world: World) -> None:
    with writes() as written:
        world.actors["reader"].user.save()  # type: ignore[union-attr]  # she is somebody
    assert len(written) == 1
