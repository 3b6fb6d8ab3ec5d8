"""A new offer in two steps – whose it is, and what it is – and changing one."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.areas.changes import last_change
from medspil.areas.privacy import CprNumberFound
from medspil.areas.services import UnknownKind
from medspil.common.models import EditConflict
from medspil.offers import services
from medspil.offers.models import Offer
from medspil.offers.permissions import areas_to_offer_to, givers, recorders
from medspil.web.areas.loading import sent
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest, fragment
from medspil.web.offers import drafts
from medspil.web.offers.forms import EditNotedOfferForm, EditOfferForm, NewOfferForm, NotedOfferForm
from medspil.web.offers.giving import Giver, found_givers, giver_of, own_givers
from medspil.web.offers.loading import offer_to_change
from medspil.web.parts import Difference

PAGE = ["GET", "HEAD", "POST"]
LONGEST_NAME = 200
TROUBLES = (
    CprNumberFound,
    UnknownKind,
    services.NobodySees,
    services.OfferClosed,
    services.ProtectedGiver,
    services.SaidLater,
    services.SourceMissing,
)


@require_safe
def choose(request: SignedInRequest) -> HttpResponse:
    """Ask whose offer it is: one's own organisation, or another that is looked up."""
    own, others = own_givers(request.user), recorders(request.user).exists()
    if not own and not others:
        raise PermissionDenied(_("Your role does not let you make offers."))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_NAME]
    if len(own) == 1 and not others:
        return redirect(_address(request, own[0]))
    found = found_givers(request.user, text) if others and text else []
    context = {
        "own": [(giver, _address(request, giver)) for giver in own],
        "found": [(giver, _address(request, giver)) for giver in found],
        "others": others,
        "text": text,
    }
    return render(request, fragment(request, "offers/choose.html", "results"), context)


@require_http_methods(PAGE)
def create(request: SignedInRequest) -> HttpResponse:
    """Make an offer in the giver's own name, or note it down for the giver."""
    if not (givers(request.user).exists() or recorders(request.user).exists()):
        raise PermissionDenied(_("Your role does not let you make offers."))
    giver = giver_of(request.user, request.GET.get("giver", ""))
    if giver is None:
        return redirect("offers:choose")
    form = _new_form(request, giver)
    if request.method == "POST" and form.is_valid():
        offer = _made(request, giver, form)
        if offer:
            drafts.drop(request)
            messages.success(request, _("The offer is saved. Here are the needs that it meets."))
            return redirect("offers:detail", pk=offer.pk)
    context = {
        "form": form,
        "giver": giver,
        "kept": request.method != "POST" and bool(drafts.kept(request)),
        "may_choose": recorders(request.user).exists() or len(own_givers(request.user)) > 1,
    }
    return render(request, "offers/create.html", context, status=422 if form.errors else 200)


@require_POST
def draft(request: SignedInRequest) -> HttpResponse:
    """Keep what is written so far; the page asks by itself, or a button on the way to another giver."""
    whole = drafts.keep(request)
    if not request.htmx:
        return redirect("offers:choose")
    said = _("Kept %(time)s") if whole else _("Kept %(time)s, without the text that looks like a CPR number")
    said %= {"time": date_format(timezone.localtime(), "TIME_FORMAT")}
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@require_POST
def drop_draft(request: SignedInRequest) -> HttpResponse:
    """Begin afresh."""
    drafts.drop(request)
    return redirect("offers:choose")


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change an offer; nobody's text is lost when two do so at once."""
    offer, _may = offer_to_change(request, pk)
    areas = areas_to_offer_to(request.user, offer, timezone.localdate())
    form_class = EditNotedOfferForm if offer.noted_down else EditOfferForm
    form = form_class(*sent(request), record=offer, areas=areas)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_offer(
                offer=offer,
                expected_version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
                areas=form.chosen_areas(),
                **form.facts(),
                **_said(form),
            )
        except EditConflict:
            return _conflict(request, form, offer)
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
        except ValidationError as trouble:
            form.add_error(None, ValidationError(trouble.messages))
        else:
            messages.success(request, _("The offer is saved."))
            return redirect("offers:detail", pk=pk)
    return render(request, "offers/edit.html", {"form": form, "offer": offer}, status=422 if form.errors else 200)


