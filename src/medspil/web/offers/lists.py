"""The list of offers: one's own and those one noted down, and all that one may see, beside a map of the same."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from medspil.areas.models import Area
from medspil.offers.models import Offer, OfferQuerySet
from medspil.offers.permissions import givers, recorders
from medspil.offers.turns import switch_mails, wants_mails
from medspil.web.areas import words
from medspil.web.areas.shown import period
from medspil.web.http import SignedInRequest, fragment
from medspil.web.maps import Map, Point, build
from medspil.web.offers.filters import OfferFilterForm, narrowed
from medspil.web.offers.words import amount_of
from medspil.web.tables import Column, Table, chosen_sort

A_PAGE = 25
MINE, ALL = "mine", "all"


def given(offer: Offer) -> list[str]:
    """Return what is given, how much and when, as far as it is stated."""
    told = (words.kind(offer.kind), amount_of(offer), period(offer.starts_on, offer.ends_on))
    return [text for text in told if text]


COLUMNS = (
    Column(_("Offer"), lambda one: words.town(one.municipality), template="offers/_offer_cell.html", sort="title"),
    Column(_("What is given"), given, template="offers/_given_cell.html"),
    Column(
        _("Last said to stand"),
        lambda one: one.asks_again(timezone.localdate()),
        template="offers/_state_cell.html",
        sort="renewed_on",
    ),
)


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the offers a person gives or noted down, or all that she may see."""
    today = timezone.localdate()
    gives = givers(request.user).exists()
    seen = Offer.objects.visible_to(request.user)
    mine = seen.of(request.user)
    counts = {MINE: mine.count(), ALL: seen.open(today).count()}
    whose = request.GET.get("whose", "") or (MINE if counts[MINE] else ALL)
    form = OfferFilterForm(request.GET, areas=Area.objects.visible_to(request.user).current().order_by("name"))
    chosen = narrowed(mine if whose == MINE else seen.open(today), form.asked())
    sort = chosen_sort(request, COLUMNS, default="-renewed_on")
    page = Paginator(_ordered(chosen, sort), A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "whose": MINE if whose == MINE else ALL,
        "counts": counts,
        "form": form,
        "narrows": form.narrows(),
        "page": page,
        "table": Table(_("Offers"), COLUMNS, rows, sort=sort, row_ident=_ident, caption_hidden=True),
        "map": _map(rows),
        "gives": gives,
        "asked_by_mail": gives and wants_mails(request.user),
        "may_make": gives or recorders(request.user).exists(),
    }
    return render(request, fragment(request, "offers/list.html", "results"), context)


@require_POST
def mails(request: SignedInRequest) -> HttpResponse:
    """Let a person be asked by mail whether offers still stand, or no more."""
    on = request.POST.get("on") == "yes"
    switch_mails(user=request.user, on=on, now=timezone.now())
    if on:
        messages.success(request, _("You are asked by mail when half a year has passed."))
    else:
        messages.success(
            request, _("You get no mails about offers any more. Here you still see which should be renewed.")
        )
    return redirect(f"{reverse('offers:list')}?whose=mine")


def _ordered(offers: OfferQuerySet, sort: str) -> OfferQuerySet:
    return offers.for_list().order_by(sort, "-pk")


def _ident(offer: Offer) -> str:
    return f"offer-{offer.pk}"


def _map(offers: list[Offer]) -> Map | None:
    """Return the offers of this page on a map, several in one place apart; None where none has a place."""
    points = [
        Point(
            _ident(one),
            one.x,
            one.y,
            f"{one.title} – {one.organisation.name}",
            href=reverse("offers:detail", args=[one.pk]),
            note=words.kind(one.kind),
        )
        for one in offers
        if one.x is not None and one.y is not None
    ]
    return (
        build(caption=_("The offers of this page on the map"), points=points, beside_list=True, spread=True)
        if points
        else None
    )
