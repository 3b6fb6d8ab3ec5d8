"""What an organisation writes about a link for itself: written, changed and removed by its own people only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.linking import notes as services
from medspil.linking.models import Link, LinkNote
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.linking.link_forms import EditNoteForm, NoteForm, StepForm
from medspil.web.linking.link_loading import REFUSED, link_or_404
from medspil.web.linking.link_page import page


@require_POST
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a note for one's own organisation."""
    link = link_or_404(request, pk)
    voices = services.voices(request.user, link, on=timezone.localdate())
    if not voices.exists():
        raise PermissionDenied(REFUSED)
    form = NoteForm(request.POST, prefix="note", voices=voices)
    if not form.is_valid():
        return page(request, link, status=422, note_form=form)
    said = form.cleaned_data
    services.write_note(
        link=link,
        organisation=said["organisation"],
        text=said["text"],
        creation_key=said["creation_key"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("The note is saved. Only your organisation reads it."))
    return redirect("linking:link", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a note of one's own organisation."""
    note = _note(request, pk)
    form = EditNoteForm(request.POST or None, initial={"version": note.version, "text": note.text})
    context = {"note": note, "link": note.link, "area": note.link.area, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.edit_note(
                note=note, text=said["text"], expected_version=said["version"], by=request.user, now=timezone.now()
            )
        except EditConflict:
            return conflict(request, "linking/link_note.html", form, note, context)
        except services.NoteEmpty as trouble:
            add_domain_error(form, trouble, "text")
        else:
            messages.success(request, _("Saved."))
            return redirect("linking:link", pk=note.link_id)
    return render(request, "linking/link_note.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a note away for good."""
    note = _note(request, pk)
    link, form = note.link, StepForm(request.POST)
    if not form.is_valid():
        return page(request, link, trouble=_("Please load the page again."), status=422)
    try:
        services.remove_note(
            note=note, expected_version=form.cleaned_data["version"], by=request.user, now=timezone.now()
        )
    except EditConflict as trouble:
        return page(request, link, trouble=str(trouble), status=409)
    messages.success(request, _("The note is gone for good."))
    return redirect("linking:link", pk=link.pk)


def _note(request: SignedInRequest, pk: int) -> LinkNote:
    """Return a note of one's own organisation on a link that one sees."""
    today = timezone.localdate()
    notes = LinkNote.objects.visible_to(request.user, on=today)
    notes = notes.filter(link__in=Link.objects.visible_to(request.user, on=today))
    return get_object_or_404(notes.select_related("link__area__owner", "organisation"), pk=pk)
