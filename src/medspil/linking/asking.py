"""Ask the sides of a link, note what they answer, and say when it became a partnership.

Each step starts from the version of the link that the person saw, as everywhere; the same step twice is one step. The
state of the link follows from what its sides say (see `link_states`); only a partnership is noted by hand.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.privacy import refuse_cpr
from medspil.common.models import EditConflict
from medspil.linking.consequences import said_no_to
from medspil.linking.gate import refuse_side, refuse_withdrawn
from medspil.linking.link_states import By, NotAllSaidYes, StepNotAllowed, refuse_step, state_after, still_to_say_yes
from medspil.linking.links import step
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Refusal, Step
from medspil.linking.parties import names_for
from medspil.linking.since import since


class LinkPutAway(Exception):
    """The link is archived."""

    def __init__(self) -> None:
        super().__init__(_("This link was put away. Bring it back first."))


class SaidNo(Exception):
    """The party has said no with a reason that still holds."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(_("They have said no, and that still holds. Take it back first if they changed their mind."))
        self.refusal = refusal


class DayAhead(Exception):
    """Something is noted for a day that has not come."""

    def __init__(self) -> None:
        super().__init__(_("The day has not come yet."))


def ask(
    *, link: Link, party: LinkParty, on: date, expected_version: int, by: User, now: datetime, note: str = ""
) -> Link:
    """Note that a side was asked on a day, also once more; from then on it may see the link.

    The stop for protected and ceased companies is asked again here. Raises `CompanyClosedToUs`, `ResourceGone`,
    `SaidNo`, `StepNotAllowed`, `LinkPutAway`, `DayAhead`, `EditConflict`.
    """
    side = _side(link, party)
    if side.answer == Answer.ASKED and side.asked_on == on:
        return link  # the second half of a double click
    refuse_ahead(on, now)
    refuse_withdrawn(side)
    refuse_side(side, area=link.area, offers=link.offers.all(), on=timezone.localdate(now))
    if standing := said_no_to(link, side, on=timezone.localdate(now)):
        raise SaidNo(standing)
    again = side.asked_on is not None
    fields = {"answer": Answer.ASKED, "asked_on": on, "asked_by": by, "answered_on": None, "answered_by": None}
    try:
        return moved(
            link, Step.ASKED_AGAIN if again else Step.ASKED, by_way=By.ASKING, party=side, party_fields=fields,
            expected_version=expected_version, on=on, by=by, now=now, note=note, asked_on=link.asked_on or on,
        )  # fmt: skip
    except EditConflict:
        return _done_meanwhile(link, side, answer=Answer.ASKED, asked_on=on)


def take_back_asking(*, link: Link, party: LinkParty, expected_version: int, by: User, now: datetime) -> Link:
    """Note that a side was not asked after all, or not once more: it counts as no approach; the history keeps it."""
    side = _side(link, party)
    if side.answer == Answer.NOT_ASKED:
        return link
    refuse_withdrawn(side)
    if side.answer != Answer.ASKED:
        raise StepNotAllowed
    asked = side.steps.filter(what__in=[Step.ASKED, Step.ASKED_AGAIN]).order_by("-pk")
    with transaction.atomic():
        last = asked.first()
        if last:
            last.delete()
        before = asked.first()
        answer = Answer.ASKED if before else Answer.NOT_ASKED
        fields = {"answer": answer, "asked_on": before.on if before else None}
        steps = link.steps.filter(what__in=[Step.ASKED, Step.ASKED_AGAIN])
        first = steps.order_by("on").values_list("on", flat=True).first()
        return moved(
            link, Step.BACK, by_way=By.UNDOING, party=side, party_fields=fields, expected_version=expected_version,
            on=timezone.localdate(now), by=by, now=now, asked_on=first,
        )  # fmt: skip


