"""Of which of the three sectors a side of a partnership is."""

from collections.abc import Mapping

from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.linking.models import LinkParty
from medspil.linking.parties import organisation_of, unit_of

OF_RESOURCES: Mapping[str, Sector] = {
    "association": Sector.VOLUNTARY,
    "institution": Sector.PUBLIC,
    "company": Sector.PRIVATE,
    "economy": Sector.PRIVATE,
}
"""The sector of what is mapped without an organisation or an entry in the register; a person or a place is of none."""

WITHOUT_VOICE = frozenset({"place", "story"})
"""What a link can rest on without taking part in what comes of it: it says, signs and answers nothing."""


def has_voice(side: LinkParty) -> bool:
    """Tell whether a side of a link can take part in its partnership."""
    return side.resource is None or side.resource.kind not in WITHOUT_VOICE


def sector_of(side: LinkParty) -> Sector | None:
    """Return the sector of a side: by its organisation, else its entry in the register, else what kind of resource."""
    if organisation := organisation_of(side):
        kind = vocabulary().organisation_kinds.get(organisation.kind)
        return kind.sector if kind else Sector.PRIVATE
    if unit := unit_of(side):
        return vocabulary().sector_of_form(unit.company_form)
    return OF_RESOURCES.get(side.resource.kind) if side.resource else None
