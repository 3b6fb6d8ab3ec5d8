"""Note a call, a mail or a meeting with a side of a link, change it, and note what became of promises."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.common.when import NoSuchTime
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.models import Link, LinkParty
from medspil.linking.parties import name_of
from medspil.partnerships import conversations as services
from medspil.partnerships.facts import facts_of
from medspil.partnerships.models import Channel, Conversation, Pledge
from medspil.partnerships.pitching import NoContact, possible_contacts
from medspil.partnerships.taking_part import partner_of
from medspil.web.forms import add_domain_error
from medspil.web.history import told
from medspil.web.http import SignedInRequest, conflict
from medspil.web.linking.link_loading import REFUSED, rights_of
from medspil.web.partnerships import words
from medspil.web.partnerships.conversation_forms import (
    EditConversationForm,
    NewConversationForm,
    PledgeForm,
    RemoveForm,
    initial_of,
)
from medspil.web.partnerships.loading import side_or_refuse

PAGE = ["GET", "HEAD", "POST"]
NOT_NOTED = (
    LinkPutAway,
    DayAhead,
    NoContact,
    CprNumberFound,
    NoSuchTime,
    services.NothingSaid,
    services.TooMuchSaid,
    services.TooFarAhead,
    services.PledgeUnclear,
)


@require_http_methods(PAGE)
def note(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Note a conversation with a side of a link."""
    link, side = side_or_refuse(request, pk, party)
    asked = request.GET.get("hvordan", "")
    channel = Channel(asked) if asked in Channel else Channel.CALL
    form = new_form(request, link, named=[one.rule.code for one in facts_of(link, side).gains], channel=channel)
    if request.method == "POST" and form.is_valid() and note_it(request, form, link, side):
        return _to_side(pk, side)
    context = {"link": link, "side": side, "area": link.area, "form": form, "name": name_of(side)}
    return render(request, "partnerships/conversation_new.html", context, status=422 if form.errors else 200)


def new_form(request: SignedInRequest, link: Link, *, named: list[str], channel: Channel) -> NewConversationForm:
    """Return the form for a new entry, with the gains first that were named to the side."""
    now = timezone.localtime()
    return NewConversationForm(
        request.POST or None,
        contacts=possible_contacts(link, now=now),
        named=named,
        initial={"channel": channel.value, "day": now.date(), "time": now.time(), "from_us": [request.user.pk]},
    )


def note_it(request: SignedInRequest, form: NewConversationForm, link: Link, side: LinkParty) -> bool:
    """Note what a filled form says; False, with the reason in the form, where that cannot be."""
    try:
        services.note_conversation(
            link=link,
            party=side,
            said=form.said(),
            pledges=form.pledges(),
            creation_key=form.cleaned_data["creation_key"],
            by=request.user,
            now=timezone.now(),
        )
    except NOT_NOTED as trouble:
        add_domain_error(form, trouble)
        return False
    messages.success(request, _("Noted."))
    return True


@require_http_methods(PAGE)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an entry with its promises, to be changed."""
    entry = entry_or_refuse(request, pk)
    form = EditConversationForm(
        request.POST or None,
        contacts=services.people_of(entry, now=timezone.now()),
        named=entry.caught,
        initial=initial_of(entry),
    )
    context = context_of(entry, form=form)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_conversation(
                conversation=entry,
                said=form.said(),
                expected_version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/conversation.html", form, entry, context)
        except NOT_NOTED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:conversation", pk=pk)
    return render(request, "partnerships/conversation.html", context, status=422 if form.errors else 200)


@require_POST
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Note one more promise."""
    entry = entry_or_refuse(request, pk)
    form = PledgeForm(request.POST, prefix="promise")
    status = 422
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.add_pledge(
                conversation=entry, pledge=form.pledge(), expected_version=version, by=request.user, now=timezone.now()
            )
        except (services.PledgeUnclear, CprNumberFound) as trouble:
            add_domain_error(form, trouble)
        except EditConflict as trouble:
            add_domain_error(form, trouble)
            status = 409
        else:
            messages.success(request, _("Noted."))
            return redirect("partnerships:conversation", pk=pk)
    return render(request, "partnerships/conversation.html", context_of(entry, promise_form=form), status=status)


@require_POST
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an entry away for good."""
    entry = entry_or_refuse(request, pk)
    form = RemoveForm(request.POST)
    if not form.is_valid():
        return render(request, "partnerships/conversation.html", context_of(entry), status=422)
    try:
        services.remove_conversation(
            conversation=entry, expected_version=form.cleaned_data["version"], by=request.user, now=timezone.now()
        )
    except EditConflict as trouble:
        return render(request, "partnerships/conversation.html", context_of(entry, trouble=str(trouble)), status=409)
    messages.success(request, _("It is gone for good."))
    return _back(entry)


@require_POST
def keep(request: SignedInRequest, pk: int, *, kept: bool) -> HttpResponse:
    """Note that what was promised has been done, or has not after all."""
    found = Pledge.objects.visible_to(request.user, on=timezone.localdate())
    pledge = get_object_or_404(found.select_related("conversation__link__area", "conversation__party"), pk=pk)
    _refuse(request, pledge.conversation.link)
    services.keep_pledge(pledge=pledge, kept=kept, by=request.user, now=timezone.now())
    messages.success(request, _("Noted: done.") if kept else _("Taken back: it is not done yet."))
    return _back(pledge.conversation)


def entry_or_refuse(request: SignedInRequest, pk: int) -> Conversation:
    """Return an entry; 404 for strangers and for the company, 403 for who does not work with its link."""
    found = Conversation.objects.visible_to(request.user, on=timezone.localdate())
    related = ("link__area__owner", "party__organisation", "party__unit", "party__resource", "by")
    entry = get_object_or_404(found.select_related(*related).prefetch_related("our_people"), pk=pk)
    _refuse(request, entry.link)
    return entry


def _refuse(request: SignedInRequest, link: Link) -> None:
    if not rights_of(request.user, link).works:
        raise PermissionDenied(REFUSED)


def context_of(entry: Conversation, **more: Any) -> dict[str, Any]:
    form = EditConversationForm(
        contacts=services.people_of(entry, now=timezone.now()), named=entry.caught, initial=initial_of(entry)
    )
    return {
        "entry": entry,
        "link": entry.link,
        "side": entry.party,
        "area": entry.link.area,
        "name": name_of(entry.party) if entry.party else "",
        "form": form,
        "promise_form": PledgeForm(prefix="promise", initial={"version": entry.version, "whose": "ours"}),
        "pledges": list(entry.pledges.order_by("due_on", "pk")),
        "today": timezone.localdate(),
        "passed": entry.at <= timezone.now(),
        "history": told(entry, words.ACTIONS),
    } | more


def _back(entry: Conversation) -> HttpResponse:
    if entry.party is None:
        return redirect("linking:link", pk=entry.link_id)
    return _to_side(entry.link_id, entry.party)


def _to_side(link: int, party: LinkParty) -> HttpResponse:
    """Return to the page of a side: of one that became a partner to that of its people, else to that for writing."""
    if partner := partner_of(party):
        return redirect("partnerships:side_call", pk=partner.partnership_id, partner=partner.pk)
    return redirect("partnerships:pitch", pk=link, party=party.pk)
