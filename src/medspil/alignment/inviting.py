"""Ask a side by a one-time link, remind it once on a chosen day, and tell all when everybody has handed in.

Whoever calls knows the pages: `address(why, token)` makes the whole address of one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import issue, revoke_about
from medspil.alignment.models import Difference, Edition, Invitation, Why
from medspil.alignment.sheets import Writer, confirm, hand_in
from medspil.common.privacy import refuse_cpr
from medspil.notices.hours import too_early
from medspil.notices.letters import checked_address, checked_header
from medspil.notices.link_mails import put_link
from medspil.notices.outbox import OnBehalfOf
from medspil.partnerships.going_on import NotNow, refuse_standing
from medspil.partnerships.models import Partner, Partnership

Address = Callable[[Why, str], str]
PURPOSES = {Why.SHEET: "alignment_sheet", Why.SETTLE: "alignment_settle"}
MAILS = {Why.SHEET: "alignment/mail/sheet.txt", Why.SETTLE: "alignment/mail/settle.txt"}
LONGEST_NAME, LONGEST_SOURCE = 120, 200


class SourceMissing(Exception):
    """An address was written without saying where it is from."""

    def __init__(self) -> None:
        super().__init__(_("Say where you have the address from."))


class DayOver(Exception):
    """A day to remind that has gone by."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day to come."))


class NothingToRemindOf(Exception):
    """The side has filled in its own, or was never asked."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to remind of: the side has filled in its own, or was never asked."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a question goes to, in which language, and where the address is from."""

    email: str
    name: str = ""
    source: str
    language: str = "da"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked; `mailed` is false where no mail server is set up. The address is for her alone."""

    invitation: Invitation
    mailed: bool
    address: str


@dataclass(frozen=True, slots=True)
class Handed:
    """What a side handed in or confirmed, and the pages of the sides that were written to, by their keys."""

    edition: Edition
    told: dict[int, str]


@transaction.atomic
def invite(
    *,
    partner: Partner,
    why: Why,
    to: Recipient,
    by: User | None,
    now: datetime,
    address: Address,
    remind_on: date | None = None,
) -> Asked:
    """Mail a side a link by which it fills in its own, or settles differences; earlier ones are taken back.

    Raises `NotNow`, `SourceMissing`, `DayOver`, `AddressRefused`, `HeaderRefused`, `CprNumberFound`.
    """
    refuse_standing(partner)
    refuse_cpr(to.name, to.source)
    if not to.source.strip():
        raise SourceMissing
    _refuse_over(remind_on, now)
    email, name = checked_address(to.email), checked_header(to.name, longest=LONGEST_NAME)
    Invitation.objects.filter(partner=partner, why=why).update(remind_on=None)
    _take_back(partner, why, now)
    issued = issue(
        purpose=PURPOSES[why], record=partner, recipient_email=email, recipient_name=name, language=to.language,
        by=by, now=now,
    )  # fmt: skip
    made = Invitation.objects.create(
        partner=partner, why=why, link=issued.link, to_email=email, to_name=name,
        to_source=" ".join(to.source.split())[:LONGEST_SOURCE], language=issued.link.language, by=by, sent_at=now,
        remind_on=remind_on,
    )  # fmt: skip
    record_history(record=partner, action=f"alignment_asked_{why.value}", by=by, now=now)
    where = address(why, issued.token)
    return Asked(made, _mail(made, partner, where, now), where)


@transaction.atomic
def take_back(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Take a question back; the link leads nowhere any more, and nobody is reminded."""
    Invitation.objects.filter(pk=invitation.pk).update(remind_on=None)
    if _take_back(invitation.partner, Why(invitation.why), now):
        record_history(record=invitation.partner, action="alignment_not_asked", by=by, now=now)


def remind_on(*, invitation: Invitation, day: date | None, now: datetime) -> None:
    """Choose on which day a side is reminded, or that it is not. Raises `DayOver`, `NothingToRemindOf`."""
    _refuse_over(day, now)
    if day and not _to_remind_of(invitation):
        raise NothingToRemindOf
    Invitation.objects.filter(pk=invitation.pk).update(remind_on=day, reminded_at=None)


def remind_due(*, now: datetime, address: Address) -> int:
    """Remind the sides whose day has come, each once, by a new link in place of the old; return how many.

    Nobody is written to before the morning.
    """
    today, sent = timezone.localdate(now), 0
    if too_early(now):
        return 0
    due = Invitation.objects.filter(remind_on__lte=today, reminded_at=None).exclude(to_email="")
    for one in due.select_related("partner__partnership", "link", "by").order_by("pk"):
        with transaction.atomic():
            if Invitation.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=now):
                sent += _remind(one, address, now)
    return sent


@transaction.atomic
def hand_in_and_tell(
    *,
    partner: Partner,
    answers: Mapping[str, str],
    expected_version: int,
    writer: Writer,
    now: datetime,
    address: Address,
) -> Handed:
    """Hand in the words of a side, and write to those asked by mail if that was the last, or opened things again.

    Raises what `sheets.hand_in` raises.
    """
    edition = hand_in(partner=partner, answers=answers, expected_version=expected_version, writer=writer, now=now)
    opened = Difference.objects.filter(partnership=partner.partnership_id, reopened_at=now).exists()
    told: dict[int, str] = {}
    if (edition.number == 1 and edition.handed_in_at == now) or opened:
        for one in _with_address(partner.partnership):
            told[one.partner_id] = _to_settle(one, address, now)
    return Handed(edition, told)


