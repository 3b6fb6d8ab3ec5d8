"""Meetings of a board: when and where, what is on the agenda, and who was there."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from medspil.accounts.models import User
from medspil.boards.models.board import Board
from medspil.boards.models.seats import BoardMember
from medspil.common.models import Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SHORTEST, LONGEST, USUAL = 15, 600, 90


class MeetingState(models.TextChoices):
    """What became of a meeting. Whether it was called and its minutes approved follows from what was done."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class BoardMeetingQuerySet(models.QuerySet["BoardMeeting"]):
    """Questions to the meetings."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "BoardMeetingQuerySet":
        """Return meetings of the boards that a person sees."""
        return self.filter(board__in=Board.objects.visible_to(user, on=on))

    def of(self, board: Board) -> "BoardMeetingQuerySet":
        """Return the meetings of a board, the last first."""
        return self.filter(board=board).order_by("-starts_at", "-pk")

    def held(self) -> "BoardMeetingQuerySet":
        """Return meetings that were held."""
        return self.filter(state=MeetingState.HELD)

    def for_page(self) -> "BoardMeetingQuerySet":
        """Return meetings with board, partnership, area, who chaired and what was approved. One query."""
        return self.select_related("board__partnership__link__area__owner", "chaired_by__user", "approved")


class BoardMeeting(Versioned):
    """A meeting of a board. Its version counts every change of its agenda, of who was there and of what was decided."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="meetings", verbose_name=_("board"))
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("how many minutes"), default=USUAL, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    place = models.CharField(_("where"), max_length=200)
    state = models.CharField(_("state"), max_length=9, choices=MeetingState.choices, default=MeetingState.PLANNED)
    why = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    # When the members were first told of this day or of a later one: the notice is counted from here.
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    # How often the papers have changed: calendars know by it which of two is the newer.
    sequence = models.PositiveIntegerField(_("number of the papers"), default=0, editable=False)
    # When the minutes were last sent out to be approved in writing, and the hash of what they said then.
    minutes_out_at = models.DateTimeField(_("minutes sent out"), null=True, blank=True)
    minutes_out_sha256 = models.CharField(_("hash of the minutes sent out"), max_length=64, blank=True)
    chaired_by = models.ForeignKey(
        BoardMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chaired by")
    )
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("planned by"))
    forgotten_at = models.DateTimeField(_("words forgotten"), null=True, blank=True, editable=False)

    objects = BoardMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting of a board")
        verbose_name_plural = _("meetings of boards")
        indexes = [models.Index(fields=["board", "starts_at"], name="meeting_of_board")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=SHORTEST, minutes__lte=LONGEST), name="meeting_has_a_length"
            )
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.starts_at:%Y-%m-%d} #{self.pk}"

    @property
    def day(self) -> date:
        """Return the day here on which it begins: who sits, and which rules hold, is asked of that day."""
        return timezone.localdate(self.starts_at)

    def is_to_come(self, now: datetime) -> bool:
        """Return whether it is planned and has not begun."""
        return self.state == MeetingState.PLANNED and now < self.starts_at


class ItemKind(models.TextChoices):
    """What a board shall do with an item."""

    INFORMATION = "information", _("for information")
    DISCUSSION = "discussion", _("for discussion")
    DECISION = "decision", _("for decision")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Questions to the items."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "AgendaItemQuerySet":
        """Return items of the meetings that a person sees."""
        return self.filter(meeting__in=BoardMeeting.objects.visible_to(user, on=on))

    def standing(self) -> "AgendaItemQuerySet":
        """Return the items that were not taken out, in their order, with who brings them."""
        return self.filter(removed_at=None).select_related("brought_by__user").order_by("at", "pk")

    def taken_out(self) -> "AgendaItemQuerySet":
        """Return the items that can be put back, the last one taken out first."""
        return self.exclude(removed_at=None).order_by("-removed_at", "pk")


