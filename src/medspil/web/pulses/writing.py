"""What a side without an account writes by a one-time link that it holds: a question to another, or news to all."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnknown
from medspil.areas.privacy import no_cpr
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import name_of, names_for
from medspil.partnerships import asking_back, gain_mails, question_mails, questions
from medspil.partnerships.editing import PartnershipPutAway, TextTooLong
from medspil.partnerships.going_on import NotNow, why_not
from medspil.partnerships.models import Partner
from medspil.partnerships.people import HasLeft
from medspil.partnerships.working_days import after
from medspil.pulses import answers, rounds, telling
from medspil.web.forms import CreationKey, Form, add_domain_error
from medspil.web.one_time import address_of
from medspil.web.one_time_pages import behind_link

ALL = "all"
LONGEST = 5_000
NOT_WRITTEN = (
    asking_back.NobodyElse,
    asking_back.EnoughAsked,
    questions.NothingAsked,
    questions.PartnershipOver,
    telling.NoNews,
    telling.EnoughTold,
    answers.WordsTooLong,
    TextTooLong,
    HasLeft,
    NotNow,
    PartnershipPutAway,
    CprNumberFound,
)


SIDES: Mapping[str, Callable[[OneTimeLink], Partner]] = {
    rounds.PURPOSE: answers.side_asked,
    telling.PURPOSE: telling.side_told,
    question_mails.PURPOSE: questions.side_asked,
    asking_back.PURPOSE: asking_back.side_told,
    gain_mails.PURPOSE: gain_mails.partner_of,
}
"""Whose link it is, by what it was sent for."""


class WriteForm(CreationKey, Form):
    """A question to one side, or news to all."""

    to = forms.ChoiceField(label=gettext_lazy("To whom?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What do you write?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[no_cpr],
        help_text=gettext_lazy("A question at most 5,000 characters, news at most 500."),
    )

    def __init__(self, *args: Any, receivers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = receivers


def side_of(link: OneTimeLink) -> Partner:
    """Return whose link it is. Raises `LinkUnknown` for one that no side of a partnership holds."""
    if link.purpose not in SIDES:
        raise LinkUnknown
    return SIDES[link.purpose](link)


@behind_link(*SIDES)
def write(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """Ask another side something, or tell all of them news."""
    side = side_of(link)
    receivers = _receivers(side)
    form = WriteForm(request.POST or None, receivers=receivers, initial={"creation_key": uuid4()})
    context = {
        "partnership": side.partnership,
        "side": name_of(side.side),
        "due": after(timezone.localdate(), side.partnership.answer_days),
        "token": token,
        "here": translation.get_language(),
        "nobody": not receivers,
    }
    if request.method == "POST" and form.is_valid():
        try:
            news = _send(request, token, form.cleaned_data)
        except NOT_WRITTEN as trouble:
            add_domain_error(form, trouble)
        else:
            return render(request, "pulses/written.html", context | {"news": news})
    return render(request, "pulses/write.html", context | {"form": form}, status=422 if form.errors else 200)


def _receivers(side: Partner) -> list[tuple[str, str]]:
    """Return whom a side can write to; news go to all, while the partnership goes on."""
    others = asking_back.others_of(side)
    names = names_for(AnonymousUser(), [one.side for one in others])
    found = [(str(one.pk), _("A question to %(name)s") % {"name": names[one.side_id]}) for one in others]
    return found + ([(ALL, _("News to all who take part"))] if others and not why_not(side.partnership) else [])


def _send(request: HttpRequest, token: str, said: dict[str, Any]) -> bool:
    """Send what was written; return whether it was news."""
    news = bool(said["to"] == ALL)
    page = "pulses:news_mail" if news else "partnerships:question_answer"
    facts = {
        "token": token,
        "side_of": side_of,
        "text": said["text"],
        "creation_key": said["creation_key"],
        "now": timezone.now(),
        "address": address_of(request, page),
    }
    if news:
        telling.tell_by_link(**facts)
    else:
        asking_back.ask_by_link(asked_of=int(said["to"]), **facts)
    return news
