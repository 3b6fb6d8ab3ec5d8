"""What is done in a partnership shows as a sign of good advice, and what is undone shows no more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.linking.models import Link
from medspil.partnerships.conversations import NewPledge, Said, keep_pledge, note_conversation
from medspil.partnerships.models import Channel, Partnership
from medspil.progress.advice import Sign
from medspil.progress.evidence import met_by
from medspil.progress.models import Moment, MomentKind
from medspil.progress.moments import NothingTold, note_moment, take_back_moment
from medspil.progress.signs import gauge_of, signs_of
from tests.factories import companies, links
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def made(need: Need, anna: User) -> Partnership:
    """Return a partnership between the municipality and a company that has just begun."""
    return partnership(need, companies.unit(), by=anna)


def signs(made: Partnership, days: int = 0) -> frozenset[Sign]:
    whole, on = Partnership.objects.for_page().get(pk=made.pk), TODAY + timedelta(days=days)
    (met,) = met_by([Link.objects.for_page().get(pk=made.link_id)], on=on).values()
    return signs_of(whole, met=met, gauge=gauge_of(whole), on=on)


def meet(made: Partnership, anna: User, *pledges: NewPledge) -> None:
    said = Said(channel=Channel.MEETING, at=NOW, text="Vi mødtes.", caught=["recruitment"], minutes=45)
    side = made.link.parties.latest("pk")
    note_conversation(link=made.link, party=side, said=said, pledges=pledges, creation_key=uuid4(), by=anna, now=NOW)


def test_a_partnership_that_has_just_begun_shows_only_what_was_done(made: Partnership) -> None:
    assert signs(made) == {Sign.COMPETENCES, Sign.ANSWERS_IN_TIME, Sign.IN_TOUCH}  # the need says what it takes


def test_mapping_shows_and_is_lately_for_a_year(made: Partnership, need: Need) -> None:
    links.resource(need, confirmed_on=TODAY)
    assert {Sign.MAPPED, Sign.MAPPED_LATELY} <= signs(made)
    assert Sign.MAPPED_LATELY not in signs(made, days=366)
    assert Sign.MAPPED in signs(made, days=366)


def test_meetings_are_weighed_against_what_was_done(made: Partnership, anna: User) -> None:
    assert not gauge_of(made).results_first
    promise = NewPledge(ours=True, what="Finder lokale", due_on=TODAY)
    meet(made, anna, promise)
    assert {Sign.SPOKEN_WITH} <= signs(made)
    assert (gauge_of(made).meetings, gauge_of(made).decisions) == (1, 0)
    assert Sign.MORE_THAN_MEETINGS not in signs(made)
    keep_pledge(pledge=made.link.conversations.get().pledges.get(), kept=True, by=anna, now=NOW)
    assert Sign.MORE_THAN_MEETINGS in signs(made)
    meet(made, anna)
    assert gauge_of(made).hours == 1.5
    assert Sign.MORE_THAN_MEETINGS not in signs(made)


def test_silence_of_two_months_is_no_touch(made: Partnership) -> None:
    assert Sign.IN_TOUCH in signs(made, days=60)
    assert Sign.IN_TOUCH not in signs(made, days=61)


def test_telling_and_celebrating_show_for_a_year_and_can_be_taken_back(made: Partnership, anna: User) -> None:
    key = uuid4()
    for kind, code in ((MomentKind.TOLD, key), (MomentKind.TOLD, key), (MomentKind.CELEBRATED, uuid4())):
        note_moment(
            partnership=made, kind=kind, on=TODAY, words="Avisen skrev om det.", creation_key=code, by=anna, now=NOW
        )
    assert Moment.objects.count() == 2
    assert {Sign.TOLD, Sign.CELEBRATED} <= signs(made, days=365)
    assert not {Sign.TOLD, Sign.CELEBRATED} & signs(made, days=366)
    for _click in range(2):
        take_back_moment(moment=Moment.objects.get(kind=MomentKind.TOLD), by=anna, now=NOW)
    assert Sign.TOLD not in signs(made)


@pytest.mark.parametrize(
    ("words", "days", "refusal"),
    [(" ", 0, NothingTold), ("ord " * 80, 0, NothingTold), ("Fest", 1, DayAhead), ("010190-1234", 0, CprNumberFound)],
)
def test_a_moment_says_what_it_was_and_has_been(
    made: Partnership, anna: User, words: str, days: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        note_moment(
            partnership=made, kind=MomentKind.TOLD, on=TODAY + timedelta(days=days), words=words,
            creation_key=uuid4(), by=anna, now=NOW,
        )  # fmt: skip
