"""One offer: what it says, the needs it meets, where it is in use; renewing, taking over, withdrawing, asking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.areas.models import Area
from medspil.areas.privacy import CprNumberFound
from medspil.catalogue.vocabulary import vocabulary
from medspil.offers import services
from medspil.offers.hooks import in_use
from medspil.offers.meeting import needs_for
from medspil.offers.models import Offer, OfferState
from medspil.offers.renewal import NotWrittenTo, ask_by_link
from medspil.organisations.flags import flags_of_organisations
from medspil.organisations.roles import Ability
from medspil.organisations.subjects import of_organisation
from medspil.web import history
from medspil.web.areas import words
from medspil.web.areas.loading import sent
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.offers import shown
from medspil.web.offers.forms import AskForm, CloseForm, SaidAgainForm
from medspil.web.offers.loading import offer_or_404, offer_to_change
from medspil.web.offers.words import ACTIONS, SOURCE, STATE_BADGES, UNTOLD, VALUES, noted_down
from medspil.web.one_time import address_of
from medspil.web.register.flags import ShownFlag
from medspil.web.register.flags import shown as shown_flag

PAGE = ["GET", "HEAD", "POST"]
SHOWN = 10


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an offer with the needs it meets and the links and rounds that hold it."""
    offer, may = offer_or_404(request, pk)
    today = timezone.localdate()
    found = needs_for(offer, user=request.user, on=today, most=SHOWN)
    needs = [one.need for one in found]
    linking = shown.areas_with(request.user, needs, Ability.LINK)
    working = shown.areas_with(request.user, needs, Ability.VIEW_AREA)
    held = shown.uses(in_use(offer, user=request.user))
    context = {
        "offer": offer,
        "may_here": may,
        "badge": STATE_BADGES[OfferState(offer.state)],
        "noted_down": noted_down(offer, may_change=may.change),
        "facts": shown.facts(offer, may_change=may.change, areas=_seen_areas(request, offer, everything=may.change)),
        "is_open": offer.is_open(today),
        "over": offer.ends_on is not None and offer.ends_on < today,
        "asks_again": offer.asks_again(today),
        "uses": held,
        "meetings": shown.meetings(found, linking=linking, working=working),
        "left_out": shown.left_out(found),
        "flags": _flags(offer),
        "protected": of_organisation(offer.organisation).units().filter(protected=True).exists(),
        "events": history.told(
            offer, ACTIONS, values={**VALUES, **_codes()}, untold=UNTOLD if may.change else UNTOLD | SOURCE
        ),
    }
    return render(request, "offers/detail.html", context)


@require_http_methods(PAGE)
def close(request: SignedInRequest, pk: int, *, over: bool) -> HttpResponse:
    """Withdraw an offer, or note that it is over; what it is used in is said first, and nobody is asked for leave."""
    offer, _may = offer_to_change(request, pk)
    form = CloseForm(*sent(request))
    held = in_use(offer, user=request.user)
    if request.method == "POST" and form.is_valid():
        act = services.end_offer if over else services.withdraw_offer
        try:
            act(offer=offer, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
        except CprNumberFound as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _closed(len(held), over=over))
            return redirect("offers:detail", pk=pk)
    context = {"offer": offer, "form": form, "over": over, "uses": shown.uses(held)}
    return render(request, "offers/close.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let an offer stand again that was withdrawn or ended."""
    offer, _may = offer_to_change(request, pk)
    services.reopen_offer(offer=offer, by=request.user, now=timezone.now())
    messages.success(request, _("The offer stands again."))
    return redirect("offers:detail", pk=pk)


@require_POST
def take_words_away(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take away for good what the giver wrote."""
    offer, _may = offer_to_change(request, pk)
    services.take_words_away(offer=offer, by=request.user, now=timezone.now())
    messages.success(request, _("What the giver wrote is gone for good."))
    return redirect("offers:detail", pk=pk)


@require_http_methods(PAGE)
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that an offer still stands; who noted it down says who said so, and when."""
    offer, may = offer_to_change(request, pk)
    if may.gives:
        return _renewed(request, offer) if request.method == "POST" else redirect("offers:detail", pk=pk)
    form = SaidAgainForm(*sent(request), initial={"source": offer.source})
    if request.method == "POST" and form.is_valid():
        try:
            services.renew_offer(offer=offer, by=request.user, now=timezone.now(), **form.cleaned_data)
        except (services.OfferClosed, services.SaidLater, services.SourceMissing) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted: the offer still stands."))
            return redirect("offers:detail", pk=pk)
    return render(request, "offers/renew.html", {"offer": offer, "form": form}, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the giver by a mail with a one-time link whether an offer still stands."""
    offer, _may = offer_to_change(request, pk)
    form = AskForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            mailed = ask_by_link(
                offer=offer,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
                address=address_of(request, "offers:answer"),
            )
        except (NotWrittenTo, services.OfferClosed) as trouble:
            add_domain_error(form, trouble)
        else:
            _say_mailed(request, mailed=mailed)
            return redirect("offers:detail", pk=pk)
    return render(request, "offers/ask.html", {"offer": offer, "form": form}, status=422 if form.errors else 200)


@require_POST
def take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an offer that others noted down the giver's own."""
    offer, may = offer_or_404(request, pk)
    if not may.gives:
        raise PermissionDenied(_("Only those who speak for the giver can take the offer over."))
    try:
        services.take_over_offer(offer=offer, by=request.user, now=timezone.now())
    except services.OfferClosed as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("The offer is yours now. Only you and your colleagues can change it."))
    return redirect("offers:detail", pk=pk)


def _renewed(request: SignedInRequest, offer: Offer) -> HttpResponse:
    try:
        services.renew_offer(offer=offer, by=request.user, now=timezone.now())
    except services.OfferClosed as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("Noted: the offer still stands."))
    return redirect("offers:detail", pk=offer.pk)


def _closed(held: int, *, over: bool) -> str:
    """Return what was done, and what still counts on the offer."""
    done = _("The offer is over.") if over else _("The offer is withdrawn.")
    if not held:
        return done
    rest = ngettext(
        "It is used in %(count)s place. There it says so now, with the next step. Tell those who count on it.",
        "It is used in %(count)s places. There it says so now, with the next step. Tell those who count on it.",
        held,
    )
    return f"{done} {rest % {'count': held}}"


def _say_mailed(request: SignedInRequest, *, mailed: bool) -> None:
    if mailed:
        messages.success(
            request, _("A mail is on its way. The answer comes by itself; the link works once, for 30 days.")
        )
    else:
        messages.error(request, _("The mail could not be sent. Try again later, or ask by telephone."))


def _seen_areas(request: SignedInRequest, offer: Offer, *, everything: bool) -> list[Area]:
    """Return the areas of an offer by name: all to those who made it, to others those they work with. One query."""
    areas = sorted(offer.areas.all(), key=lambda area: area.name)
    if everything or not areas:
        return areas
    hers = set(
        Area.objects.visible_to(request.user).filter(pk__in=[one.pk for one in areas]).values_list("pk", flat=True)
    )
    return [area for area in areas if area.pk in hers]


def _flags(offer: Offer) -> list[ShownFlag]:
    """Return what has happened to the giver in the register."""
    return [shown_flag(flag, name=one.name) for one, flag in flags_of_organisations([offer.organisation])]


def _codes() -> dict[str, dict[str, str]]:
    """Return the words for codes that the history of an offer holds."""
    known = vocabulary()
    return {
        "kind": {code: words.kind(code) for code in known.resource_kinds},
        "themes": {code: words.theme(code) for code in known.themes},
    }
