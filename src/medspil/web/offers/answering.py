"""Does it still stand? The page behind a one-time link: read without writing, answered once, without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medspil.accounts.models import OneTimeLink
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.offers.models import Offer, OfferState
from medspil.offers.renewal import PURPOSE, RenewalAnswer, answer_by_link, offer_of
from medspil.offers.services import OfferClosed
from medspil.web.forms import add_domain_error, with_version
from medspil.web.offers import shown
from medspil.web.offers.forms import AnswerForm
from medspil.web.one_time import opened_page
from medspil.web.one_time_pages import behind_link

opened = opened_page(PURPOSE)


@behind_link(PURPOSE)
def answer(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show an offer to whoever holds the link, and take the answer."""
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
        except EditConflict:
            with_version(form, offer.version)
            form.add_error(None, _("The offer was changed while you read. Read it again before you answer."))
            status = 409
        except (CprNumberFound, OfferClosed) as trouble:
            add_domain_error(form, trouble)
        else:
            return render(request, "offers/answered.html", {"offer": found, "stands": found.state == OfferState.OPEN})
    status = status if status != 200 else (422 if form.errors else 200)
    return _page(request, offer, form, token=token, link=link, status=status)


def _page(
    request: HttpRequest, offer: Offer, form: AnswerForm, *, token: str, link: OneTimeLink, status: int
) -> HttpResponse:
    changed = link.about_version is not None and offer.version != link.about_version
    facts = shown.facts(offer, may_change=False, areas=offer.areas.all())
    here = translation.get_language()
    context = {"offer": offer, "form": form, "facts": facts, "changed": changed, "token": token, "here": here}
    return render(request, "offers/answer.html", context, status=status)
