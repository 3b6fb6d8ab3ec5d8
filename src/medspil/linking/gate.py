"""Whom nobody may approach: companies that have ceased, are protected from advertising, people who withdrew.

The same stop as on shortlists. It is asked when a link is made and again when somebody is about to ask: a company may
have turned protected in between. A company that is protected may be asked where it has said so itself.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area
from medspil.linking.parties import Side, organisation_of, unit_of, whole_company_of
from medspil.offers.models import Offer
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.subjects import whole_company
from medspil.register.models import Unit, UnitStatus


class CompanyClosedToUs(Exception):
    """The company may not be approached: it is protected from advertising, has ceased or is being wound up."""


class Protected(CompanyClosedToUs):
    """A company is protected from advertising and has not said that we may write: where it has, that can be noted."""

    def __init__(self, unit: Unit) -> None:
        told = _(
            "{name} is protected from advertising and may not be approached, unless it has itself said that you may."
        )
        super().__init__(told.format(name=unit.name))


class ConsentMissing(CompanyClosedToUs):
    """A consent without a day or without saying who gave it how."""

    def __init__(self) -> None:
        super().__init__(_("Say who said that we may write, how, and when."))


class ConsentAhead(CompanyClosedToUs):
    """A consent of a day that has not come."""

    def __init__(self) -> None:
        super().__init__(_("The day has not come yet."))


class ResourceGone(Exception):
    """The resource is no longer there: its consent was withdrawn, or it was put away."""

    sentence = _("This resource is no longer among those of the area.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class ConsentTakenBack(ResourceGone):
    """The side stands for a person who took the consent back: nothing is asked or noted of her any more."""

    sentence = _("This person took the consent back. Nothing more can be noted; take the side off.")


def refuse_withdrawn(side: Side) -> None:
    """Raise `ConsentTakenBack` for a side that stands for a person who took the consent back."""
    if side.resource and side.resource.withdrawn_on:
        raise ConsentTakenBack


def refuse_closed(unit: Unit) -> None:
    """Raise `CompanyClosedToUs` for a company that may not come on a list of those to approach."""
    refuse_ceased(unit)
    if unit.protected:
        told = _("{name} is protected from advertising and may not be approached.")
        raise CompanyClosedToUs(told.format(name=unit.name))


def refuse_ceased(unit: Unit) -> None:
    """Raise `CompanyClosedToUs` for a company with which nothing can be planned."""
    if unit.status != UnitStatus.ACTIVE:
        raise CompanyClosedToUs(_("{name} has ceased or is being wound up.").format(name=unit.name))


def refuse_side(side: Side, *, area: Area, on: date, offers: Iterable[Offer] = ()) -> None:
    """Raise `CompanyClosedToUs` or `ResourceGone` for a side that may not be asked on a day.

    Who answers for the area or takes part in it is no stranger there and is not stopped.
    """
    resource = side.resource
    if resource and (resource.withdrawn_on or resource.archived_at or resource.merged_into_id):
        raise ResourceGone
    organisation = organisation_of(side)
    if organisation and works_in(organisation, area):
        return
    unit = unit_of(side) or _place_of(whole_company_of(side))
    if unit is None:
        return
    refuse_ceased(unit)
    if unit.protected and not _consents(side, unit, organisation=organisation, area=area, offers=offers, on=on):
        raise Protected(unit)


def works_in(organisation: Organisation, area: Area) -> bool:
    """Tell whether an organisation answers for an area or takes part in it."""
    return organisation.pk == area.owner_id or area.partners.filter(pk=organisation.pk).exists()


def _place_of(cvr: str) -> Unit | None:
    """Return the place of work that tells most of a company: one that may be approached, else one in business."""
    if not cvr:
        return None
    places = list(Unit.objects.filter(cvr=cvr).order_by("number")[:200])
    return min(places, key=lambda unit: (unit.status != UnitStatus.ACTIVE, unit.protected), default=None)


def _consents(
    side: Side, unit: Unit, *, organisation: Organisation | None, area: Area, offers: Iterable[Offer], on: date
) -> bool:
    """Whether a protected company has said itself that we may write: noted on its side, by an offer that stands and
    was made here or to everybody, by being here."""
    if getattr(side, "consent_on", None):
        return True
    if organisation and (keys := [one.pk for one in offers]):
        standing = Offer.objects.offered_to(area).open(on)
        if standing.filter(pk__in=keys, organisation=organisation).exists():
            return True
    return is_here(unit)


def is_here(unit: Unit) -> bool:
    """Whether people of the company itself use Medspil; those of whoever created its organisation do not count."""
    by_company = Q(whole_company(), cvr=unit.cvr) if unit.cvr else Q(pk=None)
    speakers = Organisation.objects.joined().filter(Q(unit=unit) | by_company, archived_at=None)
    for pk, maker in speakers.values_list("pk", "created_by_organisation"):
        people = Membership.objects.current().filter(organisation=pk, user__is_active=True)
        if maker:
            makers = Membership.objects.current().filter(organisation=maker).values("user")
            people = people.exclude(user__in=makers)
        if people.exists():
            return True
    return False
