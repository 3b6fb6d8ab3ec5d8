"""Note what was said with a side of a link, and what was promised; change it, take it away, note that it was done.

Nothing of names and words stands in the history. What a protected company says when it calls may be noted as well.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.catalogue.vocabulary import Side, vocabulary
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.models import Channel, Conversation, Pledge
from medspil.partnerships.pitching import NoContact, possible_contacts

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST_TEXT = 5_000
FARTHEST = timedelta(days=366)


class NothingSaid(Exception):
    """An entry that says neither what was said nor who was there."""

    def __init__(self) -> None:
        super().__init__(_("Write what was said, or who was there."))


class TooMuchSaid(Exception):
    """An entry of the length of a report."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 5,000 characters."))


class TooFarAhead(Exception):
    """A meeting in years to come, which is a slip of the pen."""

    def __init__(self) -> None:
        super().__init__(_("That is more than a year ahead. Is the year right?"))


class PledgeUnclear(Exception):
    """A promise without saying what or until when."""

    def __init__(self) -> None:
        super().__init__(_("Say what was promised, and until when."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person notes of a conversation, or of one that is agreed upon; `invitation` is its number in calendars."""

    channel: Channel
    at: datetime
    our_people: Collection[User] = ()
    their_people: str = ""
    caught: Sequence[str] = ()
    text: str = ""
    invitation: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPledge:
    """A promise as somebody notes it."""

    ours: bool
    what: str
    due_on: date | None
    who: str = ""


def note_conversation(
    *,
    link: Link,
    party: LinkParty,
    said: Said,
    pledges: Sequence[NewPledge] = (),
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Conversation:
    """Note a conversation with what was promised, or plan one whose hour has not come.

    The same key again returns the entry that is there, and so does the same invitation with this side.
    Raises `LinkPutAway`, `DayAhead` (a mail of tomorrow), `TooFarAhead`, `NothingSaid`,
    `TooMuchSaid`, `PledgeUnclear`, `NoContact`, `CprNumberFound`.
    """

    def make() -> Conversation:
        if link.archived_at:
            raise LinkPutAway
        fields = _checked(link, said, now)
        for pledge in pledges:
            _refuse_unclear(pledge)
        made = Conversation.objects.create(
            link=link, party=party, by=by, creation_key=creation_key, created_at=now, updated_at=now,
            invitation=said.invitation, **fields,
        )  # fmt: skip
        made.our_people.set(said.our_people)
        Pledge.objects.bulk_create(_row(made, pledge) for pledge in pledges)
        action = "meeting_planned" if made.planned else "conversation_noted"
        record_history(record=made, action=action, by=by, now=now)
        return made

    # The same invitation may be in two hands.
    same = Q(creation_key=creation_key) | Q(party=party, invitation=said.invitation) & ~Q(invitation="")
    return once(Conversation.objects.filter(same), make)


def people_of(conversation: Conversation, *, now: datetime) -> "QuerySet[User]":
    """Return who of us may stand in an entry: who works with the link, and who stands there and has left since."""
    working = possible_contacts(conversation.link, now=now).order_by().values("pk")
    there = conversation.our_people.values("pk")
    return User.objects.filter(Q(pk__in=working) | Q(pk__in=there)).order_by("name", "email")


@transaction.atomic
def edit_conversation(
    *, conversation: Conversation, said: Said, expected_version: int, by: User, now: datetime
) -> Conversation:
    """Change an entry; a plan whose hour has come is what was said from now on.

    Raises what `note_conversation` raises of it, and `EditConflict`.
    """
    if conversation.forgotten_at:
        raise EditConflict
    fields = _checked(conversation.link, said, now, before=set(conversation.our_people.all()))
    conversation.save_changes(expected_version=expected_version, now=now, **fields)
    conversation.our_people.set(said.our_people)
    record_history(record=conversation, action="conversation_changed", by=by, now=now)
    return conversation


@transaction.atomic
def remove_conversation(*, conversation: Conversation, expected_version: int, by: User, now: datetime) -> None:
    """Take an entry away for good, with its promises. Raises `EditConflict` if it was changed meanwhile."""
    rows = Conversation.objects.filter(pk=conversation.pk)
    if rows.filter(version=expected_version).delete()[0]:
        record_history(record=conversation, action="conversation_removed", by=by, now=now)
    elif rows.exists():
        raise EditConflict


@transaction.atomic
def add_pledge(
    *, conversation: Conversation, pledge: NewPledge, expected_version: int, by: User, now: datetime
) -> Pledge:
    """Note one more promise. Raises `PledgeUnclear`, `CprNumberFound`, `EditConflict`, also at a double click."""
    _refuse_unclear(pledge)
    if conversation.forgotten_at:
        raise EditConflict
    conversation.save_changes(expected_version=expected_version, now=now)
    made = _row(conversation, pledge)
    made.save()
    record_history(record=conversation, action="promise_noted", by=by, now=now)
    return made


@transaction.atomic
def keep_pledge(*, pledge: Pledge, kept: bool, by: User, now: datetime) -> None:
    """Note that what was promised has been done, or that it has not after all; twice is once."""
    still = Pledge.objects.filter(pk=pledge.pk, kept_at__isnull=kept)
    if still.update(kept_at=now if kept else None, kept_by=by if kept else None):
        action = "promise_kept" if kept else "promise_open_again"
        record_history(record=pledge.conversation, action=action, by=by, now=now)


def _checked(link: Link, said: Said, now: datetime, before: Collection[User] = ()) -> dict[str, object]:
    """Return what is said in the shape in which it is kept."""
    text, theirs = said.text.replace("\r\n", "\n").strip(), " ".join(said.their_people.split())
    planned = said.at > now
    if not planned and not text and not theirs:
        raise NothingSaid
    if len(text) > LONGEST_TEXT or len(theirs) > 200:
        raise TooMuchSaid
    refuse_cpr(text, theirs)
    if planned and Channel(said.channel) is Channel.MAIL:
        raise DayAhead
    if said.at > now + FARTHEST:
        raise TooFarAhead
    newcomers = {person.pk for person in said.our_people} - {person.pk for person in before}
    if newcomers - set(possible_contacts(link, now=now).values_list("pk", flat=True)):
        raise NoContact
    gains = vocabulary().gains
    caught = [code for code in said.caught if code in gains and gains[code].side is Side.COMPANY]
    channel = Channel(said.channel).value
    return {
        "channel": channel, "at": said.at, "minutes": said.minutes, "planned": planned, "their_people": theirs,
        "caught": caught, "text": text,
    }  # fmt: skip


def _refuse_unclear(pledge: NewPledge) -> None:
    if not pledge.what.strip() or pledge.due_on is None:
        raise PledgeUnclear
    refuse_cpr(pledge.what, pledge.who)


def _row(conversation: Conversation, pledge: NewPledge) -> Pledge:
    assert pledge.due_on  # noqa: S101  (it was asked before)
    what, who = " ".join(pledge.what.split())[:200], " ".join(pledge.who.split())[:120]
    return Pledge(conversation=conversation, ours=pledge.ours, who=who, what=what, due_on=pledge.due_on)
