"""What a side answers in a round: once, changed until the round ends, in the app or by the link in its mail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import LinkUnknown, find
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.going_on import refuse_standing
from medspil.partnerships.handing_over import asks_a_side
from medspil.partnerships.models import Partner
from medspil.pulses.models import PulseAnswer, PulseAsk, PulseRound, Step
from medspil.pulses.rounds import PURPOSE

LONGEST_WORDS = 500


class RoundOver(Exception):
    """A round that takes no answers any more."""

    def __init__(self) -> None:
        super().__init__(_("This round has ended, and what was answered stands. You are asked again in the next one."))


class NoStep(Exception):
    """An answer that does not say how it goes."""

    def __init__(self) -> None:
        super().__init__(_("Choose how it goes for you."))


class WordsTooLong(Exception):
    """More than a sentence or two."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 500 characters."))


@transaction.atomic
def answer(
    *,
    going_on: PulseRound,
    partner: Partner,
    step: int,
    words: str,
    expected_version: int,
    by: User | None,
    now: datetime,
) -> PulseAnswer:
    """Write how it goes for a side, or change it; version 0 is that of a side that has not answered yet.

    Raises `RoundOver`, `NotNow`, `NoStep`, `WordsTooLong`, `CprNumberFound`, `EditConflict`.
    """
    today = timezone.localdate(now)
    if partner.partnership_id != going_on.partnership_id or not going_on.is_open(today):
        raise RoundOver
    refuse_standing(partner)
    if step not in Step.values:
        raise NoStep
    said = cleaned(words)
    rows = PulseAnswer.objects.filter(round=going_on, partner=partner)
    given = rows.first()
    if (given.version if given else 0) != expected_version:
        raise EditConflict
    fields = {"step": step, "words": said, "answered_on": today, "by": by}
    if given:
        return given.save_changes(expected_version=expected_version, now=now, **fields)

    def make() -> PulseAnswer:
        made = PulseAnswer.objects.create(round=going_on, partner=partner, created_at=now, updated_at=now, **fields)
        record_history(record=going_on.partnership, action="pulse_answered", by=by, now=now)
        return made

    made = once(rows, make)
    if (made.step, made.words) != (step, said):
        raise EditConflict  # a colleague was faster
    return made


def answer_by_link(*, token: str, step: int, words: str, expected_version: int, now: datetime) -> PulseAnswer:
    """Take the answer of whoever was asked by a one-time link, which works until the round ends.

    Raises `LinkUnusable` and what `answer` raises.
    """
    link = find(token=token, now=now)
    if link.purpose != PURPOSE:
        raise LinkUnknown
    ask = ask_of(link)
    return answer(
        going_on=ask.round,
        partner=ask.partner,
        step=step,
        words=words,
        expected_version=expected_version,
        by=None,
        now=now,
    )


def ask_of(link: OneTimeLink) -> PulseAsk:
    """Return what a one-time link asks, with its round and side."""
    records = ("round__partnership__link__area__owner", "partner__side__organisation", "partner__side__unit")
    return PulseAsk.objects.select_related(*records, "partner__side__resource").get(pk=int(link.record_id))


@asks_a_side(PURPOSE)
def side_asked(link: OneTimeLink) -> Partner:
    """Return the side that a one-time link asks how it goes."""
    return ask_of(link).partner


def cleaned(text: str) -> str:
    """Return a short text as it is kept, on one line. Raises `WordsTooLong`, `CprNumberFound`."""
    found = " ".join(text.split())
    if len(found) > LONGEST_WORDS:
        raise WordsTooLong
    refuse_cpr(found)
    return found
