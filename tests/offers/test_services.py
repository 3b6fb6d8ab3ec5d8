"""Making, changing, renewing, taking over, withdrawing and opening offers."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area
from medspil.areas.privacy import CprNumberFound
from medspil.areas.services import UnknownKind
from medspil.common.models import EditConflict
from medspil.offers import services
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation
from tests.factories import companies, offering, places

TODAY = offering.TODAY


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def studio(db: None) -> Organisation:
    return offering.company()


@pytest.fixture
def bo(studio: Organisation) -> User:
    return offering.contact(studio)


def make(giver: Organisation, by: User, now: datetime, **facts: Any) -> Offer:
    said: dict[str, Any] = {"kind": "photo_film", "title": "Et studie", "creation_key": uuid4(), "public": True} | facts
    return services.make_offer(organisation=giver, by=by, now=now, **said)


def test_a_double_click_makes_one_offer(studio: Organisation, bo: User, area: Area, now: datetime) -> None:
    key = uuid4()
    first = make(studio, bo, now, creation_key=key, public=False, areas=[area])
    again = make(studio, bo, now, creation_key=key, public=True)
    assert first.pk == again.pk
    assert list(again.areas.all()) == [area]
    assert Offer.objects.count() == 1
    assert [entry.action for entry in HistoryEntry.objects.of(first)] == ["created"]


def test_without_a_place_an_offer_is_where_the_register_has_the_giver(
    vejle: Organisation, anna: User, now: datetime
) -> None:
    unit = companies.unit("Lysets", cvr="12345674", x=1.0, y=2.0, municipality="0630")
    here = make(offering.company(unit=unit), anna, now)
    by_number = make(offering.company("Lysets igen", cvr="12345674"), anna, now)
    elsewhere = make(offering.company("Andre", unit=unit), anna, now, place="Havnen", x=5.0, y=6.0)
    assert [(one.x, one.y, one.municipality) for one in (here, by_number, elsewhere)] == [
        (1.0, 2.0, "0630"),
        (1.0, 2.0, "0630"),
        (5.0, 6.0, "0630"),
    ]


def test_what_others_said_needs_who_said_it_and_when(
    studio: Organisation, vejle: Organisation, anna: User, now: datetime
) -> None:
    with pytest.raises(services.SourceMissing):
        make(studio, anna, now, recorded_by_organisation=vejle, source="  ", said_on=TODAY)
    with pytest.raises(services.SourceMissing):
        make(studio, anna, now, recorded_by_organisation=vejle, source="Ejeren")
    with pytest.raises(services.SaidLater):
        make(studio, anna, now, recorded_by_organisation=vejle, source="Ejeren", said_on=TODAY + timedelta(days=1))
    noted = make(studio, anna, now, recorded_by_organisation=vejle, source="Ejeren", said_on=date(2026, 11, 1))
    assert noted.noted_down
    assert noted.renewed_on == date(2026, 11, 1)  # it stands since it was said, not since it was written down


def test_an_offer_in_ones_own_name_carries_no_source(studio: Organisation, bo: User, now: datetime) -> None:
    own = make(studio, bo, now, source="noget", said_on=TODAY)
    assert (own.source, own.said_on, own.noted_down) == ("", None, False)


def test_somebody_must_be_able_to_see_it(studio: Organisation, bo: User, area: Area, now: datetime) -> None:
    with pytest.raises(services.NobodySees):
        make(studio, bo, now, public=False)
    offer = make(studio, bo, now, public=False, areas=[area])
    with pytest.raises(services.NobodySees):
        services.edit_offer(offer=offer, expected_version=1, by=bo, now=now, areas=[])
    assert list(offer.areas.all()) == [area]


def test_only_a_protected_company_itself_shows_its_offer_to_everybody(
    vejle: Organisation, anna: User, area: Area, now: datetime
) -> None:
    unit = companies.unit("Fredet Foto", cvr="12345674", protected=True)
    giver = offering.company("Fredet Foto", unit=unit)
    said: dict[str, Any] = {"recorded_by_organisation": vejle, "source": "Ejeren", "said_on": TODAY}
    with pytest.raises(services.ProtectedGiver):
        make(giver, anna, now, **said)
    noted = make(giver, anna, now, **said, public=False, areas=[area])
    with pytest.raises(services.ProtectedGiver):
        services.edit_offer(offer=noted, expected_version=1, by=anna, now=now, public=True)
    taken = services.take_over_offer(offer=noted, by=anna, now=now)
    assert services.edit_offer(offer=taken, expected_version=taken.version, by=anna, now=now, public=True).public


@pytest.mark.parametrize(
    ("facts", "trouble"),
    [
        ({"kind": "moon_dust"}, UnknownKind),
        ({"text": "Ring til 010190-1234"}, CprNumberFound),
        ({"starts_on": date(2027, 2, 1), "ends_on": date(2027, 1, 1)}, ValidationError),
        ({"whole_country": True, "reach_km": 5}, ValidationError),
        ({"quantity": 0}, ValidationError),
    ],
)
def test_what_cannot_stand_is_refused(
    studio: Organisation, bo: User, now: datetime, facts: dict[str, Any], trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        make(studio, bo, now, **facts)
    assert not Offer.objects.exists()


def test_two_who_change_the_same_field_do_not_lose_a_text(
    studio: Organisation, bo: User, anna: User, now: datetime
) -> None:
    offer = make(studio, bo, now)
    services.edit_offer(offer=offer, expected_version=1, by=bo, now=now, text="Kun lørdage")
    services.edit_offer(offer=offer, expected_version=1, by=anna, now=now, conditions="Ingen mad")  # another field
    with pytest.raises(EditConflict):
        services.edit_offer(offer=offer, expected_version=1, by=anna, now=now, text="Hver dag")
    offer.refresh_from_db()
    assert (offer.text, offer.conditions) == ("Kun lørdage", "Ingen mad")


def test_the_history_names_the_areas_it_was_offered_to(
    studio: Organisation, bo: User, area: Area, now: datetime
) -> None:
    offer = make(studio, bo, now)
    services.edit_offer(offer=offer, expected_version=1, by=bo, now=now, areas=[area], public=False)
    changes = HistoryEntry.objects.of(offer)[0].changes
    assert changes["areas"] == [[], ["Nørremarken"]]


def test_withdrawing_is_told_once_and_can_be_taken_back(studio: Organisation, bo: User, now: datetime) -> None:
    offer = make(studio, bo, now)
    for _click in range(2):
        offer = services.withdraw_offer(offer=offer, reason=" Vi flytter ", by=bo, now=now)
    assert (offer.state, offer.closed_on, offer.closed_reason) == (OfferState.WITHDRAWN, TODAY, "Vi flytter")
    for trouble in (services.renew_offer, services.take_over_offer):
        noted = Offer.objects.get(pk=offer.pk)
        noted.recorded_by_organisation_id = studio.pk
        with pytest.raises(services.OfferClosed):
            trouble(offer=noted, by=bo, now=now)
    with pytest.raises(services.OfferClosed):
        services.edit_offer(offer=offer, expected_version=offer.version, by=bo, now=now, text="Mere")
    offer = services.reopen_offer(offer=offer, by=bo, now=now)
    assert (offer.state, offer.closed_on, offer.closed_reason) == (OfferState.OPEN, None, "")
    assert len(HistoryEntry.objects.of(offer)) == 3


def test_an_offer_that_is_over_is_ended_and_not_withdrawn(studio: Organisation, bo: User, now: datetime) -> None:
    offer = services.end_offer(offer=make(studio, bo, now), reason="Alt er givet", by=bo, now=now)
    assert offer.state == OfferState.ENDED
    assert not Offer.objects.open(TODAY).exists()


def test_who_only_noted_it_down_says_again_who_said_so(
    studio: Organisation, vejle: Organisation, anna: User, now: datetime
) -> None:
    noted = offering.noted_down(studio, vejle, said_on=date(2026, 1, 1), renewed_on=date(2026, 1, 1))
    assert noted.asks_again(TODAY)
    with pytest.raises(services.SourceMissing):
        services.renew_offer(offer=noted, by=anna, now=now, source="", said_on=TODAY)
    renewed = services.renew_offer(offer=noted, by=anna, now=now, source="Ejeren igen", said_on=TODAY)
    assert (renewed.renewed_on, renewed.source) == (TODAY, "Ejeren igen")
    assert not renewed.asks_again(TODAY)


def test_taking_over_makes_it_the_givers_own(
    studio: Organisation, vejle: Organisation, bo: User, now: datetime
) -> None:
    taken = services.take_over_offer(offer=offering.noted_down(studio, vejle), by=bo, now=now)
    assert not taken.noted_down
    assert (taken.taken_over_on, taken.renewed_on) == (TODAY, TODAY)
    assert services.take_over_offer(offer=taken, by=bo, now=now).version == taken.version
