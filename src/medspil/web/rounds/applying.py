"""Making links of the board: what will be made, what must be said first, and doing it once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas.models import Area, Challenge, Need
from medspil.common.privacy import CprNumberFound
from medspil.organisations.roles import Ability
from medspil.rounds import services
from medspil.rounds.grouping import groups_of, joined_words
from medspil.rounds.models import Demand, Round
from medspil.rounds.places import nearest_area
from medspil.rounds.programmes import Programme, programme
from medspil.rounds.services import Standing, standing
from medspil.web.http import SignedInRequest
from medspil.web.rounds.forms import AnswersForm, ApplyForm, errors_of
from medspil.web.rounds.loading import round_run
from medspil.web.rounds.rows import areas_of
from medspil.web.rounds.shown import board_of
from medspil.web.rounds.shown_rows import shown_rows

PAGE = ["GET", "HEAD", "POST"]
TROUBLES = (
    services.RoundClosed,
    services.BoardChanged,
    services.RowsUnfinished,
    services.AreaNotYours,
    CprNumberFound,
)


@require_POST
def areas(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say in which areas the rows lie that do not say it yet, all of them at once."""
    round_ = round_run(request, pk)
    known = {str(area.pk): area for area in areas_of(request, round_)}
    rows = Demand.objects.visible_to(request.user).filter(round=round_, area=None)
    chosen = {row.pk: known[said] for row in rows if (said := request.POST.get(f"row-{row.pk}", "")) in known}
    try:
        services.set_areas(round_=round_, areas=chosen, by=request.user, now=timezone.now())
    except services.RoundClosed as trouble:
        messages.error(request, str(trouble))
    return redirect("rounds:apply", pk=pk)


@require_http_methods(PAGE)
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what becomes links and what must be said first; a POST makes them."""
    round_ = round_run(request, pk)
    if request.method == "POST":
        form = ApplyForm(request.POST)
        if not form.is_valid():
            messages.error(request, errors_of(form))
            return redirect("rounds:apply", pk=pk)
        try:
            done = services.apply(
                round_=round_, number=form.cleaned_data["number"], by=request.user, now=timezone.now()
            )
        except TROUBLES as trouble:
            messages.error(request, str(trouble))
            return redirect("rounds:apply", pk=pk)
        _say(request, done)
        return redirect("rounds:board", pk=pk)
    return render(request, "rounds/apply.html", _context(request, round_))


@require_POST
def answers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what the rows of an area stand for that do not say it yet."""
    round_ = round_run(request, pk)
    areas = areas_of(request, round_)
    known = _about(request, list(areas))
    form = AnswersForm(request.POST, areas=areas, about=[choice for choices in known.values() for choice in choices])
    if not form.is_valid():
        messages.error(request, errors_of(form))
        return redirect("rounds:apply", pk=pk)
    area = form.cleaned_data["area"]
    kind, _dash, number = form.cleaned_data["about"].partition("-")
    need = Need.objects.visible_to(request.user).filter(pk=number, area=area).first() if kind == "need" else None
    challenge = (
        Challenge.objects.visible_to(request.user).filter(pk=number, area=area).first() if kind == "challenge" else None
    )
    if need is None and challenge is None:
        messages.error(request, _("Choose a need or a challenge of this area."))
        return redirect("rounds:apply", pk=pk)
    try:
        services.set_answers(
            round_=round_,
            answers=services.Answers(area=area, need=need, challenge=challenge),
            by=request.user,
            now=timezone.now(),
        )
    except services.RoundClosed as trouble:
        messages.error(request, str(trouble))
    return redirect("rounds:apply", pk=pk)


