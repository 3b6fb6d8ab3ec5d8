"""Does it still stand? The page behind a one-time link: read without writing, answered once, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from medspil.accounts import one_time_links
from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnknown, LinkUnusable
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.offers.models import Offer, OfferState
from medspil.offers.renewal import PURPOSE, RenewalAnswer, answer_by_link, offer_of
from medspil.offers.services import OfferClosed
from medspil.web.forms import add_domain_error, with_version
from medspil.web.offers import shown
from medspil.web.offers.forms import AnswerForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show an offer to whoever holds the link, and take the answer."""
    try:
        link = one_time_links.find(token=token, now=timezone.now())
        if link.purpose != PURPOSE:
            raise LinkUnknown
    except LinkUnusable as trouble:
        return render(request, "offers/answer_over.html", {"trouble": str(trouble)}, status=410)
    with translation.override(link.language):
        return _answer(request, token, link)


def _answer(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    offer = offer_of(link)
    form = AnswerForm(request.POST or None, initial={"version": offer.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            found = answer_by_link(
                token=token,
                answer=RenewalAnswer(said["answer"]),
                text=said["text"],
                seen_version=said["version"],
                now=timezone.now(),
            )
        except LinkUnusable as trouble:
            return render(request, "offers/answer_over.html", {"trouble": str(trouble)}, status=410)
        except EditConflict:
            with_version(form, offer.version)
            form.add_error(None, _("The offer was changed while you read. Read it again before you answer."))
            status = 409
        except (CprNumberFound, OfferClosed) as trouble:
            add_domain_error(form, trouble)
        else:
            return render(request, "offers/answered.html", {"offer": found, "stands": found.state == OfferState.OPEN})
    return _page(request, offer, form, link, status if status != 200 else (422 if form.errors else 200))


def _page(request: HttpRequest, offer: Offer, form: AnswerForm, link: OneTimeLink, status: int) -> HttpResponse:
    changed = link.about_version is not None and offer.version != link.about_version
    facts = shown.facts(offer, may_change=False, areas=offer.areas.all())
    context = {"offer": offer, "form": form, "facts": facts, "changed": changed}
    return render(request, "offers/answer.html", context, status=status)
