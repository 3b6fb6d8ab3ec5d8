"""Who has been silent for too long: one table of silences, ours and theirs, each with the day since when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Answer, Link, LinkParty, LinkState
from medspil.organisations.roles import Ability
from medspil.partnerships.facts import can_be_written_to
from medspil.partnerships.models import Conversation, Partner, Partnership, Pledge, Standing
from medspil.progress.life import Life, signs_of_life
from medspil.progress.models import Patience
from medspil.progress.models.patience import REMIND_AFTER
from medspil.pulses.reading import falls

PARTNERSHIP_QUIET = timedelta(days=60)
"""A partnership in which nothing is written down for two months: advice 10 wants both sides told as it goes."""


class Quiet(StrEnum):
    """What is waited for."""

    GOES_BADLY = "goes_badly"
    MEETING_NOT_NOTED = "meeting_not_noted"
    OUR_PROMISE = "our_promise"
    WE_OWE_A_WORD = "we_owe_a_word"
    THEIR_PROMISE = "their_promise"
    NO_ANSWER = "no_answer"
    PARTNERSHIP_QUIET = "partnership_quiet"


OURS = frozenset(
    {Quiet.GOES_BADLY, Quiet.MEETING_NOT_NOTED, Quiet.OUR_PROMISE, Quiet.WE_OWE_A_WORD, Quiet.PARTNERSHIP_QUIET}
)
"""What we can end ourselves; of the others we remind."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Something that is waited for: what, in which link, of which side, since which day."""

    what: Quiet
    link: Link
    side: LinkParty | None
    since: date
    days: int
    conversation: int | None = None
    partnership: int | None = None
    partner: int | None = None

    @property
    def ours(self) -> bool:
        """Whether it is our turn."""
        return self.what in OURS

    @property
    def ended_at(self) -> tuple[str, tuple[int, ...]]:
        """Return the page on which it is ended, by name and keys: what was said, whom to call in a partnership, how it
        goes there, whom to write to, or the link."""
        if self.conversation:
            return "partnerships:conversation", (self.conversation,)
        if self.partnership and self.partner:
            return "partnerships:side_call", (self.partnership, self.partner)
        if self.partnership:
            return "pulses:overview", (self.partnership,)
        if self.side and can_be_written_to(self.link, self.side):
            return "partnerships:pitch", (self.link.pk, self.side.pk)
        return "linking:link", (self.link.pk,)


def silences(links: Iterable[Link], *, user: User, now: datetime) -> list[Silence]:
    """Return what has been waited for too long in links with their sides, our own turns first, then the oldest.

    Of conversations and promises only what the person may read. Some twenty queries, however many links.
    """
    live = [link for link in links if link.archived_at is None]
    by_key = {link.pk: link for link in live}
    today = timezone.localdate(now)
    lives = signs_of_life(live)
    waits = dict(Patience.objects.filter(area__in={one.area_id for one in live}).values_list("area", "remind_after"))
    begun = list(Partnership.objects.visible_to(user, on=today).filter(link__in=live))
    quiet = {one.link_id for one in begun if one.standing != Standing.GOING}
    led = set(Area.objects.where(user, Ability.RUN_PARTNERSHIP).values_list("pk", flat=True)) if begun else set()
    leading = [one for one in begun if by_key[one.link_id].area_id in led]
    became = {one.link_id: one.pk for one in leading}
    found = [*_falls(by_key, leading, user, today), *_meetings(live, user, now), *_promises(live, user, today)]
    for link in live:
        patience = timedelta(days=waits.get(link.area_id, REMIND_AFTER))
        if link.pk not in quiet:
            found += _of_link(link, lives[link.pk], patience, today, became.get(link.pk))
    return sorted(found, key=lambda one: (not one.ours, one.since, one.link.pk, one.what))


def _of_link(link: Link, life: Life, patience: timedelta, today: date, became: int | None) -> Iterator[Silence]:
    """Yield what is waited for in one link as its state says."""
    if link.state == LinkState.PARTNERSHIP:
        if today - life.step > PARTNERSHIP_QUIET:
            yield _silence(Quiet.PARTNERSHIP_QUIET, link, None, life.step, today, partnership=became)
        return
    for side in link.parties.all():
        last = life.sides.get(side.pk)
        if side.answer == Answer.ASKED and side.asked_on and not side.withdrawn:
            since = max(side.asked_on, last or side.asked_on)
            if today - since > patience:
                yield _silence(Quiet.NO_ANSWER, link, side, since, today)
    if link.state == LinkState.INTERESTED and today - life.step > patience:
        yield _silence(Quiet.WE_OWE_A_WORD, link, None, life.step, today)


def _falls(links: dict[int, Link], leading: list[Partnership], user: User, today: date) -> Iterator[Silence]:
    """Yield sides for whom it goes clearly worse than before, to those who lead: somebody should call them."""
    hers = set(Partner.objects.filter(partnership__in=leading).of(user).values_list("pk", flat=True)) if leading else ()
    link_of = {one.pk: links[one.link_id] for one in leading}
    for one in falls(leading, on=today) if leading else ():
        side = one.partner
        if side.pk not in hers:  # nobody calls herself
            link = link_of[side.partnership_id]
            yield _silence(
                Quiet.GOES_BADLY, link, side.side, one.on, today, partnership=side.partnership_id, partner=side.pk
            )


def _meetings(links: list[Link], user: User, now: datetime) -> Iterator[Silence]:
    """Yield meetings that were agreed upon, whose day has passed, and of which nobody wrote what was said."""
    by_key = {link.pk: link for link in links}
    today = timezone.localdate(now)
    rows = Conversation.objects.visible_to(user, on=today).planned().filter(link__in=by_key, at__lt=now)
    for one in rows.select_related("party"):
        yield _silence(
            Quiet.MEETING_NOT_NOTED,
            by_key[one.link_id],
            one.party,
            timezone.localdate(one.at),
            today,
            conversation=one.pk,
        )


def _promises(links: list[Link], user: User, today: date) -> Iterator[Silence]:
    """Yield promises whose day has passed and that nobody noted as kept."""
    by_key = {link.pk: link for link in links}
    rows = Pledge.objects.visible_to(user, on=today).filter(
        conversation__link__in=by_key, kept_at=None, due_on__lt=today
    )
    for one in rows.select_related("conversation__party").order_by("due_on", "pk"):
        what = Quiet.OUR_PROMISE if one.ours else Quiet.THEIR_PROMISE
        said = one.conversation
        yield _silence(what, by_key[said.link_id], said.party, one.due_on, today, conversation=said.pk)


def _silence(
    what: Quiet,
    link: Link,
    side: LinkParty | None,
    since: date,
    today: date,
    *,
    conversation: int | None = None,
    partnership: int | None = None,
    partner: int | None = None,
) -> Silence:
    return Silence(what, link, side, since, (today - since).days, conversation, partnership, partner)
