"""To whom a letter can go: the company's own contact in Medspil, its public address, or one that somebody writes.

Owners and managers are asked for as such: the people of the register are not here.
"""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.linking.models import LinkParty
from medspil.linking.parties import organisation_of, speakers, unit_of
from medspil.notices.letters import as_sent
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.models import AddressFrom

CONTACTS_FIRST = (Role.COMPANY_CONTACT, Role.ASSOCIATION_CONTACT, Role.COORDINATOR, Role.ADMINISTRATOR)
"""Who of a company's people is written to, in this order."""

REGISTER_PURPOSE = gettext_lazy("To ask the company about this need")


class AddressGone(Exception):
    """The address that was chosen is not there any more, or may not be used."""

    def __init__(self) -> None:
        super().__init__(_("The address that you chose is not there any more. Choose again whom to write to."))


class SourceMissing(Exception):
    """An address was written without saying where it is from and what it may be used for."""

    def __init__(self) -> None:
        super().__init__(_("Say where you have the address from, and what it may be used for."))


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address with where it comes from; `key` stands for it in forms."""

    key: str
    address_from: AddressFrom
    email: str
    name: str = ""
    source: str = ""
    purpose: str = ""


def suggested(party: LinkParty) -> list[Recipient]:
    """Return to whom a letter can go without anybody writing an address, the best first. Three queries at most."""
    unit = unit_of(party)
    found = list(_members(party))
    if unit and unit.email:
        day = date_format(unit.source_date, "DATE_FORMAT")
        source = _("the business register: {source}, {day}").format(source=unit.source, day=day)
        found.append(
            Recipient(
                "register", AddressFrom.REGISTER, as_sent(unit.email), "", source[:200], str(REGISTER_PURPOSE)[:200]
            )
        )
    return found


def recipient_of(party: LinkParty, key: str) -> Recipient:
    """Return what a key stands for. Raises `AddressGone`."""
    for one in suggested(party):
        if one.key == key:
            return one
    raise AddressGone


def typed(*, email: str, name: str, source: str, purpose: str) -> Recipient:
    """Return an address that somebody wrote. Raises `SourceMissing`."""
    if not source.strip() or not purpose.strip():
        raise SourceMissing
    return Recipient("typed", AddressFrom.TYPED, email.strip(), name.strip(), source.strip(), purpose.strip())


def _members(party: LinkParty) -> list[Recipient]:
    """Return the company's own people in Medspil; those of whoever created its organisation are not its own."""
    organisation, unit = organisation_of(party), unit_of(party)
    if organisation:
        places = Organisation.objects.filter(pk=organisation.pk)
    elif unit:
        places = speakers(unit).joined().filter(archived_at=None)
    else:
        return []
    makers = places.exclude(created_by_organisation=None).values("created_by_organisation")
    of_makers = Membership.objects.current().filter(organisation__in=makers).values("user")
    people = (
        Membership.objects.current()
        .filter(organisation__in=places.values("pk"), role__in=CONTACTS_FIRST, user__is_active=True)
        .exclude(user__in=of_makers)
        .select_related("user")
    )
    ordered = sorted(people, key=lambda one: (CONTACTS_FIRST.index(Role(one.role)), one.started_on, one.pk))
    found: dict[int, Recipient] = {}
    for one in ordered:
        source = _("{role} in Medspil").format(role=Role(one.role).label)
        found.setdefault(
            one.user_id,
            Recipient(
                f"member-{one.user_id}",
                AddressFrom.MEMBER,
                as_sent(one.user.email),
                one.user.name,
                source,
                str(REGISTER_PURPOSE),
            ),
        )
    return list(found.values())
