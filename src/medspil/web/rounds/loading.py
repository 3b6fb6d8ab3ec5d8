"""What every page of an allocation loads: the round behind the address, and whether the person may change it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from medspil.organisations.models import abilities_in
from medspil.organisations.roles import Abilities
from medspil.rounds.models import Demand, Round, Supply
from medspil.web.http import SignedInRequest


def round_seen(request: SignedInRequest, pk: int) -> tuple[Round, Abilities]:
    """Return a round to look at; 404 for strangers."""
    rounds = Round.objects.visible_to(request.user).select_related("organisation", "proposal__replaces", "proposal__by")
    round_ = get_object_or_404(rounds, pk=pk)
    return round_, abilities_in(request.user, [round_.organisation])


def round_run(request: SignedInRequest, pk: int) -> Round:
    """Return a round to change; 404 for strangers, 403 for those who may only look."""
    round_, may = round_seen(request, pk)
    if not may.allocate:
        raise PermissionDenied(
            _("Only a coordinator or broker of {organisation} can change this allocation.").format(
                organisation=round_.organisation.name
            )
        )
    return round_


def row_of(request: SignedInRequest, round_: Round, row: int, *, asks: bool) -> Demand | Supply:
    """Return a row of a round that is run by the person."""
    if asks:
        return get_object_or_404(
            Demand.objects.visible_to(request.user).select_related("round", "area", "need", "organisation"),
            round=round_,
            pk=row,
        )
    return get_object_or_404(
        Supply.objects.visible_to(request.user).select_related("round", "offer", "organisation", "unit"),
        round=round_,
        pk=row,
    )
