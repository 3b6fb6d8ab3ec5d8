"""What sides say in the alignment that they bring, for the card of a side where nothing else is written of it."""

from dataclasses import dataclass
from datetime import datetime

from medspil.alignment.bringing import bringing_said, brought
from medspil.alignment.seeing import Viewer
from medspil.linking.sides import has_people
from medspil.partnerships.models import Partner
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.partnerships.cards import Look


@dataclass(frozen=True, slots=True)
class SaidBringing:
    """What a side said, blank where whoever looks does not read it yet; whether she may take it over."""

    text: str
    at: datetime | None
    may_take_over: bool


def said_for(look: Look, sides: list[Partner]) -> dict[int, SaidBringing]:
    """Return by side what it said, of those of whom nothing else is written. No query where there is none."""
    silent = {one.pk: one for one in sides if not one.side.brings and not one.side.withdrawn}
    if not silent:
        return {}
    viewer = Viewer(own=look.rights.own, area=look.rights.sees_area, runs=look.rights.runs)
    said = bringing_said(look.partnership, viewer)
    found = {}
    for pk, edition in said.items():
        if pk in silent:
            takes = edition is not None and _may_take_over(look, silent[pk])
            at = edition.handed_in_at if edition else None
            found[pk] = SaidBringing(brought(edition) if edition else "", at, takes)
    return found


def may_bring(rights: PartnershipRights, side: Partner) -> bool:
    """Tell whether a person may write what a side brings: its own people, else those who lead where it has none."""
    return not side.side.withdrawn and (side.pk in rights.own or (rights.runs and not has_people(side.side)))


def _may_take_over(look: Look, side: Partner) -> bool:
    return side.left_on is None and look.partnership.archived_at is None and may_bring(look.rights, side)
