"""Challenges: a new one, changing one, putting it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas import services
from medspil.organisations.roles import Ability
from medspil.web.areas.challenge_forms import ChallengeForm, NewChallengeForm
from medspil.web.areas.loading import area_or_refuse, challenge_or_refuse, sent
from medspil.web.areas.saving import handle
from medspil.web.areas.views import case_example
from medspil.web.http import SignedInRequest

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Describe something the area wants to change."""
    area, _may = area_or_refuse(request, pk, Ability.EDIT_NEED)
    form = NewChallengeForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        services.create_challenge(area=area, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The challenge is added."))
        return redirect("areas:detail", pk=pk)
    context = {"area": area, "form": form, "example": case_example()}
    return render(request, "areas/challenge_create.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a challenge."""
    challenge, _may = challenge_or_refuse(request, pk)
    form = ChallengeForm(*sent(request), record=challenge)
    context = {"area": challenge.area, "challenge": challenge}
    back = reverse("areas:detail", args=[challenge.area_id])
    return handle(request, form, template="areas/challenge.html", context=context, back=back)


@require_POST
def archive(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put a challenge away, or bring it back; its needs stay."""
    challenge, _may = challenge_or_refuse(request, pk)
    services.set_archived(record=challenge, away=away, by=request.user, now=timezone.now())
    if away:
        return redirect("areas:challenge_edit", pk=pk)
    messages.success(request, _("The challenge is back."))
    return redirect("areas:detail", pk=challenge.area_id)
