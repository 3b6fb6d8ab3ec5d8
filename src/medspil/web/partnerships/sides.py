"""The page of one side of a partnership: its people, what it gains, and its leaving."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.catalogue.vocabulary import vocabulary
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.gate import ConsentTakenBack
from medspil.linking.sides import write_brings
from medspil.partnerships import gains, people
from medspil.partnerships.editing import PartnershipPutAway
from medspil.partnerships.models import Part, Partner, PartnerGain, PartnerPerson, Partnership, When
from medspil.partnerships.permissions import PartnershipRights
from medspil.partnerships.side_people import people_of
from medspil.partnerships.standing import WhyMissing
from medspil.partnerships.taking_part import BeforeItJoined, come_back, leave
from medspil.partnerships.unreached import unreached
from medspil.web.areas.words import language
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_forms import BringsForm
from medspil.web.linking.link_parties import eyes_of
from medspil.web.partnerships import partnership_words as words
from medspil.web.partnerships.bringing import may_bring
from medspil.web.partnerships.partnership_forms import EndPartForm, GainForm, LeaveForm
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404

PAGE = ["GET", "HEAD", "POST"]
NOT_LEFT = (people.HasLeft, WhyMissing, BeforeItJoined, DayAhead, PartnershipPutAway, CprNumberFound)


def side_or_refuse(request: SignedInRequest, pk: int, partner: int) -> tuple[Partnership, PartnershipRights, Partner]:
    """Return one side of a partnership, for its own people and those who lead; 404 for strangers, 403 for others."""
    partnership, rights = partnership_or_404(request, pk)
    side = next((one for one in partnership.partners.all() if one.pk == partner), None)
    if side is None:
        raise Http404
    if not rights.runs and partner not in rights.own:
        raise PermissionDenied(REFUSED)
    side.partnership = partnership
    return partnership, rights, side


@require_safe
def detail(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Show one side."""
    return side_page(request, *side_or_refuse(request, pk, partner))


def side_page(
    request: SignedInRequest,
    partnership: Partnership,
    rights: PartnershipRights,
    side: Partner,
    *,
    trouble: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Answer with the page of a side; `trouble` says why what was asked was not done."""
    today = timezone.localdate()
    there = people_of([side], on=today)[side.pk]
    later = PartnerPerson.objects.visible_to(request.user).filter(partner=side, from_on__gt=today).for_page()
    earlier = PartnerPerson.objects.visible_to(request.user).filter(partner=side, to_on__lt=today).for_page()
    own = side.pk in rights.own
    context = {
        "partnership": partnership,
        "rights": rights,
        "side": side,
        "own": own,
        "changeable": side.left_on is None and partnership.archived_at is None,
        "name": eyes_of(request.user, [partnership.link]).who(side.side).name,
        "trouble": trouble,
        "people": there,
        "gaps": [words.GAPS[gap] for gap in there.gaps],
        "unreached": [] if side.left_on else unreached([there], of=partnership.link.area.owner_id),
        "parts": [(part, words.PARTS[part], _shown(there, part), words.NAME_ONE[part]) for part in Part],
        "later": later,
        "earlier": earlier,
        "gains": _gains(side),
        "waiting": any(gain.confirmed_at is None for gain in side.gains.all()),
        "gain_form": GainForm(prefix="gain", gains=gains.choices_for(side), initial={"when": When.EXPECTED}),
        "end_form": EndPartForm(initial={"on": today}),
        "leave_form": LeaveForm(prefix="leave", initial={"version": side.version, "on": today}),
        "may_bring": may_bring(rights, side),
        "bring_form": BringsForm(
            prefix="bring", initial={"version": partnership.link.version, "brings": side.side.brings}
        ),
    }
    return render(request, "partnerships/side.html", context | more, status=status)


def _shown(there: Any, part: Part) -> list[tuple[PartnerPerson, bool]]:
    """Return who has a part today, each with whether she cannot be asked any more."""
    return [(one, one.pk in there.gone) for one in there.everybody if one.part == part]


def _gains(side: Partner) -> list[tuple[str, list[tuple[PartnerGain, str]]]]:
    """Return the gains of a side in words: hoped for and had."""
    known = vocabulary().gains
    rows = list(side.gains.order_by("pk"))
    return [
        (
            str(when.label),
            [(one, known[one.code].name(language()) if one.code in known else "") for one in rows if one.when == when],
        )
        for when in When
    ]


@require_POST
def write_what_it_brings(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Write what a side brings."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    if not may_bring(rights, side):
        raise PermissionDenied(_("What a side brings is for its own people to write."))
    form = BringsForm(request.POST, prefix="bring")
    if form.is_valid():
        said = form.cleaned_data
        try:
            write_brings(
                link=partnership.link,
                party=side.side,
                brings=said["brings"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except (LinkPutAway, ConsentTakenBack, CprNumberFound, EditConflict) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:side", pk=pk, partner=partner)
    return side_page(request, partnership, rights, side, bring_form=form, status=422)


@require_POST
def leave_it(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Let a side withdraw."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    form = LeaveForm(request.POST, prefix="leave")
    if form.is_valid():
        said = form.cleaned_data
        try:
            leave(
                partner=side,
                on=said["on"],
                why=said["why"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except (*NOT_LEFT, EditConflict) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted. What was done together stays on the page."))
            return redirect("partnerships:detail", pk=pk)
    return side_page(request, partnership, rights, side, leave_form=form, status=422)


@require_POST
def back_again(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Let a side take part again that had left."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    try:
        come_back(partner=side, on=timezone.localdate(), by=request.user, now=timezone.now())
    except PartnershipPutAway as trouble:
        return side_page(request, partnership, rights, side, trouble=str(trouble), status=422)
    messages.success(request, _("Noted: takes part again."))
    return redirect("partnerships:detail", pk=pk)
