"""Among several sides a no makes nothing more of a link, and what is taken back gives the waiting time back."""

from datetime import date, timedelta
from typing import Any

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import refusals
from medspil.linking.asking import answer_yes, ask, become_partnership
from medspil.linking.link_states import NotAllSaidYes
from medspil.linking.models import Link, LinkParty, LinkState, Refusal
from medspil.register.models import Unit
from tests.factories import companies, links
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
EARLIER = TODAY - timedelta(days=30)


@pytest.fixture
def smith(db: None) -> Unit:
    return companies.unit("Smedjen")


@pytest.fixture
def link(need: Need, smith: Unit, anna: User) -> Link:
    """Return a link of the municipality, a company and an association of the area."""
    return links.link(need, smith, links.resource(need), by=anna)


def fresh(link: Link) -> Link:
    return Link.objects.get(pk=link.pk)


def sides(link: Link) -> list[LinkParty]:
    return list(link.parties.order_by("pk"))


def say(what: str, link: Link, party: LinkParty, by: User, on: date = TODAY) -> Refusal | None:
    """Let one side be asked or answer."""
    facts: dict[str, Any] = {"link": fresh(link), "party": party, "on": on, "by": by, "now": NOW}
    version = fresh(link).version
    if what == "no":
        return refusals.refuse(reason="never", expected_version=version, **facts)
    (ask if what == "ask" else answer_yes)(expected_version=version, **facts)
    return None


def stands(link: Link) -> tuple[str, date]:
    now = fresh(link)
    return now.state, now.state_on


def test_a_no_does_not_make_interest_of_what_one_said_before(link: Link, anna: User) -> None:
    _own, company, club = sides(link)
    say("yes", link, club, anna, EARLIER)
    say("ask", link, company, anna, EARLIER)
    say("no", link, company, anna)
    assert stands(link) == (LinkState.TURNED_DOWN, TODAY)


def test_a_no_leaves_those_who_are_still_asked_waiting_as_long_as_before(link: Link, anna: User) -> None:
    _own, company, club = sides(link)
    say("ask", link, company, anna, EARLIER)
    say("ask", link, club, anna, EARLIER)
    say("no", link, company, anna)
    assert stands(link) == (LinkState.ASKED, EARLIER)


def test_interest_that_a_no_leaves_over_is_as_old_as_the_last_yes(link: Link, anna: User) -> None:
    own, company, club = sides(link)
    say("ask", link, company, anna, EARLIER)
    say("yes", link, own, anna, EARLIER)
    say("yes", link, club, anna, EARLIER + timedelta(days=5))
    say("no", link, company, anna)
    assert stands(link) == (LinkState.INTERESTED, EARLIER + timedelta(days=5))


def test_a_yes_after_the_no_of_another_turns_nothing_down(link: Link, anna: User) -> None:
    own, company, club = sides(link)
    say("ask", link, club, anna, EARLIER)
    say("no", link, company, anna)
    say("yes", link, club, anna)
    assert stands(link) == (LinkState.ASKED, EARLIER)
    say("yes", link, own, anna)
    assert stands(link) == (LinkState.INTERESTED, TODAY)


def test_a_link_that_was_turned_down_goes_on_with_two_who_would_like_to(link: Link, anna: User) -> None:
    own, company, club = sides(link)
    say("yes", link, club, anna)
    say("no", link, company, anna)
    say("yes", link, own, anna)
    assert fresh(link).state == LinkState.INTERESTED


def test_a_no_taken_back_gives_the_day_of_asking_back(link: Link, anna: User) -> None:
    _own, company, _club = sides(link)
    say("ask", link, company, anna, EARLIER)
    said = say("no", link, company, anna)
    assert said
    assert fresh(link).state == LinkState.TURNED_DOWN
    refusals.undo(refusal=said, by=anna, now=NOW)
    assert stands(link) == (LinkState.ASKED, EARLIER)


def test_a_partnership_waits_for_a_yes_of_everybody_but_those_who_said_no(link: Link, smith: Unit, anna: User) -> None:
    own, company, club = sides(link)
    say("yes", link, own, anna)
    say("yes", link, club, anna)
    facts: dict[str, Any] = {
        "link": fresh(link),
        "on": TODAY,
        "expected_version": fresh(link).version,
        "by": anna,
        "now": NOW,
    }
    with pytest.raises(NotAllSaidYes, match=smith.name):
        become_partnership(**facts)
    assert fresh(link).state == LinkState.INTERESTED
    say("no", link, company, anna)
    become_partnership(**facts | {"link": fresh(link), "expected_version": fresh(link).version})
    assert fresh(link).state == LinkState.PARTNERSHIP
