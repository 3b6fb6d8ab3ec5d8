"""Who comes on a walk: tick our own people, write those of the other sides, take somebody off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.models import LinkParty
from medspil.linking.parties import names_for
from medspil.notices.letters import AddressRefused, HeaderRefused
from medspil.partnerships.pitching import NoContact, possible_contacts
from medspil.partnerships.recipients import SourceMissing, suggested
from medspil.walks.attending import NobodyNamed, add_theirs, choose_ours, take_off
from medspil.walks.models import Walk
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.walks.forms import OursForm, TheirsForm, sides_of
from medspil.web.walks.loading import attendee_or_refuse, own_or_refuse
from medspil.web.walks.shown import people_of

REFUSED = (NobodyNamed, CprNumberFound, EditConflict, AddressRefused, HeaderRefused)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show who comes, and note somebody of another side."""
    walk = own_or_refuse(request, pk)
    form = TheirsForm(request.POST or None, sides=_sides(request, walk))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        side = get_object_or_404(walk.link.parties.for_page(), pk=said["side"])
        try:
            add_theirs(
                walk=walk, side=side, name=said["name"], email=said["email"], source=said["source"],
                creation_key=said["creation_key"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except SourceMissing as trouble:
            add_domain_error(form, trouble, "source")
        except REFUSED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted. Nobody is written to before you send the invitations."))
            return redirect("walks:people", pk=pk)
    return _page(request, walk, form)


@require_POST
def ours(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note which of the area's people come."""
    walk = own_or_refuse(request, pk)
    form = OursForm(request.POST, contacts=_contacts(walk))
    if form.is_valid():
        try:
            choose_ours(walk=walk, people=set(form.cleaned_data["people"]), by=request.user, now=timezone.now())
        except (NoContact, EditConflict) as trouble:
            messages.error(request, str(trouble))
        else:
            messages.success(request, _("Noted."))
    return redirect("walks:people", pk=pk)


@require_POST
def off(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Note that somebody does not come after all, or does."""
    attendee = attendee_or_refuse(request, pk)
    try:
        take_off(attendee=attendee, off=away, by=request.user, now=timezone.now())
    except EditConflict as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Noted: does not come.") if away else _("Noted: comes after all."))
    return redirect("walks:people", pk=attendee.walk_id)


def _page(request: SignedInRequest, walk: Walk, form: TheirsForm) -> HttpResponse:
    coming = walk.attendees.coming()
    ours_now = [one.user_id for one in coming if one.ours]
    context = {
        "walk": walk,
        "area": walk.link.area,
        "people": people_of(walk, request.user),
        "left": list(walk.attendees.exclude(left_at=None).filter(ours=False).select_related("user").order_by("pk")),
        "ours_form": OursForm(contacts=_contacts(walk), initial={"people": ours_now}),
        "form": form,
        "known": _known(walk),
    }
    return render(request, "walks/people.html", context, status=422 if form.errors else 200)


def _contacts(walk: Walk) -> Any:
    return possible_contacts(walk.link, now=timezone.now())


def _sides(request: SignedInRequest, walk: Walk) -> dict[int, str]:
    sides: list[LinkParty] = list(walk.link.parties.for_page())
    return sides_of(sides, names_for(request.user, sides), walk.link.area.owner_id)


def _known(walk: Walk) -> list[Any]:
    """Return the addresses of the other sides that Medspil knows, each with where it is from."""
    sides = [one for one in walk.link.parties.for_page() if one.organisation_id != walk.link.area.owner_id]
    return [one for side in sides for one in suggested(side)]
