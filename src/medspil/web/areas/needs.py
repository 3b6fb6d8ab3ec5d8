"""Needs: a new one, one with its task list and answers, putting it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.accounts.models import HistoryEntry
from medspil.areas import services
from medspil.areas.hosting import volunteers_ready
from medspil.areas.next_step import need_step
from medspil.areas.sections import NEED_SECTIONS, open_challenges, progress, rankable
from medspil.linking.models import Candidate
from medspil.linking.served import served_needs
from medspil.organisations.roles import Ability
from medspil.web.areas import folded, shown
from medspil.web.areas.loading import area_or_refuse, need_or_refuse, sent
from medspil.web.areas.need_forms import NewNeedForm
from medspil.web.areas.told import told
from medspil.web.areas.views import case_example
from medspil.web.http import SignedInRequest
from medspil.web.linking.of_need import links_of_need
from medspil.web.offers.of_need import offers_of
from medspil.web.register.flags import flags_in

PAGE = ["GET", "HEAD", "POST"]
MOST_EVENTS = 20


@require_http_methods(PAGE)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start a need with one line and the challenge it answers; the task list follows."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_NEED)
    form = NewNeedForm(*sent(request), area=area, initial={"challenge": request.GET.get("challenge", "")})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        chosen = said.pop("challenge")
        challenge = next((one for one in open_challenges(area) if one.pk == chosen), None)
        need = services.create_need(area=area, challenge=challenge, by=request.user, now=timezone.now(), **said)
        messages.success(request, _("The need is started. Fill in what you know; the rest can wait."))
        return redirect("areas:need", pk=need.pk)
    context = {"area": area, "form": form, "example": case_example(), "challenges": bool(open_challenges(area))}
    return render(request, "areas/need_create.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a need: what is done and what is missing, all answers, and the way to companies."""
    need, may = need_or_refuse(request, pk)
    served = need.pk in served_needs([need.area], user=request.user, on=timezone.localdate())
    context = {
        "area": need.area,
        "need": need,
        "may_here": may,
        "advice": shown.need_advice(need_step(need, served=served), may),
        "tasks": shown.need_tasks(need, may),
        "progress": progress(need, NEED_SECTIONS),
        "facts": shown.need_facts(need, may),
        "find_url": shown.find_url(need) if may.rank else "",
        "rankable": rankable(need),
        "unhosted": need.open_to_companies and not volunteers_ready(need),
        "flags": flags_in(Candidate.objects.visible_to(request.user).of(need), named=False) if may.shortlist else [],
        "events": told(list(HistoryEntry.objects.of(need)[:MOST_EVENTS]), {}),
        "links": links_of_need(request.user, need, may),
        "offers": offers_of(need, user=request.user, may=may, on=timezone.localdate()),
    }
    menu = [one for one in folded.NEED_MENU if one[0] != "offers" or context["offers"]]
    context |= {"told": folded.need(context), "menu": menu}
    return render(request, "areas/need.html", context)


@require_POST
def archive(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put a need away, or bring it back."""
    need, _may = need_or_refuse(request, pk, Ability.EDIT_NEED)
    services.set_archived(record=need, away=away, by=request.user, now=timezone.now())
    if not away:
        messages.success(request, _("The need is back."))
    return redirect("areas:need", pk=pk)
