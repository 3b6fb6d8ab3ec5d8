"""Draft a letter to a side of a link, edit it, send it, put it away.

Each step asks again whether the side may be written to. Sending puts the mail into the outbox in the same transaction
as the letter's state, by a key of its own: a double click sends one mail. The history
holds neither address nor text.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking import asking
from medspil.linking.deleted_sentences import tells_of_deletion
from medspil.linking.models import Answer, Brokerage, Link, LinkParty
from medspil.linking.permissions import parties
from medspil.notices import outbox
from medspil.notices.letters import checked_address, checked_header
from medspil.notices.models import Message
from medspil.organisations.models import Membership
from medspil.organisations.roles import Ability, roles_with
from medspil.partnerships.facts import facts_of
from medspil.partnerships.gate import TakenOff, refuse_pitch
from medspil.partnerships.letters import LONGEST_LETTER, LONGEST_SUBJECT, first_subject, first_text
from medspil.partnerships.models import AddressFrom, Pitch, PitchState
from medspil.partnerships.recipients import AddressGone, Recipient, suggested
from medspil.partnerships.told import organisation_for, told

if TYPE_CHECKING:
    from django.db.models import QuerySet

PURPOSE = "pitch"
LANGUAGES = ("da", "en")
MOST_HOURS = 2_000


class AlreadySent(Exception):
    """The letter has gone: what was sent is not changed any more."""

    def __init__(self) -> None:
        super().__init__(_("This letter has been sent. Write a new one if there is more to say."))


class LetterEmpty(Exception):
    """A letter without a subject or without text."""

    def __init__(self) -> None:
        super().__init__(_("Write a subject and a text."))


class LetterTooLong(Exception):
    """A letter that nobody would read."""

    def __init__(self) -> None:
        super().__init__(_("The letter is too long. Use at most 10,000 characters; a page is plenty."))


class TellsOfDeletion(Exception):
    """A draft of a time when letters still carried what stands for a deleted sentence."""

    def __init__(self) -> None:
        super().__init__(
            _("The letter says that a sentence was deleted. Open it to change it and save it: then the line is gone.")
        )


class NoRecipient(Exception):
    """A letter that has no address yet."""

    def __init__(self) -> None:
        super().__init__(_("Choose whom the letter goes to."))


class NoContact(Exception):
    """A contact person who does not work with the link."""

    def __init__(self) -> None:
        super().__init__(_("Choose a contact person who works with this link."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person writes of a letter, and whom it goes to; None as recipient keeps none."""

    subject: str
    text: str
    contact: User
    recipient: Recipient | None


def possible_contacts(link: Link, *, now: datetime) -> "QuerySet[User]":
    """Return whom the company could talk to: who may link in the area, and who brokers the link; by name."""
    places = [one.pk for one in parties(link.area)]
    here = Membership.objects.current().filter(organisation__in=places, role__in=roles_with(Ability.LINK))
    brokers = Brokerage.objects.current(timezone.localdate(now)).filter(
        link=link, user__memberships__organisation=F("organisation"), user__memberships__ended_on=None
    )
    known = Q(pk__in=here.values("user")) | Q(pk__in=brokers.values("user"))
    return User.objects.filter(known, is_active=True).order_by("name", "email")


def may_be_contact(user: User, link: Link, *, now: datetime) -> bool:
    """Tell whether a person could be the one the company talks to."""
    return possible_contacts(link, now=now).filter(pk=user.pk).exists()


