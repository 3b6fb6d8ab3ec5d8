"""The walks of a link and of the partnership it became: plan one, change one, do without one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.common.when import NoSuchTime, moment
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.models import Link
from medspil.mapping.places import Placed
from medspil.partnerships.models import Partnership
from medspil.walks.days import DayOver, LongAgo, MovedBack, is_over
from medspil.walks.models import Skipping, Walk, WalkState
from medspil.walks.permissions import WalkRights
from medspil.walks.places import find_place
from medspil.walks.planning import NotGoingOn, NowhereToMeet, change_walk, plan_walk
from medspil.walks.skipping import ReasonMissing, held_or_skipped, skip_walk, take_back_skipping
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.partnerships.partnership_loading import partnership_or_404, run_or_refuse
from medspil.web.walks import words
from medspil.web.walks.forms import EditWalkForm, NewWalkForm, SkipForm, WhenForm, initial_of_walk
from medspil.web.walks.loading import answer_address, link_and_rights, own_or_refuse, plan_or_refuse

PAGE = ["GET", "HEAD", "POST"]
DAYS = (DayOver, DayAhead, MovedBack, LongAgo)
REFUSED = (LinkPutAway, NotGoingOn, NowhereToMeet, NoSuchTime, CprNumberFound)


@require_safe
def of_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the walks of a link; a partnership has its own address for them."""
    link, rights = link_and_rights(request, pk)
    partnership = Partnership.objects.visible_to(request.user, on=timezone.localdate()).filter(link=link).first()
    if partnership:
        return redirect("walks:of_partnership", pk=partnership.pk)
    return _walks(request, link, rights, None)


@require_safe
def of_partnership(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the walks of a partnership, and whether it does without."""
    partnership, _own = partnership_or_404(request, pk)
    link, rights = link_and_rights(request, partnership.link_id)
    return _walks(request, link, rights, partnership)


def _walks(
    request: SignedInRequest,
    link: Link,
    rights: WalkRights,
    partnership: Partnership | None,
    *,
    form: SkipForm | None = None,
) -> HttpResponse:
    walks = Walk.objects.visible_to(request.user, on=timezone.localdate()).of_link(link)
    context = {
        "link": link,
        "area": link.area,
        "partnership": partnership,
        "rights": rights,
        "walks": [(walk, words.when(walk.starts_at), words.BADGES[walk.state]) for walk in walks],
        "done": held_or_skipped(partnership) if partnership else None,
        "skip_form": form or SkipForm(),
    }
    return render(request, "walks/walks.html", context, status=422 if form else 200)


@require_http_methods(PAGE)
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan a walk for a link."""
    link = plan_or_refuse(request, pk)
    form = NewWalkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = plan_walk(
                link=link,
                starts_at=_starts(form),
                meeting=find_place(link.area, said["meeting"]),
                walked=said["walked"],
                creation_key=said["creation_key"],
                by=request.user,
                now=timezone.now(),
            )
        except DAYS as trouble:
            add_domain_error(form, trouble, "day")
        except REFUSED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _walked(made))
            return redirect("walks:pick", pk=made.pk)
    context = {"link": link, "area": link.area, "form": form, "places": _places(link)}
    return render(request, "walks/new.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change when and where people meet."""
    walk = own_or_refuse(request, pk)
    form = EditWalkForm(request.POST or None, initial=initial_of_walk(walk))
    invited = walk.attendees.coming().exclude(invited=None).exists()
    context = {"walk": walk, "area": walk.link.area, "form": form, "invited": invited, "places": _places(walk.link)}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_walk(
                walk=walk, starts_at=_starts(form), meeting=_meeting(walk, form.cleaned_data),
                expected_version=version, by=request.user, now=timezone.now(), address=answer_address(request),
            )  # fmt: skip
        except EditConflict:
            return conflict(request, "walks/edit.html", form, walk, context)
        except DAYS as trouble:
            add_domain_error(form, trouble, "day")
        except REFUSED as trouble:
            add_domain_error(form, trouble)
        else:
            told = invited and not is_over(walk.starts_at, timezone.now())
            messages.success(request, _("Saved. Who was invited is told.") if told else _("Saved."))
            return redirect("walks:walk", pk=pk)
    return render(request, "walks/edit.html", context, status=422 if form.errors else 200)


@require_POST
def skip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do without a walk before the agreement."""
    partnership, _rights = run_or_refuse(request, pk)
    form = SkipForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            skip_walk(
                partnership=partnership, reason=said["reason"], words=said["words"],
                creation_key=said["creation_key"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except (ReasonMissing, CprNumberFound) as trouble:
            add_domain_error(form, trouble, "words")
        else:
            messages.success(request, _("Noted: there is no walk before the agreement."))
            return redirect("walks:of_partnership", pk=pk)
    link, rights = link_and_rights(request, partnership.link_id)
    return _walks(request, link, rights, partnership, form=form)


@require_POST
def unskip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that the walk is skipped."""
    partnership, _rights = run_or_refuse(request, pk)
    for skipping in (
        Skipping.objects.visible_to(request.user, on=timezone.localdate())
        .standing()
        .filter(partnership=partnership)
        .select_related("partnership")
    ):
        take_back_skipping(skipping=skipping, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("walks:of_partnership", pk=pk)


def _walked(walk: Walk) -> str:
    """Return what to say of a walk that was just written down."""
    if walk.state == WalkState.HELD:
        return _("Noted: you have been on the walk. Now choose what you saw.")
    return _("The walk is planned. Now choose what you will see.")


def _starts(form: WhenForm) -> datetime:
    return moment(form.cleaned_data["day"], form.cleaned_data["time"])


def _meeting(walk: Walk, said: dict[str, Any]) -> Placed:
    """Return the meeting point; written as before, it stays where it was."""
    if said["meeting"] == walk.meeting_place:
        return Placed(walk.meeting_place, walk.x, walk.y)
    return find_place(walk.link.area, said["meeting"])


def _places(link: Link) -> list[str]:
    """Return what stands on the area's map under a name, to meet there."""
    here = link.area.resources.current().exclude(kind="person").filter(x__isnull=False)
    return list(here.order_by("name").values_list("name", flat=True)[:100])
