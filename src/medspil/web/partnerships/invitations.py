"""Bring the file of an invitation: it becomes the draft of a meeting, which a person looks through and notes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.linking.models import Link, LinkParty
from medspil.linking.parties import name_of
from medspil.partnerships.conversations import people_of
from medspil.partnerships.facts import facts_of
from medspil.partnerships.invitations import Invitation, NotAnInvitation, SeveralMeetings, read_invitation
from medspil.partnerships.models import Channel, Conversation
from medspil.partnerships.pitching import possible_contacts
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.partnerships.conversation_forms import (
    EditConversationForm,
    InvitationForm,
    NewConversationForm,
    initial_of,
)
from medspil.web.partnerships.conversations import context_of, entry_or_refuse
from medspil.web.partnerships.loading import side_or_refuse


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Take the file of an invitation, and show what it says as a meeting that is not noted yet."""
    link, side = side_or_refuse(request, pk, party)
    form = InvitationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = read_invitation(form.cleaned_data["file"].read(), zone=timezone.get_current_timezone())
        except (NotAnInvitation, SeveralMeetings) as trouble:
            add_domain_error(form, trouble, "file")
        else:
            if there := _known(request, side, found):
                return there
            if not found.cancelled:
                return _new(request, link, side, found)
            form.add_error("file", _("The invitation says that the meeting is cancelled, and it is not noted here."))
    context = {"link": link, "side": side, "area": link.area, "form": form, "name": name_of(side)}
    return render(request, "partnerships/invitation.html", context, status=422 if form.errors else 200)


def _new(request: SignedInRequest, link: Link, side: LinkParty, found: Invitation) -> HttpResponse:
    """Show the meeting of an invitation as a note that begins with what the file says."""
    ours = possible_contacts(link, now=timezone.now())
    emails = [one.email for one in found.people if one.email]
    from_us = [one for one in ours if one.email.casefold() in emails]
    known = {one.email.casefold() for one in from_us}
    starts = timezone.localtime(found.starts)
    form = NewConversationForm(
        contacts=ours,
        named=[one.rule.code for one in facts_of(link, side).gains],
        initial={
            "channel": Channel.MEETING.value,
            "day": starts.date(),
            "time": starts.time(),
            "minutes": found.minutes,
            "from_us": [one.pk for one in from_us] or [request.user.pk],
            "their_people": ", ".join(str(one) for one in found.people if one.email not in known)[:200],
            "text": _words(found),
            "invitation": found.uid,
        },
    )
    context = {"link": link, "side": side, "area": link.area, "form": form, "name": name_of(side), "draft": True}
    return render(request, "partnerships/conversation_new.html", context)


def _known(request: SignedInRequest, side: LinkParty, found: Invitation) -> HttpResponse | None:
    """Show the entry of an invitation that is here already, with what the file says now; None for a new one."""
    hers = Conversation.objects.visible_to(request.user, on=timezone.localdate())
    there = hers.filter(party=side, forgotten_at=None).exclude(invitation="").filter(invitation=found.uid).first()
    if there is None:
        return None
    entry = entry_or_refuse(request, there.pk)
    starts = timezone.localtime(found.starts)
    form = EditConversationForm(
        contacts=people_of(entry, now=timezone.now()),
        named=entry.caught,
        initial=initial_of(entry) | {"day": starts.date(), "time": starts.time()},
    )
    moved = "cancelled" if found.cancelled else "moved"
    return render(request, "partnerships/conversation.html", context_of(entry, form=form, moved=moved))


def _words(found: Invitation) -> str:
    """Return what the meeting is called and where it is, line by line."""
    return "\n".join(line for line in (found.summary, found.place) if line)
