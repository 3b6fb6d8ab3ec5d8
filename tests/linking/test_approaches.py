"""How often companies were approached and how many offers they have open: for rankings both ways, and for the page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.approaches import Counts, counts_for, counts_of
from medspil.linking.asked_often import TOO_OFTEN, AskedCompany, asked_companies
from medspil.linking.asking import ask, take_back_asking
from medspil.linking.models import Candidate, Decision, Link, LinkStep
from medspil.linking.profiles import reached
from medspil.linking.reverse import needs_for
from medspil.linking.services import ask as rank
from medspil.matching import Criterion
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from tests.factories import companies, links, offering, people, places, rankings
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
PRIVATE = {"company_form": "80"}


@pytest.fixture
def other(need: Need) -> Need:
    """Return another need of the same area."""
    return places.need(need.area, title="Noget andet")


def asked(need: Need, party: Unit | Organisation, by: User, *days_ago: int) -> Link:
    link = links.link(need, party, by=by)
    for days in sorted(days_ago, reverse=True):
        link = Link.objects.get(pk=link.pk)
        side = link.parties.exclude(organisation=need.area.owner).get()
        day = TODAY - timedelta(days=days)
        ask(link=link, party=side, on=day, expected_version=link.version, by=by, now=NOW)
    return link


def counts(need: Need) -> Counts:
    return counts_for(need, NOW, among=reached(need))


def kept(need: Need, unit: Unit, step: str = "Ring") -> None:
    Candidate.objects.create(
        need=need, unit=unit, decision=Decision.KEPT, next_step=step, created_at=NOW, updated_at=NOW
    )


def test_each_time_a_company_was_asked_for_another_need_counts_for_a_year(need: Need, other: Need, anna: User) -> None:
    unit, older = companies.unit(), companies.unit("Ældre")
    asked(other, unit, anna, 0, 40)
    asked(other, older, anna, 366)
    assert counts(need).approaches == {unit.number: 2}
    assert counts(other).approaches == {}


def test_links_for_several_classes_of_a_need_asked_on_one_day_are_one_approach(
    need: Need, other: Need, anna: User
) -> None:
    unit = companies.unit(**PRIVATE)
    for name, days in (("7.A", 0), ("7.B", 0), ("8.A", 3)):
        link = links.link(other, unit, by=anna, subject=name)
        side, day = link.parties.get(unit=unit), TODAY - timedelta(days=days)
        ask(link=link, party=side, on=day, expected_version=1, by=anna, now=NOW)
    assert counts(need).approaches == {unit.number: 2}
    assert counts_of(unit, NOW)[0] == {other.pk: 2}
    assert [one.approaches for one in asked_companies(user=anna, now=NOW)] == [2]


def test_an_idea_and_what_was_taken_back_are_no_approach(need: Need, other: Need, anna: User) -> None:
    links.link(other, companies.unit("Kun en idé"), by=anna)
    link = asked(other, companies.unit(), anna, 0)
    side = link.parties.get(unit__isnull=False)
    take_back_asking(link=Link.objects.get(pk=link.pk), party=side, expected_version=2, by=anna, now=NOW)
    assert counts(need).approaches == {}


def test_a_kept_company_that_was_asked_as_its_organisation_counts_once(need: Need, other: Need, anna: User) -> None:
    unit = companies.unit()
    kept(other, unit)
    assert counts(need).approaches == {unit.number: 1}
    asked(other, offering.company(unit=unit), anna, 0)
    assert counts(need).approaches == {unit.number: 1}


def test_a_kept_company_with_a_next_step_counts_once_however_it_was_asked(need: Need, other: Need, anna: User) -> None:
    unit, unbegun = companies.unit(), companies.unit("Kun på listen")
    kept(other, unit)
    kept(other, unbegun, step="")
    assert counts(need).approaches == {unit.number: 1}
    asked(other, unit, anna, 0)
    assert counts(need).approaches == {unit.number: 1}


def test_an_organisation_counts_for_its_place_or_all_places_of_its_company(need: Need, other: Need, anna: User) -> None:
    one, two = companies.unit("A", cvr="25052943"), companies.unit("B", cvr="25052943")
    school = companies.unit("Skolen", cvr="29189900")
    companies.unit("Rådhuset", cvr="29189900")
    firm = offering.company("Kæden", cvr="25052943", unit=one)
    place = people.organisation("Skolen", "school")
    Organisation.objects.filter(pk=place.pk).update(cvr="29189900", unit=school)
    asked(other, firm, anna, 0)
    asked(other, Organisation.objects.get(pk=place.pk), anna, 0)
    offering.offer(firm)
    offering.offer(firm, state="withdrawn", closed_on=TODAY)
    assert counts(need) == Counts({one.number: 1, two.number: 1, school.number: 1}, {one.number: 1, two.number: 1})


def test_the_company_counts_the_same_from_its_own_side(units: dict[str, Unit], need: Need, anna: User) -> None:
    photo = units["photo"]
    firm = offering.company(cvr=photo.cvr)
    elsewhere = rankings.photo_need(people.organisation("Esbjerg Kommune"))
    bo = people.member(elsewhere.area.owner, "coordinator", name="Bo")  # type: ignore[arg-type]
    asked(need, photo, anna, 0, 10)
    asked(elsewhere, firm, bo, 3)
    kept(elsewhere, photo)
    offering.offer(firm)
    times, offers = counts_of(photo, NOW)
    assert (times, offers) == ({need.pk: 2, elsewhere.pk: 2}, 1)
    back = {one.need.pk: one.ranked for one in needs_for(unit=photo, among=Need.objects.all(), now=NOW).needs}
    for one in (need, elsewhere):
        assert counts(one).approaches[photo.number] == 2
        row = next(row for row in rank(need=one, by=anna, now=NOW).answer["units"] if row["number"] == photo.number)
        assert (row["profile"]["recent_approaches"], row["profile"]["open_offers"]) == (2, 1)
        fair = next(part["value"] for part in row["parts"] if part["criterion"] == Criterion.FAIRNESS)
        assert fair == pytest.approx(1 / (1 + 2 / (1 + 1)))
        assert row["score"] == pytest.approx(back[one.pk].score, abs=1e-6)


def test_asking_more_often_lowers_the_place_for_other_needs_and_offers_raise_it(
    units: dict[str, Unit], need: Need, other: Need, anna: User
) -> None:
    def score() -> float:
        rows = rank(need=need, by=anna, now=NOW).answer["units"]
        return float(next(row["score"] for row in rows if row["number"] == units["photo"].number))

    rested = score()
    asked(other, units["photo"], anna, 0, 10, 20)
    tired = score()
    offering.offer(offering.company(cvr=units["photo"].cvr))
    assert tired < rested
    assert tired < score()


def page(user: User) -> dict[str, AskedCompany]:
    return {one.name: one for one in asked_companies(user=user, now=NOW)}


def test_the_page_tells_who_is_asked_too_often_and_who_never(need: Need, other: Need, anna: User, carl: User) -> None:
    often, never, offering_one = (companies.unit(name, **PRIVATE) for name in ("Ofte", "Aldrig", "Tilbyder"))
    asked(need, often, anna, 0)
    asked(other, often, anna, 0)
    kept(need, never, step="")
    asked(need, offering_one, anna, 0, 5)
    giver = offering.company("Tilbyder", unit=offering_one)
    offering.offer(giver, need.area)
    found = page(anna)
    assert [one.name for one in asked_companies(user=anna, now=NOW)] == ["Ofte", "Tilbyder", "Aldrig"]
    assert (found["Ofte"].load, found["Ofte"].too_often) == (TOO_OFTEN, True)
    assert (found["Tilbyder"].load, found["Tilbyder"].too_often) == (1.0, False)
    assert found["Aldrig"].never
    assert page(carl) == {}


def test_the_page_counts_approaches_of_others_as_numbers(need: Need, anna: User, carl: User) -> None:
    unit = companies.unit("Fælles", **PRIVATE)
    links.link(need, unit, by=anna)
    theirs = places.need(places.area(carl.memberships.get().organisation, name="Andet"))
    asked(theirs, unit, carl, 0)
    assert page(anna)["Fælles"].approaches == 1


def test_a_company_without_a_place_of_work_here_counts_by_its_organisation(
    need: Need, other: Need, anna: User, carl: User
) -> None:
    firm, bare = offering.company("Kæden", cvr="25052943"), offering.company("Uden nummer")
    asked(need, firm, anna, 0)
    asked(other, companies.unit("Kædens butik", cvr="25052943", city="Vejle", **PRIVATE), anna, 4)
    asked(other, bare, anna, 0, 9, 12)
    offering.offer(bare, need.area)
    shop = page(anna)
    assert (shop["Kædens butik"].approaches, "Kæden" in shop) == (2, False)  # its place of work is listed already
    Link.objects.filter(need=other, parties__unit__isnull=False).update(archived_at=NOW)
    found = page(anna)
    assert (found["Kæden"].approaches, found["Kæden"].town, found["Kæden"].unit) == (2, "Vejle", None)
    assert (found["Uden nummer"].approaches, found["Uden nummer"].offers) == (3, 1)
    assert page(carl) == {}
    Unit.objects.update(protected=True)
    assert set(page(anna)) == {"Uden nummer"}


def test_many_approaches_cost_no_more_queries(need: Need, other: Need, anna: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            asked_companies(user=anna, now=NOW)
            counts(need)
        return len(seen)

    asked(other, companies.unit(**PRIVATE), anna, 0)
    asked(other, offering.company(cvr="25052900"), anna, 0)
    one = queries()
    for number in range(6):
        asked(other, companies.unit(f"Nr. {number}", **PRIVATE), anna, number)
        asked(other, offering.company(f"Kæde {number}", cvr=str(25052943 + number)), anna, number)
    assert LinkStep.objects.filter(what="asked").count() == 14
    assert queries() == one
