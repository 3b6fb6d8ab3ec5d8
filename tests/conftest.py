"""What every test has at hand: people with fixed parts, a small register, and N+1 queries as errors."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
import zeal
from django.conf import settings
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import people, rankings
from tests.factories.cvrapi_answers import answer
from tests.factories.emptying import let_tests_empty_tables
from tests.factories.migrated import Migrated
from tests.factories.net import Service, service

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


MIGRATED = pytest.StashKey[Migrated]()
CLOCK = pytest.StashKey[time_machine.travel]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the clock of a run be set, as in `--at 2027-03-28T00:30:00+00:00`: what passes today passes in ten years."""
    parser.addoption("--at", type=datetime.fromisoformat, default=NOW, help="the moment at which the tests begin")


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock; make the folders of the tests' database and of static files: a fresh clone has none."""
    config.stash[CLOCK] = time_machine.travel(config.getoption("at"))
    config.stash[CLOCK].start()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # A test that makes no index has none, also beside an example that was filled before.
    settings.INDEX_DIR = settings.DATA_DIR / "index-of-tests"
    # Static files are looked up when asked for; listing all of them for every new browser takes longer than its page.
    settings.WHITENOISE_AUTOREFRESH = True
    let_tests_empty_tables()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Migrate a database for the processes of a run, before they are started."""
    config = session.config
    if config.getoption("numprocesses", None) and not config.option.collectonly:
        config.option.testrunuid = config.option.testrunuid or uuid4().hex
        config.stash[MIGRATED] = Migrated(config.option.testrunuid)
        config.stash[MIGRATED].make_meanwhile(config.stash[blocking_manager_key])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what may ask the database: pytest-django refuses it to all other tests."""
    for item in items:
        asks = "django_db_setup" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db")
        if asks:
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Leave what the whole run holds out of every search for garbage, and search less often: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Let no test, nor what is made for a whole file, speak the language in which the test before it asked a page."""
    translation.deactivate()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let Python clear up as it would: DuckDB warns of what is left over at the very end."""
    if MIGRATED in config.stash:
        with config.stash[blocking_manager_key].unblock():
            config.stash[MIGRATED].remove()
    config.stash[CLOCK].stop()
    gc.unfreeze()
    gc.collect()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
    request: pytest.FixtureRequest,
) -> None:
    """Give each process of a run its own copy of the database that the run migrated."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid")
    if run:
        with django_db_blocker.unblock():
            Migrated(run).copy_into_tests()


@pytest.fixture(autouse=True)
def no_n_plus_one(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that loads related rows one by one."""
    with zeal.zeal_context():
        yield


@pytest.fixture
def now() -> datetime:
    """Return the moment at which tests happen."""
    return NOW


@pytest.fixture
def clock_of_the_machine() -> Iterator[None]:
    """Let a test see the time that processes beside it see."""
    with time_machine.travel(time_machine.escape_hatch.datetime.datetime.now(UTC)):
        yield


@pytest.fixture
def vejle(db: None) -> Organisation:
    """Return Anna's municipality."""
    return people.organisation(name="Vejle Kommune", kind="municipality")


@pytest.fixture
def anna(vejle: Organisation) -> User:
    """Return Anna, coordinator in the municipality: she owns what tests make."""
    return people.member(vejle, Role.COORDINATOR, name="Anna")


@pytest.fixture
def carl(db: None) -> User:
    """Return Carl, coordinator somewhere else: a stranger who must see nothing."""
    return people.member(
        people.organisation(name="Fremmed Kommune", kind="municipality"), Role.COORDINATOR, name="Carl"
    )


@pytest.fixture
def as_anna(anna: User) -> Client:
    """Return a browser in which Anna is signed in."""
    return people.signed_in(anna)


@pytest.fixture
def as_carl(carl: User) -> Client:
    """Return a browser in which Carl is signed in."""
    return people.signed_in(carl)


@pytest.fixture
def units(db: None, settings: Settings, tmp_path: Path) -> dict[str, Unit]:
    """Return the units of a small register that has been indexed."""
    return rankings.register(settings, tmp_path)


@pytest.fixture
def need(vejle: Organisation) -> Need:
    """Return Anna's need for a photo school."""
    return rankings.photo_need(vejle)


@pytest.fixture
def cvrapi(settings: Settings) -> Iterator[Service]:
    """Return a service that answers as cvrapi.dk does, and that the settings name."""
    with service(lambda question: (200, answer())) as running:
        settings.LOOKUP, settings.LOOKUP_URL = "cvrapi", f"{running.address}/api"
        settings.LOOKUP_AGENT = "Medspil Vejle, it@vejle.example"
        yield running
