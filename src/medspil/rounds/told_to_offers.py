"""What allocations tell the room of offers, which knows none: which of them hold an offer.

Registered in `apps`, see `medspil.offers.hooks`. One that was applied has become links, and those tell for themselves,
but for a link made of several offers of one giver.
"""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.linking.models import Link
from medspil.offers.hooks import Use, register_use
from medspil.rounds.models import Proposal, Round, RoundState, Supply
from medspil.rounds.models.rows import SupplyQuerySet


def register() -> None:
    """Let offers ask here."""
    register_use("rounds", uses_of)


def uses_of(offers: Collection[int], /, *, user: User | None) -> list[Use]:
    """Return the allocations that hold offers, by name where the person may see them. Four queries at most."""
    rows = Supply.objects.standing().filter(offer__in=offers)
    making = rows.filter(round__state=RoundState.DRAFT, round__archived_at=None)
    held = [*making.values_list("offer", "round", "round__title"), *_in_links_of_several(rows)]
    seen: set[int] = set()
    if user is not None and held:
        found = Round.objects.visible_to(user).filter(pk__in={number for _offer, number, _title in held})
        seen = set(found.values_list("pk", flat=True))
    return [
        Use(offer, _("allocation"), Round._meta.label_lower, number, title if number in seen else "")
        for offer, number, title in held
        if offer is not None
    ]


def _in_links_of_several(rows: SupplyQuerySet) -> list[tuple[int | None, int, str]]:
    """Return (offer, allocation, its title) of offers that went into a link together with others of their giver: such
    a link names none of them, so it cannot tell for itself."""
    applied = rows.filter(round__state=RoundState.APPLIED).select_related("round__proposal")
    gave = [one for one in applied if one.round.proposal and _gave(one, one.round.proposal)]
    if not gave:
        return []
    made = Link.objects.live().filter(offer=None, grounds__round__number__in={one.round_id for one in gave})
    sides = set(made.values_list("grounds__round__number", "parties__organisation", "parties__unit"))
    return [
        (one.offer_id, one.round_id, one.round.title)
        for one in gave
        if (one.round_id, one.organisation_id, None if one.organisation_id else one.unit_id) in sides
    ]


def _gave(supply: Supply, proposal: Proposal) -> bool:
    return any(pair["giver"] == str(supply.pk) for pair in proposal.answer["pairs"])
