"""Words for meetings of boards: the colours of their states, and what the history tells."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from medspil.boards.models import MeetingState
from medspil.boards.voting import Result

Words = str | Promise

BADGES: Mapping[str, str] = {
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "success",
    MeetingState.CANCELLED: "warning",
}
RESULTS: Mapping[str, str] = {Result.DECIDED: "success", Result.FELL: "warning", Result.NOT_ABLE: "warning"}
# What the services write as `action` in the history.
ACTIONS: Mapping[str, Words] = {
    "meeting_planned": gettext_lazy("planned the meeting"),
    "meeting_moved": gettext_lazy("moved the meeting"),
    "meeting_changed": gettext_lazy("changed the place or the length"),
    "meeting_held": gettext_lazy("noted that it was held"),
    "meeting_not_held": gettext_lazy("took back that it was held"),
    "meeting_cancelled": gettext_lazy("cancelled the meeting"),
    "meeting_on_again": gettext_lazy("took back the cancelling"),
    "papers_sent": gettext_lazy("sent the papers"),
    "board_called": gettext_lazy("called the meeting on paper"),
    "member_answered": gettext_lazy("noted whether a member comes"),
    "item_added": gettext_lazy("added an item"),
    "item_changed": gettext_lazy("changed an item"),
    "items_ordered": gettext_lazy("chose the order of the items"),
    "item_taken_out": gettext_lazy("took an item out"),
    "item_put_back": gettext_lazy("put an item back"),
    "attendance_noted": gettext_lazy("noted who was there"),
    "left_the_room": gettext_lazy("noted that somebody left the room for an item"),
    "came_back": gettext_lazy("took back that somebody left the room"),
    "minutes_written": gettext_lazy("wrote the minutes"),
    "decided": gettext_lazy("wrote a decision down"),
    "decision_changed": gettext_lazy("changed a decision"),
    "minutes_approved": gettext_lazy("noted that the minutes were approved"),
    "minutes_sent_out": gettext_lazy("sent the minutes out to be approved in writing"),
    "minutes_agreed": gettext_lazy("noted that somebody approves the minutes"),
    "minutes_objected": gettext_lazy("noted an objection to the minutes"),
    "minutes_sent": gettext_lazy("sent the minutes"),
    "minutes_corrected": gettext_lazy("put a correction beneath the minutes"),
}
