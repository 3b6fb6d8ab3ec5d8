"""Say what is asked for with a link that has only a challenge: it becomes a need; then back to where one came from."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from medspil.common.privacy import CprNumberFound, no_cpr
from medspil.linking.asking import LinkPutAway
from medspil.linking.link_needs import describe_need
from medspil.linking.models import Link
from medspil.linking.permissions import abilities
from medspil.organisations.roles import Ability
from medspil.partnerships.facts import can_be_written_to
from medspil.web.areas import words
from medspil.web.areas.forms import offer
from medspil.web.forms import CreationKey, Form, add_domain_error
from medspil.web.http import SignedInRequest, whole_number
from medspil.web.linking.link_loading import REFUSED, work_or_refuse

SIDE = "part"
"""In the address: the side one was about to write to."""


class LinkNeedForm(CreationKey, Form):
    """A need of a challenge that is known: one line, and what is asked for."""

    title = forms.CharField(
        label=gettext_lazy("What is lacking, in one line?"),
        max_length=160,
        validators=[no_cpr],
        help_text=gettext_lazy(
            "So that a company sees what it could say yes to. For example: companies that will follow a school class."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What do you ask for?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick few. How much and how often you can write in the need afterwards."),
        error_messages={"required": gettext_lazy("Tick what you ask for.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kinds", words.kind_ticks())


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a need of the challenge of a link."""
    link = work_or_refuse(request, pk)
    if Ability.EDIT_NEED not in abilities(request.user, link.area):
        raise PermissionDenied(REFUSED)
    back = _back(request, link)
    if link.need_id:
        return redirect(back)
    kinds = sorted({one.kind for one in link.offers.all()})
    form = LinkNeedForm(request.POST or None, initial={"kinds": kinds})
    if request.method == "POST" and form.is_valid():
        try:
            describe_need(link=link, **form.cleaned_data, by=request.user, now=timezone.now())
        except (LinkPutAway, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The need is there, and the link is for it now."))
            return redirect(back)
    context = {"link": link, "area": link.area, "form": form, "back_url": back}
    return render(request, "linking/link_need.html", context, status=422 if form.errors else 200)


def _back(request: SignedInRequest, link: Link) -> str:
    """Return where one came from: the page from which a side is written to, else the link."""
    key = whole_number(request.GET.get(SIDE, ""))
    side = next((one for one in link.parties.all() if one.pk == key), None)
    if side and can_be_written_to(link, side):
        return reverse("partnerships:pitch", args=[link.pk, side.pk])
    return reverse("linking:link", args=[link.pk])
