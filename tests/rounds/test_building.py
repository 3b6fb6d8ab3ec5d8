"""From rows to the question: who said no, who works with the area already, who was together, and what stays out."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.links import create_link
from medspil.linking.models import LinkState, RefusalReason
from medspil.linking.parties import Party
from medspil.linking.refusals import note_refusal
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.building import Out, rows_of, sheet_of_round
from medspil.rounds.models import Demand, Round, Supply
from tests.conftest import NOW
from tests.factories import companies, offering, people, places, rounds

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def adopting(area: Area) -> Need:
    """Return a need of a challenge with a theme."""
    challenge = places.challenge(area, theme="education")
    return places.need(area, "En klasse", ("company_visit",), challenge=challenge)


@pytest.fixture
def round_(vejle: Organisation, anna: User, area: Area, adopting: Need) -> Round:
    """Return one class and two companies that are organisations, one of them far away."""
    made = rounds.begin(vejle, anna, areas=[area])
    rounds.fill(made, anna, asks=True, text="klasse;adresse\n7.A;7100 Vejle", area=area, need=adopting)
    rounds.fill(made, anna, asks=False, text="virksomhed;adresse\nNær;7100 Vejle\nFjern;6000 Kolding")
    for row in made.supplies.all():
        Supply.objects.filter(pk=row.pk).update(organisation=people.organisation(row.label, "company"))
    made.refresh_from_db()
    return made


def barred(round_: Round, on: date = TODAY) -> set[tuple[str, str]]:
    """Return who must not meet whom any class, and why."""
    names = {str(one.pk): one.label for one in Supply.objects.filter(round=round_)}
    return {(names[one.giver], one.why) for one in sheet_of_round(round_, on=on).barred}


def say_no(round_: Round, area: Area, by: User, name: str, reason: RefusalReason, **facts: Any) -> None:
    giver = round_.supplies.get(label=name).organisation
    assert giver
    note_refusal(
        need=places.need(area), party=Party(organisation=giver), reason=reason, on=TODAY, creation_key=uuid4(),
        by=by, now=NOW, **facts,
    )  # fmt: skip


def test_nobody_said_no(round_: Round) -> None:
    assert barred(round_) == set()


def test_a_never_holds_for_the_pair(round_: Round, area: Area, anna: User) -> None:
    say_no(round_, area, anna, "Nær", RefusalReason.NEVER)
    assert barred(round_) == {("Nær", "never")}
    services.run(round_=round_, by=anna, now=NOW)
    assert rounds.pairs(round_) == {"7.A": {"Fjern": 1}}


def test_a_no_for_now_holds_until_its_day(round_: Round, area: Area, anna: User) -> None:
    say_no(round_, area, anna, "Nær", RefusalReason.WRONG_TIME, until=TODAY + timedelta(days=30))
    assert barred(round_) == {("Nær", "wrong_time")}
    assert barred(round_, TODAY + timedelta(days=31)) == set()


def test_a_no_to_the_kind_holds_where_only_that_is_asked_for(round_: Round, area: Area, anna: User) -> None:
    say_no(round_, area, anna, "Nær", RefusalReason.WRONG_KIND, kind="company_visit")
    say_no(round_, area, anna, "Fjern", RefusalReason.WRONG_KIND, kind="photo_film")
    assert barred(round_) == {("Nær", "wrong_kind")}


def test_too_far_and_the_theme_hold_by_what_they_say(round_: Round, area: Area, anna: User) -> None:
    say_no(round_, area, anna, "Nær", RefusalReason.TOO_FAR, beyond_km=5)
    say_no(round_, area, anna, "Fjern", RefusalReason.TOO_FAR, beyond_km=5)
    assert barred(round_) == {("Fjern", "too_far")}
    say_no(round_, area, anna, "Nær", RefusalReason.WRONG_THEME, theme="education")
    assert ("Nær", "wrong_theme") in barred(round_)


def test_a_no_said_to_strangers_is_not_heard(round_: Round, anna: User, carl: User) -> None:
    stranger = places.area(people.organisation("Fremmed Kommune"), name="Et andet sted")
    say_no(round_, stranger, carl, "Nær", RefusalReason.NEVER)
    assert barred(round_) == set()


def test_who_works_with_the_area_counts_as_known(round_: Round, area: Area, adopting: Need, anna: User) -> None:
    near = round_.supplies.get(label="Nær").organisation
    assert near
    link = create_link(
        area=area, sentence="Sammen", parties=[Party(organisation=area.owner), Party(organisation=near)],
        need=adopting, origin="person", creation_key=uuid4(), by=anna, now=NOW,
    )  # fmt: skip
    assert sheet_of_round(round_, on=TODAY).related == frozenset()
    type(link).objects.filter(pk=link.pk).update(state=LinkState.INTERESTED)
    demand, supply = round_.demands.get(), round_.supplies.get(label="Nær")
    assert sheet_of_round(round_, on=TODAY).related == {(str(demand.pk), str(supply.pk))}


def test_rows_lie_where_area_and_register_say(round_: Round, area: Area) -> None:
    unit = companies.unit("Nær", x=1_000.0, y=2_000.0)
    Demand.objects.update(x=None, y=None)
    Supply.objects.filter(label="Nær").update(x=None, y=None, unit=unit)
    sheet = sheet_of_round(round_, on=TODAY)
    assert sheet.askers[0].point == (area.x, area.y)
    assert {one.label: one.point for one in sheet.givers}["Nær"] == (1_000.0, 2_000.0)


def test_a_need_that_was_put_away_and_an_organisation_that_was_stay_out(round_: Round, adopting: Need) -> None:
    Need.objects.filter(pk=adopting.pk).update(archived_at=NOW)
    giver = round_.supplies.get(label="Nær")
    assert giver.organisation
    Organisation.objects.filter(pk=giver.organisation.pk).update(archived_at=NOW)
    rows = rows_of(round_, on=TODAY)
    assert list(rows.out_demands.values()) == [Out.NEED_CLOSED]
    assert rows.out_supplies == {giver.pk: Out.GIVER_ARCHIVED}
    assert [one.label for one in sheet_of_round(round_, on=TODAY).givers] == ["Fjern"]


@pytest.mark.parametrize("status", ["ceased", "closing"])
def test_a_company_that_has_closed_stays_out_by_row_and_by_organisation(round_: Round, status: str) -> None:
    near, far = round_.supplies.get(label="Nær"), round_.supplies.get(label="Fjern")
    Supply.objects.filter(pk=near.pk).update(unit=companies.unit("Nær", status=status), organisation=None)
    assert far.organisation
    Organisation.objects.filter(pk=far.organisation.pk).update(unit=companies.unit("Fjern", status=status))
    rows = rows_of(round_, on=TODAY)
    assert rows.out_supplies == {near.pk: Out.GIVER_CLOSED, far.pk: Out.GIVER_CLOSED}


def test_an_offer_is_paired_only_where_it_was_made(round_: Round, area: Area, vejle: Organisation) -> None:
    near, elsewhere = round_.supplies.get(label="Nær"), places.area(vejle, name="Et andet sted")
    assert near.organisation
    offer = offering.noted_down(near.organisation, people.organisation("Andre"), elsewhere)
    Supply.objects.filter(pk=near.pk).update(offer=offer)
    assert barred(round_) == {("Nær", "not_offered")}
    offer.areas.add(area)
    assert barred(round_) == set()
    offer.areas.set([elsewhere])
    for opening in ({"public": True}, {"public": False, "recorded_by_organisation": vejle}):
        type(offer).objects.filter(pk=offer.pk).update(**opening)
        assert barred(round_) == set()