def start_pitch(
    *,
    link: Link,
    party: LinkParty,
    language: str,
    contact: User,
    hours: int | None,
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Pitch:
    """Draft a letter from what the data say; the same key again returns the letter that is there.

    Raises `NoContact` and what `gate.refuse_pitch` raises.
    """

    def make() -> Pitch:
        refuse_pitch(link, party, on=timezone.localdate(now))
        if not may_be_contact(contact, link, now=now):
            raise NoContact
        tongue = language if language in LANGUAGES else LANGUAGES[0]
        facts = facts_of(link, party)
        said = told(facts, language=tongue, contact=contact, hours=hours)
        made = Pitch.objects.create(
            link=link, party=party, language=tongue, subject=first_subject(said), text=first_text(said),
            hours=hours, contact=contact, gains=[one.rule.code for one in facts.gains], creation_key=creation_key,
            created_at=now, updated_at=now,
        )  # fmt: skip
        record_history(record=made, action="letter_drafted", by=by, now=now)
        return made

    return once(Pitch.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def edit_pitch(*, pitch: Pitch, words: Words, expected_version: int, by: User, now: datetime) -> Pitch:
    """Change a draft: words, contact person, recipient.

    Raises `AlreadySent`, `LetterEmpty`, `LetterTooLong`, `NoContact`, `CprNumberFound`, `EditConflict`, and of the
    address `HeaderRefused` or `AddressRefused`.
    """
    if pitch.state == PitchState.SENT:
        raise AlreadySent
    subject, text = checked_header(words.subject, longest=LONGEST_SUBJECT), words.text.replace("\r\n", "\n").strip()
    if not subject or not text:
        raise LetterEmpty
    if len(text) > LONGEST_LETTER:
        raise LetterTooLong
    refuse_cpr(subject, text)
    if words.contact != pitch.contact and not may_be_contact(words.contact, pitch.link, now=now):
        raise NoContact
    fields = {"subject": subject, "text": text, "contact": words.contact} | _address(words.recipient)
    if all(getattr(pitch, name) == value for name, value in fields.items()):
        return pitch
    pitch.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(record=pitch, action="letter_changed", by=by, now=now)
    return pitch


def _address(recipient: Recipient | None) -> dict[str, str]:
    """Return the recipient as the letter keeps it, checked as the outbox will check it."""
    if recipient is None:
        return {"to_from": "", "to_name": "", "to_email": "", "to_source": "", "to_purpose": ""}
    refuse_cpr(recipient.name, recipient.source, recipient.purpose)
    return {
        "to_from": recipient.address_from.value,
        "to_name": checked_header(recipient.name, longest=120),
        "to_email": checked_address(recipient.email),
        "to_source": recipient.source[:200],
        "to_purpose": recipient.purpose[:200],
    }


@transaction.atomic
def send_pitch(
    *, pitch: Pitch, counts_as_asked: bool, link_version: int, expected_version: int, by: User, now: datetime
) -> Pitch:
    """Send a letter, and where the person says so note that the side was asked today. All or nothing.

    Raises `AlreadySent`, `TellsOfDeletion`, `NoRecipient`, `AddressGone`, `NoContact`, `EditConflict`, what
    `gate.refuse_pitch` raises, and what `asking.ask` raises.
    """
    if pitch.state != PitchState.DRAFT:
        raise AlreadySent
    link, party = pitch.link, pitch.party
    if party is None:
        raise TakenOff
    refuse_pitch(link, party, on=timezone.localdate(now))
    if tells_of_deletion(f"{pitch.subject}\n{pitch.text}"):
        raise TellsOfDeletion
    if not pitch.to_email:
        raise NoRecipient
    if not may_be_contact(pitch.contact, link, now=now):
        raise NoContact
    refuse_gone_address(pitch, party)
    pitch.save_changes(expected_version=expected_version, now=now, state=PitchState.SENT, sent_at=now, sent_by=by)
    ours = organisation_for(link, pitch.contact)
    outbox.put(
        purpose=PURPOSE, dedupe_key=key_of(pitch), to=pitch.to_email, to_name=pitch.to_name, subject=pitch.subject,
        text=pitch.text, about=pitch, by=by, now=now, language=pitch.language, reply_to=pitch.contact.email,
        on_behalf_of=outbox.OnBehalfOf(ours.pk, ours.name),
    )  # fmt: skip
    if counts_as_asked and party.answer != Answer.YES:
        asking.ask(
            link=link, party=party, on=timezone.localdate(now), expected_version=link_version, by=by, now=now
        )  # fmt: skip
    record_history(record=pitch, action="letter_sent", by=by, now=now)
    return pitch


def refuse_gone_address(pitch: Pitch, party: LinkParty) -> None:
    """Raise `AddressGone` where an address that Medspil knew itself is not that of the company any more."""
    if pitch.to_from == AddressFrom.TYPED:
        return
    known = {one.email.casefold() for one in suggested(party) if one.address_from == pitch.to_from}
    if pitch.to_email.casefold() not in known:
        raise AddressGone


def key_of(pitch: Pitch) -> str:
    """Return what makes the mail of a letter one and the same in the outbox."""
    return f"{PURPOSE}-{pitch.creation_key}"


def mail_of(pitch: Pitch) -> Message | None:
    """Return the mail of a letter that was sent, as the outbox has it."""
    return Message.objects.about(pitch).first()


@transaction.atomic
def put_away(*, pitch: Pitch, away: bool, expected_version: int, by: User, now: datetime) -> Pitch:
    """Put a draft away, or take it out again. Raises `AlreadySent`, `EditConflict`."""
    if pitch.state == PitchState.SENT:
        raise AlreadySent
    wanted = PitchState.PUT_AWAY if away else PitchState.DRAFT
    if pitch.state == wanted:
        return pitch
    if pitch.forgotten_at:
        raise EditConflict
    pitch.save_changes(expected_version=expected_version, now=now, state=wanted)
    record_history(record=pitch, action="letter_put_away" if away else "letter_taken_out", by=by, now=now)
    return pitch
