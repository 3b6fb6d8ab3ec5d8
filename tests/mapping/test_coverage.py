"""What is missing is derived: who has a competence, who is not sure to, what nobody has, and where nobody can tell."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.mapping import hooks
from medspil.mapping.coverage import Cover, Coverage, coverage, coverages
from medspil.mapping.holders import Source, Standing
from medspil.mapping.models import Competence, HowEnded, Resource, Scope
from medspil.mapping.nearby import NotCounted, nearby
from medspil.mapping.services import put_away
from medspil.mapping.withdrawal import withdraw_consent
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import offering, people, places
from tests.factories.resources import NOW, TODAY, consent, person, resource

KIND = "photo_film"


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def challenge(area: Area) -> Challenge:
    """Return a challenge that takes photography."""
    made = places.challenge(area, "Kvarteret omtales kun for det dårlige", theme="image")
    Competence.objects.create(challenge=made, kind=KIND)
    return made


def look(area: Area, user: User) -> Coverage:
    return coverages([area], user=user, on=TODAY)[area.pk]


def cover(area: Area, user: User) -> Cover:
    (row,) = look(area, user).rows
    return row.cover


def test_where_nothing_is_mapped_nobody_can_tell(area: Area, challenge: Challenge, anna: User) -> None:
    assert cover(area, anna) is Cover.UNKNOWN
    resource(area, anna, kinds=[])
    found = look(area, anna)
    assert found.rows[0].cover is Cover.NOBODY
    assert (found.mapped, found.untold) == (1, 1)
    assert found.lacks == {challenge.pk: [KIND]}


def test_a_confirmed_resource_has_it_and_an_old_one_is_not_sure(area: Area, challenge: Challenge, anna: User) -> None:
    made = resource(area, anna, kinds=[KIND, KIND, "sports"])
    assert cover(area, anna) is Cover.UNSURE
    Resource.objects.filter(pk=made.pk).update(confirmed_on=TODAY)
    assert cover(area, anna) is Cover.HERE
    (holder,) = look(area, anna).rows[0].holders
    assert (holder.source, holder.standing, holder.name, holder.on) == (
        Source.RESOURCE,
        Standing.SURE,
        made.name,
        TODAY,
    )
    Resource.objects.filter(pk=made.pk).update(review_on=TODAY)
    assert cover(area, anna) is Cover.UNSURE
    put_away(resource=made, reason="lukket", by=anna, now=NOW)
    assert cover(area, anna) is Cover.UNKNOWN


def test_a_need_shows_that_somebody_has_asked(area: Area, challenge: Challenge, anna: User) -> None:
    resource(area, anna)
    need = places.need(area, challenge=challenge, kinds=(KIND, "sports"))
    places.need(area, challenge=places.challenge(area, "En anden"), kinds=(KIND,))
    places.need(area, challenge=challenge, kinds=("sports",))
    (row,) = look(area, anna).rows
    assert (row.cover, row.needs, row.missing, row.askable) == (Cover.ASKED, [need], False, False)
    Need.objects.filter(pk=need.pk).update(archived_at=NOW)
    assert look(area, anna).rows[0].askable


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Cover.HERE),
        # Vejle to Copenhagen, 190 km; to Esbjerg, 70 km; and just over the border of the municipality.
        ({"municipality": "0101", "x": 724_000.0, "reach_km": 5}, Cover.NOBODY),
        ({"municipality": "0101", "x": 724_000.0, "reach_km": 300}, Cover.HERE),
        ({"municipality": "0101", "whole_country": True}, Cover.HERE),
        ({"municipality": "0561", "x": 465_000.0, "y": 6_148_000.0}, Cover.NOBODY),
        ({"municipality": "0561", "x": 465_000.0, "y": 6_148_000.0, "reach_km": 100}, Cover.HERE),
        ({"municipality": "0766", "x": 536_000.0}, Cover.HERE),
        ({"municipality": "0766", "x": 541_000.0}, Cover.NOBODY),
        ({"x": 550_000.0, "reach_km": 5}, Cover.NOBODY),
        ({"municipality": "", "x": None, "y": None}, Cover.NOBODY),
        ({"municipality": "", "x": None, "y": None, "reach_km": 40}, Cover.NOBODY),
        ({"state": "withdrawn", "closed_on": TODAY}, Cover.NOBODY),
        ({"ends_on": TODAY - timedelta(days=1)}, Cover.NOBODY),
        ({"kind": "sports"}, Cover.NOBODY),
    ],
)
def test_a_public_offer_counts_where_it_is_said_to_reach(
    area: Area, challenge: Challenge, anna: User, fields: dict[str, Any], expected: Cover
) -> None:
    resource(area, anna)
    offering.offer(offering.company(), **fields)
    assert cover(area, anna) is expected


def test_an_offer_from_far_away_is_shown_with_where_it_is_and_not_counted(
    area: Area, challenge: Challenge, anna: User
) -> None:
    resource(area, anna, kinds=[KIND])
    made = offering.offer(offering.company(), municipality="0561", x=465_000.0, y=6_148_000.0)
    (row,) = look(area, anna).rows
    assert [(one.source, one.standing) for one in row.holders][1:] == [(Source.OFFER, Standing.MAYBE)]
    assert row.cover is Cover.UNSURE
    assert row.to_take_up is not None
    assert (row.to_take_up.record_id, row.to_take_up.municipality) == (made.pk, "0561")
    assert 70_000 < (row.to_take_up.away_m or 0) < 80_000


def test_the_offer_to_take_up_is_the_surest_and_nearest_until_somebody_else_has_it(
    area: Area, challenge: Challenge, anna: User
) -> None:
    offering.offer(offering.company("Firma 0"), municipality="", x=None, y=None)
    offering.offer(offering.company("Firma 1"), municipality="0561", x=465_000.0)
    first = look(area, anna).rows[0].to_take_up
    offering.offer(offering.company("Her"))
    second = look(area, anna).rows[0].to_take_up
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("Firma 1", "Her")
    resource(area, anna, kinds=[KIND], confirmed_on=TODAY)
    assert look(area, anna).rows[0].to_take_up is None


def test_an_offer_made_to_the_area_counts_there_and_nowhere_else(
    area: Area, challenge: Challenge, anna: User, vejle: Organisation
) -> None:
    resource(area, anna)
    offering.offer(offering.company(), places.area(vejle, "Løget"))
    assert cover(area, anna) is Cover.NOBODY
    made = Offer.objects.get()
    made.areas.add(area)
    assert cover(area, anna) is Cover.HERE


@pytest.mark.parametrize(("agreed", "expected"), [(True, Cover.HERE), (False, Cover.NOBODY)])
def test_a_link_counts_when_it_is_agreed(
    area: Area, challenge: Challenge, anna: User, agreed: bool, expected: Cover
) -> None:
    resource(area, anna)
    asked: list[Any] = []

    def linked(challenges: Any, /, *, user: User, on: date) -> list[hooks.Reached]:
        asked.append((set(challenges), user, on))
        return [hooks.Reached(challenge.pk, KIND, "Schiller House", agreed, "linking.link", 7)]

    with hooks.alone(linking=linked):
        (row,) = look(area, anna).rows
    assert (row.cover, [one.name for one in row.holders]) == (expected, ["Schiller House"])
    assert asked == [({challenge.pk}, anna, TODAY)]


def test_people_count_without_a_name_for_those_who_may_not_see_them(
    area: Area, challenge: Challenge, anna: User, vejle: Organisation
) -> None:
    made = person(area, anna, kinds=[KIND], confirmed_on=TODAY, consent=consent(Scope.BY_CONTACT))
    reader = people.member(vejle, Role.READER, name="Rie")
    (seen,), (unseen,) = look(area, anna).rows[0].holders, look(area, reader).rows[0].holders
    assert (seen.name, seen.printed) == (made.name, False)
    assert (unseen.name, unseen.record_id, unseen.on, unseen.printed) == ("", 0, None, False)
    assert cover(area, reader) is Cover.HERE


def test_who_takes_the_consent_back_is_gone_at_once(area: Area, challenge: Challenge, anna: User) -> None:
    made = person(area, anna, kinds=[KIND], confirmed_on=TODAY)
    assert cover(area, anna) is Cover.HERE
    withdraw_consent(resource=made, how=HowEnded.SAID, by=anna, now=NOW)
    found = look(area, anna)
    assert (found.rows[0].cover, found.rows[0].holders, found.mapped) == (Cover.UNKNOWN, [], 0)


def test_totals_and_what_is_not_said_follow_the_challenges(area: Area, challenge: Challenge, anna: User) -> None:
    resource(area, anna, kinds=["sports"], confirmed_on=TODAY)
    other = places.challenge(area, "Uro i gården")
    Competence.objects.bulk_create(Competence(challenge=other, kind=kind) for kind in ("sports", KIND))
    silent = places.challenge(area, "Ingen ved noget om den")
    places.challenge(area, "Lagt væk", archived_at=NOW)
    found = look(area, anna)
    assert [(row.challenge, row.kind) for row in found.rows] == [(challenge, KIND), (other, "sports"), (other, KIND)]
    assert found.kinds == ["sports", KIND]
    assert found.counts == {cover: {Cover.HERE: 1, Cover.NOBODY: 2}.get(cover, 0) for cover in Cover}
    assert found.unsaid == [silent]
    assert found.takes == {challenge.pk: [KIND], other.pk: ["sports", KIND], silent.pk: []}
    assert found.lacks == {challenge.pk: [KIND], other.pk: [KIND], silent.pk: []}


def test_companies_near_by_are_counted_by_industry(
    area: Area, challenge: Challenge, anna: User, units: dict[str, Unit]
) -> None:
    found = coverage(area, user=anna, on=TODAY)
    # The photographer and the one whose name is a formula; the film maker is 14 km away.
    assert found.rows[0].nearby == 2
    assert coverage(area, user=anna, on=TODAY, reach_km=20).rows[0].nearby == 3


def test_what_is_not_known_about_companies_is_said_and_not_counted_as_none(
    area: Area, challenge: Challenge, anna: User, settings: Settings, tmp_path: Path
) -> None:
    assert coverage(area, user=anna, on=TODAY, may_look=False).rows[0].nearby is None
    assert nearby(area, [KIND], may_look=False).why_not is NotCounted.NOT_ALLOWED
    assert nearby(Area(), [KIND]).why_not is NotCounted.NO_PLACE
    settings.INDEX_DIR = tmp_path / "nothing"
    found = nearby(area, [KIND])
    assert (found.why_not, found.of(KIND)) == (NotCounted.NOT_READY, None)


def fill(area: Area, by: User, times: int) -> None:
    for number in range(times):
        challenge = places.challenge(area, f"Udfordring {number}")
        Competence.objects.bulk_create(Competence(challenge=challenge, kind=kind) for kind in (KIND, "sports"))
        places.need(area, challenge=challenge, kinds=("sports", "transport"))
        resource(area, by, f"Klub {number}", kinds=[KIND])
        person(area, by, f"Person {number}", kinds=["sports"])
        offering.offer(offering.company(f"Firma {number}"), area, kind=KIND)


def test_the_number_of_questions_does_not_grow(vejle: Organisation, anna: User) -> None:
    areas = [places.area(vejle, f"Område {number}") for number in range(4)]
    fill(areas[0], anna, 1)
    with CaptureQueriesContext(connection) as few:
        coverages(areas[:1], user=anna, on=TODAY)
    for area in areas:
        fill(area, anna, 5)
    with CaptureQueriesContext(connection) as many:
        found = coverages(areas, user=anna, on=TODAY)
    assert sum(len(one.rows) for one in found.values()) == 42
    assert len(many) == len(few)
