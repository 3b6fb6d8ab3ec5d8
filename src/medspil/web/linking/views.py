"""The ranking of a need, and stored rankings as they were given."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.linking import services
from medspil.linking.models import Run
from medspil.matching import IndexUnusable
from medspil.organisations.roles import Ability
from medspil.register.freshness import old_answer
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking import wording
from medspil.web.linking.changes import shown_changes
from medspil.web.linking.forms import SetAsideForm
from medspil.web.linking.loading import RankingPage, may_or_refuse, need_or_refuse


@require_safe
def ranking(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show which companies fit a need and why, as a list beside a map. Writes nothing."""
    need, may = need_or_refuse(request, pk, Ability.RANK)
    page = RankingPage(request, need, may)
    context = {"page": page, "need": need, "area": need.area, "may_here": may, "set_aside_form": SetAsideForm()}
    return render(request, fragment(request, "linking/ranking.html", "results"), context)


@require_POST
def find(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for companies: the run is stored as it was given, and the ranking page shows the list."""
    need, _may = need_or_refuse(request, pk, Ability.RANK)
    # Without an index there is nothing to store; the ranking page says so and what to do.
    with suppress(IndexUnusable):
        services.rank_need(need=need, by=request.user, now=timezone.now())
    return redirect("linking:ranking", pk=need.pk)


@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Store the ranking that the page shows, so that it can be seen again as it was."""
    need, may = need_or_refuse(request, pk, Ability.RANK)
    page = RankingPage(request, need, may)
    try:
        stored = services.rank_need(need=need, by=request.user, now=timezone.now(), filters=page.filter_form.filters())
    except IndexUnusable as problem:
        messages.error(request, str(problem))
        return redirect(page.url)
    messages.success(request, _("The ranking is saved."))
    return redirect("linking:run", pk=stored.pk)


@require_safe
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a stored ranking as it was given, and what changed if it repeats an earlier one."""
    stored = _run(request, pk)
    may = may_or_refuse(request, stored.need, Ability.RANK)
    page = RankingPage(request, stored.need, may)
    context = {
        "run": stored,
        "need": stored.need,
        "area": stored.need.area,
        "rows": page.rows_of(stored),
        "left_out": [wording.gate_line(*gate) for gate in stored.answer.get("left_out", {}).items() if gate[1]],
        "versions": [(wording.VERSION_NAMES.get(name, name), value) for name, value in stored.versions.items()],
        "old": old_answer(stored.versions.get("index_date", ""), today=timezone.localdate()),
        "changes": shown_changes(stored.repeats, stored) if stored.repeats else None,
    }
    return render(request, "linking/run.html", context)


@require_POST
def repeat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the stored question again today and tell what changed."""
    stored = _run(request, pk)
    may_or_refuse(request, stored.need, Ability.RANK)
    try:
        again = services.repeat(run=stored, by=request.user, now=timezone.now())
    except (IndexUnusable, services.QuestionOutdated) as problem:
        messages.error(request, str(problem))
        return redirect("linking:run", pk=stored.pk)
    if again == stored:
        messages.success(request, _("Nothing has changed: the same question has the same answer today."))
    return redirect("linking:run", pk=again.pk)


def _run(request: SignedInRequest, pk: int) -> Run:
    runs = Run.objects.visible_to(request.user).select_related(
        "need__area__owner", "need__challenge", "by", "repeats__by"
    )
    return get_object_or_404(runs, pk=pk)
