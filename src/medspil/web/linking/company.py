"""The ranking the other way round: which of a person's needs fit one company."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from medspil.accounts.models import User
from medspil.areas.models import Area, AreaQuerySet, Need
from medspil.catalogue.models import Case
from medspil.linking.models import Candidate
from medspil.linking.profiles import named, names_in
from medspil.linking.reverse import FittingNeeds, needs_for, rows_of
from medspil.matching import IndexUnusable
from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.register.freshness import stale_sentence
from medspil.register.models import Unit
from medspil.web.http import SignedInRequest
from medspil.web.linking import wording
from medspil.web.linking.rows import ShownRow, nearest, shown

SHOWN = 20


@dataclass(frozen=True, slots=True)
class FittingLine:
    """One need, and the company as it stands in that need's ranking."""

    need: Need
    row: ShownRow
    may_keep: bool

    @property
    def url(self) -> str:
        """Return the address of the company's row in the need's ranking."""
        return f"{reverse('linking:ranking', args=[self.need.pk])}#{self.row.ident}"


@require_safe
def needs(request: SignedInRequest, number: int) -> HttpResponse:
    """Show which open needs of the areas she ranks for fit a company best, with the reasons of their rankings."""
    if Ability.RANK not in abilities_anywhere(request.user):
        raise PermissionDenied
    unit = get_object_or_404(Unit.objects.visible_to(request.user), number=number)
    hers = Need.objects.visible_to(request.user).filter(area__in=_areas_with(request.user, Ability.RANK))
    context: dict[str, object] = {"unit": unit, "shown": SHOWN}
    try:
        found = needs_for(unit=unit, among=hers, now=timezone.now(), k=SHOWN)
    except IndexUnusable as problem:
        context["trouble"] = str(problem)
    else:
        context |= {
            "found": found,
            "lines": _lines(request.user, unit, found),
            "left_out": [wording.need_gate_line(gate, count) for gate, count in found.left_out.items() if count],
            "old": stale_sentence(today=timezone.localdate()),
        }
    return render(request, "linking/company_needs.html", context)


def _lines(user: User, unit: Unit, found: FittingNeeds) -> list[FittingLine]:
    """Return the needs with reasons in words and what was decided. Seven queries at most."""
    rows = rows_of(unit, found)
    names, cases = names_in(rows), list(Case.objects.published())
    keys = [one.need.pk for one in found.needs]
    decided = {
        one.need_id: one
        for one in Candidate.objects.visible_to(user).filter(unit=unit, need__in=keys).select_related("unit")
    }
    areas = {one.need.area_id for one in found.needs}
    keeping = set(_areas_with(user, Ability.SHORTLIST).filter(pk__in=areas).values_list("pk", flat=True))
    return [
        FittingLine(
            need=one.need,
            row=shown(named(row, names), nearest=nearest(one.need, row, cases), candidate=decided.get(one.need.pk)),
            may_keep=one.need.area_id in keeping,
        )
        for one, row in zip(found.needs, rows, strict=True)
    ]


def _areas_with(user: User, ability: Ability) -> AreaQuerySet:
    return Area.objects.visible_to(user).where(user, ability)