class AgendaItem(Versioned):
    """One item of an agenda: what it is about, who brings it, and in the minutes what was said of it."""

    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    at = models.PositiveSmallIntegerField(_("place in the order"))
    kind = models.CharField(_("what the board shall do"), max_length=11, choices=ItemKind.choices)
    title = models.CharField(_("what it is about"), max_length=160)
    text = models.TextField(_("what there is to say of it"), blank=True)
    brought_by = models.ForeignKey(
        BoardMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who brings it")
    )
    noted = models.TextField(pgettext_lazy("of a meeting", "minutes"), blank=True)
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.at} #{self.pk}"


class Presence(models.TextChoices):
    """Whether a seat was filled at a meeting, and by whom."""

    PRESENT = "present", _("present")
    SUBSTITUTE = "substitute", _("a substitute came")
    EXCUSED = "excused", _("absent, sent apologies")
    ABSENT = "absent", _("absent")


class Coming(models.TextChoices):
    """What a member answered before a meeting."""

    YES = "yes", _("comes")
    NO = "no", _("cannot come")
    SUBSTITUTE = "substitute", _("a substitute comes")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Questions to who was there."""

    def there(self) -> "AttendanceQuerySet":
        """Return the seats that were filled, by the member or by a substitute."""
        return self.filter(presence__in=[Presence.PRESENT, Presence.SUBSTITUTE])

    def for_page(self) -> "AttendanceQuerySet":
        """Return rows with the members and their substitutes, by constituency. One query."""
        people = ("member__user", "member__constituency", "substitute__user", "sends__user")
        return self.select_related(*people).order_by("member__constituency_id", "member__from_on", "member_id")


class Attendance(models.Model):
    """A member and one meeting: which state of the papers she was sent, what she answered, whether her seat was filled.

    What she answered says nothing of who was there: that is noted at the meeting.
    """

    meeting = models.ForeignKey(BoardMeeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="+", verbose_name=_("member"))
    told = models.PositiveIntegerField(_("number of the papers she has"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Coming.choices, blank=True)
    # Whom she sends in her place.
    sends = models.ForeignKey(
        BoardMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sends")
    )
    presence = models.CharField(_("was there"), max_length=10, choices=Presence.choices, blank=True)
    substitute = models.ForeignKey(
        BoardMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("substitute")
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance at a meeting")
        verbose_name_plural = _("attendances at meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_attendance_per_member"),
            models.UniqueConstraint(fields=["meeting", "substitute"], name="substitute_fills_one_seat"),
            models.CheckConstraint(
                condition=models.Q(presence=Presence.SUBSTITUTE, substitute__isnull=False)
                | (~models.Q(presence=Presence.SUBSTITUTE) & models.Q(substitute=None)),
                name="substitute_is_named",
            ),
            models.UniqueConstraint(fields=["meeting", "sends"], name="substitute_is_sent_for_one_seat"),
            models.CheckConstraint(
                condition=models.Q(answer=Coming.SUBSTITUTE, sends__isnull=False)
                | (~models.Q(answer=Coming.SUBSTITUTE) & models.Q(sends=None)),
                name="substitute_who_is_sent_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id} {self.presence}"

    @property
    def is_there(self) -> bool:
        """Return whether the seat is filled."""
        return self.presence in (Presence.PRESENT, Presence.SUBSTITUTE)

    @property
    def sitter(self) -> BoardMember:
        """Return who fills the seat: the member, or the substitute who came."""
        return self.substitute or self.member


class Because(models.TextChoices):
    """Why somebody who was there took no part in an item."""

    CONFLICT = "conflict", _("disqualified: has an interest of her or his own in it")
    AWAY = "away", _("was not in the room")


class OutOfRoom(models.Model):
    """Somebody who was at the meeting left the room for one item: what that means stands in `voting`."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="out_of_room", verbose_name=_("item"))
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="out_of_room", verbose_name=_("who"))
    because = models.CharField(_("because"), max_length=8, choices=Because.choices)
    why = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("left the room for an item")
        verbose_name_plural = _("left the room for items")
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="out_of_room_once_per_item"),
            models.CheckConstraint(
                condition=~models.Q(because=Because.CONFLICT) | ~models.Q(why=""),
                name="conflict_of_interest_says_why",
                violation_error_message=_("Say in a few words what the interest is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.attendance_id} {self.because}"
