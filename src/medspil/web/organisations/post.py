"""The page "Mail": what went out on behalf of an organisation, what waits, and what somebody must look at.

No text and no subject is shown, and of an address only what its owner would know again: an administrator needs no more
to send a mail again, and contacts of residents are not hers to see.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from medspil.accounts.one_time_links import masked
from medspil.notices import came_back as returned
from medspil.notices import services
from medspil.notices.checks import label_of
from medspil.notices.models import Message, MessageQuerySet, MessageState
from medspil.notices.transport import is_set_up
from medspil.organisations.merging import standing_for
from medspil.organisations.models import Organisation
from medspil.web.http import SignedInRequest
from medspil.web.organisations.merging import managed_or_refuse
from medspil.web.tables import Column, Table

MOST = 100
BADGES = {
    MessageState.WAITING: "info",
    MessageState.SENDING: "info",
    MessageState.SENT: "success",
    MessageState.UNSURE: "warning",
    MessageState.GIVEN_UP: "error",
}
WHAT = Column(gettext_lazy("Mail"), lambda one: label_of(one.purpose), template="organisations/_mail_cell.html")
TO = Column(gettext_lazy("To"), lambda one: masked(one.to_email))
STATE = Column(
    gettext_lazy("State"), lambda one: BADGES.get(one.state, ""), template="organisations/_mail_state_cell.html"
)
NEXT = Column(gettext_lazy("Next attempt"), "next_try_at", template="organisations/_moment_cell.html")
ENDED = Column(gettext_lazy("When"), "settled_at", template="organisations/_moment_cell.html")


@require_safe
def mails(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the mails of an organisation to its administrators."""
    organisation = managed_or_refuse(request, pk)
    found = mails_of(organisation).select_related("created_by")
    ended = list(found.ended()[:MOST])
    back = returned.came_back_from([one.to_email for one in ended], of=pk)
    arrived = Column(
        _("Did it arrive?"), lambda _one: {"pk": pk, "back": back}, template="organisations/_mail_back_cell.html"
    )
    actions = Column(_("What you can do"), lambda _one: pk, template="organisations/_mail_actions_cell.html")
    context = {
        "organisation": organisation,
        "set_up": is_set_up(),
        "overdue": found.overdue(timezone.now()).count(),
        "troubled": _table(_("Mails that somebody should look at"), found.troubled(), WHAT, TO, STATE, actions),
        "waiting": _table(_("Mails that wait"), found.on_their_way(), WHAT, TO, NEXT, STATE, actions),
        "ended": _table(_("Mails that were sent or stopped"), ended, WHAT, TO, ENDED, STATE, arrived),
        "most": MOST,
    }
    return render(request, "organisations/mails.html", context)


@require_POST
def send_again(request: SignedInRequest, pk: int, message: int) -> HttpResponse:
    """Have a mail tried again now."""
    return _done(request, pk, message, services.send_again, _("The mail is tried again now."))


@require_POST
def stop(request: SignedInRequest, pk: int, message: int) -> HttpResponse:
    """Send a mail no more."""
    return _done(request, pk, message, services.stop, _("The mail is stopped and will not be sent."))


@require_POST
def came_back(request: SignedInRequest, pk: int, message: int) -> HttpResponse:
    """Note that a mail came back, so that nothing more is sent to its address."""
    said = _("Noted. Nothing more is sent to this address for your organisation. Ask for a new one.")
    return _returned(request, pk, message, returned.note, said)


@require_POST
def write_again(request: SignedInRequest, pk: int, message: int) -> HttpResponse:
    """Send mails to an address again."""
    said = _("Mails go to this address again. What was stopped in the meantime has to be sent anew.")
    return _returned(request, pk, message, returned.write_again, said)


def mails_of(organisation: Organisation) -> MessageQuerySet:
    """Return the mails of an organisation that came by a door, with those of organisations that went into it."""
    return Message.objects.sent_for(*standing_for([organisation.pk]))


def _done(request: SignedInRequest, pk: int, message: int, service: Callable[..., None], said: str) -> HttpResponse:
    organisation = managed_or_refuse(request, pk)
    found = get_object_or_404(mails_of(organisation), pk=message)
    try:
        service(message=found, seen=request.POST.get("seen", ""), by=request.user, now=timezone.now())
    except services.NotPossibleNow as trouble:
        messages.warning(request, str(trouble))
    else:
        messages.success(request, said)
    return redirect("organisations:mails", pk=pk)


def _returned(request: SignedInRequest, pk: int, message: int, service: Callable[..., None], said: str) -> HttpResponse:
    organisation = managed_or_refuse(request, pk)
    found = get_object_or_404(mails_of(organisation), pk=message)
    try:
        service(message=found, of=organisation.pk, by=request.user, now=timezone.now())
    except services.NotPossibleNow as trouble:
        messages.warning(request, str(trouble))
    else:
        messages.success(request, said)
    return redirect("organisations:mails", pk=pk)


def _table(caption: str, mails: MessageQuerySet | list[Message], *columns: Column) -> Table:
    return Table(caption=caption, caption_hidden=True, describe=columns, records=list(mails[:MOST]))