def _context(request: SignedInRequest, round_: Round) -> dict[str, Any]:
    now_standing = standing(round_, on=timezone.localdate())
    kind = programme(round_.programme)
    proposal = round_.proposal
    pairs = proposal.answer["pairs"] if proposal else []
    asking, giving = {one["asker"] for one in pairs}, {one["giver"] for one in pairs}
    demands = [one for one in now_standing.rows.demands if str(one.pk) in asking]
    supplies = [one for one in now_standing.rows.supplies if str(one.pk) in giving]
    lacking, nobody = services.unfinished(demands, supplies)
    ready = proposal is not None and now_standing.current and bool(pairs) and not lacking and not nobody
    mine = list(areas_of(request, round_))
    strange = [] if not lacking else [one for one in lacking if one.area is None and len(mine) != 1]
    return {
        "round": round_,
        "kind": kind,
        "board": board_of(request, round_, now_standing, full=True),
        "ready": ready,
        "becoming": _becoming(now_standing, pairs, kind) if ready else None,
        "stale": proposal is not None and not now_standing.current,
        "pairs": len(pairs),
        "nobody": shown_rows(nobody, kind, on=timezone.localdate()),
        "without_area": [
            (row, nearest_area(row.record, mine)) for row in shown_rows(strange, kind, on=timezone.localdate())
        ],
        "areas": mine,
        "lacking": _forms(request, lacking, mine, round_) if lacking else [],
        "form": ApplyForm(initial={"number": proposal.number if proposal else None}),
        "closed_areas": _closed(request, now_standing, asking),
    }


def _becoming(now_standing: Standing, pairs: list[dict[str, Any]], kind: Programme) -> dict[str, Any] | None:
    """Return how many links the pairs become and which become one; nothing where each pair is a link of its own."""
    demands = {str(one.pk): one for one in now_standing.rows.demands}
    supplies = {str(one.pk): one for one in now_standing.rows.supplies}
    groups = groups_of(pairs, demands, supplies, kind=kind)
    joined = [group for group in groups if len(group.pairs) > 1]
    return {"links": len(groups), "joined": [(joined_words(one), len(one.pairs)) for one in joined]} if joined else None


def _forms(request: SignedInRequest, lacking: list[Any], areas: list[Area], round_: Round) -> list[dict[str, Any]]:
    """Return for each area the rows that do not say what they stand for, and a form to say it."""
    about = _about(request, areas)
    mine = areas_of(request, round_)
    found = []
    for area in areas:
        rows = [one for one in lacking if one.area_id == area.pk or (one.area_id is None and len(areas) == 1)]
        if rows:
            form = AnswersForm(areas=mine, about=about[area.pk], initial={"area": area.pk}, prefix=None)
            form.auto_id = f"id_{area.pk}_%s"
            found.append({"area": area, "rows": rows, "form": form, "choices": bool(about[area.pk])})
    return found


def _about(request: SignedInRequest, areas: list[Area]) -> dict[int, list[tuple[str, str]]]:
    """Return {area: what a row of it can stand for}: its open needs, then its challenges. Two queries."""
    keys = [area.pk for area in areas]
    found: dict[int, list[tuple[str, str]]] = {key: [] for key in keys}
    needs = Need.objects.visible_to(request.user).filter(area__in=keys).open(timezone.localdate())
    for need in needs.order_by("title", "pk"):
        found[need.area_id].append((f"need-{need.pk}", _("Need: {title}").format(title=need.title)))
    challenges = Challenge.objects.visible_to(request.user).filter(area__in=keys, archived_at=None)
    for challenge in challenges.order_by("title", "pk"):
        told = _("Challenge: {title}").format(title=challenge.title)
        found[challenge.area_id].append((f"challenge-{challenge.pk}", told))
    return found


def _closed(request: SignedInRequest, now_standing: Standing, asking: set[str]) -> list[str]:
    """Return the names of areas in which the person may not make links."""
    areas = {one.area for one in now_standing.rows.demands if one.area and str(one.pk) in asking}
    hers = set(
        Area.objects.visible_to(request.user)
        .where(request.user, Ability.LINK)
        .filter(pk__in=[area.pk for area in areas])
        .values_list("pk", flat=True)
    )
    return sorted(area.name for area in areas if area.pk not in hers)


def _say(request: SignedInRequest, done: services.Applied) -> None:
    """Tell what came of it: made, there already, refused and why."""
    number = len(done.made)
    told = ngettext("{number} link is made.", "{number} links are made.", number).format(number=number)
    messages.success(request, told)
    if done.pairs > done.links:
        told = _("{pairs} pairs are {links} links: pairs of the same two for the same thing are one link.")
        messages.info(request, told.format(pairs=done.pairs, links=done.links))
    if done.there:
        number = len(done.there)
        told = ngettext("{number} link was there already.", "{number} links were there already.", number)
        messages.info(request, told.format(number=number))
    for refused in done.refused:
        messages.warning(request, f"{refused.name}: {refused.why}")
