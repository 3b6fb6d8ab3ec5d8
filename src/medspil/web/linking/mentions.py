"""Texts of links that may name somebody who is to be forgotten: looked at, changed or deleted by people."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.linking.mention_texts import words_of
from medspil.linking.mentions import Settled, settle, texts_of
from medspil.linking.models import HISTORY, Link, Mention
from medspil.web.forms import Form
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import REFUSED

MOST = 50


class SettleForm(Form):
    """What somebody who looked at a text did."""

    do = forms.ChoiceField(choices=[(one.value, "") for one in Settled])


@require_safe
def mentions(request: SignedInRequest) -> HttpResponse:
    """Show the texts that wait for being looked at, with the text as it stands now."""
    waiting = Mention.objects.visible_to(request.user, on=timezone.localdate()).waiting().select_related("link__area")
    shown = list(waiting[:MOST])
    texts = texts_of(shown)
    rows = [
        {"mention": one, "words": words_of(one.where), "text": texts.get(one.pk, ""), "history": one.where == HISTORY}
        for one in shown
    ]
    context = {"rows": rows, "more": max(waiting.count() - MOST, 0)}
    return render(request, "linking/mentions.html", context)


@require_POST
def mention_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note that somebody looked at a text, and delete it if she says so."""
    today = timezone.localdate()
    hers = Mention.objects.visible_to(request.user, on=today).filter(pk=pk)
    links = Link.objects.visible_to(request.user, on=today)
    if not hers.exists() and links.filter(mentions=pk).exists():
        raise PermissionDenied(REFUSED)
    mention = get_object_or_404(hers.select_related("link"))
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please load the page again."))
        return redirect("linking:mentions")
    settle(mention=mention, how=form.cleaned_data["do"], by=request.user, now=timezone.now())
    said = {
        Settled.KEEP: _("Noted: it names nobody who is to be forgotten."),
        Settled.CHANGED: _("Noted: changed. The earlier wordings of this link are deleted from its history."),
        Settled.DELETE: _("Deleted, in the history of this link too."),
    }
    messages.success(request, said[Settled(form.cleaned_data["do"])])
    return redirect("linking:mentions")
