"""The catalogue for everybody: cases to learn from, and what industries can give."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from medspil.catalogue.models import Case
from medspil.linking.affinities import affinities
from medspil.web.catalogue.affinity import INTEGRATED_TOP, heat_rows, kinds
from medspil.web.catalogue.forms import AffinityFilter, CaseFilter


@login_not_required
@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Show the published cases as cards."""
    form = CaseFilter(request.GET, cases=list(Case.objects.for_list()))
    return render(request, _part(request, "catalogue/list.html"), {"form": form, "cases": form.chosen()})


@login_not_required
@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case."""
    found = get_object_or_404(Case.objects.for_list(), code=code)
    return render(request, "catalogue/case.html", {"case": found})


@login_not_required
@require_safe
def affinity(request: HttpRequest) -> HttpResponse:
    """Show which industries can give which kind of resource."""
    form = AffinityFilter(request.GET)
    context = {
        "form": form,
        "rows": heat_rows(group=form.chosen_group, kind=form.chosen_kind),
        "kinds": kinds(form.chosen_kind),
        "version": affinities().version,
        "integrated_from": INTEGRATED_TOP,
    }
    return render(request, _part(request, "catalogue/affinity.html"), context)


def _part(request: HttpRequest, template: str) -> str:
    """Return the template, or its results when HTMX asks for the page again with another filter."""
    return f"{template}#results" if getattr(request, "htmx", False) else template
