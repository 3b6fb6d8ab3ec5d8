"""What people decide about a ranked company: keep it, set it aside, undo. All three can be sent twice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medspil.common.models import EditConflict
from medspil.linking import shortlist as services
from medspil.linking.models import Candidate, Decision
from medspil.organisations.roles import Ability
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking.forms import KeepForm, SeenVersion, SetAsideForm, UndoForm
from medspil.web.linking.loading import RankingPage, may_or_refuse, need_or_refuse

# Trouble that is told to the person; the page stays as it is.
REFUSED = (services.CompanyClosedToUs, services.ReasonMissing)


@require_POST
def keep(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Put a company on the shortlist of the need."""
    need, may = need_or_refuse(request, pk, Ability.SHORTLIST)
    page = RankingPage(request, need, may)
    form = KeepForm(request.POST)

    def act() -> Candidate:
        return services.keep(
            need=need,
            number=number,
            expected_version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
            filters=page.filter_form.filters(),
        )

    return _decide(page, form, number, act, _("{name} is on the list."))


@require_POST
def set_aside(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Set a company aside for the need, with a reason."""
    need, may = need_or_refuse(request, pk, Ability.SHORTLIST)
    page = RankingPage(request, need, may)
    form = SetAsideForm(request.POST)

    def act() -> Candidate:
        return services.set_aside(
            need=need,
            number=number,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            expected_version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )

    return _decide(page, form, number, act, _("{name} is set aside for this need."))


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a decision back to what stood before."""
    candidates = Candidate.objects.visible_to(request.user).select_related(
        "need__area__owner", "need__challenge", "unit"
    )
    candidate = get_object_or_404(candidates, pk=pk)
    page = RankingPage(request, candidate.need, may_or_refuse(request, candidate.need, Ability.SHORTLIST))
    form = UndoForm(request.POST)

    def act() -> Candidate:
        return services.undo(
            candidate=candidate,
            to=Decision(form.cleaned_data["to"]),
            expected_version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )

    return _decide(page, form, candidate.unit.number, act, _("Undone: {name}."))


def _decide(page: RankingPage, form: SeenVersion, number: int, act: Callable[[], Candidate], done: str) -> HttpResponse:
    """Do it, and answer with the changed row, the page it came from, or both decisions side by side."""
    request = page.request
    if not form.is_valid():
        if isinstance(form, SetAsideForm) and not request.htmx:
            return _again(page, form, number)
        return _told(page, " ".join(str(error) for errors in form.errors.values() for error in errors))
    try:
        candidate = act()
    except services.UnknownCompany as problem:
        raise Http404(str(problem)) from problem
    except REFUSED as problem:
        return _told(page, str(problem))
    except EditConflict:
        return _conflict(page, number, form)
    if request.htmx:
        return _changed_row(page, candidate)
    messages.success(request, done.format(name=candidate.unit.name))
    back = form.cleaned_data.get("back")
    there = {
        "shortlist": reverse("linking:shortlist", args=[page.need.pk]),
        "company": reverse("linking:company_needs", args=[number]),
    }
    return redirect(there.get(back or "", f"{page.url}#unit-{number}"))


def _again(page: RankingPage, form: SetAsideForm, number: int) -> HttpResponse:
    """Ask once more, with what was written; with HTMX it stands in the row still."""
    name = next((row.name for row in page.rows if row.number == str(number)), "")
    context = {"page": page, "need": page.need, "area": page.need.area, "form": form, "name": name}
    return render(page.request, "linking/set_aside.html", context, status=422)


def _told(page: RankingPage, text: str) -> HttpResponse:
    """Say why nothing was done, on the page it came from."""
    if page.request.htmx:
        return _above(render(page.request, "linking/_refused.html", {"text": text}, status=422))
    messages.error(page.request, text)
    return redirect(page.url)


def _changed_row(page: RankingPage, candidate: Candidate) -> HttpResponse:
    """Answer HTMX with the row as it now stands; a company that left the ranking becomes a line with undo."""
    number = candidate.unit.number
    candidate = Candidate.objects.visible_to(page.request.user).for_change().get(pk=candidate.pk)
    row = next((row for row in page.rows if row.number == str(number)), None)
    context: dict[str, Any] = {
        "page": page,
        "need": page.need,
        "row": row,
        "candidate": candidate,
        "may_here": page.may,
        "set_aside_form": SetAsideForm(),
    }
    return render(page.request, "linking/_changed.html", context)


def _conflict(page: RankingPage, number: int, form: SeenVersion) -> HttpResponse:
    """Answer 409: what somebody else decided meanwhile, and the same choice again from what stands now."""
    theirs = (
        Candidate.objects.visible_to(page.request.user)
        .of(page.need)
        .filter(unit__number=number)
        .select_related("unit", "decided_by")
        .first()
    )
    if theirs is None:
        raise Http404
    context = {
        "page": page,
        "need": page.need,
        "area": page.need.area,
        "theirs": theirs,
        "mine": {name: value for name, value in form.cleaned_data.items() if name != "version" and value},
        "again": page.request.get_full_path(),
    }
    return _above(render(page.request, fragment(page.request, "linking/conflict.html", "part"), context, status=409))


def _above(response: HttpResponse) -> HttpResponse:
    """Tell HTMX to put the answer above the list instead of over the row, which must not be lost."""
    response["HX-Retarget"] = "#told"
    response["HX-Reswap"] = "innerHTML show:#told:top"
    return response
