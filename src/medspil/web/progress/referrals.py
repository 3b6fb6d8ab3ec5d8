"""Hand a link on to a colleague; take it on, give it back, call it off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.partnerships.pitching import possible_contacts
from medspil.progress import referrals as services
from medspil.progress.models import Referral
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import REFUSED, rights_of, work_or_refuse
from medspil.web.progress.forms import AnswerForm, ReferForm

TROUBLES = (services.NotAColleague, services.HandedOnAlready, services.TextTooLong, CprNumberFound)


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand a link on to a colleague."""
    link = work_or_refuse(request, pk)
    colleagues = possible_contacts(link, now=timezone.now()).exclude(pk=request.user.pk)
    form = ReferForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        address = request.build_absolute_uri(reverse("linking:link", args=[pk]))
        try:
            made = services.refer(link=link, address=address, **form.cleaned_data, by=request.user, now=timezone.now())
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Handed on to {name}, who is told by mail.").format(name=made.taker))
            return redirect("linking:link", pk=pk)
    context = {"link": link, "area": link.area, "form": form, "alone": not colleagues.exists()}
    return render(request, "progress/refer.html", context, status=422 if form.errors else 200)


@require_POST
def answer(request: SignedInRequest, pk: int, *, taken: bool) -> HttpResponse:
    """Take a link on that a colleague hands on, or give it back."""
    referral = _referral(request, pk)
    form = AnswerForm(request.POST)
    text = form.cleaned_data["answer"] if form.is_valid() else ""
    try:
        if form.errors:
            raise services.TextTooLong
        services.answer(referral=referral, taken=taken, text=text, by=request.user, now=timezone.now())
    except (services.NotYours, services.TextTooLong, CprNumberFound, EditConflict) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("You are on it now.") if taken else _("Given back to your colleague."))
    return redirect("linking:link", pk=referral.link_id)


@require_POST
def call_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Call a referral off that waits for an answer."""
    referral = _referral(request, pk)
    try:
        services.call_off(referral=referral, by=request.user, now=timezone.now())
    except EditConflict as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Called off: it stays as it was."))
    return redirect("linking:link", pk=referral.link_id)


def _referral(request: SignedInRequest, pk: int) -> Referral:
    """Return a referral of a link that a person works with; 404 for strangers, 403 without the right."""
    seen = Referral.objects.visible_to(request.user, on=timezone.localdate()).for_page()
    referral = get_object_or_404(seen, pk=pk)
    if not rights_of(request.user, referral.link).works:
        raise PermissionDenied(REFUSED)
    return referral
