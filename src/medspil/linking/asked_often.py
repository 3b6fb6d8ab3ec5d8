"""Which companies are asked too often and which never: approaches of a year beside open offers, company by company.

The companies are those a person has to do with: on her shortlists, in links she sees, mapped in her areas, or givers
of offers she sees. How often they were approached is counted whoever approached them; by whom stays unsaid.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.linking.approaches import counts_among
from medspil.linking.asked_whole import counts_of_whole, whole_companies
from medspil.linking.models import Candidate, Decision, Link, LinkParty
from medspil.mapping.models import Resource
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.register.models import Unit, UnitStatus

TOO_OFTEN = 2.0
"""Approaches of a year for each chance to give, from which on a company is asked too often."""


@dataclass(frozen=True, slots=True)
class AskedCompany:
    """A company, how often somebody approached it within a year, and how many of its offers stand open.

    It is a place of work of the register; or an organisation, where no place of it is known here.
    """

    approaches: int
    offers: int
    unit: Unit | None = None
    organisation: Organisation | None = None
    town: str = ""

    @property
    def name(self) -> str:
        """Return its name."""
        return str(self.unit.name if self.unit else self.organisation)

    @property
    def cvr(self) -> str:
        """Return its CVR number, empty where it has none."""
        known = self.unit or self.organisation
        return known.cvr if known else ""

    @property
    def load(self) -> float:
        """Return approaches ÷ (1 + open offers), the figure behind the ranking's criterion."""
        return load(self.approaches, self.offers)

    @property
    def too_often(self) -> bool:
        """Whether it is asked too often."""
        return self.load >= TOO_OFTEN

    @property
    def never(self) -> bool:
        """Whether nobody approached it within a year."""
        return self.approaches == 0


def load(approaches: int, offers: int) -> float:
    """Return approaches ÷ (1 + open offers); the ranking's criterion is 1 ÷ (1 + this).

    Examples
    --------
    >>> load(2, 0), load(2, 1), load(0, 5)
    (2.0, 1.0, 0.0)
    """
    return approaches / (1 + offers)


def asked_companies(*, user: User, now: datetime) -> list[AskedCompany]:
    """Return the companies a person has to do with, those asked most first. A fixed number of queries."""
    on = timezone.localdate(now)
    kept = Candidate.objects.visible_to(user).worked_on_by(user).filter(decision=Decision.KEPT).values("unit")
    sides = LinkParty.objects.filter(link__in=Link.objects.visible_to(user, on=on).current())
    mapped = Resource.objects.visible_to(user).current()
    offers = Offer.objects.visible_to(user).open(on)
    known = Q(pk__in=kept)
    for rows, path in ((sides, ""), (sides, "organisation__"), (sides, "resource__"), (mapped, ""),
                       (mapped, "organisation__"), (offers, "organisation__")):  # fmt: skip
        known |= Q(pk__in=rows.filter(**{f"{path}unit__isnull": False}).values(f"{path}unit"))
    named = Q()
    for rows, path in ((sides, ""), (sides, "resource__"), (mapped, ""), (offers, "")):
        column = f"{path}organisation"
        named |= Q(pk__in=rows.filter(**{f"{column}__isnull": False}).values(column))
    units = Unit.objects.filter(known, status=UnitStatus.ACTIVE, protected=False).order_by("name", "number")
    companies = [one for one in units if vocabulary().sector_of_form(one.company_form) is Sector.PRIVATE]
    counts = counts_among(now, among=Q(pk__in=[one.pk for one in companies]))
    found = [
        AskedCompany(counts.approaches.get(one.number, 0), counts.offers.get(one.number, 0), unit=one, town=one.city)
        for one in companies
    ]
    whole = whole_companies(Organisation.objects.filter(named), listed={one.cvr for one in companies})
    counted = counts_of_whole((one.organisation for one in whole), now)
    found += [
        AskedCompany(
            counted.approaches[one.organisation.pk],
            counted.offers[one.organisation.pk],
            organisation=one.organisation,
            town=one.city,
        )
        for one in whole
    ]
    return sorted(found, key=lambda one: (-one.load, -one.approaches, one.name, one.unit.number if one.unit else 0))
