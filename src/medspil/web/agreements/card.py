"""What stands of the agreement on the page of a partnership."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from medspil.agreements.confirming import still_to_confirm
from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.settled import settled_versions
from medspil.web.agreements import words

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look


def card(look: "Look") -> dict[str, Any] | None:
    """Return what counts, what waits for whom, and what is being written. Four queries."""
    partnership, rights = look.partnership, look.rights
    counts, ahead = settled_versions(partnership, on=look.today)
    seen = Agreement.objects.visible_to(look.user, on=look.today).filter(partnership=partnership).open().first()
    waits = seen if seen and seen.state == AgreementState.PROPOSED else None
    if not (counts or ahead or seen or rights.runs):
        return None
    if waits:
        waits.partnership = partnership
    own = next((one for one in still_to_confirm(waits) if one.pk in rights.own), None) if waits else None
    return {
        "counts": counts,
        "standing": words.standing(counts, on=look.today) if counts else None,
        "ahead": [one for one in ahead if one.state == AgreementState.CONFIRMED],
        "waits": waits,
        "draft": seen if seen and seen.state == AgreementState.DRAFT else None,
        "confirm_url": reverse("agreements:confirm", args=[partnership.pk, waits.number, own.pk])
        if waits and own
        else "",
    }
