"""Name the people of a side: the one contact person, a deputy, who stands behind it in the management, who carries it.

Only one contact person and one chief have their part at a time: a newcomer ends the part of whoever had it, in the same
step. The history says which part changed and never whose.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.models import EditConflict
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.editing import cleaned, refuse_put_away
from medspil.partnerships.models import Part, Partner, PartnerPerson
from medspil.partnerships.side_people import ALONE, colleagues


class NobodyNamed(Exception):
    """A person without a name or an account."""

    def __init__(self) -> None:
        super().__init__(
            _("Say who it is: somebody with an account, or a name. For the management the function is enough.")
        )


class NotReached(Exception):
    """A contact person or deputy who cannot be written to."""

    def __init__(self) -> None:
        super().__init__(_("Write an e-mail address: questions go there."))


class OriginMissing(Exception):
    """An address without saying where it is from and what it may be used for."""

    def __init__(self) -> None:
        super().__init__(_("Say where you have the address from, and what it may be used for."))


class DaysMixedUp(Exception):
    """Days that come in the wrong order, or none where there must be one."""

    def __init__(self) -> None:
        super().__init__(_("Say from which day to which, the first day first."))


class NotOfThatSide(Exception):
    """An account of somebody who does not belong to the side."""

    def __init__(self) -> None:
        super().__init__(_("This person does not belong to that side any more. Choose another."))


class HasLeft(Exception):
    """A side that has left the partnership."""

    def __init__(self) -> None:
        super().__init__(_("This side has left the partnership."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person as somebody names her: by her account, or by name, address, and where that is from and what for."""

    user: User | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    function: str = ""
    source: str = ""
    purpose: str = ""
    may_decide_kroner: int | None = None
    may_decide_topics: str = ""
    if_leaves: str = ""


@transaction.atomic
def name_person(
    *,
    partner: Partner,
    part: Part,
    who: Who,
    from_on: date,
    to_on: date | None = None,
    handover: str = "",
    expected_version: int,
    by: User,
    now: datetime,
) -> PartnerPerson:
    """Give somebody a part on a side from a day on; `handover` is what the one before leaves to the newcomer.

    `expected_version` is that of the side: of two who name a contact person at once one is told. Raises `NobodyNamed`,
    `NotReached`, `OriginMissing`, `DaysMixedUp`, `NotOfThatSide`, `HasLeft`, `PartnershipPutAway`, `TextTooLong`,
    `CprNumberFound`, `EditConflict`.
    """
    refuse_put_away(partner.partnership)
    if partner.left_on:
        raise HasLeft
    fields = _checked(partner, part, who)
    _refuse_mixed(part, from_on, to_on)
    note = cleaned(handover)
    refuse_cpr(note)
    partner.save_changes(expected_version=expected_version, now=now)
    if part in ALONE:
        for before in partner.people.filter(part=part, to_on=None):
            _end(before, on=max(from_on - timedelta(days=1), before.from_on), handover=note, now=now)
    made = PartnerPerson.objects.create(
        partner=partner, part=part, from_on=from_on, to_on=to_on, created_at=now, updated_at=now, **fields
    )
    record_history(record=partner.partnership, action=f"{part.value}_named", by=by, now=now)
    return made


@transaction.atomic
def end_part(
    *, person: PartnerPerson, on: date, handover: str = "", expected_version: int, by: User, now: datetime
) -> PartnerPerson:
    """End somebody's part on a day, with what she leaves to whoever comes after her; twice is once.

    Raises `TextTooLong`, `CprNumberFound`, `EditConflict`, `DaysMixedUp`.
    """
    if person.version != expected_version:
        raise EditConflict
    if on < person.from_on:
        raise DaysMixedUp
    note = cleaned(handover)
    refuse_cpr(note)
    _end(person, on=on, handover=note, now=now)
    record_history(record=person.partner.partnership, action=f"{person.part}_ended", by=by, now=now)
    return person


def _checked(partner: Partner, part: Part, who: Who) -> dict[str, object]:
    """Return a person in the shape in which she is kept: of one with an account, the account is enough."""
    said = {
        name: " ".join(str(getattr(who, name)).split())
        for name in ("name", "email", "phone", "function", "source", "purpose", "may_decide_topics", "if_leaves")
    }
    refuse_cpr(*said.values())
    if who.user:
        if not colleagues(partner).filter(pk=who.user.pk).exists():
            raise NotOfThatSide
        said |= dict.fromkeys(("name", "email", "source", "purpose"), "")
    elif not said["name"] and not (part == Part.CHIEF and said["function"]):
        raise NobodyNamed
    elif part in (Part.CONTACT, Part.DEPUTY) and not said["email"]:
        raise NotReached
    _refuse_address(said)
    decides = who.may_decide_kroner if part == Part.CONTACT else None
    if part != Part.CONTACT:
        said["may_decide_topics"] = ""
    if part != Part.CHAMPION:
        said["if_leaves"] = ""
    return {**said, "user": who.user, "may_decide_kroner": decides}


def _refuse_address(said: dict[str, str]) -> None:
    """Raise `NotReached` for what is no address, `OriginMissing` where nobody said where it is from."""
    if said["email"]:
        try:
            validate_email(said["email"])
        except ValidationError as trouble:
            raise NotReached from trouble
    if (said["email"] or said["phone"]) and said["name"] and not (said["source"] and said["purpose"]):
        raise OriginMissing


def _refuse_mixed(part: Part, from_on: date, to_on: date | None) -> None:
    if (to_on is None and part == Part.DEPUTY) or (to_on is not None and to_on < from_on):
        raise DaysMixedUp


def _end(person: PartnerPerson, *, on: date, handover: str, now: datetime) -> None:
    last = min(on, person.to_on) if person.to_on else on
    person.save_changes(expected_version=person.version, now=now, to_on=last, handover=handover or person.handover)
