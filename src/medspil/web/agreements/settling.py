"""What is done with a version that was proposed: confirm it, ask a side, change it, pause it, end it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.agreements import settled
from medspil.agreements.asking import GATE, Asked, CannotAsk, ask_to_confirm
from medspil.agreements.confirming import (
    AlreadyConfirmed,
    OtherVersion,
    PartiesChanged,
    Signature,
    WhoMissing,
)
from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.reading import frozen_of
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.telling import change_and_tell, confirm_and_tell
from medspil.agreements.wording import in_words
from medspil.agreements.writing import TextTooLong
from medspil.alignment.models import Why
from medspil.common.long_texts import LongerThanRoom
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.notices.letters import AddressRefused, HeaderRefused
from medspil.partnerships.editing import PartnershipPutAway
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partner
from medspil.partnerships.standing import BeforeItBegan, CannotFollow
from medspil.web.agreements import shown, views
from medspil.web.agreements.forms import ChangeForm, ConfirmForm, EndForm, RestForm
from medspil.web.agreements.loading import names_of, run_version_or_refuse, version_or_404
from medspil.web.alignment.forms import AskForm, initial_ask
from medspil.web.alignment.recipients import known_for
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, whole_number
from medspil.web.one_time import address_of
from medspil.web.partnerships.partnership_loading import REFUSED

REFUSALS = (
    WhoMissing, LongerThanRoom, OtherVersion, AlreadyConfirmed, PartiesChanged, NotNow, StepNotAllowed, CprNumberFound,
)  # fmt: skip
"""What a confirmation can be refused for; each says in a sentence why."""
STOPPED = (settled.ReasonMissing, settled.ReviewMissing, TextTooLong, CprNumberFound)
NOT_WITH_IT = (CannotFollow, BeforeItBegan, PartnershipPutAway)
"""Why the partnership cannot rest, end or go on with its agreement."""


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedInRequest, pk: int, number: int, partner: int) -> HttpResponse:
    """Say yes for one's own side to the version that is shown, letter by letter."""
    partnership, rights, agreement = version_or_404(request, pk, number)
    side = get_object_or_404(partnership.partners.for_page(), pk=partner)
    if side.pk not in rights.own:
        raise PermissionDenied(REFUSED)
    frozen = frozen_of(agreement)
    if frozen is None:
        raise Http404
    form = ConfirmForm(request.POST or None, initial={"sha256": frozen.sha256, "name": request.user.name})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            done = confirm_and_tell(
                agreement=agreement, partner=side, sha256=said.pop("sha256"), signature=Signature(**said),
                by=request.user, now=timezone.now(), address_of=address_of(request, "agreements:copy"),
            )  # fmt: skip
        except REFUSALS as trouble:
            add_domain_error(form, trouble)
        else:
            settled_now = done.state == AgreementState.CONFIRMED
            messages.success(request, _("All sides have confirmed it.") if settled_now else _("Your yes is noted."))
            return redirect("agreements:version", pk=pk, number=number)
    context = {
        "partnership": partnership,
        "agreement": agreement,
        "name": names_of(request, partnership)[side.pk],
        "facts": shown.facts_of(agreement, frozen.content),
        "fields": in_words(frozen.content),
        "frozen": frozen,
        "form": form,
    }
    return render(request, "agreements/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int, number: int, partner: int) -> HttpResponse:
    """Mail somebody of a side a link by which she confirms."""
    partnership, agreement = run_version_or_refuse(request, pk, number)
    side = get_object_or_404(partnership.partners.for_page(), pk=partner)
    side.partnership = partnership
    known = known_for(side)
    form = AskForm(request.POST or None, known=known, why=Why.SETTLE, initial=initial_ask(known, None))
    context: dict[str, Any] = {
        "partnership": partnership,
        "agreement": agreement,
        "name": names_of(request, partnership)[side.pk],
    }
    if request.method == "POST" and form.is_valid():
        try:
            asked = _ask(request, agreement, side, form)
        except (CannotAsk, *GATE, AddressRefused, HeaderRefused, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            if not asked.mailed:
                return render(request, "agreements/asked.html", context | {"address": asked.address})
            messages.success(request, _("The mail is on its way."))
            return redirect("agreements:version", pk=pk, number=number)
    return render(request, "agreements/ask.html", context | {"form": form}, status=422 if form.errors else 200)


def _ask(request: SignedInRequest, agreement: Agreement, side: Partner, form: AskForm) -> Asked:
    to = form.recipient()
    return ask_to_confirm(
        agreement=agreement, partner=side, email=to.email, name=to.name, source=to.source, language=to.language,
        by=request.user, now=timezone.now(), address_of=address_of(request, "agreements:answer"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Change a version that waits for confirmations: a new draft; those who had confirmed are told."""
    partnership, agreement = run_version_or_refuse(request, pk, number)
    form = ChangeForm(request.POST or None, initial={"version": agreement.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            change_and_tell(
                agreement=agreement, expected_version=said["version"], by=request.user, now=timezone.now(),
                why=said["why"],
            )  # fmt: skip
        except (StepNotAllowed, EditConflict) as trouble:
            return views.version_page(request, pk, number, trouble=str(trouble), status=409)
        except CprNumberFound as trouble:
            add_domain_error(form, trouble, "why")
        else:
            messages.success(request, _("A new version is open. The confirmations of the old one count no more."))
            return redirect("agreements:overview", pk=pk)
    given = agreement.confirmations.count()
    context = {"partnership": partnership, "agreement": agreement, "form": form, "given": given}
    return render(request, "agreements/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SignedInRequest, pk: int, number: int, *, ending: bool) -> HttpResponse:
    """Pause what is in force, or end it with what came of it."""
    partnership, agreement = run_version_or_refuse(request, pk, number)
    kind = EndForm if ending else RestForm
    form = kind(request.POST or None, initial={"version": agreement.version})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        service = settled.end if ending else settled.pause
        try:
            service(
                agreement=agreement, expected_version=said.pop("version"), by=request.user, now=timezone.now(), **said
            )
        except (StepNotAllowed, EditConflict, *NOT_WITH_IT) as trouble:
            return views.version_page(request, pk, number, trouble=str(trouble), status=409)
        except STOPPED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The agreement has ended.") if ending else _("The agreement is paused."))
            return redirect("agreements:version", pk=pk, number=number)
    context = {"partnership": partnership, "agreement": agreement, "form": form, "ending": ending}
    return render(request, "agreements/stop.html", context, status=422 if form.errors else 200)


@require_POST
def go_on(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take up again what was paused, or ended by mistake."""
    _partnership, agreement = run_version_or_refuse(request, pk, number)
    seen = whole_number(request.POST.get("version", ""))
    try:
        settled.go_on(agreement=agreement, expected_version=seen, by=request.user, now=timezone.now())
    except (StepNotAllowed, EditConflict, *NOT_WITH_IT) as trouble:
        return views.version_page(request, pk, number, trouble=str(trouble), status=409)
    messages.success(request, _("The agreement is in force again."))
    return redirect("agreements:version", pk=pk, number=number)
