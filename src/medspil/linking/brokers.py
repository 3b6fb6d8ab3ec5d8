"""A broker comes to a link, introduces its sides, and leaves again: on a planned day, handed over to somebody.

Both sides see who stands between them and who goes on. After the day the broker no longer sees the link, unless she
stays there in another role.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.privacy import refuse_cpr
from medspil.linking.asking import LinkPutAway, refuse_ahead
from medspil.linking.links import step
from medspil.linking.models import Brokerage, Link, Step
from medspil.linking.permissions import home_of
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Ability, roles_with

CHECKLIST: Mapping[str, str | Promise] = {
    "know_each_other": _("Both sides know each other by name and telephone."),
    "next_step": _("The next step is agreed, with a day and somebody on each side who takes it."),
    "promises": _("What was promised on the way is written down for both sides."),
    "open_questions": _("Open questions are written down, with whom to ask."),
    "notes_gone": _("What I noted for myself and nobody needs any more is removed."),
}
"""What a broker does before she leaves, in this order."""


class NoBroker(Exception):
    """Somebody who may not bring parties together for the organisation."""

    def __init__(self) -> None:
        super().__init__(_("Choose somebody who brings parties together for this organisation."))


class NobodyGoesOn(Exception):
    """A broker leaves without saying who goes on."""

    def __init__(self) -> None:
        super().__init__(_("Say who goes on: a colleague, another broker, or the two sides themselves."))


class DayPassed(Exception):
    """A broker plans to leave on a day that has passed."""

    def __init__(self) -> None:
        super().__init__(_("Choose today or a day to come."))


class NotOnTheList(LookupError):
    """The checklist has no such point."""


@transaction.atomic
def come(*, link: Link, user: User, organisation: Organisation, by: User, now: datetime) -> Brokerage:
    """Let a person build the bridge of a link; who does so already is found. Raises `NoBroker`, `LinkPutAway`."""
    if link.archived_at:
        raise LinkPutAway
    _refuse_no_broker(user, organisation)
    there = Brokerage.objects.filter(link=link, user=user, leaves_on=None, called_off_at=None)
    if found := there.first():
        return found
    made = _begun(link, user, organisation, timezone.localdate(now), now)
    if made is None:
        return there.get()  # the other half of a double click
    step(link, Step.BROKER_CAME, by=by, now=now)
    record_history(record=made, action="broker_came", by=by, now=now)
    return made


@transaction.atomic
def introduce(*, link: Link, on: date, expected_version: int, by: User, now: datetime, note: str = "") -> Link:
    """Note that the sides of a link were introduced to each other. Raises `LinkPutAway`, `DayAhead`, `EditConflict`."""
    if link.archived_at:
        raise LinkPutAway
    refuse_ahead(on, now)
    refuse_cpr(note)
    if link.steps.filter(what=Step.INTRODUCED, on=on).exists():
        return link
    link.save_changes(expected_version=expected_version, now=now)
    step(link, Step.INTRODUCED, by=by, now=now, note=note.strip(), on=on)
    record_history(record=link, action=Step.INTRODUCED.value, by=by, now=now)
    return link


@transaction.atomic
def plan_leaving(
    *,
    brokerage: Brokerage,
    leaves_on: date,
    expected_version: int,
    by: User,
    now: datetime,
    to: User | None = None,
    organisation: Organisation | None = None,
    to_the_parties: bool = False,
    handover: str = "",
) -> Brokerage:
    """Plan the last day of a broker, and who goes on: somebody for an organisation, or the parties themselves.

    Who goes on sees the link from now on. Planning again changes the plan. Raises `DayPassed`, `NobodyGoesOn`,
    `NoBroker`, `EditConflict`, `CprNumberFound`.
    """
    if leaves_on < timezone.localdate(now):
        raise DayPassed
    if (to is None) != to_the_parties or to == brokerage.user:
        raise NobodyGoesOn
    refuse_cpr(handover)
    successor = organisation or brokerage.organisation
    if to:
        _refuse_no_broker(to, successor)
    plan = {"leaves_on": leaves_on, "handed_to": to, "to_the_parties": to_the_parties, "handover": handover.strip()}
    if all(getattr(brokerage, name) == value for name, value in plan.items()):
        return brokerage
    before = brokerage.handed_to_id
    brokerage.save_changes(expected_version=expected_version, now=now, **plan)
    if before and before != (to.pk if to else None):
        _call_off_successors(brokerage, now)
    Brokerage.objects.filter(follows=brokerage, called_off_at=None).update(started_on=leaves_on)
    if to and before != to.pk:
        _begun(brokerage.link, to, successor, leaves_on, now, follows=brokerage)
    step(brokerage.link, Step.BROKER_LEAVES, by=by, now=now, on=leaves_on)
    record_history(
        record=brokerage, action="leaving_planned", by=by, now=now, changes={"leaves_on": ["", leaves_on.isoformat()]}
    )
    return brokerage


@transaction.atomic
def stay(*, brokerage: Brokerage, expected_version: int, by: User, now: datetime) -> Brokerage:
    """Take a planned leaving back before its day has passed; who was to go on is no broker of the link any more."""
    if brokerage.leaves_on is None:
        return brokerage
    if brokerage.leaves_on < timezone.localdate(now):
        raise DayPassed
    fields = {"leaves_on": None, "handed_to": None, "to_the_parties": False}
    brokerage.save_changes(expected_version=expected_version, now=now, **fields)
    _call_off_successors(brokerage, now)
    step(brokerage.link, Step.BROKER_STAYS, by=by, now=now)
    record_history(record=brokerage, action="leaving_called_off", by=by, now=now)
    return brokerage


@transaction.atomic
def leave_everything(
    *,
    user: User,
    leaves_on: date,
    by: User,
    now: datetime,
    to: User | None = None,
    organisation: Organisation | None = None,
    to_the_parties: bool = False,
    to_in: Mapping[int, User] | None = None,
    handover: str = "",
) -> int:
    """Plan that a broker leaves every link on one day, as when she changes her job; returns how many. All or nothing.

    In the areas of `to_in` somebody else goes on than in the others. A link that she has planned to leave already
    keeps its plan. Raises what `plan_leaving` raises.
    """
    standing = Brokerage.objects.of(user, timezone.localdate(now)).filter(leaves_on=None)
    found = list(standing.select_related("link__area__owner", "user", "organisation").order_by("pk"))
    for one in found:
        successor = (to_in or {}).get(one.link.area_id, to)
        plan_leaving(
            brokerage=one, leaves_on=leaves_on, to=successor, handover=handover,
            organisation=organisation or (home_of(successor, one) if successor else None),
            to_the_parties=to_the_parties and successor is None, expected_version=one.version, by=by, now=now,
        )  # fmt: skip
    return len(found)


@transaction.atomic
def tick(*, brokerage: Brokerage, code: str, done: bool, expected_version: int, by: User, now: datetime) -> Brokerage:
    """Note that a point of the handover is done, or is not after all. Raises `NotOnTheList`, `EditConflict`."""
    if code not in CHECKLIST:
        raise NotOnTheList(code)
    if (code in brokerage.checklist) == done:
        return brokerage
    kept = {name: said for name, said in brokerage.checklist.items() if name != code}
    if done:
        kept[code] = {"on": timezone.localdate(now).isoformat(), "by": by.pk}
    brokerage.save_changes(expected_version=expected_version, now=now, checklist=kept)
    record_history(record=brokerage, action="handover_ticked", by=by, now=now, changes={code: [not done, done]})
    return brokerage


def unfinished(brokerage: Brokerage) -> list[str]:
    """Return the points of the handover that are not done yet, by their codes."""
    return [code for code in CHECKLIST if code not in brokerage.checklist]


def _refuse_no_broker(user: User, organisation: Organisation) -> None:
    roles = Membership.objects.current().filter(user=user, organisation=organisation, user__is_active=True)
    if not roles.filter(role__in=roles_with(Ability.LINK)).exists():
        raise NoBroker


def _begun(
    link: Link, user: User, organisation: Organisation, on: date, now: datetime, *, follows: Brokerage | None = None
) -> Brokerage | None:
    """Store that a person builds the bridge; None where she does so already."""
    try:
        with transaction.atomic():
            return Brokerage.objects.create(
                link=link, user=user, organisation=organisation, started_on=on, follows=follows, creation_key=uuid4(),
                created_at=now, updated_at=now,
            )  # fmt: skip
    except IntegrityError:
        return None


def _call_off_successors(brokerage: Brokerage, now: datetime) -> None:
    """Let those who were to go on after a broker be no brokers of the link: what they never began."""
    Brokerage.objects.filter(follows=brokerage, called_off_at=None).update(called_off_at=now, updated_at=now)
