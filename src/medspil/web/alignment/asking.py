"""Ask a side by a one-time link in a mail, choose when to remind it, and take the question back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.alignment import inviting
from medspil.alignment.models import Why
from medspil.alignment.sheets import latest_of
from medspil.common.privacy import CprNumberFound
from medspil.notices.letters import AddressRefused, HeaderRefused
from medspil.partnerships.going_on import NotNow, why_not
from medspil.partnerships.models import Partner
from medspil.web.alignment.forms import AskForm, RemindForm, initial_ask
from medspil.web.alignment.loading import address_by, run_or_refuse
from medspil.web.alignment.recipients import known_for
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest

TROUBLES = (
    NotNow,
    inviting.SourceMissing,
    inviting.DayOver,
    AddressRefused,
    HeaderRefused,
    CprNumberFound,
)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Mail a side a link: to fill in its own, or, when it has, to settle what differs."""
    side, actor = run_or_refuse(request, pk, partner)
    latest = latest_of(side)
    why = Why.SETTLE if latest and not latest.waits else Why.SHEET
    if request.GET.get("why") == Why.SHEET:
        why = Why.SHEET  # to change what was handed in
    known, last = known_for(side), inviting.last_asked(side)
    form = AskForm(request.POST or None, known=known, why=why, initial=initial_ask(known, last))
    context = {
        "partnership": side.partnership,
        "side": side,
        "name": actor.names.get(side.pk, ""),
        "why": why.value,
        "latest": latest,
        "asked": inviting.under_way(side, now=timezone.now()),
        "why_not": why_not(side.partnership),
        "today": timezone.localdate(),
    }
    if request.method == "POST" and form.is_valid():
        try:
            asked = _invite(request, side, why, form)
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
        else:
            if not asked.mailed:
                return render(request, "alignment/asked.html", context | {"address": asked.address})
            messages.success(request, _("The mail is on its way."))
            return redirect("alignment:overview", pk=pk)
    return render(request, "alignment/ask.html", context | {"form": form}, status=422 if form.errors else 200)


def _invite(request: SignedInRequest, side: Partner, why: Why, form: AskForm) -> inviting.Asked:
    return inviting.invite(
        partner=side,
        why=why,
        to=form.recipient(),
        by=request.user,
        now=timezone.now(),
        address=address_by(request),
        remind_on=form.cleaned_data.get("remind_on"),
    )


@require_POST
def remind(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Choose the day on which a side is reminded."""
    side, _actor = run_or_refuse(request, pk, partner)
    form, asked = RemindForm(request.POST), inviting.under_way(side, now=timezone.now())
    try:
        if not form.is_valid() or asked is None:
            raise inviting.DayOver
        inviting.remind_on(invitation=asked, day=form.cleaned_data["day"], now=timezone.now())
    except (inviting.DayOver, inviting.NothingToRemindOf) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Saved."))
    return redirect("alignment:ask", pk=pk, partner=partner)


@require_POST
def back(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Take a question back."""
    side, _actor = run_or_refuse(request, pk, partner)
    if asked := inviting.under_way(side, now=timezone.now()):
        inviting.take_back(invitation=asked, by=request.user, now=timezone.now())
        messages.success(request, _("The link is taken back."))
    return redirect("alignment:ask", pk=pk, partner=partner)
