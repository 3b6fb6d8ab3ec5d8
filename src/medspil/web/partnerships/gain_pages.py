"""What a side of a partnership gains: noted, taken off, confirmed by the side, asked for by a one-time link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.partnerships import gains, people
from medspil.partnerships.editing import PartnershipPutAway
from medspil.partnerships.gain_mails import ask_for_gains
from medspil.partnerships.models import When
from medspil.partnerships.questions import NobodyToAnswer
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.one_time import address_of
from medspil.web.partnerships.partnership_forms import GainForm
from medspil.web.partnerships.sides import side_or_refuse, side_page

NOT_NOTED = (
    gains.NoGain,
    gains.WordsTooLong,
    gains.GainConfirmed,
    people.HasLeft,
    PartnershipPutAway,
    CprNumberFound,
)


@require_POST
def note_gain(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Note a gain of a side."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    form = GainForm(request.POST, prefix="gain", gains=gains.choices_for(side))
    if form.is_valid():
        said = form.cleaned_data
        one = gains.Said(When(said["when"]), said["code"], said["words"])
        try:
            gains.note_gain(partner=side, said=one, by=request.user, now=timezone.now())
        except (*NOT_NOTED, EditConflict) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return _to_gains(pk, partner)
    return side_page(request, partnership, rights, side, gain_form=form, status=422)


@require_POST
def remove_gain(request: SignedInRequest, pk: int, partner: int, gain: int) -> HttpResponse:
    """Take a gain off."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    one = get_object_or_404(side.gains.all(), pk=gain)
    one.partner = side
    try:
        gains.remove_gain(gain=one, expected_version=one.version, by=request.user, now=timezone.now())
    except (*NOT_NOTED, EditConflict) as trouble:
        return side_page(request, partnership, rights, side, trouble=str(trouble), status=422)
    messages.success(request, _("Taken off. Noting it again undoes this."))
    return _to_gains(pk, partner)


@require_POST
def confirm_gain(request: SignedInRequest, pk: int, partner: int, gain: int) -> HttpResponse:
    """Let a side confirm a gain of its own."""
    _partnership, rights, side = side_or_refuse(request, pk, partner)
    if partner not in rights.own:
        raise PermissionDenied(_("Only the side itself confirms what it gains."))
    one = get_object_or_404(side.gains.all(), pk=gain)
    gains.confirm_gains(partner=side, keys=[one.pk], by=request.user, now=timezone.now())
    messages.success(request, _("Confirmed."))
    return _to_gains(pk, partner)


@require_POST
def ask_gains(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Ask a side by a one-time link what it gains."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    try:
        mailed = ask_for_gains(
            partner=side,
            by=request.user,
            now=timezone.now(),
            address=address_of(request, "partnerships:gains_answer"),
        )
    except (NobodyToAnswer, people.HasLeft, PartnershipPutAway) as trouble:
        return side_page(request, partnership, rights, side, trouble=str(trouble), status=422)
    if mailed:
        messages.success(request, _("A mail with a link is on its way."))
    else:
        messages.warning(request, _("No mail was sent: this site has no mail server. Ask the administrator."))
    return _to_gains(pk, partner)


def _to_gains(pk: int, partner: int) -> HttpResponse:
    return redirect(f"{reverse('partnerships:side', args=[pk, partner])}#gains")