def _address(request: SignedInRequest, giver: Giver) -> str:
    """Return the address of the form for a giver; the need or kind it is for goes along."""
    said = {"giver": giver.ref} | {name: request.GET[name] for name in ("kind", "area") if request.GET.get(name)}
    return f"{reverse('offers:create')}?{urlencode(said)}"


def _new_form(request: SignedInRequest, giver: Giver) -> NewOfferForm | NotedOfferForm:
    areas = areas_to_offer_to(request.user, None, timezone.localdate())
    asked = request.GET.get("area", "")
    known = list(areas.values_list("pk", flat=True)[:2])
    chosen = [asked] if asked.isdigit() else known if len(known) == 1 else []  # of one there is nothing to choose
    wished: dict[str, Any] = {"kind": request.GET.get("kind", ""), "areas": chosen}
    initial = {"audience": "some" if known else "everybody", **wished, **drafts.kept(request)}
    if giver.own:
        return NewOfferForm(*sent(request), areas=areas, initial=initial)
    found = recorders(request.user)
    if not found.exists():
        raise PermissionDenied(_("Your role does not let you note down offers of others."))
    return NotedOfferForm(*sent(request), areas=areas, recorders=found, initial=initial)


def _made(request: SignedInRequest, giver: Giver, form: NewOfferForm | NotedOfferForm) -> Offer | None:
    """Return the offer once it is kept; what went wrong stands on the form."""
    now = timezone.now()
    try:
        with transaction.atomic():  # a company of the register becomes an organisation only with its offer
            return services.make_offer(
                organisation=giver.record(now),
                creation_key=form.cleaned_data["creation_key"],
                by=request.user,
                now=now,
                areas=form.chosen_areas(),
                recorded_by_organisation=form.cleaned_data.get("recorded_by"),
                **form.facts(),
                **_said(form),
            )
    except TROUBLES as trouble:
        add_domain_error(form, trouble)
    except ValidationError as trouble:
        form.add_error(None, ValidationError(trouble.messages))
    return None


def _said(form: Any) -> dict[str, Any]:
    """Return who said it and when, where the form asks for it."""
    return {name: form.cleaned_data[name] for name in ("source", "said_on") if name in form.fields}


def _conflict(request: SignedInRequest, form: EditOfferForm, offer: Offer) -> HttpResponse:
    """Answer 409: what somebody else saved beside what stands in the form, which now carries the new version."""
    theirs = last_change(offer, since=form.cleaned_data["version"], by=request.user)
    offer = Offer.objects.visible_to(request.user).for_page().get(pk=offer.pk)
    context = {
        "form": with_version(form, offer.version),
        "offer": offer,
        "differences": _differences(form, offer),
        "conflict": True,
        "conflict_by": theirs.by if theirs else None,
        "conflict_at": theirs.at if theirs else None,
    }
    return render(request, "offers/edit.html", context, status=409)


def _differences(form: EditOfferForm, offer: Offer) -> list[Difference]:
    """Return the fields in which the offer now says something else than the form."""
    stored, found = form.stored(offer), []
    for bound in form.visible_fields():
        theirs, mine = stored.get(bound.name), form.cleaned_data.get(bound.name)
        if bound.name == "areas":
            mine = [area.pk for area in mine or []]
        if (theirs or None) != (mine or None):
            found.append(Difference(str(bound.label), _shown(bound.field, theirs), _shown(bound.field, mine)))
    return found


def _shown(field: Any, value: Any) -> str:
    """Return a value as the form's choices name it."""
    known: dict[str, Any] = {}
    for code, label in getattr(field, "choices", None) or []:
        known |= {str(each): name for each, name in label} if isinstance(label, list) else {str(code): label}
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(known.get(str(each), each)) for each in values if each not in (None, ""))
