"""Pages behind the one-time links of pulses: how it goes for a side, and no more mails about news. No sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkExpired, LinkUnusable
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import name_of
from medspil.partnerships.going_on import NotNow, refuse_standing
from medspil.pulses import answers, rounds, telling
from medspil.pulses.models import PulseAsk
from medspil.pulses.reading import answer_of
from medspil.web.forms import add_domain_error
from medspil.web.one_time import language_of, link_for, opened_page, quiet, unusable
from medspil.web.pulses.forms import AnswerForm

PAGE = ["GET", "HEAD", "POST"]
pulse_opened = opened_page(rounds.PURPOSE)
news_opened = opened_page(telling.PURPOSE)


@login_not_required
@require_http_methods(PAGE)
@quiet
def pulse(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how it goes for a side, and take the answer; again until the round ends."""
    try:
        link = link_for(token, rounds.PURPOSE)
        with translation.override(language_of(request, link)):
            return _asked(request, token, link)
    except LinkExpired:
        return _over(request, str(answers.RoundOver()))
    except LinkUnusable as trouble:
        return unusable(request, trouble)


def _asked(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    ask = answers.ask_of(link)
    try:
        refuse_standing(ask.partner)
    except NotNow as trouble:
        return _over(request, str(trouble))
    given = answer_of(ask)
    first = {"step": given.step, "words": given.words, "version": given.version} if given else {"version": 0}
    form, status, kept = AnswerForm(request.POST or None, initial=first), 200, False
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            given = answers.answer_by_link(
                token=token,
                step=said["step"],
                words=said["words"],
                expected_version=said["version"],
                now=timezone.now(),
            )
        except EditConflict:
            # Somebody answered meanwhile: what stands is shown above the form, which goes on from there.
            given = answer_of(ask)
            status = 409
        except (answers.RoundOver, NotNow) as trouble:
            return _over(request, str(trouble))
        except (answers.NoStep, answers.WordsTooLong, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            kept = True
        if given:
            again = {"step": said["step"], "words": said["words"], "version": given.version}
            form = form if form.errors else AnswerForm(initial=again)
    return _form_page(request, token, ask, form=form, given=given, kept=kept, status=422 if form.errors else status)


def _form_page(request: HttpRequest, token: str, ask: PulseAsk, *, status: int, **more: object) -> HttpResponse:
    context = {
        "partnership": ask.round.partnership,
        "side": name_of(ask.partner.side),
        "until": ask.round.ends_on,
        "token": token,
        "conflict": status == 409,
        "here": translation.get_language(),
    }
    return render(request, "pulses/answer.html", context | more, status=status)


def _over(request: HttpRequest, text: str) -> HttpResponse:
    """Say that nothing is asked by this link any more."""
    return render(request, "one_time/unusable.html", {"title": _("Nothing is asked now"), "text": text}, status=410)


@login_not_required
@require_http_methods(PAGE)
@quiet
def news(request: HttpRequest, token: str) -> HttpResponse:
    """Show the news of the mail, and turn the mails of the side off."""
    try:
        link = link_for(token, telling.PURPOSE)
        with translation.override(language_of(request, link)):
            told = telling.told_by(link)
            if request.method == "POST":
                telling.stop_mails_by_link(token=token, now=timezone.now())
            context = {
                "told": told,
                "teller": telling.teller_of(told.news),
                "side": name_of(told.partner.side),
                "stopped": request.method == "POST",
                "token": token,
                "here": translation.get_language(),
            }
            return render(request, "pulses/news_mail.html", context)
    except LinkUnusable as trouble:
        return unusable(request, trouble)
