"""A need as companies see it: what is lacking, where and when, and whom to ask."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.areas.hosting import hosted, wants_volunteers
from medspil.areas.models import Need
from medspil.linking.openness import readable, shown_to_companies
from medspil.linking.permissions import abilities
from medspil.offers.permissions import givers
from medspil.web.areas import words
from medspil.web.areas.shown import period
from medspil.web.http import SignedInRequest
from medspil.web.organisations.reaching import reached_at
from medspil.web.parts import Fact


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a need to a company, and to those who work with it just as companies see it."""
    today = timezone.localdate()
    need = get_object_or_404(readable(request.user, today).for_page(), pk=pk)
    context = {
        "need": need,
        "facts": facts(need),
        "may_here": abilities(request.user, need.area),
        "is_open": shown_to_companies(today).filter(pk=pk).exists(),
        "contact": reached_at(need.area.owner),
        "offer_url": offer_url(need) if givers(request.user).exists() else "",
    }
    return render(request, "linking/open_need.html", context)


def _host(need: Need) -> list[Fact]:
    """Return who receives the volunteers, for needs that ask for them and say so."""
    if not (wants_volunteers(need) and hosted(need)):
        return []
    return [
        Fact(_("Who receives the volunteers"), need.host.name if need.host else need.host_name),
        Fact(_("Volunteers at a time"), need.host_capacity),
        Fact(_("What a good day looks like"), need.good_day),
    ]


def facts(need: Need) -> list[Fact]:
    """Return all that companies see of a need besides its line and its text: nothing that is not listed here."""
    kinds = sorted(words.kind(one.kind) for one in need.resources.all())
    return [
        Fact(_("Kinds of resources"), "\n".join(kinds)),
        Fact(_("Period"), period(need.starts_on, need.ends_on)),
        *_host(need),
        Fact(_("Area"), need.area.name),
        Fact(_("Municipality"), words.town(need.area.municipality)),
        Fact(_("Whom to ask"), _("The coordinator at {name}").format(name=need.area.owner.name)),
    ]


def offer_url(need: Need) -> str:
    """Return the way to a new offer with the area and the need's first kind filled in."""
    kind = min((one.kind for one in need.resources.all()), default="")
    return f"{reverse('offers:choose')}?{urlencode({'kind': kind, 'area': need.area_id})}"
