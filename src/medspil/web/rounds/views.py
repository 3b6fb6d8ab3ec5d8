"""Allocations: the list of those one may see, a new one, its rules, and putting it away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.areas.models import Area, AreaQuerySet
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.rounds import services
from medspil.rounds.models import Round
from medspil.rounds.programmes import PROGRAMMES, programme
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict, whole_number
from medspil.web.rounds.forms import NewRoundForm, RoundForm
from medspil.web.rounds.loading import round_run

PAGE = ["GET", "HEAD", "POST"]


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the allocations a person runs or may look at."""
    rounds = Round.objects.visible_to(request.user).for_list()
    context = {
        "rounds": [(one, programme(one.programme)) for one in rounds.current()],
        "archived": rounds.exclude(archived_at=None),
        "may_create": abilities_anywhere(request.user).allocate,
        "programmes": PROGRAMMES.values(),
    }
    return render(request, "rounds/list.html", context)


@require_http_methods(PAGE)
def create(request: SignedInRequest) -> HttpResponse:
    """Begin an allocation, or the next one after an earlier one."""
    organisations = Organisation.objects.where(request.user, Ability.ALLOCATE).order_by("name", "pk")
    if not organisations:
        raise PermissionDenied(_("Only a coordinator or a broker can begin an allocation."))
    before = _earlier(request)
    areas = Area.objects.visible_to(request.user).where(request.user, Ability.ALLOCATE).current().order_by("name", "pk")
    initial = _like(before) if before else {"programme": request.GET.get("slags", ""), "areas": only(areas)}
    data = request.POST if request.method == "POST" else None
    form = NewRoundForm(data, initial=initial, organisations=organisations, areas=areas)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.create_round(
                organisation=said["organisation"],
                kind=said["programme"],
                title=said["title"],
                areas=said["areas"],
                creation_key=said["creation_key"],
                follows=before,
                by=request.user,
                now=timezone.now(),
            )
        except (services.UnknownProgramme, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The allocation is begun. Now fill in both sides."))
            return redirect("rounds:board", pk=made.pk)
    context = {"form": form, "before": before, "programmes": PROGRAMMES.values()}
    return render(request, "rounds/create.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change title, areas and rules."""
    round_ = round_run(request, pk)
    kind = programme(round_.programme)
    areas = Area.objects.visible_to(request.user).where(request.user, Ability.ALLOCATE).current().order_by("name", "pk")
    hers = Area.objects.visible_to(request.user).filter(rounds=round_)
    areas = (areas | hers).distinct()
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, round_=round_, kind=kind, areas=areas, unseen=round_.areas.count() - hers.distinct().count())
    context = {"round": round_, "kind": kind, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.edit_round(
                round_=round_,
                title=said["title"],
                areas=said["areas"],
                rules=form.rules,
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "rounds/edit.html", form, round_, context)
        except (services.RoundClosed, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved. Run the allocation again to see what it does."))
            return redirect("rounds:board", pk=pk)
    return render(request, "rounds/edit.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put an allocation away, or bring it back; its links stay."""
    round_ = round_run(request, pk)
    act = services.archive_round if away else services.restore_round
    act(round_=round_, by=request.user, now=timezone.now())
    messages.success(request, _("The allocation is put away.") if away else _("The allocation is back."))
    return redirect("rounds:list") if away else redirect("rounds:board", pk=pk)


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open an allocation that was made into links, to change it."""
    round_ = round_run(request, pk)
    services.reopen_round(round_=round_, by=request.user, now=timezone.now())
    messages.success(request, _("The allocation is open again. Its links stay as they are."))
    return redirect("rounds:board", pk=pk)


def only(areas: AreaQuerySet) -> list[int]:
    """Return the key of the one area there is; where there are several, the person chooses."""
    keys = list(areas.values_list("pk", flat=True)[:2])
    return keys if len(keys) == 1 else []


def _earlier(request: SignedInRequest) -> Round | None:
    """Return the allocation that a new one is to follow, if the address names one she runs."""
    number = whole_number(request.GET.get("efter", ""))
    if not number:
        return None
    before = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=number)
    hers = Organisation.objects.where(request.user, Ability.ALLOCATE)
    if not hers.filter(pk=before.organisation_id).exists():
        raise PermissionDenied
    return before


def _like(before: Round) -> dict[str, object]:
    return {
        "programme": before.programme,
        "organisation": before.organisation_id,
        "areas": list(before.areas.values_list("pk", flat=True)),
    }
