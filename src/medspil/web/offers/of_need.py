"""The offers that meet a need, for the need's own page."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.offers.meeting import Meetings, offers_for
from medspil.organisations.roles import Abilities
from medspil.web.offers import shown
from medspil.web.offers.flags import flags_of_givers
from medspil.web.offers.shown import ShownMeeting

SHOWN = 3


@dataclass(frozen=True, slots=True)
class NeedOffers:
    """The best offers, how many more there are, what was left out, and the way to note one down."""

    meetings: list[ShownMeeting]
    more: int
    left_out: list[str]
    note_url: str


def offers_of(need: Need, *, user: User, may: Abilities, on: date) -> NeedOffers | None:
    """Return the offers that meet a need in words; None for one that is put away or names no kind of resource."""
    kinds = [one.kind for one in need.resources.all()]
    if need.archived_at is not None or not kinds:
        return None
    found = offers_for(need, user=user, on=on)
    best = Meetings(found.found[:SHOWN], found.left_out)
    linking = [need.area_id] if may.link else []
    said = urlencode({"kind": kinds[0], "area": need.area_id})
    return NeedOffers(
        meetings=shown.meetings(
            best, linking=linking, working=[need.area_id], flags=flags_of_givers(one.offer for one in best)
        ),
        more=max(len(found) - SHOWN, 0),
        left_out=shown.left_out(found),
        note_url=f"{reverse('offers:choose')}?{said}" if may.make_offer else "",
    )
