"""Loads the example through the same doors that people use: the importer and the rooms' services."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from medspil.accounts.models import User
from medspil.catalogue.services import load_cases
from medspil.cli.example.made_up import write_register
from medspil.cli.example.places import load_areas
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.register.index import rebuild_index
from medspil.register.models import ImportState, Unit
from medspil.register.services import apply, compare, receive_file

PASSWORD = "medspil-eksempel-2026"  # noqa: S105  (printed on purpose: it opens the example and nothing else)
MADE_UP, DOCUMENTS = "Opdigtet register (eksempel)", "Idékatalog 2010 (numrene er opdigtede)"
MADE_UP_ON, DOCUMENTS_ON = date(2026, 11, 1), date(2010, 12, 1)
MEMBERS_SINCE = date(2026, 1, 1)
Step = Callable[[str], AbstractContextManager[None]]


def description() -> dict[str, Any]:
    """Return the example as it is written down in areas.toml."""
    return tomllib.loads(files(__package__).joinpath("areas.toml").read_text(encoding="utf-8"))


def people() -> list[tuple[str, str, str]]:
    """Return e-mail, name and role of everybody who can sign in to the example."""
    return [
        (person["email"], person["name"], ", ".join(sorted({str(Role(role).label) for _, role in person["roles"]})))
        for person in description()["person"]
    ]


def example_is_there() -> bool:
    """Tell whether the example was loaded to its end: the people come last."""
    emails = [email for email, _, _ in people()]
    return User.objects.filter(email__in=emails, is_active=True).count() == len(emails)


def somebody_works_here() -> bool:
    """Tell whether the database holds organisations that are not the example's."""
    ours = [organisation["name"] for organisation in description()["organisation"]]
    return Organisation.objects.exclude(name__in=ours).exists()


def load_example(*, now: datetime, step: Step) -> None:
    """Load everything; what a start that was cut off left behind is found again and not made twice."""
    told = description()
    with step("Making up a register and importing it"):
        _import_made_up()
    with step("Importing the companies of the idea catalogue"):
        _import_file(
            Path(str(files(__package__).joinpath("source_companies.csv"))), DOCUMENTS, DOCUMENTS_ON, made_up=False
        )
    with step("Building the search index (the first time the Danish word list is prepared too)"):
        rebuild_index()
    with step("Adding concepts and cases"):
        load_cases(published_on=DOCUMENTS_ON)
    with step("Adding organisations, areas and needs"), transaction.atomic():
        organisations = _organisations(told, now)
        by_email = _people(told)
        _memberships(told, organisations, by_email)
        load_areas(told, organisations, by=next(iter(by_email.values())), now=now)
    with step("Adding people who can sign in"):
        for person in by_email.values():
            person.set_password(PASSWORD)
            person.is_active = True
            person.last_login = person.last_login or now  # lists name people once they have been here
            person.save(update_fields=["password", "is_active", "last_login"])


def _import_made_up() -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "opdigtet-register.csv"
        write_register(path)
        _import_file(path, MADE_UP, MADE_UP_ON, made_up=True)


def _import_file(path: Path, source: str, source_date: date, *, made_up: bool) -> None:
    with path.open("rb") as file:
        run = receive_file(
            creation_key=uuid5(NAMESPACE_URL, f"medspil-example:{source}"),
            file=File(file),
            file_name=path.name,
            source=source,
            source_date=source_date,
            now=timezone.now(),
            made_up=made_up,
            by_name="Medspil",
        )
    if run.state == ImportState.APPLIED:  # an earlier start came as far as this
        return
    compare(run=run, clock=timezone.now)
    run.refresh_from_db()
    apply(run=run, clock=timezone.now)


def _organisations(told: dict[str, Any], now: datetime) -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for facts in told["organisation"]:
        found[facts["key"]], _ = Organisation.objects.get_or_create(
            creation_key=uuid5(NAMESPACE_URL, f"medspil-example:{facts['key']}"),
            defaults={
                "name": facts["name"],
                "kind": facts["kind"],
                "municipality": facts["municipality"],
                "unit": Unit.objects.filter(number=facts.get("unit", 0)).first(),
                "created_at": now,
                "updated_at": now,
            },
        )
    return found


def _people(told: dict[str, Any]) -> dict[str, User]:
    """Make the people without a password and not yet active: they can sign in when everything else is there."""
    made: dict[str, User] = {}
    for facts in told["person"]:
        person = User.objects.filter(email=facts["email"]).first()
        if person is None:
            person = User(email=facts["email"], name=facts["name"], is_active=False)
            person.set_unusable_password()
            person.save()
        made[facts["email"]] = person
    return made


def _memberships(told: dict[str, Any], organisations: dict[str, Organisation], by_email: dict[str, User]) -> None:
    for facts in told["person"]:
        for key, role in facts["roles"]:
            Membership.objects.get_or_create(
                user=by_email[facts["email"]],
                organisation=organisations[key],
                role=Role(role),
                ended_on=None,
                defaults={"started_on": MEMBERS_SINCE},
            )
