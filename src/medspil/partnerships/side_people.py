"""Who has which part on a side on a day, who of them can still be asked, and what is missing there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.accounts.one_time_links import LinkUnusable
from medspil.linking.parties import organisation_of, speakers, unit_of
from medspil.organisations.models import Membership, Organisation
from medspil.partnerships.models import Part, Partner, PartnerPerson

if TYPE_CHECKING:
    from django.db.models import QuerySet


ALONE = (Part.CONTACT, Part.CHIEF)
"""The parts that only one person of a side has at a time."""


class Gap(StrEnum):
    """What a side lacks so that the partnership does not hang on one person, the most pressing first."""

    NO_CONTACT = "no_contact"
    CONTACT_GONE = "contact_gone"
    ONE_HOLDS_ALL = "one_holds_all"
    NO_CHIEF = "no_chief"
    NO_CHAMPION = "no_champion"
    NOTHING_PLANNED = "nothing_planned"
    """Somebody carries it, and nobody wrote what happens when she leaves."""


@dataclass(frozen=True, slots=True)
class SidePeople:
    """Who has which part on a side on a day; who cannot be asked any more is in `gone`."""

    partner: Partner
    contact: PartnerPerson | None
    deputy: PartnerPerson | None
    chief: PartnerPerson | None
    champions: tuple[PartnerPerson, ...]
    gone: frozenset[int]

    @property
    def everybody(self) -> list[PartnerPerson]:
        """Return all of them."""
        return [one for one in (self.contact, self.deputy, self.chief, *self.champions) if one]

    @property
    def one_holds_all(self) -> bool:
        """Whether everything hangs on one person: whoever has another part than the contact person is herself."""
        there = [one.key for one in self.everybody if one.pk not in self.gone]
        return self.contact is not None and len(there) > 1 and len(set(there)) == 1

    @property
    def gaps(self) -> list[Gap]:
        """Return what is missing on the side."""
        lacking = {
            Gap.NO_CONTACT: self.contact is None,
            Gap.CONTACT_GONE: self.contact is not None and self.contact.pk in self.gone,
            Gap.ONE_HOLDS_ALL: self.one_holds_all,
            Gap.NO_CHIEF: self.chief is None,
            Gap.NO_CHAMPION: not self.champions,
            Gap.NOTHING_PLANNED: any(not one.if_leaves for one in self.champions),
        }
        return [gap for gap, lacks in lacking.items() if lacks]

    def to_ask(self) -> PartnerPerson | None:
        """Return who is asked first: the contact person, or while she is away or gone, the deputy, then the chief."""
        for one in (self.contact, self.deputy, self.chief):
            if one and one.pk not in self.gone and one.address:
                return one
        return None


def people_of(partners: Iterable[Partner], *, on: date) -> dict[int, SidePeople]:
    """Return by side who has which part on a day. One query, and three for each with an account."""
    sides = {one.pk: one for one in partners}
    found: dict[int, list[PartnerPerson]] = {pk: [] for pk in sides}
    for person in PartnerPerson.objects.filter(partner__in=sides, forgotten_at=None).standing(on).for_page():
        person.partner = sides[person.partner_id]
        found[person.partner_id].append(person)
    return {pk: _together(sides[pk], people) for pk, people in found.items()}


def _together(partner: Partner, people: list[PartnerPerson]) -> SidePeople:
    def last(part: Part) -> PartnerPerson | None:
        return next((one for one in reversed(people) if one.part == part), None)

    return SidePeople(
        partner=partner,
        contact=last(Part.CONTACT),
        deputy=last(Part.DEPUTY),
        chief=last(Part.CHIEF),
        champions=tuple(one for one in people if one.part == Part.CHAMPION),
        gone=frozenset(one.pk for one in people if not still_there(one)),
    )


class HandedOver(LinkUnusable):
    """Whoever the link was sent to has no part on that side any more."""

    def __init__(self) -> None:
        super().__init__(
            _("You have handed over your part on this side, so nothing is asked of you by this link any more.")
        )


def refuse_handed_over(partner: Partner, email: str, *, on: date) -> None:
    """Raise `HandedOver` for an address of people who had parts on a side and have none any more. Two queries or so.

    An address that belonged to nobody with a part, such as one that was typed, is not refused.
    """
    if has_handed_over(partner, email, on=on):
        raise HandedOver


def has_handed_over(partner: Partner, email: str, *, on: date) -> bool:
    """Tell whether an address is that of people who had parts on a side and have none any more. Two queries or so."""
    if not email:
        return False
    people = list(partner.people.filter(forgotten_at=None).select_related("user", "partner__side").order_by("pk"))
    hers = [one for one in people if email.lower() in (one.email.lower(), one.user.email.lower() if one.user else "")]
    after = in_their_place(people, on=on)
    return bool(hers) and not any(
        (one.to_on is None or one.to_on >= on) and one.pk not in after and still_there(one) for one in hers
    )


def in_their_place(people: Iterable[PartnerPerson], *, on: date) -> frozenset[int]:
    """Return the keys of those in whose place somebody else began on the same day, of the parts that one alone has."""
    newest: dict[tuple[int, str], PartnerPerson] = {}
    over: set[int] = set()
    for one in sorted(people, key=lambda one: (one.from_on, one.pk)):
        if one.part not in ALONE or one.from_on > on or (one.to_on and one.to_on < on):
            continue
        if before := newest.get((one.partner_id, one.part)):
            over.add(before.pk)
        newest[one.partner_id, one.part] = one
    return frozenset(over)


def successor(partner: Partner, email: str, *, on: date) -> PartnerPerson | None:
    """Return who is asked in place of somebody who handed over: who has her part now, or who is asked first."""
    now = people_of([partner], on=on)[partner.pk]
    same = Q(email__iexact=email) | Q(user__email__iexact=email)
    last = partner.people.filter(same, forgotten_at=None).order_by("-from_on", "-pk").first()
    named = {Part.CONTACT: now.contact, Part.DEPUTY: now.deputy, Part.CHIEF: now.chief}
    heir = named.get(Part(last.part)) if last else None
    return heir if heir and heir.address and heir.pk not in now.gone else now.to_ask()


def colleagues(partner: Partner) -> "QuerySet[User]":
    """Return the people with an account who belong to a side."""
    organisation, unit = organisation_of(partner.side), unit_of(partner.side)
    places = Organisation.objects.none()
    if organisation:
        places = Organisation.objects.filter(pk=organisation.pk)
    elif unit:
        places = speakers(unit).filter(archived_at=None)
    current = Membership.objects.current().filter(organisation__in=places.values("pk"), user__is_active=True)
    return User.objects.filter(pk__in=current.values("user")).order_by("name", "email")


def still_there(person: PartnerPerson) -> bool:
    """Tell whether somebody with a part can still be asked: one with an account may have left the organisation."""
    if person.user_id is None:
        return bool(person.address) or person.part in (Part.CHIEF, Part.CHAMPION)
    return colleagues(person.partner).filter(pk=person.user_id).exists()
