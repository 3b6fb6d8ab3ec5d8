"""Tells what happened in an alignment, for components/_history.html: who, for which side, and what."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.alignment.history import happened
from medspil.partnerships.models import Partnership
from medspil.web.alignment.acting import Actor
from medspil.web.history import Event

ACTIONS: dict[str, str | Promise] = {
    "alignment_handed_in": _("handed in what matters to it"),
    "alignment_noted": _("what it said was noted for it"),
    "alignment_confirmed": _("said that what was noted is right"),
    "alignment_asked_sheet": _("was asked by mail to fill in its own"),
    "alignment_asked_settle": _("got a link to what differs"),
    "alignment_not_asked": _("the link to it was taken back"),
    "alignment_reminded": _("was reminded"),
    "put_aside": _("put a difference aside"),
    "brought_back": _("brought a difference back"),
    "taken_up": _("took up a proposed difference"),
    "added": _("added a difference"),
    "way_proposed": _("said how a difference can be settled"),
    "said_yes": _("said yes to how a difference is settled"),
    "yes_taken_back": _("took its yes back"),
    "reopened": _("a difference is open again: the words have changed"),
}


def events_of(partnership: Partnership, actor: Actor) -> list[Event]:
    """Return what happened, the newest first, with the names of sides as the person may know them."""
    found = []
    for entry, side in happened(partnership):
        what, name = str(ACTIONS.get(entry.action, entry.action)), actor.names.get(side, "")
        found.append(Event(at=entry.at, by=entry.by, what=f"{name}: {what}" if name else what, changes=[]))
    return found
