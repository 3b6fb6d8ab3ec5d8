"""One quiet mail a person with what waits for her: on working days, on Mondays, or never; nothing waits, nothing comes.

The worker asks often, and each person is asked about once a day: to ask what waits takes two dozen questions to the
database. Each digest of a day is put into the outbox once, by its key.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.common.once import first_saved
from medspil.notices.checks import NotAnyMore, before_sending
from medspil.notices.models import Message
from medspil.notices.outbox import put
from medspil.notices.transport import is_set_up
from medspil.organisations.models import Membership
from medspil.partnerships.working_days import is_working_day
from medspil.progress.models import Digest, Rhythm
from medspil.progress.waiting import Waiting, waiting_for

PURPOSE = "digest"
FROM_HOUR = 6
_A_DAY_S = 26 * 60 * 60
"""For so long it is remembered that a day's digests are out: longer than any day, also when the clocks go back."""
MOST = 12
"""More than these a mail only counts."""
Address = Callable[[str, tuple[int, ...]], str]


def rhythm_of(user: User) -> Digest:
    """Return how often a person is told: what she chose, or Mondays, unsaved."""
    return Digest.objects.filter(user=user).first() or Digest(user=user, version=0)


def choose_rhythm(*, user: User, rhythm: Rhythm | str, expected_version: int, now: datetime) -> Digest:
    """Let a person choose how often she is told; the version is 0 before the first time. Raises `EditConflict`."""
    chosen = Rhythm(rhythm)
    there = rhythm_of(user)
    if there.pk:
        if there.rhythm == chosen:
            return there
        return there.save_changes(expected_version=expected_version, now=now, rhythm=chosen)
    return first_saved(lambda: Digest.objects.create(user=user, rhythm=chosen, created_at=now, updated_at=now))


def due_on(rhythm: str, day: date) -> bool:
    """Tell whether a digest comes on a day; where Monday is a holiday, it comes a week later.

    Examples
    --------
    >>> due_on("weekly", date(2026, 11, 23)), due_on("weekly", date(2026, 11, 24)), due_on("daily", date(2026, 11, 22))
    (True, False, False)
    """
    if rhythm == Rhythm.OFF or not is_working_day(day):
        return False
    return rhythm == Rhythm.DAILY or day.weekday() == 0


def send_digests(*, now: datetime, page: Address, settings_page: str) -> int:
    """Put the digests of a day into the outbox, once each; return how many were new.

    What comes to wait for somebody later that day is in her next one.

    `page` makes the address of a page from its name and keys, `settings_page` is where a person chooses.
    """
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR or not is_set_up():
        return 0
    day = local.date()
    if cache.get(done := f"{PURPOSE}s-of-{day}"):
        return 0
    chosen = dict(Digest.objects.values_list("user", "rhythm"))
    told = set(
        Message.objects.filter(dedupe_key__endswith=f":{day}", purpose=PURPOSE).values_list("dedupe_key", flat=True)
    )
    working = Membership.objects.current().values("user")
    people = User.objects.filter(pk__in=working, is_active=True).exclude(email="").order_by("pk")
    count = 0
    for user in people:
        if due_on(chosen.get(user.pk, Rhythm.WEEKLY), day) and _key(user, day) not in told:
            count += _put(user, day, now=now, page=page, settings_page=settings_page)
    cache.set(done, True, timeout=_A_DAY_S)
    return count


def _put(user: User, day: date, *, now: datetime, page: Address, settings_page: str) -> bool:
    with translation.override(user.language):
        found = waiting_for(user, now=now)
        if not found:
            return False
        subject = ngettext(
            "Medspil: {number} thing waits for you", "Medspil: {number} things wait for you", len(found)
        ).format(number=len(found))
        put(
            purpose=PURPOSE,
            dedupe_key=_key(user, day),
            to=user.email,
            to_name=str(user),
            subject=subject,
            text=digest_text(user, found, page=page, settings_page=settings_page),
            about=user,
            now=now,
            language=user.language,
        )
    return True


def digest_text(user: User, found: list[Waiting], *, page: Address, settings_page: str) -> str:
    """Return the mail in the language that is active."""
    items = [(one, page(one.page, one.keys)) for one in found[:MOST]]
    facts = {"user": user, "items": items, "more": max(len(found) - MOST, 0), "settings_page": settings_page}
    return render_to_string("progress/mail/digest.txt", facts)


def _key(user: User, day: date) -> str:
    return f"{PURPOSE}:{user.pk}:{day}"


@before_sending(PURPOSE, label=_("Digest of what waits"))
def still_wanted(message: Message, _now: datetime) -> None:
    """Raise `NotAnyMore` where the person has left, or has chosen to get no digest, before it went."""
    user = User.objects.filter(pk=message.about_id, is_active=True).first()
    if user is None or rhythm_of(user).rhythm == Rhythm.OFF:
        raise NotAnyMore(_("The person does not want digests any more."))
