"""What a letter says comes from data: gains, what is asked, the nearest case, who writes, what happens next."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.areas.models import Area, Need, NeededResource, Rhythm
from medspil.catalogue.services import load_cases
from medspil.linking.models import Link
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.subjects import of_unit
from medspil.partnerships.facts import facts_of, hours_in_half_a_year
from medspil.partnerships.letters import LONGEST_SUBJECT
from medspil.register.models import Unit
from tests.factories import companies, links, places, profiles
from tests.factories.people import NOW
from tests.factories.pitches import company, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return an area in Vejle."""
    return places.area(vejle)


@pytest.fixture
def smith(db: None) -> Unit:
    """Return a smith in Vejle, a few hundred metres away."""
    return companies.unit(cvr="12345674", employees_from=60, employees_to=99)


@pytest.fixture
def link(area: Area, smith: Unit, anna: User) -> Link:
    """Return a link for a need for apprentices."""
    challenge = places.challenge(area, theme="employment")
    need = places.need(area, "Lærlinge fra Nørremarken", kinds=("apprenticeship",), challenge=challenge, helpers=2)
    return links.link(need, smith, by=anna, sentence="Smedjen tager to unge i lære.")


def codes(link: Link) -> list[str]:
    """Return the gains of the company, the first one first."""
    return [one.rule.code for one in facts_of(link, company(link)).gains]


def test_a_smith_near_by_who_is_asked_for_apprentices_gains_colleagues_first(link: Link) -> None:
    facts = facts_of(link, company(link))
    assert facts.model == "add_on"
    assert codes(link)[0] == "recruitment"
    assert facts.area_gains[0].rule.code == "career_paths"


def test_the_model_is_that_of_the_trade_or_as_the_ranking_proposed_it(link: Link, area: Area, anna: User) -> None:
    studio = companies.unit("Lysets Fotostudie", industry="742000", code_system="DB07")
    photo = links.link(places.need(area, kinds=("photo_film",)), studio, by=anna)
    assert facts_of(photo, company(photo)).model == "strategically_integrated"
    Link.objects.filter(pk=photo.pk).update(grounds={"row": {"model": "add_on"}})
    ranked = Link.objects.for_page().get(pk=photo.pk)
    assert facts_of(ranked, company(ranked)).model == "add_on"


def test_what_profiles_say_of_the_company_changes_what_it_can_expect(link: Link, smith: Unit, anna: User) -> None:
    assert "stronger_brand" not in codes(link)[:2]
    for topic in (Topic.CSR, Topic.GLOBAL_COMPACT, Topic.PARTNERSHIPS):
        details = {"partnerships": [profiles.partnership()]} if topic == Topic.PARTNERSHIPS else {}
        known = "" if details else "yes"
        profiles.answer(of_unit(smith), link.area.owner, topic, anna, known, details=details)
    rests = next(one for one in facts_of(link, company(link)).gains if one.rule.code == "stronger_brand")
    assert set(next(iter(rests.grounds.values()))) == {"csr", "global_compact", "earlier_partnerships"}


def test_the_letter_says_all_five_things_in_its_own_language_whatever_the_page_speaks(link: Link, anna: User) -> None:
    load_cases(published_on=date(2026, 1, 1))
    with translation.override("da"):
        text = draft(link, by=anna, language="en", hours=24).text
    for words in (
        "To the owner or manager of Havnens Smedje ApS",
        "Lærlinge fra Nørremarken",
        "Smedjen tager to unge i lære.",
        "before you need your next apprentice",
        "Apprenticeship",
        "2 people from you at a time",
        "About 24 hours in half a year",
        "What it took:",
        "a walk of half an hour",
        f"Anna\nVejle Kommune\n{anna.email}",
    ):
        assert words in text, words
    assert "\n\n\n" not in text
    assert "{" not in text


def test_the_danish_letter_says_gains_in_danish(link: Link, anna: User) -> None:
    assert "før I skal bruge den næste lærling" in draft(link, by=anna, language="da").text


def test_what_people_wrote_is_neither_run_nor_escaped(link: Link, area: Area, anna: User) -> None:
    Area.objects.update(name="{% now 'Y' %} <b>Nord & Syd</b>")
    pitch = draft(Link.objects.get(), by=anna)
    assert "{% now 'Y' %} <b>Nord & Syd</b>" in pitch.text
    assert len(pitch.subject) <= LONGEST_SUBJECT


def test_a_need_of_five_thousand_words_still_gives_a_letter_that_can_be_read(
    link: Link, need: Need, anna: User
) -> None:
    Need.objects.update(title="x" * 160, text="ord " * 5_000)
    pitch = draft(Link.objects.get(), by=anna)
    assert len(pitch.text) < 4_000
    assert len(pitch.subject) <= LONGEST_SUBJECT


def test_a_link_for_a_challenge_alone_has_a_letter_too(area: Area, smith: Unit, anna: User) -> None:
    challenge = places.challenge(area, "Mørke stier", theme="safety", seen="Folk går ikke ud om aftenen.")
    need = places.need(area)
    link = links.link(need, smith, by=anna, about=None, challenge=challenge)
    text = draft(link, by=anna).text
    assert "Mørke stier" in text
    assert "Folk går ikke ud om aftenen." in text


@pytest.mark.parametrize(
    ("asked", "hours"),
    [
        ([(4, "timer", Rhythm.MONTHLY)], 24),
        ([(1, "Time", Rhythm.WEEKLY)], 26),
        ([(3, "timer", Rhythm.TWICE_A_YEAR), (2, "hours", Rhythm.ONCE)], 5),
        ([(3, "timer", "")], 3),
        ([(3, "timer", Rhythm.LASTING)], None),
        ([(3, "computere", Rhythm.ONCE)], None),
        ([(None, "timer", Rhythm.WEEKLY)], None),
        ([(4, "timer", Rhythm.MONTHLY), (2, "lokaler", Rhythm.ONCE)], None),
        ([], None),
    ],
)
def test_hours_of_half_a_year_are_told_only_where_everything_is_told_in_hours(
    link: Link, asked: list[tuple[Any, str, str]], hours: int | None
) -> None:
    rows = [NeededResource(quantity=number, unit=unit, rhythm=rhythm) for number, unit, rhythm in asked]
    assert hours_in_half_a_year(link, rows) == hours


def test_a_need_that_lasts_two_months_asks_for_two_months(link: Link) -> None:
    Need.objects.update(starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=60))
    rows = [NeededResource(quantity=4, unit="timer", rhythm=Rhythm.MONTHLY)]
    assert hours_in_half_a_year(Link.objects.for_page().get(), rows) == 8
