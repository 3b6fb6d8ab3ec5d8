"""Under way with the phone: stop by stop, one form that is saved by itself, and the link that an offer becomes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import names_for
from medspil.walks import noting
from medspil.walks.models import StopNote, WalkStop
from medspil.walks.permissions import rights_in
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.walks import words
from medspil.web.walks.forms import EditNoteForm, NewNoteForm, VersionForm, initial_of_note, sides_of
from medspil.web.walks.loading import note_or_refuse, own_or_refuse, stop_or_refuse
from medspil.web.walks.shown import length_shown, stops_of

PAGE = ["GET", "HEAD", "POST"]
REFUSED = (noting.NothingNoted, noting.TooMuchNoted, noting.KindUnknown, CprNumberFound)


@require_http_methods(["GET", "HEAD"])
def way(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the stops for one thumb, each with what was noted there."""
    walk = own_or_refuse(request, pk)
    stops = stops_of(walk, request.user, rights_in(request.user, walk.link))
    noted = StopNote.objects.visible_to(request.user).filter(stop__walk=walk).values_list("stop", flat=True)
    counts = [(one, sum(1 for stop in noted if stop == one.stop.pk)) for one in stops]
    context = {
        "walk": walk,
        "area": walk.link.area,
        "stops": counts,
        "length": length_shown(walk, stops),
        "when": words.when(walk.starts_at),
        "version_form": VersionForm(initial={"version": walk.version}),
        "its_day": timezone.localdate(walk.starts_at) <= timezone.localdate(),
    }
    return render(request, "walks/way.html", context)


@require_http_methods(PAGE)
def at_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note what was offered or said at a stop; saved before anything is made of it."""
    stop = stop_or_refuse(request, pk)
    sides = {side.pk: side for side in stop.walk.link.parties.for_page()}
    names = sides_of(list(sides.values()), names_for(request.user, sides.values()), stop.walk.link.area.owner_id)
    form = NewNoteForm(request.POST or None, sides=names)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            noted = noting.note(
                stop=stop, side=sides.get(said["side"]), text=said["text"], kind=said["kind"],
                amount=said["amount"], creation_key=said["creation_key"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except EditConflict as trouble:
            add_domain_error(form, trouble)
        except REFUSED as trouble:
            add_domain_error(form, trouble, "text")
        else:
            messages.success(request, _("Saved."))
            if noted.kind and not noted.made:
                _make_link(request, noted)
            return redirect("walks:at_stop", pk=pk)
    return render(request, "walks/at_stop.html", _context(request, stop, form), status=422 if form.errors else 200)


@require_http_methods(PAGE)
def edit_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a note otherwise."""
    noted = note_or_refuse(request, pk)
    form = EditNoteForm(request.POST or None, initial=initial_of_note(noted))
    context = {"noted": noted, "walk": noted.stop.walk, "area": noted.stop.walk.link.area, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            noting.change_note(
                noted=noted, text=said["text"], kind=said["kind"], amount=said["amount"],
                expected_version=said["version"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except EditConflict:
            return conflict(request, "walks/note.html", form, noted, context)
        except REFUSED as trouble:
            add_domain_error(form, trouble, "text")
        else:
            messages.success(request, _("Saved."))
            return redirect("walks:at_stop", pk=noted.stop_id)
    return render(request, "walks/note.html", context, status=422 if form.errors else 200)


@require_POST
def make_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the link of an offer that could not be made, or was no offer, when it was noted."""
    noted = note_or_refuse(request, pk)
    _make_link(request, noted)
    return redirect("walks:at_stop", pk=noted.stop_id)


@require_POST
def remove_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a note away for good, and put the link away that came of it if nothing else happened there."""
    noted = note_or_refuse(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        gone = noting.remove_note(noted=noted, expected_version=version, by=request.user, now=timezone.now())
    except EditConflict as trouble:
        messages.error(request, str(trouble))
    else:
        words = _("The note is gone for good, and the link that it made is put away.")
        messages.success(request, words if gone else _("It is gone for good."))
    return redirect("walks:at_stop", pk=noted.stop_id)


def _make_link(request: SignedInRequest, noted: StopNote) -> None:
    """Make the link of an offer and say so; where it cannot be made, say why: the note is there."""
    try:
        made = noting.make_link(noted=noted, by=request.user, now=timezone.now())
    except noting.NO_LINK as trouble:
        messages.warning(request, _("It is no link yet: {why}").format(why=trouble))
        return
    if made.pk == noted.stop.walk.link_id:
        messages.info(request, _("It belongs to the link that you walk for."))
    else:
        messages.success(request, _("The offer is a link now, as an idea."))


def _context(request: SignedInRequest, stop: WalkStop, form: NewNoteForm) -> dict[str, Any]:
    walk, rights = stop.walk, rights_in(request.user, stop.walk.link)
    stops = stops_of(walk, request.user, rights)
    place = next((at for at, one in enumerate(stops) if one.stop.pk == stop.pk), None)
    notes = list(StopNote.objects.visible_to(request.user).filter(stop=stop).for_page())
    names = names_for(request.user, [one.side for one in notes if one.side])
    return {
        "walk": walk,
        "area": walk.link.area,
        "stop": stop,
        "shown": stops[place] if place is not None else None,
        "number": len(stops),
        "before": stops[place - 1] if place else None,
        "after": stops[place + 1] if place is not None and place + 1 < len(stops) else None,
        "form": form,
        "notes": [(one, names.get(one.side_id or 0, "")) for one in notes],
    }
