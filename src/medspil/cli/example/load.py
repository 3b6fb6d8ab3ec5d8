"""Loads the example through the same doors that people use: the importer and the rooms' services."""

import tomllib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.catalogue.services import load_cases
from medspil.cli.example.agreed import agree
from medspil.cli.example.aligned import align
from medspil.cli.example.boarded import found_boards
from medspil.cli.example.linked import link_parties
from medspil.cli.example.made_up import UNITS, write_register
from medspil.cli.example.mapped import map_resources
from medspil.cli.example.met import meet
from medspil.cli.example.offered import make_companies_known, make_offers
from medspil.cli.example.partnered import run_partnerships
from medspil.cli.example.places import key, load_areas
from medspil.cli.example.profiles import load_profiles
from medspil.cli.example.pulsed import ask_how_it_goes
from medspil.cli.example.setting import Setting
from medspil.cli.example.shared_out import share_out
from medspil.cli.example.shortlists import begin_shortlists, plan_next_steps, turned
from medspil.cli.example.walked import walk_through
from medspil.cli.example.week_later import WRITTEN_ON, write_week
from medspil.linking.models import Candidate
from medspil.mapping.models import Resource
from medspil.organisations.models import Membership, Organisation, Profile
from medspil.organisations.roles import Role
from medspil.register.index import rebuild_index
from medspil.register.models import ImportRun, ImportState, Unit
from medspil.register.services import apply, compare, receive_file

PASSWORD = "medspil-eksempel-2026"  # noqa: S105  (printed on purpose: it opens the example and nothing else)
MADE_UP, DOCUMENTS = "Opdigtet register (eksempel)", "Idékatalog 2010 (numrene er opdigtede)"
MADE_UP_ON, DOCUMENTS_ON = date(2026, 11, 1), date(2010, 12, 1)
DESCRIBED = (
    "areas.toml",
    "companies.toml",
    "resources.toml",
    "offers.toml",
    "links.toml",
    "rounds.toml",
    "partnerships.toml",
    "alignment.toml",
    "walks.toml",
    "agreements.toml",
    "pulses.toml",
    "boards.toml",
    "meetings.toml",
)
WEEK_KEY = key(f"{MADE_UP}:{WRITTEN_ON}")
MEMBERS_SINCE = date(2026, 1, 1)
Step = Callable[[str], AbstractContextManager[None]]


def description() -> dict[str, Any]:
    """Return the example as it is written down."""
    parts = (files(__package__).joinpath(name).read_text(encoding="utf-8") for name in DESCRIBED)
    return {name: value for part in parts for name, value in tomllib.loads(part).items()}


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
    return Organisation.objects.exclude(name__in=ours).exclude(unit__made_up=True).exists()


def load_example(*, now: datetime, step: Step, units: int = UNITS) -> None:
    """Load everything; what a start that was cut off left behind is found again and not made twice."""
    told = description()
    with step("Making up a register and importing it"):
        _import_made_up(units)
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
        coordinator = next(iter(by_email.values()))
        needs = load_areas(told, organisations, by=coordinator, now=now)
        begin_shortlists(told, needs, by=coordinator, now=now)
    with step("Importing what happened in the week after, and building the search index anew"):
        _import_week_later(told)
        rebuild_index()
    with (
        step("Adding what the areas have, offers, links, allocations, and people who can sign in"),
        transaction.atomic(),
    ):
        _let_in(by_email.values(), now)
        # Where an earlier start came as far as this, people may have gone on since.
        if not Profile.objects.exists():
            load_profiles(told, organisations, by_email, now=now)
            plan_next_steps(told, by=coordinator, now=now)
        if not Resource.objects.exists():
            _work_with_the_areas(Setting(told, organisations, by_email, now))


def _work_with_the_areas(setting: Setting) -> None:
    """Map, offer, link and share out, in the order in which each needs the other.

    What the rooms write down themselves, as the sentence of a link, is in the language of the example.
    """
    setting.choose_companies()
    with override("da"):
        make_companies_known(setting)
        map_resources(setting)
        make_offers(setting)
        link_parties(setting)
        align(setting)
        share_out(setting)
        run_partnerships(setting)
        walk_through(setting)
        agree(setting)
        ask_how_it_goes(setting)
        found_boards(setting)
        meet(setting)


def _let_in(people: Iterable[User], now: datetime) -> None:
    """Give everybody the password, hashed once: it is the same and printed for all to see."""
    password = make_password(PASSWORD)
    for person in people:
        person.password, person.is_active = password, True
        person.last_login = person.last_login or now  # lists name people once they have been here
        person.save(update_fields=["password", "is_active", "last_login"])


def _import_made_up(units: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "opdigtet-register.csv"
        write_register(path, units=units)
        _import_file(path, MADE_UP, MADE_UP_ON, made_up=True)


def _import_week_later(told: dict[str, Any]) -> None:
    """Import a part a week later: news near the areas, and two companies on shortlists that are closed to us now."""
    if ImportRun.objects.filter(creation_key=WEEK_KEY, state=ImportState.APPLIED).exists():
        return
    drawn = [Area.objects.get(creation_key=key(place["key"])) for place in told["area"]]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "opdigtet-register-ugen-efter.csv"
        write_week(
            path,
            around=[(area.x, area.y) for area in drawn if area.x is not None and area.y is not None],
            turned=turned(told),
            spared=set(Candidate.objects.values_list("unit__number", flat=True)),
        )
        _import_file(path, MADE_UP, WRITTEN_ON, made_up=True, complete=False)


def _import_file(path: Path, source: str, source_date: date, *, made_up: bool, complete: bool = True) -> None:
    with path.open("rb") as file:
        run = receive_file(
            creation_key=key(source) if complete else WEEK_KEY,
            complete=complete,
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
            creation_key=key(facts["key"]),
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
        for name, role in facts["roles"]:
            Membership.objects.get_or_create(
                user=by_email[facts["email"]],
                organisation=organisations[name],
                role=Role(role),
                ended_on=None,
                defaults={"started_on": MEMBERS_SINCE},
            )
