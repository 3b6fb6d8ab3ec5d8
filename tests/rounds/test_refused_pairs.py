"""What a giver has said no to keeps pairs apart in allocations by the same rules as in rankings."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.parties import Party
from medspil.linking.refusals import note_refusal, undo
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.refusals import refused_pairs
from tests.factories import companies, offering, people, places, rounds
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SAID: dict[str, dict[str, Any]] = {
    "wrong_time": {"until": TODAY + timedelta(days=1)},
    "wrong_kind": {"kind": "company_visit"},
    "too_far": {"beyond_km": 0},
    "wrong_theme": {"theme": "education"},
    "never": {},
    "other": {"words": "Nej tak"},
}


@pytest.fixture
def round_(vejle: Organisation, anna: User) -> Round:
    """Return a round of classes and companies without rows."""
    return rounds.begin(vejle, anna, kind="classes")


def asks(round_: Round, area: Area, need: Need | None = None) -> Demand:
    return Demand.objects.create(round=round_, label="7.A", area=area, need=need)


def gives(round_: Round, party: Organisation | Unit) -> Supply:
    own = {"unit": party} if isinstance(party, Unit) else {"organisation": party}
    return Supply.objects.create(round=round_, label="Firmaet", capacity=1, **own)


def pairs(round_: Round) -> dict[tuple[str, str], str]:
    demands = Demand.objects.filter(round=round_).select_related("area", "need__challenge", "challenge")
    supplies = Supply.objects.filter(round=round_).select_related("organisation__unit", "unit")
    found = refused_pairs(round_, demands, supplies, on=TODAY)
    return {(one.asker, one.giver): one.why for one in found}


def said(area: Area, party: Party, by: User, reason: str = "never", **fields: Any) -> Any:
    about = fields.pop("need", None) or places.need(area)
    return note_refusal(
        need=about, party=party, reason=reason, on=TODAY, creation_key=uuid4(), by=by, now=NOW, **SAID[reason]
    )


@pytest.mark.parametrize("reason", list(SAID))
def test_every_reason_keeps_a_pair_apart_until_it_is_taken_back(
    round_: Round, vejle: Organisation, anna: User, reason: str
) -> None:
    area = places.area(vejle)
    need = places.need(area, challenge=places.challenge(area, theme="education"))
    unit = companies.unit()
    demand, supply = asks(round_, area, need), gives(round_, unit)
    elsewhere = asks(round_, places.area(people.organisation("Esbjerg Kommune"), name="Andet"))
    made = said(area, Party(unit=unit), anna, reason, need=need)
    assert pairs(round_) == {(str(demand.pk), str(supply.pk)): reason}
    assert str(elsewhere.pk) not in {asker for asker, _giver in pairs(round_)}
    undo(refusal=made, by=anna, now=NOW)
    assert pairs(round_) == {}


def test_a_no_counts_where_a_partner_is_shared(round_: Round, vejle: Organisation, anna: User) -> None:
    here, there = places.area(vejle), places.area(people.organisation("Kolding Kommune"), name="Andet")
    unit = companies.unit()
    demand, supply = asks(round_, here), gives(round_, unit)
    said(there, Party(unit=unit), anna)
    assert pairs(round_) == {}
    housing = people.organisation("AAB", "housing_association")
    for area in (here, there):
        area.partners.add(housing)
    assert pairs(round_) == {(str(demand.pk), str(supply.pk)): "never"}


def test_a_whole_company_says_no_for_its_places_and_a_place_for_itself(
    round_: Round, vejle: Organisation, anna: User
) -> None:
    area = places.area(vejle)
    one, two = companies.unit("A", cvr="25052943"), companies.unit("B", cvr="25052943")
    demand, first, second = asks(round_, area), gives(round_, one), gives(round_, two)
    made = said(area, Party(unit=one), anna)
    assert pairs(round_) == {(str(demand.pk), str(first.pk)): "never"}
    undo(refusal=made, by=anna, now=NOW)
    said(area, Party(organisation=offering.company("Kæden", cvr="25052943")), anna)
    assert set(pairs(round_)) == {(str(demand.pk), str(first.pk)), (str(demand.pk), str(second.pk))}


def test_many_refusals_cost_no_more_queries(round_: Round, vejle: Organisation, anna: User) -> None:
    area = places.area(vejle)
    asks(round_, area)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            pairs(round_)
        return len(asked)

    def no(number: int) -> None:
        unit = companies.unit(f"Nr. {number}")
        gives(round_, unit)
        said(area, Party(unit=unit), anna)

    no(0)
    one = queries()
    for number in range(1, 6):
        no(number)
    assert queries() == one
