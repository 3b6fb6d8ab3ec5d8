"""What can be changed on a link besides its steps: the sentence, who takes part, a consent, and putting it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.areas.changes import set_archived
from medspil.common.long_texts import LongerThanRoom
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking import asking, sides
from medspil.linking import links as services
from medspil.linking.deleted_sentences import sentence_for_outsiders
from medspil.linking.gate import CompanyClosedToUs, ResourceGone
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.models import Link
from medspil.linking.parties import Party
from medspil.partnerships.facts import can_be_written_to
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict, fragment
from medspil.web.linking.link_forms import ConsentForm, SentenceForm, StepForm
from medspil.web.linking.link_loading import link_or_404, work_or_refuse
from medspil.web.linking.link_page import page, shown_of
from medspil.web.linking.link_search import Choice, chosen, offered

PAGE = ["GET", "HEAD", "POST"]
LONGEST_QUERY = 100
FROM, LETTER = "fra", "brev"
"""How the address of the page tells that one came from the page from which one writes."""
REFUSED_PARTY = (CompanyClosedToUs, ResourceGone, StepNotAllowed, asking.LinkPutAway, CprNumberFound, LongerThanRoom)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say otherwise what they can do together."""
    link = work_or_refuse(request, pk)
    now_said = {"version": link.version, "sentence": sentence_for_outsiders(link)}
    form = SentenceForm(request.POST or None, initial=now_said)
    context: dict[str, Any] = {"link": link, "area": link.area, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.edit_link(
                link=link,
                sentence=said["sentence"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "linking/link_edit.html", form, link, context)
        messages.success(request, _("Saved."))
        return redirect("linking:link", pk=pk)
    return render(request, "linking/link_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let one more party take part; a search sends the same form and writes nothing."""
    link = work_or_refuse(request, pk)
    sent = request.POST if request.method == "POST" else None
    searching = sent is not None and "find" in sent
    picked = chosen(request.user, link.area, sent.getlist("party"), sent.dict()) if sent else []
    trouble, status = "", 200
    to_consent: list[Choice] = []
    if sent is not None and not searching:
        trouble, status = _("Tick who is to take part."), 422
        for one in picked:
            trouble = _add(request, link, one.party())
            if trouble:
                to_consent = [one] if one.lacks_consent else []
                break
        else:
            if picked:
                messages.success(request, _("Noted: one more takes part."))
                return redirect("linking:link", pk=pk)
    text = sent.get("q", "").strip()[:LONGEST_QUERY] if sent else ""
    there = {one.who.ref for one in picked} | {side.who.ref for side in shown_of(request.user, link).sides}
    context = {
        "link": link,
        "area": link.area,
        "parties": picked,
        "text": text,
        "trouble": trouble,
        "to_consent": to_consent,
        "found": [one for one in offered(request.user, link.area, text) if one.who.ref not in there],
    }
    template = fragment(request, "linking/link_add.html", "parties") if searching else "linking/link_add.html"
    return render(request, template, context, status=status)


def _add(request: SignedInRequest, link: Link, party: Party) -> str:
    """Add one party; return why not, or nothing."""
    try:
        sides.add_party(link=link, party=party, expected_version=link.version, by=request.user, now=timezone.now())
    except REFUSED_PARTY as trouble:
        return str(trouble)
    except EditConflict as trouble:
        return str(trouble)
    return ""


@require_POST
def remove(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Take a party off that was never asked."""
    link = work_or_refuse(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    form = StepForm(request.POST)
    if not form.is_valid():
        return page(request, link, trouble=_("Please load the page again."), status=422)
    try:
        sides.remove_party(
            link=link,
            party=side,
            expected_version=form.cleaned_data["version"],
            by=request.user,
            now=timezone.now(),
        )
    except (StepNotAllowed, services.TooFewParties, asking.LinkPutAway) as trouble:
        return page(request, link, trouble=str(trouble), status=422)
    except EditConflict as trouble:
        return page(request, link_or_404(request, pk), trouble=str(trouble), status=409)
    messages.success(request, _("Taken off. Adding it again undoes this."))
    return redirect("linking:link", pk=pk)


@require_http_methods(PAGE)
def consent(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Write down that a protected company has itself said that we may write to it; then back to where one came from."""
    link = work_or_refuse(request, pk)
    side = get_object_or_404(link.parties.for_page(), pk=party)
    form = ConsentForm(request.POST or None, initial={"version": link.version})
    letter = request.GET.get(FROM) == LETTER and can_be_written_to(link, side)
    back = reverse("partnerships:pitch", args=[pk, party]) if letter else reverse("linking:link", args=[pk])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sides.note_consent(
                link=link,
                party=side,
                on=said["on"],
                how=said["how"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except (sides.ConsentMissing, asking.DayAhead, CprNumberFound, EditConflict) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted. Now they may be asked."))
            return redirect(back)
    context = {"link": link, "area": link.area, "form": form, "side": side, "back_url": back}
    return render(request, "linking/link_consent.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put a link away, or bring it back."""
    link = work_or_refuse(request, pk)
    if away:
        sides.put_away(link=link, by=request.user, now=timezone.now())
        messages.success(request, _("The link is put away. Nothing is deleted."))
    else:
        set_archived(record=link, away=False, by=request.user, now=timezone.now())
        messages.success(request, _("The link is back."))
    return redirect("linking:link", pk=pk)
