"""Invite those who come on a walk, by mail with a file for their calendars, and tell them of every change.

An invitation goes out when somebody sends it. From then on whoever got it is told by itself of a new time or place,
and that it is cancelled. Each mail goes once: its key names the walk, who it is for and which state of both it tells.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import issue
from medspil.common.models import EditConflict
from medspil.notices.calendar_file import Gathering, Method, Words, calendar_file
from medspil.notices.letters import AddressRefused, HeaderRefused, known_language, one_line
from medspil.notices.outbox import OnBehalfOf, put
from medspil.walks.gate import REFUSALS, refuse_invitation
from medspil.walks.models import Attendee, Walk, WalkState
from medspil.walks.ordering import locked, refuse_forgotten
from medspil.walks.route import Length
from medspil.walks.stops import length_of

INVITATION, CANCELLED, ANSWER = "walk_invitation", "walk_cancelled", "walk_answer"
LEAST_VALID = timedelta(hours=1)
LEAST_MINUTES = 30
"""A walk without stops yet takes this long in a calendar."""
Address = Callable[[str], str]


class NotOn(EditConflict):
    """The walk was held or cancelled."""

    sentence = translation.gettext_lazy("The walk was held or cancelled: nobody is invited to it.")


@dataclass(slots=True)
class Invited:
    """How inviting went: how many mails were written, and whom nobody may write to, each with the reason."""

    written: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@transaction.atomic
def invite(*, walk: Walk, by: User, now: datetime, address: Address | None = None) -> Invited:
    """Write to all who come, have an address and have not got the invitation as it stands; again, nobody is left.

    `address` makes the address of a one-time link, by which whoever has no account answers.

    Raises `NotOn`, `Forgotten`.
    """
    walk = locked(walk)
    refuse_forgotten(walk)
    if walk.state != WalkState.PLANNED:
        raise NotOn
    coming = [one for one in walk.attendees.coming() if one.address and one.invited != walk.sequence]
    done = _write(walk, coming, Method.REQUEST, by=by, now=now, address=address)
    if done.written:
        record_history(record=walk, action="walk_invited", by=by, now=now)
    return done


def tell_change(*, walk: Walk, by: User, now: datetime, address: Address | None = None) -> Invited:
    """Tell those who were invited how the walk stands now, and ask anew; inside the transaction of the change."""
    walk.attendees.exclude(answer="").update(answer="")
    invited = [one for one in walk.attendees.coming() if one.address and one.invited is not None]
    return _write(walk, invited, Method.REQUEST, by=by, now=now, address=address)


def tell_cancelled(*, walk: Walk, by: User, now: datetime) -> Invited:
    """Tell those who were invited that the walk is cancelled; inside the transaction of that."""
    invited = [one for one in walk.attendees.coming() if one.address and one.invited is not None]
    return _write(walk, invited, Method.CANCEL, by=by, now=now)


def tell_left(*, attendee: Attendee, by: User, now: datetime) -> None:
    """Tell somebody who was invited to a walk that is on and was taken off: it goes out of her calendar."""
    if attendee.invited is not None and attendee.address and attendee.walk.state == WalkState.PLANNED:
        _write(attendee.walk, [attendee], Method.CANCEL, by=by, now=now)


def key_of(attendee: Attendee, method: Method) -> str:
    """Return what makes a mail one and the same: for whom, and which state of the walk and of her it tells."""
    walk = attendee.walk
    return f"walk:{walk.pk}:{attendee.pk}:{method.value.lower()}:{walk.sequence}:{attendee.version}"


def words_of(walk: Walk, *, contact: User) -> Words:
    """Return what is read in a calendar, in the language that is active. It names nobody but who invites."""
    area = walk.link.area.name
    told = _("A walk through {area}: you see what is there and whom you could work with.").format(area=area)
    ask = _("Questions: {name}, {email}").format(name=contact, email=contact.email)
    return Words(_("Walk in {area}").format(area=area), f"{told}\n{ask}")


def length_now(walk: Walk) -> Length:
    """Return how long a walk is as its stops stand."""
    return length_of(walk, walk.stops.standing())


def gathering_of(walk: Walk, takes: Length) -> Gathering:
    """Return a walk as calendars know it."""
    minutes = max(takes.minutes, LEAST_MINUTES)
    return Gathering(f"walk-{walk.creation_key}", walk.sequence, walk.starts_at, minutes, walk.meeting_place)


def _write(
    walk: Walk, coming: list[Attendee], method: Method, *, by: User, now: datetime, address: Address | None = None
) -> Invited:
    done, takes = Invited(), length_now(walk)
    for attendee in coming:
        attendee.walk = walk
        try:
            if method is Method.REQUEST:
                refuse_invitation(attendee, on=timezone.localdate(now))
            _put(attendee, takes, method, by=by, now=now, address=address)
        except (*REFUSALS, AddressRefused, HeaderRefused) as trouble:
            done.refused.append((attendee.shown_name, str(trouble)))
            continue
        done.written += 1
    written = [one.pk for one in coming if one.invited == walk.sequence]
    Attendee.objects.filter(pk__in=written).update(invited=walk.sequence)
    return done


def _put(
    attendee: Attendee, takes: Length, method: Method, *, by: User, now: datetime, address: Address | None
) -> None:
    """Put one mail into the outbox, in the language of who gets it."""
    walk, owner = attendee.walk, attendee.walk.link.area.owner
    language = known_language(attendee.user.language if attendee.user else "")
    asks = address if method is Method.REQUEST and attendee.user is None else None
    answer_url = asks(_token(attendee, language, by=by, now=now)) if asks else ""
    with translation.override(language):
        words = words_of(walk, contact=by)
        facts = {
            "walk": walk, "area": walk.link.area, "by": by, "name": attendee.shown_name, "takes": takes,
            "new": attendee.invited is None, "cancelled": method is Method.CANCEL,
            "answer_url": answer_url,
        }  # fmt: skip
        text = render_to_string("walks/mail/invitation.txt", facts)
        subject = _subject(attendee, words, method)
    put(
        purpose=CANCELLED if method is Method.CANCEL else INVITATION,
        dedupe_key=key_of(attendee, method),
        to=attendee.address,
        to_name=one_line(attendee.shown_name),
        subject=one_line(subject),
        text=text,
        calendar=calendar_file(
            gathering_of(walk, takes), words, method=method, organiser=by.email, to=attendee.address, now=now
        ),
        about=attendee,
        by=by,
        now=now,
        language=language,
        reply_to=by.email,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )
    attendee.invited = walk.sequence


def _token(attendee: Attendee, language: str, *, by: User, now: datetime) -> str:
    """Make the one-time link of an invitation, good until the walk begins; an earlier one is taken back."""
    issued = issue(
        purpose=ANSWER, record=attendee, recipient_email=attendee.address, recipient_name=attendee.shown_name,
        language=language, by=by, now=now, valid_for=max(attendee.walk.starts_at - now, LEAST_VALID),
    )  # fmt: skip
    return issued.token


def _subject(attendee: Attendee, words: Words, method: Method) -> str:
    if method is Method.CANCEL:
        return _("Cancelled: {walk}").format(walk=words.summary)
    if attendee.invited is not None:
        return _("Changed: {walk}").format(walk=words.summary)
    return _("Invitation: {walk}").format(walk=words.summary)
