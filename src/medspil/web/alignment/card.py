"""What stands of alignment on the page of a partnership, for its sides and those who run it."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from medspil.alignment.readiness import What, ready
from medspil.linking.parties import names_for
from medspil.partnerships.going_on import why_not

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look


def card(look: "Look") -> dict[str, Any] | None:
    """Return how many sides have handed in, what is missing, and where one's own is written. Eight queries or so."""
    partnership, rights = look.partnership, look.rights
    if not (rights.sees_area or rights.own):
        return None
    here = [one for one in partnership.partners.all() if one.left_on is None]
    names = names_for(look.user, [one.side for one in here])
    missing = ready(partnership)
    silent = {pk for one in missing if one.what is What.WORDS for pk in one.partners}
    own = next((one for one in here if one.pk in rights.own and one.pk in silent), None)
    writes = own is not None and not why_not(partnership)
    return {
        "done": len(here) - len(silent),
        "of": len(here),
        "missing": [one.sentence({each.pk: names.get(each.side_id, "") for each in here}) for one in missing],
        "own_url": reverse("alignment:fill", args=[partnership.pk, own.pk]) if own and writes else "",
    }
