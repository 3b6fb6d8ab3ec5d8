"""Areas: the list of one's own, a new one, one as its coordinator sees it, and putting it away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.borders import outline
from medspil.areas.changes import happened
from medspil.areas.models import Area
from medspil.areas.news import news_of
from medspil.areas.next_step import next_step
from medspil.areas.sections import AREA_SECTIONS, open_challenges, open_needs, progress
from medspil.catalogue.models import Case
from medspil.linking.models import Link
from medspil.linking.served import served_needs
from medspil.mapping.coverage import Coverage, coverages
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Abilities, Ability
from medspil.web.areas import folded, shown, words
from medspil.web.areas.doors import doors
from medspil.web.areas.forms import AreaForm
from medspil.web.areas.loading import area_or_refuse, sent
from medspil.web.areas.news_words import Notice, notice
from medspil.web.areas.told import titles_of, told
from medspil.web.http import SignedInRequest
from medspil.web.mapping.confirming import ConfirmLine, confirm_lines
from medspil.web.maps import Map, Point, build
from medspil.web.register.flags import ShownFlag, flags_in_links, flags_of_partners

PAGE = ["GET", "HEAD", "POST"]
MOST_EVENTS = 8
RINGS_KM = (1, 2)


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the areas a person sees, as cards beside a map."""
    areas = list(Area.objects.visible_to(request.user).current().for_overview())
    away = list(Area.objects.visible_to(request.user).archived().order_by("name", "pk"))
    may = abilities_anywhere(request.user)
    served = served_needs(areas, user=request.user, on=timezone.localdate())
    gaps = coverages(areas, user=request.user, on=timezone.localdate())
    context = {
        "cards": [_card(area, may, served, gaps[area.pk]) for area in areas],
        "map": _map_of(areas),
        "archived": away,
        "may_create": may.edit_area,
        "example": None if areas else case_example(),
    }
    return render(request, "areas/list.html", context)


@require_http_methods(PAGE)
def create(request: SignedInRequest) -> HttpResponse:
    """Start an area with its name; the task list follows."""
    owners = Organisation.objects.where(request.user, Ability.EDIT_AREA).order_by("name", "pk")
    if not owners:
        raise PermissionDenied(_("Only a coordinator or an administrator can start an area."))
    form = AreaForm(*sent(request), owners=owners)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        area = services.create_area(
            owner=said["owner"],
            name=said["name"],
            creation_key=said["creation_key"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("The area is started. Fill in what you know; the rest can wait."))
        return redirect("areas:detail", pk=area.pk)
    return render(request, "areas/create.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an area as its coordinator needs it: the next step, challenges and needs, map, figures, history."""
    area, may = area_or_refuse(request, pk)
    gaps = coverages([area], user=request.user, on=timezone.localdate())[area.pk]
    served = served_needs([area], user=request.user, on=timezone.localdate())
    step = next_step(area, served=served, gaps=gaps)
    tasks_left, tasks_others = shown.area_tasks(area, may)
    stated, not_stated = shown.figures(area)
    context = {
        "area": area,
        "may_here": may,
        "doors": [] if area.archived_at else doors(area),
        "advice": shown.advice(area, step, may),
        "cards": [folded.FoldedCard(one) for one in shown.cards(area, gaps)],
        "tasks_left": tasks_left,
        "tasks_others": tasks_others,
        "progress": progress(area, AREA_SECTIONS),
        "facts": shown.area_facts(area, may),
        "figures": stated,
        "figures_missing": not_stated,
        "statuses": _statuses(area),
        "map": map_of(area),
        "events": told(happened(area, most=MOST_EVENTS), titles_of(area)),
        "archived": _archived(area),
        "example": None if open_challenges(area) else case_example(),
        "notice": notice_of(request, area, may),
        "flags": _flags(request.user, area, may),
        "confirm": _to_confirm(request.user, area, may),
    }
    context |= {"told": folded.area(area, context), "menu": folded.AREA_MENU}
    return render(request, "areas/detail.html", context)


def _flags(user: User, area: Area, may: Abilities) -> list[ShownFlag]:
    """Return what has happened to companies in use here: those that take part, and parties of the area's links."""
    partners = flags_of_partners(area.partners.all()) if may.view_register else []
    links = Link.objects.visible_to(user, on=timezone.localdate()).filter(area=area)
    return partners + (flags_in_links(links, named=False) if may.link else [])


def _to_confirm(user: User, area: Area, may: Abilities) -> ConfirmLine | None:
    """Return what should be confirmed among the area's resources, for whoever maps it."""
    if area.archived_at or not may.map_resources:
        return None
    return next(iter(confirm_lines([area], user=user, today=timezone.localdate())), None)


@require_POST
def archive(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put an area away, or bring it back."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_AREA)
    services.set_archived(record=area, away=away, by=request.user, now=timezone.now())
    if not away:
        messages.success(request, _("The area is back."))
    return redirect("areas:detail", pk=pk)


def notice_of(request: SignedInRequest, area: Area, may: Abilities) -> Notice | None:
    """Return what is new in the register near an area, for those who may look companies up."""
    if not may.view_register or area.archived_at:
        return None
    found = news_of([area], user=request.user)
    return notice(found[0]) if found else None


def map_of(area: Area) -> Map | None:
    """Return the map of one area; None until it has a place."""
    if area.x is None or area.y is None:
        return None
    caption = _("%(area)s on the map") % {"area": area.name}
    return build(caption=caption, centre=(area.x, area.y), rings_km=RINGS_KM, border=outline(area))


def case_example() -> str:
    """Return one case of the catalogue in two sentences, for empty pages; empty when there is none."""
    case = Case.objects.for_list().first()
    if case is None:
        return ""
    danish = words.language().startswith("da")
    return f"{case.name_da}. {case.summary_da}" if danish else f"{case.name_en}. {case.summary_en}"


def _card(area: Area, may: Abilities, served: set[int], gaps: Coverage) -> dict[str, object]:
    needs = open_needs(area)
    return {
        "area": area,
        "town": words.town(area.municipality),
        "challenges": len(open_challenges(area)),
        "needs": len(needs),
        "progress": progress(area, AREA_SECTIONS),
        "advice": shown.advice(area, next_step(area, served=served, gaps=gaps), may),
    }


def _map_of(areas: list[Area]) -> Map | None:
    points = [
        Point(f"area-{one.pk}", one.x, one.y, one.name, href=reverse("areas:detail", args=[one.pk]), kind="area")
        for one in areas
        if one.x is not None and one.y is not None
    ]
    return build(caption=_("Your areas on the map"), points=points, beside_list=True) if points else None


def _statuses(area: Area) -> dict[str, list[tuple[str, object]]]:
    """Return the official lists an area stood on, newest first; those with an origin criterion apart."""
    found: dict[str, list[tuple[str, object]]] = {"plain": [], "origin": []}
    for one in sorted(area.statuses.all(), key=lambda status: status.listed_on, reverse=True):
        found["origin" if words.with_origin(one.kind) else "plain"].append((words.status(one.kind), one))
    return found


def _archived(area: Area) -> list[object]:
    rows = [*area.challenges.all(), *area.needs.all()]
    return [row for row in rows if row.archived_at is not None]
