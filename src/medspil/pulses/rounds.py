"""The rhythm: who leads chooses it; the worker begins a round when one is due and mails each side once, by its link."""

import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.linking.parties import name_of
from medspil.notices.hours import too_early
from medspil.notices.link_mails import close_links
from medspil.notices.transport import is_set_up
from medspil.partnerships.going_on import refuse_not_going
from medspil.partnerships.models import Partner, PartnerPerson, Partnership, Standing
from medspil.partnerships.side_mails import mail_link
from medspil.partnerships.side_people import people_of
from medspil.partnerships.working_days import is_working_day
from medspil.pulses.models import Pulse, PulseAnswer, PulseAsk, PulseRound, Rhythm

PURPOSE = "partnership_pulse"
OPEN_FOR = timedelta(days=13)
"""A round takes answers on the day it begins and on so many after it: two weeks."""
_MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3}


class NoSuchRhythm(Exception):
    """A rhythm that is not offered."""

    def __init__(self) -> None:
        super().__init__(_("Choose every month, every quarter or never."))


@transaction.atomic
def choose_rhythm(*, partnership: Partnership, rhythm: str, expected_version: int, by: User, now: datetime) -> Pulse:
    """Choose how often the sides are asked; version 0 is that of a partnership where nobody has chosen yet.

    A round that goes on is not broken off. Raises `NotNow`, `NoSuchRhythm`, `EditConflict`.
    """
    refuse_not_going(partnership)
    if rhythm not in Rhythm.values:
        raise NoSuchRhythm
    today = timezone.localdate(now)
    rows = Pulse.objects.filter(partnership=partnership)
    pulse = rows.first()
    if (pulse.version if pulse else 0) != expected_version:
        raise EditConflict
    before = pulse.rhythm if pulse else Rhythm.OFF.value
    if pulse is None:
        made = {"rhythm": rhythm, "since": today, "created_at": now, "updated_at": now}
        pulse = once(rows, lambda: Pulse.objects.create(partnership=partnership, **made))
    else:
        pulse.save_changes(expected_version=expected_version, now=now, rhythm=rhythm, since=today)
    if pulse.rhythm != rhythm:
        raise EditConflict  # somebody else chose something else at this moment
    record_history(record=partnership, action="pulse_rhythm", by=by, now=now, changes={"rhythm": [before, rhythm]})
    return pulse


def next_on(pulse: Pulse, last: PulseRound | None) -> date | None:
    """Return the day from which the next round may begin; none where nobody is to be asked."""
    months = _MONTHS.get(Rhythm(pulse.rhythm))
    if months is None:
        return None
    return max(pulse.since, later(last.begun_on, months), last.ends_on + timedelta(days=1)) if last else pulse.since


def later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month.

    Examples
    --------
    >>> later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def latest_round(partnership: Partnership) -> PulseRound | None:
    """Return the round that began last."""
    return PulseRound.objects.filter(partnership=partnership).order_by("-begun_on").first()


def ask_due(*, now: datetime, address: Callable[[str], str]) -> int:
    """Begin the rounds that are due and ask each side that was not asked yet; return how many mails that made.

    `address` makes the address of a one-time link of its token. Run again the same day, it changes nothing. A side
    whose contact person is named while a round goes on is asked then, and so is whoever takes her place before the
    side has answered: the link that went to somebody who answers for it no more is taken back.
    """
    today = timezone.localdate(now)
    if not is_working_day(today) or too_early(now):
        return 0
    going = Pulse.objects.filter(partnership__standing=Standing.GOING, partnership__archived_at=None)
    asked = 0
    for pulse in going.exclude(rhythm=Rhythm.OFF).select_related("partnership__link__area__owner").order_by("pk"):
        going_on = round_on(pulse, on=today)
        if going_on and is_set_up():
            asked += _ask_sides(going_on, pulse.partnership, today=today, now=now, address=address)
    return asked


def round_on(pulse: Pulse, *, on: date) -> PulseRound | None:
    """Return the round that takes answers on a day; begun where one is due."""
    last = latest_round(pulse.partnership)
    if last and last.is_open(on):
        return last
    due = next_on(pulse, last)
    if due is None or due > on:
        return None
    rows = PulseRound.objects.filter(partnership=pulse.partnership, begun_on=on)
    fields = {"partnership": pulse.partnership, "begun_on": on, "ends_on": on + OPEN_FOR}
    return once(rows, lambda: PulseRound.objects.create(**fields))


def _ask_sides(
    going_on: PulseRound, partnership: Partnership, *, today: date, now: datetime, address: Callable[[str], str]
) -> int:
    asked = {one.partner_id: one for one in PulseAsk.objects.filter(round=going_on)}
    spoken = PulseAnswer.objects.filter(round=going_on).values("partner")
    waiting = Partner.objects.filter(partnership=partnership).there().exclude(pk__in=spoken)
    sides = [one for one in waiting.for_page() if not one.side.withdrawn]
    for side in sides:
        side.partnership = partnership
    people, made = people_of(sides, on=today), 0
    for side in sides:
        person, ask = people[side.pk].to_ask(), asked.get(side.pk)
        if person is None:
            continue
        if ask is None:
            made += _ask(going_on, side, person, now=now, address=address)
        elif not _reaches(ask, person, now):
            made += _ask_anew(ask, going_on, side, person, now=now, address=address)
    return made


def _ask(
    going_on: PulseRound, side: Partner, person: PartnerPerson, *, now: datetime, address: Callable[[str], str]
) -> bool:
    """Ask one side, once in a round: of two workers at once one makes the mail."""
    with transaction.atomic():
        ask, made = PulseAsk.objects.get_or_create(round=going_on, partner=side, defaults={"asked_at": now})
        return made and _mail(ask, going_on, side, person, now=now, address=address)


def _reaches(ask: PulseAsk, person: PartnerPerson, now: datetime) -> bool:
    """Tell whether the link of a side went to whoever answers for it by now."""
    return OneTimeLink.objects.of(ask).standing(now).filter(recipient_email__iexact=person.address).exists()


def _ask_anew(
    ask: PulseAsk,
    going_on: PulseRound,
    side: Partner,
    person: PartnerPerson,
    *,
    now: datetime,
    address: Callable[[str], str],
) -> bool:
    """Ask whoever answers for a side by now, and take back the link that went to somebody else; one worker does it."""
    with transaction.atomic():
        if not PulseAsk.objects.filter(pk=ask.pk, asked_at=ask.asked_at).update(asked_at=now):
            return False
        close_links(ask, now=now)
        return _mail(ask, going_on, side, person, now=now, address=address)


def _mail(
    ask: PulseAsk,
    going_on: PulseRound,
    side: Partner,
    person: PartnerPerson,
    *,
    now: datetime,
    address: Callable[[str], str],
) -> bool:
    return mail_link(
        to=person,
        purpose=PURPOSE,
        record=ask,
        partnership=side.partnership,
        template="pulses/mail/pulse.txt",
        facts={"partnership": side.partnership, "side": name_of(side.side), "until": going_on.ends_on},
        subject=lambda: gettext("How does your partnership go for you?"),
        by=None,
        now=now,
        address=address,
        valid_for=_end_of(going_on.ends_on) - now,
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
