"""Give somebody a part on a side of a partnership, and end it with what is handed on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.partnerships import people
from medspil.partnerships.editing import PartnershipPutAway, TextTooLong
from medspil.partnerships.models import Part, PartnerPerson
from medspil.partnerships.side_people import colleagues, people_of
from medspil.partnerships.unreached import unreached
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.partnerships import partnership_words as words
from medspil.web.partnerships.partnership_forms import EndPartForm, PersonForm
from medspil.web.partnerships.sides import side_or_refuse

PAGE = ["GET", "HEAD", "POST"]
NOT_NAMED = (
    people.NobodyNamed,
    people.NotReached,
    people.OriginMissing,
    people.DaysMixedUp,
    people.NotOfThatSide,
    people.HasLeft,
    PartnershipPutAway,
    TextTooLong,
    CprNumberFound,
)


@require_http_methods(PAGE)
def name_person(request: SignedInRequest, pk: int, partner: int, part: str) -> HttpResponse:
    """Give somebody a part on a side."""
    partnership, rights, side = side_or_refuse(request, pk, partner)
    if part not in Part.values:
        raise Http404
    wanted, today = Part(part), timezone.localdate()
    before = people_of([side], on=today)[side.pk]
    changes = wanted == Part.CONTACT and before.contact is not None
    hers = colleagues(side)
    initial = {"version": side.version, "from_on": today}
    if side.pk in rights.own and wanted == Part.CONTACT and not changes:
        initial["user"] = request.user.pk
    lost = next((one for one in unreached([before], of=partnership.link.area.owner_id) if one.part == wanted), None)
    form = PersonForm(
        request.POST or None, part=wanted, colleagues=hers, changes=changes, initial=initial | _without_address(lost)
    )
    context = {
        "partnership": partnership,
        "side": side,
        "form": form,
        "title": words.NAME_ONE[wanted],
        "lead": words.WHAT_FOR[wanted],
        "before": before.contact if changes else None,
        "lost": lost,
    }
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            people.name_person(
                partner=side,
                part=wanted,
                who=form.who(),
                from_on=said["from_on"],
                to_on=said.get("to_on"),
                handover=said.get("handover", ""),
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/person.html", form, side, context)
        except NOT_NAMED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return redirect("partnerships:side", pk=pk, partner=partner)
    return render(request, "partnerships/person.html", context, status=422 if form.errors else 200)


def _without_address(lost: PartnerPerson | None) -> dict[str, object]:
    """Return what the form begins with for somebody whose mails came back: all of her but where she is written to."""
    if lost is None or lost.user:
        return {}
    kept = ("name", "function", "phone", "purpose", "may_decide_kroner", "may_decide_topics", "to_on")
    return {name: getattr(lost, name) for name in kept}


@require_http_methods(PAGE)
def end_person(request: SignedInRequest, pk: int, partner: int, person: int) -> HttpResponse:
    """End somebody's part, with what she leaves to whoever comes next."""
    partnership, _rights, side = side_or_refuse(request, pk, partner)
    found = PartnerPerson.objects.visible_to(request.user).filter(partner=side).select_related("user")
    one = get_object_or_404(found, pk=person)
    one.partner = side
    form = EndPartForm(request.POST or None, initial={"version": one.version, "on": timezone.localdate()})
    context = {
        "partnership": partnership, "side": side, "form": form, "person": one,
        "title": _("End the part"), "lead": f"{one.shown_name}: {one.get_part_display()}",
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            people.end_part(
                person=one,
                on=said["on"],
                handover=said["handover"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/person.html", form, one, context)
        except NOT_NAMED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return redirect("partnerships:side", pk=pk, partner=partner)
    return render(request, "partnerships/person.html", context, status=422 if form.errors else 200)
