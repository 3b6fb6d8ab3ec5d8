"""Pages behind the one-time links of pulses: how it goes for a side, and no more mails about news. No sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

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
from medspil.web.one_time import opened_page, unusable
from medspil.web.one_time_pages import behind_link
from medspil.web.pulses.forms import AnswerForm

pulse_opened = opened_page(rounds.PURPOSE)
news_opened = opened_page(telling.PURPOSE)


def _round_over(request: HttpRequest, trouble: LinkUnusable) -> HttpResponse:
    """Say of a link that has run out that its round has."""
    if isinstance(trouble, LinkExpired):
        return _over(request, str(answers.RoundOver()))
    return unusable(request, trouble)


@behind_link(rounds.PURPOSE, told=_round_over)
def pulse(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Ask how it goes for a side, and take the answer; again until the round ends."""
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
    told = {"title": _("Nothing is asked now"), "text": text, "expired": False}
    return render(request, "one_time/unusable.html", told, status=410)


@behind_link(telling.PURPOSE)
def news(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Show the news of the mail, and turn the mails of the side off."""
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
