"""What allocations tell the room of offers, which knows none: which of them hold an offer.

Registered in `apps`, see `medspil.offers.hooks`. One that was applied has become links, and those tell for themselves
of every offer they rest on.
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.offers.hooks import Use, register_use
from medspil.rounds.models import Round, RoundState, Supply


def register() -> None:
    """Let offers ask here."""
    register_use("rounds", uses_of)


def uses_of(offers: Collection[int], /, *, user: User | None) -> list[Use]:
    """Return the allocations that hold offers, by name where the person may see them. Two queries."""
    rows = Supply.objects.standing().filter(offer__in=offers)
    making = rows.filter(round__state=RoundState.DRAFT, round__archived_at=None)
    held = list(making.values_list("offer", "round", "round__title"))
    seen: set[int] = set()
    if user is not None and held:
        found = Round.objects.visible_to(user).filter(pk__in={number for _offer, number, _title in held})
        seen = set(found.values_list("pk", flat=True))
    return [
        Use(offer, _("allocation"), Round._meta.label_lower, number, title if number in seen else "")
        for offer, number, title in held
        if offer is not None
    ]
