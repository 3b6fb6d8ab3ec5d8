"""The sides of links as pages show them: name, sector, where a click leads, and who one and the same party is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.linking.models import Link
from medspil.linking.parties import Party, Side, unit_of, who
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Abilities, Ability
from medspil.organisations.subjects import of_organisation
from medspil.register.models import Unit

SECTOR_OF_RESOURCE = {
    "person": "people",
    "association": "voluntary",
    "institution": "public",
    "company": "private",
    "economy": "private",
    "place": "place",
    "story": "place",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A party of links in words. `key` is the same wherever the same party takes part under another record."""

    key: str
    ref: str
    name: str
    sector: str
    url: str = ""
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: which people of the area she may see by name, and whether she may look companies up."""

    resources: frozenset[int]
    register: bool

    def who(self, party: Side) -> Named:
        """Return one side of a link in words."""
        if party.organisation:
            return self.organisation(party.organisation)
        if party.unit:
            return self.unit(party.unit)
        assert party.resource  # noqa: S101  (a side is exactly one of the three)
        return self.resource(party.resource)

    def organisation(self, organisation: Organisation) -> Named:
        """Return an organisation in words."""
        kind = vocabulary().organisation_kinds.get(organisation.kind)
        sector = (kind.sector if kind else Sector.PRIVATE).value
        subject = of_organisation(organisation)
        return Named(
            key=_key(Party(organisation=organisation)),
            ref=f"o-{organisation.pk}",
            name=organisation.name,
            sector=sector,
            url=reverse("profiles:detail", args=[subject.ref]) if self.register and subject.is_registered else "",
            unit=organisation.unit,
        )

    def unit(self, unit: Unit) -> Named:
        """Return a unit of the register in words."""
        url = reverse("register:detail", args=[unit.number]) if self.register else ""
        sector = vocabulary().sector_of_form(unit.company_form).value
        return Named(
            key=_key(Party(unit=unit)), ref=f"p-{unit.number}", name=unit.name, sector=sector, url=url, unit=unit
        )

    def resource(self, resource: Resource) -> Named:
        """Return a mapped resource in words; a person only by name for those who may see her."""
        seen = resource.pk in self.resources
        name: str | Promise = resource.shown_name
        if resource.is_person and not seen and not resource.withdrawn_on:
            name = _("A person in the area")
        return Named(
            key=_key(Party(resource=resource)),
            ref=f"r-{resource.pk}",
            name=str(name),
            sector=SECTOR_OF_RESOURCE.get(resource.kind, "place"),
            url=reverse("mapping:detail", args=[resource.pk]) if seen else "",
            unit=unit_of(Party(resource=resource)),
        )


def _key(side: Side) -> str:
    """Return what is the same wherever the same party takes part, as addresses carry it."""
    kind, pk = who(side)
    return f"{kind[0]}{pk}"


def eyes_of(user: User, links: Iterable[Link], *, in_print: bool = False, may: Abilities | None = None) -> Eyes:
    """Return what a person may see of the parties of links that were loaded with their parties. Two queries.

    `in_print` is for files that leave the house: people stand there by name only if they agreed to that.
    """
    wanted = {party.resource_id for link in links for party in link.parties.all() if party.resource_id}
    seen: Iterable[int] = ()
    if wanted:
        known = Resource.objects.visible_to(user).filter(pk__in=wanted)
        seen = (known.for_print() if in_print else known).values_list("pk", flat=True)
    return Eyes(frozenset(seen), Ability.VIEW_REGISTER in (may or abilities_anywhere(user)))
