"""What an area has: map and list with one filter, and what should be confirmed again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from medspil.mapping.models import Resource
from medspil.web.http import SignedInRequest, fragment
from medspil.web.mapping.filters import asked_of
from medspil.web.mapping.forms import QuickForm
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.mapping.near import near_area
from medspil.web.mapping.shown import map_of, mapped
from medspil.web.mapping.twins import twins_of

FIRST, SHOWN = 5, 60
"""Lines of the list: as many as are as high as the map, and those that unfold; the map shows all, and one link the
rest of the list."""


@require_safe
def list_(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show map and list, narrowed by the same filter, and the line in which one adds something."""
    area, may = area_or_refuse(request, pk)
    asked, filter_form = asked_of(request.GET)
    resources = Resource.objects.visible_to(request.user).filter(area=area)
    found = mapped(resources, asked, today=timezone.localdate())
    near = near_area(area, request.user, asked) if may.view_register else None
    shown_rows = found.rows if request.GET.get("all") == "1" else found.rows[:SHOWN]
    added = request.GET.get("added", "") if may.map_resources else ""
    context = {
        "twins": twins_of(added, list(resources.current()), user=request.user, may_look=may.view_register)
        if added
        else None,
        "area": area,
        "may_here": may,
        "mapped": found,
        "asked": asked,
        "filter_form": filter_form,
        "kept": asked.kept,
        "first_rows": shown_rows[:FIRST],
        "other_rows": shown_rows[FIRST:],
        "more": len(found.rows) - len(shown_rows),
        "map": map_of(area, found.rows, asked, near.points if near else ()),
        "near": near,
        "has_any": bool(found.everything or asked.narrows or (near and near.count)),
        "quick": QuickForm(next_one=bool(added)) if may.map_resources and not area.archived_at else None,
    }
    return render(request, fragment(request, "mapping/list.html", "results"), context)