@transaction.atomic
def confirm_and_tell(*, edition: Edition, writer: Writer, now: datetime, address: Address) -> Handed:
    """Say for a side that what was noted for it is right, and lead it on to the differences if all have spoken."""
    confirmed = confirm(edition=edition, writer=writer, now=now)
    own = [one for one in _with_address(edition.partner.partnership) if one.partner_id == edition.partner_id]
    return Handed(confirmed, {one.partner_id: _to_settle(one, address, now) for one in own})


def _with_address(partnership: Partnership) -> list[Invitation]:
    """Return of each side that was asked by mail the last question, once all sides have spoken; else none."""
    here = set(partnership.partners.there().values_list("pk", flat=True))
    if here - set(Edition.objects.filter(partner__in=here).values_list("partner", flat=True)):
        return []
    asked = Invitation.objects.of(partnership).filter(partner__in=here).exclude(to_email="")
    newest: dict[int, Invitation] = {}
    for one in asked.select_related("partner__partnership__link__area__owner", "partner__side__resource", "by"):
        if not one.partner.side.withdrawn:
            newest.setdefault(one.partner_id, one)
    return list(newest.values())


def _to_settle(one: Invitation, address: Address, now: datetime) -> str:
    to = Recipient(email=one.to_email, name=one.to_name, source=one.to_source, language=one.language)
    return invite(partner=one.partner, why=Why.SETTLE, to=to, by=one.by, now=now, address=address).address


def under_way(partner: Partner, *, now: datetime) -> Invitation | None:
    """Return the question to a side whose link can still be used."""
    asked = Invitation.objects.filter(partner=partner, link__used_at=None, link__revoked_at=None)
    return asked.filter(link__expires_at__gt=now).select_related("link", "by").order_by("-pk").first()


def last_of_each(partnership: Partnership) -> dict[int, Invitation]:
    """Return the last question to each side, by its key. One query."""
    newest: dict[int, Invitation] = {}
    for one in Invitation.objects.of(partnership):
        newest.setdefault(one.partner_id, one)
    return newest


def last_asked(partner: Partner) -> Invitation | None:
    """Return the question that went to a side last and whose address still stands."""
    asked = Invitation.objects.filter(partner=partner).exclude(to_email="")
    return asked.order_by("-sent_at", "-pk").first()


def _remind(one: Invitation, address: Address, now: datetime) -> int:
    try:
        refuse_standing(one.partner)
    except NotNow:
        return 0
    if not _to_remind_of(one):
        return 0
    issued = issue(
        purpose=PURPOSES[Why.SHEET], record=one.partner, recipient_email=one.to_email, recipient_name=one.to_name,
        language=one.language, by=one.by, now=now,
    )  # fmt: skip
    Invitation.objects.filter(pk=one.pk).update(link=issued.link)
    one.link = issued.link
    record_history(record=one.partner, action="alignment_reminded", by=None, now=now)
    return int(_mail(one, one.partner, address(Why.SHEET, issued.token), now, reminder=True))


def _to_remind_of(one: Invitation) -> bool:
    """Whether a side was asked to fill in its own and has not; what was noted for it waits for its yes."""
    spoken = Edition.objects.filter(partner=one.partner_id).confirmed().exists()
    return one.why == Why.SHEET and bool(one.to_email) and not spoken


def _refuse_over(day: date | None, now: datetime) -> None:
    if day and day <= timezone.localdate(now):
        raise DayOver


def _take_back(partner: Partner, why: Why, now: datetime) -> int:
    """Take back the links of a side for one thing; whom they went to stays with the question, for a time."""
    return revoke_about(record=partner, purpose=PURPOSES[why], now=now)


def _mail(one: Invitation, partner: Partner, where: str, now: datetime, *, reminder: bool = False) -> bool:
    """Put the mail, in the recipient's language, into the outbox; False where no mail server is set up."""
    partnership, owner = partner.partnership, partner.partnership.link.area.owner
    waits = Edition.objects.filter(partner=partner, confirmed_at=None).exists()
    facts = {"partnership": partnership, "owner": owner, "one": one, "address": where, "link": one.link, "by": one.by}

    def subject() -> str:
        # The name of a partnership is somebody's sentence, and a subject is read on every screen the mail passes.
        area = {"area": partnership.link.area.name}
        if one.why == Why.SETTLE:
            return gettext("What differs in your partnership in %(area)s") % area
        return gettext("What matters to you in your partnership in %(area)s?") % area

    return put_link(
        link=one.link,
        template=MAILS[Why(one.why)],
        facts=facts | {"reminder": reminder, "waits": waits},
        subject=subject,
        by=one.by,
        now=now,
        on_behalf_of=OnBehalfOf(owner.pk, owner.name),
    )
