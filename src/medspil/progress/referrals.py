"""Hand a link on to a colleague, who takes it or gives it back; who is on a link now follows from that."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.models import Link
from medspil.notices.outbox import put
from medspil.partnerships.pitching import possible_contacts
from medspil.progress.models import Referral, ReferralState

PURPOSE = "referral"
LONGEST_TEXT, LONGEST_ANSWER = 1_000, 300


class NotAColleague(Exception):
    """Somebody who does not work with the link, or whoever hands it on."""

    def __init__(self) -> None:
        super().__init__(_("Choose a colleague who works with links in this area."))


class HandedOnAlready(Exception):
    """The link waits for another colleague's answer."""

    def __init__(self) -> None:
        super().__init__(_("This link waits for a colleague's answer already. Call that off first."))


class TextTooLong(Exception):
    """More words than a colleague will read."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 1,000 characters to hand it on, and 300 to answer."))


class NotYours(Exception):
    """An answer by somebody who was not asked."""

    def __init__(self) -> None:
        super().__init__(_("Only the colleague it was handed to can answer."))


def refer(*, link: Link, to: User, text: str, address: str, creation_key: UUID, by: User, now: datetime) -> Referral:
    """Hand a link on to a colleague, who is told by mail; the same key again returns the referral that is there.

    `address` is that of the link's page. Raises `NotAColleague`, `HandedOnAlready`, `TextTooLong`, `CprNumberFound`.
    """

    def make() -> Referral:
        words = text.replace("\r\n", "\n").strip()
        if len(words) > LONGEST_TEXT:
            raise TextTooLong
        refuse_cpr(words)
        if to == by or not possible_contacts(link, now=now).filter(pk=to.pk).exists():
            raise NotAColleague
        made = Referral.objects.create(
            link=link, giver=by, taker=to, text=words, creation_key=creation_key, created_at=now, updated_at=now
        )
        record_history(record=link, action="handed_on", by=by, now=now, changes={"to": [None, str(to.pk)]})
        _tell(made, address, now)
        return made

    try:
        return once(Referral.objects.filter(creation_key=creation_key), make)
    except IntegrityError as trouble:
        raise HandedOnAlready from trouble


def answer(*, referral: Referral, taken: bool, text: str = "", by: User, now: datetime) -> Referral:
    """Take a link on, or give it back; twice is once. Raises `NotYours`, `TextTooLong`, `CprNumberFound`,
    `EditConflict` where it was called off or answered otherwise meanwhile."""
    if by.pk != referral.taker_id:
        raise NotYours
    words = " ".join(text.split())
    if len(words) > LONGEST_ANSWER:
        raise TextTooLong
    refuse_cpr(words)
    state = ReferralState.TAKEN if taken else ReferralState.GIVEN_BACK
    return _settle(referral, state, action="taken_on" if taken else "given_back", answer=words, by=by, now=now)


def call_off(*, referral: Referral, by: User, now: datetime) -> Referral:
    """Call a referral off that waits for an answer; twice is once. Raises `EditConflict` once it was answered."""
    return _settle(referral, ReferralState.CALLED_OFF, action="handing_on_called_off", answer="", by=by, now=now)


def on_it(links: Iterable[Link]) -> dict[int, User]:
    """Return by link who is on it: who took it on last, or else who saw it; none for one that an allocation made.

    One query. The links come with `seen_by`.
    """
    found = {link.pk: link.seen_by for link in links if link.seen_by}
    taken = Referral.objects.filter(link__in=[link.pk for link in links], state=ReferralState.TAKEN)
    for one in taken.select_related("taker").order_by("answered_at", "pk"):
        found[one.link_id] = one.taker
    return found


def mine_to_answer(user: User, area: Area, *, on: date) -> list[Referral]:
    """Return what colleagues in an area have handed on to a person and wait for her answer to, the oldest first."""
    hers = Referral.objects.visible_to(user, on=on).waiting().filter(taker=user, link__area=area)
    return list(hers.select_related("giver", "link"))


@transaction.atomic
def _settle(referral: Referral, state: ReferralState, *, action: str, answer: str, by: User, now: datetime) -> Referral:
    waiting = Referral.objects.filter(pk=referral.pk, state=ReferralState.WAITING)
    if not waiting.update(state=state, answered_at=now, answer=answer, updated_at=now, version=F("version") + 1):
        there = Referral.objects.get(pk=referral.pk)
        if there.state != state:
            raise EditConflict
        return there
    record_history(record=referral.link, action=action, by=by, now=now)
    return Referral.objects.get(pk=referral.pk)


def _tell(referral: Referral, address: str, now: datetime) -> None:
    """Tell the colleague by mail, in her language and without names of companies or people outside."""
    taker = referral.taker
    with override(taker.language):
        subject = gettext("Medspil: a colleague hands a link on to you")
        text = gettext(
            "Hello {name}\n\n{giver} would like you to take on a link in {area}.\n\n{text}\n\n"
            "Say yes or give it back here:\n{address}"
        ).format(name=taker, giver=referral.giver, area=referral.link.area.name, text=referral.text, address=address)
    put(
        purpose=PURPOSE,
        dedupe_key=f"{PURPOSE}:{referral.pk}",
        to=taker.email,
        to_name=str(taker),
        subject=subject,
        text=text,
        about=referral,
        by=referral.giver,
        now=now,
        language=taker.language,
    )
