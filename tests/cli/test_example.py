"""The example of `medspil demo`: what it shows of the week after, of companies that were checked, and of open needs."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import User
from medspil.areas.hosting import volunteers_ready, wants_volunteers
from medspil.areas.models import Area, Need
from medspil.areas.news import Group, news_of
from medspil.cli.example.load import DOCUMENTS, load_example
from medspil.linking.models import Candidate
from medspil.linking.reverse import needs_for
from medspil.mapping.coverage import Cover, coverages
from medspil.organisations.models import Organisation, Profile
from medspil.register.flags import FlagKind, flags_of
from medspil.register.index import index_state
from medspil.register.models import ImportRun, Unit
from tests.conftest import NOW
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
COORDINATOR, CONTACT = "koordinator@example.org", "virksomhed@example.org"


@pytest.fixture(scope="module", autouse=True)
def example(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load a small example."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("example")):
        load_example(now=NOW, step=lambda _what: nullcontext(), units=2_000)
        yield


def test_the_week_after_brings_news_of_every_group_near_the_areas() -> None:
    found = news_of(list(Area.objects.all()), user=User.objects.get(email=COORDINATOR), reach_km=10)
    assert len(found) == 4
    assert all(news.items for news in found)
    assert {group for news in found for group in news.counts} == set(Group)
    assert not any(run.rejected for run in ImportRun.objects.all())
    assert index_state().current
    assert set(Unit.objects.filter(made_up=False).values_list("source", flat=True)) == {DOCUMENTS}


def test_of_the_companies_that_were_kept_one_has_ceased_and_one_turned_protected() -> None:
    kept = Candidate.objects.select_related("unit")
    flags = flags_of(candidate.unit for candidate in kept)
    assert sorted(flag.kind for flag in flags.values()) == [FlagKind.CEASED, FlagKind.PROTECTED]
    assert all(flag.day for flag in flags.values())
    assert all(candidate.grounds for candidate in kept)
    assert not any(candidate.next_step for candidate in kept if candidate.unit.number in flags)


def test_answers_that_nobody_gave_say_so_and_one_company_speaks_for_itself() -> None:
    own = Profile.objects.own_words().get()
    assert own.about == Organisation.objects.get(name="Schiller House")
    assert {answer.checked_by.email for answer in own.answers.all() if answer.checked_by} == {CONTACT}
    for profile in Profile.objects.prefetch_related("answers"):
        for answer in profile.answers.all():
            said = [answer.text, *answer.details.get("themes", {}).values()]
            assert all(text.startswith("Opdigtet:") for text in said if text), answer


def test_the_company_sees_open_needs_that_fit() -> None:
    unit = Organisation.objects.get(name="Schiller House").unit
    assert unit is not None
    found = needs_for(unit=unit, among=Need.objects.open_to_companies(), now=NOW)
    assert found.needs[0].need.title.startswith("Fotograf")
    assert found.considered == 3


def test_every_challenge_says_what_it_takes_and_every_need_where_it_starts_and_who_receives() -> None:
    coordinator = User.objects.get(email=COORDINATOR)
    areas = list(Area.objects.visible_to(coordinator).for_overview())
    found = coverages(areas, user=coordinator, on=NOW.date())
    assert all(one.rows and not one.unsaid for one in found.values())
    assert any(one.counts[Cover.ASKED] for one in found.values())
    needs = Need.objects.for_page()
    assert all(need.challenge and volunteers_ready(need) for need in needs)
    assert any(wants_volunteers(need) for need in needs)
