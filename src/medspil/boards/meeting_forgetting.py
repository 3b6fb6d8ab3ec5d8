"""Forgets who stands in minutes and texts of meetings: names with the seats, words years after the board was there.

Approved minutes hold people by the keys of their seats, and what they were called beside it: that name goes with the
seat. The words of minutes that are approved stay as the board approved them, until five years after the board or its
partnership ended; then they go, and that there was such a meeting, with the hash of its minutes, stays. What is not
approved yet is still being written: there a name is taken out, and whoever may stand in a text is looked for.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.boards.models import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    Board,
    BoardDecision,
    BoardMeeting,
    MinutesAnswer,
    MinutesNote,
    OutOfRoom,
)
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import NO_WORDS, also_reads
from medspil.notices.forgetting import forget_about
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person
from medspil.partnerships.models import Standing

MINUTES_KEPT_FOR = timedelta(days=5 * 365)  # the privacy page tells this number


def forget_old_meetings(*, now: datetime) -> int:
    """Forget the words of meetings of boards that ended five years ago; return how many. Again, it changes nothing."""
    since = timezone.localdate(now - MINUTES_KEPT_FOR)
    ended = Q(partnership__standing=Standing.ENDED, partnership__standing_on__lt=since)
    boards = Board.objects.filter(ended | Q(dissolved_on__lt=since)).values("pk")
    old = BoardMeeting.objects.filter(board__in=boards, forgotten_at=None)
    keys = list(old.values_list("pk", flat=True))
    ApprovedMinutes.objects.filter(meeting__in=keys).forget(now=now, content={}, names={})
    more = {"version": F("version") + 1}
    AgendaItem.objects.filter(meeting__in=keys).update(title=NO_WORDS, text="", noted="", **more)
    BoardDecision.objects.filter(item__meeting__in=keys).update(text=NO_WORDS, **more)
    BoardDecision.objects.filter(item__meeting__in=keys).exclude(purpose="").update(purpose=NO_WORDS)
    OutOfRoom.objects.filter(item__meeting__in=keys).exclude(why="").update(why=NO_WORDS)
    MinutesNote.objects.filter(meeting__in=keys).update(text=NO_WORDS, **more)
    MinutesAnswer.objects.filter(meeting__in=keys).exclude(words="").update(words=NO_WORDS)
    rows = BoardMeeting.objects.filter(pk__in=keys)
    return rows.update(place=NO_WORDS, why="", forgotten_at=now, **more)


def forget_members_in_minutes(members: Collection[int], *, now: datetime) -> None:
    """Take the names of seats out of minutes, and stop mails about meetings that wait for them."""
    forget_about(records=list(Attendance.objects.filter(member__in=members)), now=now)
    MinutesAnswer.objects.filter(member__in=members).exclude(words="").update(words=NO_WORDS)
    gone = {str(key) for key in members}
    boards = Board.objects.filter(constituencies__members__in=members)
    for one in ApprovedMinutes.objects.filter(meeting__board__in=boards):
        left = {key: name for key, name in one.names.items() if key not in gone}
        if left != one.names:
            ApprovedMinutes.objects.filter(pk=one.pk).rename(left)


@also_forgets_person
def forget_person_at_meetings(person: Person) -> None:
    """Take the names of a person with an account out of what is written of meetings near her and not approved."""
    near = {"board__partnership__link__in": links_near(person).values("pk"), "approved": None}
    meetings = BoardMeeting.objects.filter(**near)
    for meeting in meetings:
        person.take_out_of(meeting, "place", "why")
    for item in AgendaItem.objects.filter(meeting__in=meetings):
        person.take_out_of(item, "title", "text", "noted")
    for decision in BoardDecision.objects.filter(item__meeting__in=meetings):
        person.take_out_of(decision, "text", "purpose")
    for out in OutOfRoom.objects.filter(item__meeting__in=meetings):
        person.take_out_of(out, "why")
    for said in MinutesAnswer.objects.filter(meeting__in=meetings):
        person.take_out_of(said, "words")


def _reads(key: str, words: Promise, model: type[models.Model], name: str, meeting: str = "") -> None:
    """Have a text of a meeting read for names, as long as its minutes are not approved."""
    way, open_ = f"{meeting}board__partnership__link", Q(**{f"{meeting}approved": None})
    also_reads(key, words, model, name, way=way, left=NO_WORDS, among=open_)


_reads("met_at", _("where a board meets"), BoardMeeting, "place")
_reads("not_met", _("why a meeting of a board was cancelled"), BoardMeeting, "why")
_reads("title", _("what an item of a board's meeting is called"), AgendaItem, "title", "meeting__")
_reads("item", _("what a board was to talk about"), AgendaItem, "text", "meeting__")
_reads("talked", _("what was said at a meeting of a board"), AgendaItem, "noted", "meeting__")
_reads("decided", _("what a board decided"), BoardDecision, "text", "item__meeting__")
_reads("money", _("what money that a board decided on is for"), BoardDecision, "purpose", "item__meeting__")
_reads("interest", _("why somebody left the room at a meeting of a board"), OutOfRoom, "why", "item__meeting__")
# What was objected to minutes is no part of what was approved, and stands beside it.
also_reads(
    "objected", _("what somebody objects to minutes of a board"), MinutesAnswer, "words",
    way="meeting__board__partnership__link", left=NO_WORDS,
)  # fmt: skip
# A note is no part of what the board approved, and stands beneath it.
also_reads(
    "added", _("a note on minutes of a board"), MinutesNote, "text", way="meeting__board__partnership__link",
    left=NO_WORDS,
)  # fmt: skip
