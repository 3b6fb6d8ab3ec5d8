"""Look companies up, one company's facts, and how the register stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.common.tables import csv_bytes
from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.register.index import index_state
from medspil.register.models import Unit
from medspil.register.progress import read_progress
from medspil.register.search import search_units
from medspil.register.status import register_status, source_date
from medspil.register.tasks import INDEX_PROGRESS, start_indexing
from medspil.web.http import SignedInRequest, fragment
from medspil.web.register import shown, state
from medspil.web.register.access import require
from medspil.web.register.forms import SearchForm
from medspil.web.register.lookup import offer
from medspil.web.tables import chosen_sort

SHOWN = 25


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Search the register; a P-number or CVR number works as well as a misspelt name."""
    require(request, Ability.VIEW_REGISTER)
    form = SearchForm(request.GET)
    asked = form.asked()
    found = search_units(limit=SHOWN, units=Unit.objects.visible_to(request.user), **asked)
    context = {
        "form": form,
        "asked": asked["text"].strip(),
        "found": found,
        "table": shown.results(found.units),
        "limit": SHOWN,
        "index": index_state(),
        "lookup": None if found.units else offer(request.user, asked["text"]),
    }
    return render(request, fragment(request, "register/list.html", "results"), context)


@require_safe
def detail(request: SignedInRequest, number: int) -> HttpResponse:
    """Show what the register knows of one unit."""
    require(request, Ability.VIEW_REGISTER)
    unit = get_object_or_404(Unit.objects.visible_to(request.user), number=number)
    context = {
        "unit": unit,
        "facts": shown.facts(unit, known_on=source_date(unit)),
        "map": shown.unit_map(unit),
    }
    return render(request, "register/detail.html", context)


@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    """Show what is in the register, from where, how old, and whether it can be searched."""
    require(request, Ability.VIEW_REGISTER)
    today = timezone.localdate()
    found = register_status(today=today)
    by_town = chosen_sort(request, state.TOWN_COLUMNS, default="-m_active")
    by_industry = chosen_sort(request, state.INDUSTRY_COLUMNS, default="-i_active")
    everything = request.GET.get("all") == "1"
    towns, industries = state.town_rows(found), state.industry_rows(found)
    may_import = Ability.IMPORT_REGISTER in abilities_anywhere(request.user)
    context = {
        "state": found,
        "totals": state.totals(found),
        "pictures": state.pictures(found),
        "parts": state.parts_table(found, today=today),
        "changes": state.changes(found, may_import=may_import),
        "towns": state.counted_table(
            _("Units by municipality"), towns, state.TOWN_COLUMNS, by_town, everything=everything
        ),
        "industries": state.counted_table(
            _("Units by industry"), industries, state.INDUSTRY_COLUMNS, by_industry, everything=everything
        ),
        "more": not everything,
        "building": read_progress(INDEX_PROGRESS),
    }
    return render(request, "register/status.html", context)


@require_safe
def status_export(request: SignedInRequest) -> HttpResponse:
    """Give the counts by municipality and industry as CSV."""
    require(request, Ability.VIEW_REGISTER)
    today = timezone.localdate()
    what = _("register")
    return HttpResponse(
        csv_bytes(state.header(), state.lines(register_status(today=today))),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{what}-{today:%Y-%m-%d}.csv"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def index(request: SignedInRequest) -> HttpResponse:
    """Have the search index built anew."""
    require(request, Ability.IMPORT_REGISTER)
    start_indexing()
    messages.success(request, _("The index is being built. Searches use the former one until it is done."))
    return redirect("register:status")
