"""Whose no counts where: those heard in areas that share an owner or a partner, and never where it was said to us; the
other way round and for whole companies it is the same."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Refusal, RefusalReason
from medspil.linking.parties import Party
from medspil.linking.question import need_of, question_of
from medspil.linking.refusals import note_refusal
from medspil.linking.reverse import needs_for
from medspil.linking.services import ask
from medspil.matching import Filters, Gate
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import companies, links, people, places, rankings
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SAID: dict[str, dict[str, Any]] = {
    "wrong_time": {"until": TODAY.replace(year=2027)},
    "wrong_kind": {"kind": "photo_film"},
    "too_far": {"beyond_km": 0},
    "wrong_theme": {"theme": "education"},
    "never": {},
    "other": {"words": "Nej tak"},
}


def said(area: Area, party: Party, by: User, reason: str = "never", **fields: Any) -> Refusal:
    about = fields.pop("need", None) or places.need(area)
    return note_refusal(
        need=about, party=party, reason=reason, on=TODAY, creation_key=uuid4(), by=by, now=NOW, **SAID[reason]
    )


def left_out(need: Need) -> frozenset[int]:
    return need_of(question_of(need=need, now=NOW, filters=Filters(), k=50)).turned_down


@pytest.fixture
def kolding(db: None) -> Organisation:
    return people.organisation("Kolding Kommune")


@pytest.fixture
def other(kolding: Organisation) -> Need:
    """Return a need of another municipality."""
    return rankings.photo_need(kolding)


def test_a_no_to_others_leaves_no_trace(need: Need, other: Need, anna: User) -> None:
    unit = companies.unit()
    said(other.area, Party(unit=unit), anna)
    assert left_out(need) == frozenset()
    assert "refusals" not in question_of(need=need, now=NOW, filters=Filters(), k=50)


@pytest.mark.parametrize("sharing", ["owner", "partner", "owner_is_partner_there", "owner_is_partner_here"])
def test_a_no_counts_where_an_owner_or_partner_is_shared(
    need: Need, other: Need, kolding: Organisation, anna: User, sharing: str
) -> None:
    unit, vejle = companies.unit(), need.area.owner
    if sharing == "owner":
        Area.objects.filter(pk=other.area_id).update(owner=vejle)
    elif sharing == "partner":
        housing = people.organisation("AAB", "housing_association")
        need.area.partners.add(housing)
        other.area.partners.add(housing)
    elif sharing == "owner_is_partner_there":
        other.area.partners.add(vejle)
    else:
        need.area.partners.add(kolding)
    said(Area.objects.get(pk=other.area_id), Party(unit=unit), anna)
    assert left_out(need) == {unit.number}


def test_never_follows_the_organisation_that_heard_it(need: Need, other: Need, vejle: Organisation, anna: User) -> None:
    unit, second = companies.unit(), companies.unit("Den anden")
    other.area.partners.add(vejle)
    for party, reason in ((unit, "never"), (second, "wrong_time")):
        made = said(other.area, Party(unit=party), anna, reason)
        Refusal.objects.filter(pk=made.pk).update(heard_by=vejle)
    other.area.partners.clear()
    assert left_out(need) == {unit.number}


def test_an_organisation_says_no_for_its_place_or_for_the_whole_company(need: Need, anna: User) -> None:
    one, two, school, library = (
        companies.unit(name, cvr=cvr)
        for name, cvr in (("A", "25052943"), ("B", "25052943"), ("Skolen", "29189900"), ("Biblioteket", "29189900"))
    )
    firm, place = people.organisation("Kæden", "company"), people.organisation("Skolen", "school")
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943", unit=one)
    Organisation.objects.filter(pk=place.pk).update(cvr="29189900", unit=school)
    for organisation in Organisation.objects.filter(pk__in=[firm.pk, place.pk]):
        said(need.area, Party(organisation=organisation), anna)
    assert left_out(need) == {one.number, two.number, school.number}
    assert library.number not in left_out(need)


def test_a_place_says_no_for_itself_alone(need: Need, anna: User) -> None:
    one, two = companies.unit("A", cvr="25052943"), companies.unit("B", cvr="25052943")
    said(need.area, Party(unit=one), anna)
    assert left_out(need) == {one.number}
    assert two.number not in left_out(need)


def _unit(units: dict[str, Unit], need: Need) -> Party:
    return Party(unit=units["photo"])


def _company(units: dict[str, Unit], need: Need) -> Party:
    firm = people.organisation("Lysets Fotostudie", "company")
    Organisation.objects.filter(pk=firm.pk).update(cvr=units["photo"].cvr)
    return Party(organisation=Organisation.objects.get(pk=firm.pk))


def _resource(units: dict[str, Unit], need: Need) -> Party:
    return Party(resource=links.resource(need, "Fotostudiet", "company", unit=units["photo"]))


@pytest.mark.parametrize("party", [_unit, _company, _resource])
@pytest.mark.parametrize("reason", list(RefusalReason))
def test_the_company_is_told_the_same_as_the_need(
    units: dict[str, Unit], need: Need, anna: User, reason: str, party: Callable[[dict[str, Unit], Need], Party]
) -> None:
    """Both directions leave out the same pairs, and give the rest the same score."""
    need.challenge = places.challenge(need.area, theme="education")
    need.save(update_fields=["challenge"])
    kinds = ("photo_film", "premises")
    needs = [need, places.need(need.area, title="Fotoskole", kinds=kinds, reach_km=20)]
    needs += [places.need(places.area(need.area.owner, name="Nord", x=rankings.CENTRE[0] + 900), kinds=kinds)]
    needs += [rankings.photo_need(people.organisation("Esbjerg Kommune"))]
    said(need.area, party(units, need), anna, reason, need=need)
    number = units["photo"].number
    forth: dict[int, float] = {}
    for one in needs:
        rows = ask(need=Need.objects.get(pk=one.pk), by=anna, now=NOW).answer["units"]
        forth.update((one.pk, row["score"]) for row in rows if row["number"] == number)
    back = needs_for(unit=units["photo"], among=Need.objects.all(), now=NOW)
    assert {one.need.pk: round(one.ranked.score, 6) for one in back.needs} == pytest.approx(forth, abs=1e-6)
    assert back.left_out[Gate.TURNED_DOWN] == len(needs) - len(forth)
    assert need.pk not in forth
    assert needs[3].pk in forth


def test_a_hundred_refusals_cost_no_more_queries_than_one(need: Need, anna: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            question_of(need=Need.objects.for_page().get(pk=need.pk), now=NOW, filters=Filters(), k=50)
        return len(asked)

    firm = people.organisation("Kæden", "company")
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943")
    said(need.area, Party(organisation=Organisation.objects.get(pk=firm.pk)), anna)
    one = queries()
    for number in range(20):
        said(need.area, Party(unit=companies.unit(f"Firma {number}")), anna)
    assert queries() == one


def test_a_no_is_seen_by_the_area_and_by_whoever_said_it(need: Need, anna: User, carl: User) -> None:
    club = people.organisation("Klubben", "association")
    bo = people.member(club, Role.ASSOCIATION_CONTACT, name="Bo")
    made = said(need.area, Party(organisation=club), anna)
    assert [list(Refusal.objects.visible_to(user)) for user in (anna, bo, carl)] == [[made], [made], []]