def answer_yes(
    *, link: Link, party: LinkParty, on: date, expected_version: int, by: User, now: datetime, note: str = ""
) -> Link:
    """Note that a side would like to. A no is taken back first (see `refusals.undo`).

    A partnership that was noted before every side had to say yes stays one.

    Raises `StepNotAllowed`, `ConsentTakenBack`, `LinkPutAway`, `DayAhead`, `EditConflict`.
    """
    side = _side(link, party)
    if side.answer == Answer.YES:
        return link
    refuse_withdrawn(side)
    if side.answer == Answer.NO:
        raise StepNotAllowed
    refuse_ahead(on, now)
    fields = {"answer": Answer.YES, "answered_on": on, "answered_by": by}
    try:
        return moved(
            link, Step.SAID_YES, by_way=late_or(By.ANSWER, link), party=side, party_fields=fields,
            expected_version=expected_version, on=on, by=by, now=now, note=note,
        )  # fmt: skip
    except EditConflict:
        return _done_meanwhile(link, side, answer=Answer.YES)


def become_partnership(*, link: Link, on: date, expected_version: int, by: User, now: datetime, note: str = "") -> Link:
    """Note that a link has become a partnership.

    Raises `NotAllSaidYes` until all who take part would like to, `StepNotAllowed`, `LinkPutAway`, `DayAhead`.
    """
    if link.state == LinkState.PARTNERSHIP:
        return link
    refuse_ahead(on, now)
    lacking = still_to_say_yes(link.parties.for_page())
    if lacking and link.version == expected_version and not link.archived_at:
        raise NotAllSaidYes(names_for(by, lacking).values())
    return moved(
        link, Step.PARTNERSHIP, by_way=By.AGREEMENT, to=LinkState.PARTNERSHIP,
        expected_version=expected_version, on=on, by=by, now=now, note=note, partnership_on=on,
    )  # fmt: skip


def no_partnership(*, link: Link, expected_version: int, by: User, now: datetime, note: str = "") -> Link:
    """Take back that a link became a partnership: it was noted by mistake."""
    if link.state != LinkState.PARTNERSHIP:
        return link
    return moved(
        link, Step.BACK, by_way=By.UNDOING, expected_version=expected_version,
        on=timezone.localdate(now), by=by, now=now, note=note, partnership_on=None,
    )  # fmt: skip


@transaction.atomic
def moved(
    link: Link,
    what: Step,
    *,
    by_way: By,
    expected_version: int,
    on: date,
    by: User,
    now: datetime,
    note: str = "",
    party: LinkParty | None = None,
    party_fields: dict[str, Any] | None = None,
    to: LinkState | None = None,
    **fields: Any,
) -> Link:
    """Write a step: the link where it still is as the person saw it, its side, the step and the history.

    The link's state follows from the answers of its sides after the step, unless `to` names it.
    """
    refuse_cpr(note)
    if link.archived_at:
        raise LinkPutAway
    if link.version != expected_version:
        raise EditConflict
    answers = dict(link.parties.values_list("pk", "answer"))
    if party and party_fields:
        answers[party.pk] = party_fields.get("answer", party.answer)
    before = link.state
    after = to or state_after(before, list(answers.values()), by_way)
    refuse_step(before, after, by_way)
    if after != before:
        fields |= {"state": after, "state_on": since(link, after, by_way, on=on, without=party)}
    link.save_changes(expected_version=expected_version, now=now, **fields)
    if party and party_fields:
        LinkParty.objects.filter(pk=party.pk).update(**party_fields)
    step(link, what, by=by, now=now, note=note.strip(), party=party, on=on)
    changes = {"state": [before, after]} if after != before else {}
    record_history(record=link, action=what.value, by=by, now=now, changes=changes)
    return link


def late_or(by_way: By, link: Link) -> By:
    """Return the way of a step that a partnership of old may still need; only its own sides can take it."""
    return By.LATE if link.state == LinkState.PARTNERSHIP else by_way


def refuse_ahead(on: date, now: datetime) -> None:
    """Raise `DayAhead` for a day that has not come."""
    if on > timezone.localdate(now):
        raise DayAhead


def _side(link: Link, party: LinkParty) -> LinkParty:
    """Return a side of a link as it stands now, with its records."""
    return link.parties.for_page().get(pk=party.pk)


def _done_meanwhile(link: Link, side: LinkParty, **wanted: Any) -> Link:
    """Return the link where the other half of a double click was faster; else it is a conflict."""
    if not LinkParty.objects.filter(pk=side.pk, **wanted).exists():
        raise EditConflict
    return Link.objects.get(pk=link.pk)
