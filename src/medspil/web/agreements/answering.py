"""Pages behind a one-time link: read an agreement and confirm it for a side, or fetch one's copy. No sign-in.

Looking writes nothing. A link to a version that was changed says so, shows what changed, and sends a link to the new
one to whom the first one went.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnknown, masked
from medspil.agreements.asking import GATE, PURPOSE, CannotAsk, Question, confirm_by_link, question_behind, send_newest
from medspil.agreements.canonical import party_name
from medspil.agreements.confirming import PartiesChanged, Signature, parties_changed, still_to_confirm
from medspil.agreements.mails import COPY
from medspil.agreements.models import Agreement, AgreementState, FrozenText
from medspil.agreements.reading import frozen_of, of_copy
from medspil.agreements.wording import in_words, shown_name
from medspil.partnerships.going_on import why_not
from medspil.partnerships.models import Partner
from medspil.web.agreements import shown
from medspil.web.agreements.forms import ConfirmForm
from medspil.web.agreements.settling import REFUSALS
from medspil.web.agreements.views import paper_answer
from medspil.web.forms import add_domain_error
from medspil.web.one_time import address_of, language_of, opened_page
from medspil.web.one_time_pages import READ, behind_link

opened = opened_page(PURPOSE)


@behind_link(PURPOSE)
def answer(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show a version to whoever holds the link, and take the yes."""
    question = question_behind(link)
    if question.agreement.state != AgreementState.PROPOSED:
        return _not_any_more(request, token, question)
    return _ask(request, token, link, question)


def _ask(request: HttpRequest, token: str, link: OneTimeLink, question: Question) -> HttpResponse:
    frozen = frozen_of(question.agreement)
    if frozen is None:
        raise LinkUnknown
    first = {"sha256": frozen.sha256, "name": question.request.to_name}
    form = ConfirmForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            _request, done = confirm_by_link(
                token=token, sha256=said.pop("sha256"), signature=Signature(**said), now=timezone.now(),
                copy_at=address_of(request, "agreements:copy"),
            )  # fmt: skip
        except REFUSALS as trouble:
            add_domain_error(form, trouble)
        else:
            return _thanks(request, question, done)
    context = _frame(question) | {
        "facts": shown.facts_of(question.agreement, frozen.content),
        "fields": in_words(frozen.content),
        "frozen": frozen,
        "form": form,
        "stopped": stopped_for(question.request.partner, question.agreement, frozen),
        "asked_by": link.created_by,
        "until": link.expires_at,
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "agreements/answer.html", context, status=422 if form.errors else 200)


def stopped_for(partner: Partner, agreement: Agreement, frozen: FrozenText) -> str:
    """Return why a side has nothing to confirm in a version that waits; empty where it has."""
    if partner.left_on:
        return _("Your side takes part no longer, so nothing is asked of you any more.")
    if partner.pk not in {one.pk for one in still_to_confirm(agreement)}:
        return _("Somebody on your side has confirmed this version already. Nothing more is needed of you.")
    return str(PartiesChanged()) if parties_changed(agreement, frozen) else why_not(agreement.partnership)


def _frame(question: Question) -> dict[str, Any]:
    return {
        "agreement": question.agreement,
        "partnership": question.agreement.partnership,
        "area": question.agreement.partnership.link.area,
        "name": shown_name(party_name(question.request.partner)),
    }


def _thanks(request: HttpRequest, question: Question, done: Agreement) -> HttpResponse:
    waiting = [shown_name(party_name(one)) for one in still_to_confirm(done)]
    context = _frame(question) | {"agreement": done, "waiting": waiting}
    return render(request, "agreements/answered.html", context)


def _not_any_more(request: HttpRequest, token: str, question: Question, *, sent: str = "") -> HttpResponse:
    """Say that there is a new version with what changed, or that the agreement is settled."""
    newer, old = question.newer, frozen_of(question.agreement)
    changes = []
    new = frozen_of(newer) if newer else None
    if new and old and old.content:
        changes = shown.changes(old.content, new.content)
    context = _frame(question) | {
        "overtaken": question.overtaken,
        "newer": newer,
        "changes": changes,
        "sent": sent,
        "to": masked(question.request.to_email),
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "agreements/newer.html", context, status=200 if sent else 409)


@behind_link(PURPOSE, methods=("POST",))
def newest(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Send a link to the new version to whom this link was sent."""
    question = question_behind(link)
    to = masked(question.request.to_email)
    try:
        send_newest(token=token, now=timezone.now(), address_of=address_of(request, "agreements:answer"))
        said = _("A link to the new version has been sent to {address}.").format(address=to)
    except (CannotAsk, *GATE) as trouble:
        said = str(trouble)
    return _not_any_more(request, token, question, sent=said)


@behind_link(PURPOSE, methods=READ)
def paper(request: HttpRequest, _token: str, link: OneTimeLink) -> HttpResponse:
    """Give the paper of the version that is to be confirmed, for reading."""
    agreement = question_behind(link).agreement
    return paper_answer(agreement, language_of(request, link), agreement.partnership.name)


@behind_link(COPY, methods=READ)
def copy(request: HttpRequest, _token: str, link: OneTimeLink) -> HttpResponse:
    """Give one's copy of what all have confirmed, as often as it is asked for while the link lasts."""
    agreement = of_copy(link)
    return paper_answer(agreement, language_of(request, link), agreement.partnership.name)
