"""What a company offers at a stop becomes a link that is an idea, once; what was written is kept whatever happens."""

from typing import Any
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import ask
from medspil.linking.gate import CompanyClosedToUs
from medspil.linking.links import AboutNothing
from medspil.linking.models import Link, LinkState, Origin
from medspil.partnerships.models import Conversation
from medspil.register.models import Unit
from medspil.walks.models import StopNote, Walk, WalkStop
from medspil.walks.noting import KindUnknown, NothingNoted, TooMuchNoted, change_note, make_link, note, remove_note
from medspil.walks.stops import pick_stops, take_out
from tests.factories import companies, links, places, walks
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db
OFFER = "De kan låne os deres værksted hver onsdag."


@pytest.fixture
def walk(need: Need, anna: User) -> Walk:
    """Return a walk with a company past a challenge, a club and the square."""
    made = walks.walk(links.link(need, companies.unit(cvr="12345674"), by=anna), by=anna)
    facts: dict[str, Any] = {"challenges": [places.challenge(need.area)], "resources": [links.resource(need)]}
    pick_stops(walk=made, by=anna, now=NOW, **facts)
    walks.stop(made, "Torvet", 0, 0, by=anna)
    return made


def offered(stop: WalkStop, by: User, **fields: Any) -> StopNote:
    facts: dict[str, Any] = {
        "side": company(stop.walk.link), "text": OFFER, "kind": "premises", "amount": "3 timer om ugen",
        "creation_key": uuid4(), "by": by, "now": NOW,
    } | fields  # fmt: skip
    return note(stop=stop, **facts)


def test_an_offer_at_a_challenge_becomes_a_link_about_it(walk: Walk, anna: User) -> None:
    stop = walk.stops.get(challenge__isnull=False)
    key = uuid4()
    noted, again = (offered(stop, anna, creation_key=key) for _click in range(2))
    assert noted == again
    made = make_link(noted=noted, by=anna, now=NOW)
    assert make_link(noted=StopNote.objects.get(pk=noted.pk), by=anna, now=NOW) == made
    assert (made.state, made.origin, made.challenge, made.need) == (LinkState.IDEA, Origin.WALK, stop.challenge, None)
    assert (made.sentence, made.grounds) == (OFFER, {"walk": walk.pk})
    owner, giver = made.parties.order_by("pk")
    assert (owner.organisation, giver.unit) == (walk.link.area.owner, company(walk.link).unit)
    assert giver.brings.endswith(": 3 timer om ugen")


def test_an_offer_at_a_resource_becomes_a_link_with_it(walk: Walk, anna: User) -> None:
    stop = walk.stops.get(resource__isnull=False)
    made = make_link(noted=offered(stop, anna), by=anna, now=NOW)
    assert {(one.resource, one.unit) for one in made.parties.all()} == {
        (stop.resource, None),
        (None, company(walk.link).unit),
    }
    assert made.need == walk.link.need


def test_an_offer_between_the_same_two_for_the_same_need_belongs_to_the_link_that_is_there(
    walk: Walk, anna: User
) -> None:
    noted = offered(walk.stops.get(title="Torvet"), anna)
    assert make_link(noted=noted, by=anna, now=NOW) == walk.link
    assert Link.objects.count() == 1


def test_a_note_stays_where_no_link_can_come_of_it(walk: Walk, anna: User) -> None:
    stop = walk.stops.get(challenge__isnull=False)
    said = offered(stop, anna, kind="", text="Her så de sig om.")
    with pytest.raises(AboutNothing):
        make_link(noted=said, by=anna, now=NOW)
    noted = offered(stop, anna)
    Unit.objects.update(protected=True)
    noted = StopNote.objects.get(pk=noted.pk)
    with pytest.raises(CompanyClosedToUs):
        make_link(noted=noted, by=anna, now=NOW)
    take_out(stop=stop, out=True, by=anna, now=NOW)
    assert list(stop.notes.values_list("text", "amount")) == [("Her så de sig om.", ""), (OFFER, "3 timer om ugen")]


def test_bad_notes_are_refused_and_of_two_changes_the_first_counts(walk: Walk, anna: User) -> None:
    stop = walk.stops.get(title="Torvet")
    for fields, trouble in [
        ({"text": " "}, NothingNoted),
        ({"text": "x" * 5001}, TooMuchNoted),
        ({"kind": "guld"}, KindUnknown),
        ({"text": "Ring til 010190-1234"}, CprNumberFound),
    ]:
        with pytest.raises(trouble):
            offered(stop, anna, **fields)
    noted = offered(stop, anna)
    stale = StopNote.objects.get(pk=noted.pk)
    change_note(noted=noted, text="Kun tirsdage.", kind="premises", amount="", expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        change_note(noted=stale, text="Aldrig.", kind="premises", amount="", expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        remove_note(noted=noted, expected_version=1, by=anna, now=NOW)
    remove_note(noted=noted, expected_version=2, by=anna, now=NOW)
    assert not StopNote.objects.exists()


def test_a_note_taken_away_takes_its_link_along_where_nothing_else_happened(walk: Walk, anna: User) -> None:
    stop = walk.stops.get(challenge__isnull=False)
    noted = offered(stop, anna)
    made = make_link(noted=noted, by=anna, now=NOW)
    assert remove_note(noted=noted, expected_version=1, by=anna, now=NOW) == made
    made.refresh_from_db()
    assert made.archived_at == NOW
    worked_on = offered(stop, anna)
    other = make_link(noted=worked_on, by=anna, now=NOW)
    assert other != made
    ask(link=other, party=company(other), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    talked = offered(walk.stops.get(resource__isnull=False), anna)
    third = make_link(noted=talked, by=anna, now=NOW)
    Conversation.objects.create(link=third, channel="call", at=NOW, by=anna, created_at=NOW, updated_at=NOW)
    of_the_walk = offered(walk.stops.get(title="Torvet"), anna)
    make_link(noted=of_the_walk, by=anna, now=NOW)
    for note_of in (worked_on, talked, of_the_walk):
        assert remove_note(noted=note_of, expected_version=1, by=anna, now=NOW) is None
    assert set(Link.objects.current()) == {walk.link, other, third}


def test_notes_are_read_by_the_areas_people_alone(walk: Walk, anna: User, carl: User) -> None:
    offered(walk.stops.get(title="Torvet"), anna)
    assert [StopNote.objects.visible_to(one).count() for one in (anna, carl)] == [1, 0]
