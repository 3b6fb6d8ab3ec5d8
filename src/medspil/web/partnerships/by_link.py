"""Pages behind one-time links of partnerships: questions and their answers, and what a side gains. No sign-in."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.long_texts import LongerThanRoom
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import name_of
from medspil.partnerships import asking_back, asking_leaders, gain_mails, question_mails, questions
from medspil.partnerships.editing import PartnershipPutAway, TextTooLong
from medspil.partnerships.gains import LONGEST_WORDS, NoGain, Said, WordsTooLong, choices_for
from medspil.partnerships.models import Partner, PartnerGain, When
from medspil.partnerships.people import HasLeft
from medspil.web.areas.words import language
from medspil.web.forms import add_domain_error
from medspil.web.http import whole_number
from medspil.web.one_time import address_of, opened_page
from medspil.web.one_time_pages import READ, behind_link
from medspil.web.partnerships.partnership_forms import LinkAnswerForm

question_opened = opened_page(question_mails.PURPOSE)
gains_opened = opened_page(gain_mails.PURPOSE)
answer_opened = opened_page(asking_back.PURPOSE)
NOT_REPLIED = (
    questions.NothingAsked,
    questions.QuestionClosed,
    questions.PartnershipOver,
    asking_back.EnoughAsked,
    asking_back.NobodyElse,
    asking_leaders.EnoughAskedOfLeaders,
    HasLeft,
    PartnershipPutAway,
    TextTooLong,
    CprNumberFound,
)
OWN_WORDS = (("had", When.EXPERIENCED), ("hoped", When.EXPECTED))


@behind_link(question_mails.PURPOSE)
def question(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show the question, take the answer, and what is asked back."""
    asked = questions.question_of(link)
    side, leader = asking_back.asked_back(asked), asking_leaders.leader_behind(asked)
    asks = "side" if side else "leader" if leader else ""
    form = LinkAnswerForm(request.POST or None, asks_back=asks, initial={"creation_key": uuid4()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            answered, put = asking_back.reply_by_link(
                token=token,
                text=said["text"],
                back=said.get("back", ""),
                creation_key=said["creation_key"] or uuid4(),
                now=timezone.now(),
                address=address_of(request, "partnerships:question_answer"),
            )
        except NOT_REPLIED as trouble:
            add_domain_error(form, trouble)
        else:
            done = {"what": "question", "answered": answered, "put": put, "asks": asks, "token": token}
            done["here"] = translation.get_language()
            return render(request, "partnerships/answered.html", done)
    context = {
        "question": asked,
        "asked_by": question_mails.sender_of(asked),
        "asked_of": name_of(asked.asked_of.side),
        "late": asked.due_on < timezone.localdate(),
        "form": form,
        "token": token,
        "here": translation.get_language(),
    }
    return render(request, "partnerships/question_answer.html", context, status=422 if form.errors else 200)


@behind_link(asking_back.PURPOSE, methods=READ)
def answer_told(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show a side the answer to what it asked by a link."""
    found = asking_back.answered(link)
    context = {"question": found, "answered_by": name_of(found.asked_of.side), "token": token}
    return render(request, "partnerships/answer_told.html", context | {"here": translation.get_language()})


@behind_link(gain_mails.PURPOSE)
def gains(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show what is written of a side's gains, and take what it ticks and adds."""
    partner = gain_mails.partner_of(link)
    if request.method != "POST":
        return _ask(request, token, link, partner)
    keys = [whole_number(key) for key in request.POST.getlist("right")]
    written = {name: request.POST.get(name, "").replace("\x00", " ") for name in ("had", "hoped", "as_what")}
    more = [Said(when, words=written[name]) for name, when in OWN_WORDS if written[name].strip()]
    more += [Said(When.EXPERIENCED, code) for code in request.POST.getlist("code")]
    try:
        gain_mails.confirm_by_link(token=token, keys=keys, more=more, as_what=written["as_what"], now=timezone.now())
    except (NoGain, WordsTooLong, LongerThanRoom, HasLeft, CprNumberFound) as trouble:
        return _ask(
            request,
            token,
            link,
            partner,
            missing=str(trouble),
            ticked=keys,
            seen=request.POST.getlist("code"),
            **written,
        )
    return render(request, "partnerships/answered.html", {"what": "gains"})


def _ask(request: HttpRequest, token: str, link: OneTimeLink, partner: Partner, **more: Any) -> HttpResponse:
    known, noted = vocabulary().gains, list(partner.gains.filter(confirmed_at=None).order_by("pk"))
    there = {gain.code for gain in partner.gains.filter(when=When.EXPERIENCED)}
    context = {
        "partnership": partner.partnership,
        "side": name_of(partner.side),
        "asked_by": link.created_by,
        "noted": [(str(when.label), _named(noted, when, known)) for when in When],
        "codes": [(gain.code, gain.name(language())) for gain in choices_for(partner) if gain.code not in there],
        "longest": LONGEST_WORDS,
        "token": token,
        "here": translation.get_language(),
        "heading": _("What do you gain?"),
    } | more
    return render(request, "partnerships/gains_answer.html", context, status=422 if more else 200)


def _named(noted: list[PartnerGain], when: When, known: Any) -> list[tuple[int, str, str]]:
    """Return the gains of one kind in words: key, name, own words."""
    return [
        (one.pk, known[one.code].name(language()) if one.code in known else "", one.words)
        for one in noted
        if one.when == when
    ]
