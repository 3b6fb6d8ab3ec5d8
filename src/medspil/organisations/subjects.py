"""Whom a profile is about: a company by its CVR number, with all its places of work, or one that has none.

A company is one CVR number; its units are places of work, and what is known of the company holds for all of them. An
organisation of a public body or an association that stands for a single place (a school under the municipality's
number) speaks for that place alone.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Q

from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.register.models import Unit, UnitQuerySet, UnitStatus

BY_CVR, BY_UNIT, BY_ORGANISATION = "cvr", "p", "o"


@dataclass(frozen=True, slots=True)
class Subject:
    """A company by exactly one of the three: its CVR number, a unit without such a number, an organisation."""

    cvr: str = ""
    unit: Unit | None = None
    organisation: Organisation | None = None

    @property
    def ref(self) -> str:
        """Return what stands for it in an address."""
        if self.cvr:
            return f"{BY_CVR}-{self.cvr}"
        unit = self.unit or (self.organisation and self.organisation.unit)
        return f"{BY_UNIT}-{unit.number}" if unit else f"{BY_ORGANISATION}-{_key(self.organisation)}"

    @property
    def is_registered(self) -> bool:
        """Tell whether it has a number of the register: everybody who looks companies up finds it, others know it."""
        return bool(self.cvr or self.unit or (self.organisation and self.organisation.unit_id))

    def organisations(self) -> OrganisationQuerySet:
        """Return the organisations that are this company, those that people made first."""
        here = Organisation.objects.filter(merged_into=None)
        if self.cvr:
            found = here.filter(whole_company(), cvr=self.cvr)
        elif self.unit:
            found = here.filter(unit=self.unit, cvr="")
        else:
            found = here.filter(pk=_key(self.organisation))
        return found.order_by("only_checked", "unit_id", "pk")

    def units(self) -> UnitQuerySet:
        """Return its places of work in the register."""
        if self.cvr:
            return Unit.objects.filter(cvr=self.cvr)
        unit = self.unit or (self.organisation and self.organisation.unit)
        return Unit.objects.filter(pk=unit.pk) if unit else Unit.objects.none()


def whole_company() -> Q:
    """Return the condition that an organisation with a CVR number speaks for all units of that number."""
    return Q(unit=None) | Q(kind__in=private_kinds())


@cache
def private_kinds() -> frozenset[str]:
    """Return the kinds of organisation of the private sector."""
    kinds = vocabulary().organisation_kinds.values()
    return frozenset(kind.code for kind in kinds if kind.sector is Sector.PRIVATE)


def is_whole_company(organisation: Organisation) -> bool:
    """Tell of one organisation what `whole_company` asks of many."""
    return bool(organisation.cvr) and (organisation.unit_id is None or organisation.kind in private_kinds())


def of_organisation(organisation: Organisation) -> Subject:
    """Return whom the profile of an organisation is about."""
    return Subject(cvr=organisation.cvr) if is_whole_company(organisation) else Subject(organisation=organisation)


def of_unit(unit: Unit) -> Subject:
    """Return whom the profile of a unit is about: the organisation of this very place, or the company it belongs to."""
    places = Organisation.objects.joined().filter(unit=unit, archived_at=None).exclude(kind__in=private_kinds())
    place = places.order_by("pk").first()
    if place:
        return Subject(organisation=place)
    return Subject(cvr=unit.cvr) if unit.cvr else Subject(unit=unit)


def of_cvr(cvr: str) -> Subject | None:
    """Return the company of a CVR number; None where neither the register nor an organisation has it."""
    subject = Subject(cvr=cvr)
    return subject if subject.units().exists() or subject.organisations().exists() else None


def main_unit(subject: Subject) -> Unit | None:
    """Return the unit that stands for a company: one in business before one that is not, the largest, the oldest."""
    units = list(subject.units().order_by("number")[:200])
    return min(units, key=lambda unit: (unit.status != UnitStatus.ACTIVE, -(unit.employees_from or 0)), default=None)


def name_of(subject: Subject, unit: Unit | None) -> str:
    """Return the name of a company as the register has it; of one that is not there, as its organisation has it."""
    if unit:
        return (subject.cvr and unit.company_name) or unit.name
    organisation = subject.organisation or subject.organisations().first()
    return organisation.name if organisation else ""


def _key(organisation: Organisation | None) -> int:
    return organisation.pk if organisation else 0
