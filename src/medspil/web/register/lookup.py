"""Fetch one company from the net that the register lacks."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from medspil.accounts.models import User
from medspil.organisations.models import abilities_anywhere
from medspil.organisations.roles import Ability
from medspil.register.index import index_state
from medspil.register.lookup import LookupTroubled, look_up_company, service_name
from medspil.register.lookup.company import is_cvr
from medspil.register.models import Unit
from medspil.register.tasks import start_indexing
from medspil.web.http import SignedInRequest
from medspil.web.register.access import require


class Offer(NamedTuple):
    """A company that can be fetched: its number, the number as people read it, and who is asked."""

    cvr: str
    shown: str
    service: str


def offer(user: User, text: str) -> Offer | None:
    """Return what can be fetched for a text that found nothing; None unless it is a CVR number and she may."""
    cvr, service = is_cvr(text), service_name()
    if not (cvr and service) or Ability.IMPORT_REGISTER not in abilities_anywhere(user):
        return None
    if Unit.objects.visible_to(user).filter(cvr=cvr).exists():
        return None  # it is here, but has ceased or lies elsewhere: the search is to be widened
    return Offer(cvr, " ".join(cvr[at : at + 2] for at in range(0, 8, 2)), service)


@require_POST
def lookup(request: SignedInRequest) -> HttpResponse:
    """Fetch one company and take its units in; what went wrong is told beside the search."""
    require(request, Ability.IMPORT_REGISTER)
    cvr = request.POST.get("cvr", "")[:40]
    try:
        found = look_up_company(cvr=cvr, clock=timezone.now, by=request.user)
    except LookupTroubled as trouble:
        messages.error(request, str(trouble))
    else:
        if not index_state().current:
            start_indexing()
        count = len(found.units)
        told = ngettext(
            "%(count)s place of work was fetched from %(source)s.",
            "%(count)s places of work were fetched from %(source)s.",
            count,
        )
        messages.success(request, told % {"count": count, "source": found.run.source})
        if count == 1:
            return redirect("register:detail", number=found.units[0].number)
    return redirect(f"{reverse('register:list')}?{urlencode({'q': cvr})}")
