"""Minutes as they were approved, which nobody edits any more, and the notes that correct them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.boards.models.meeting import BoardMeeting
from medspil.boards.models.seats import BoardMember
from medspil.common.frozen import Frozen, FrozenQuerySet
from medspil.common.models import Versioned


class ApprovedBy(models.TextChoices):
    """Who approved the minutes."""

    MEETING = "meeting", _("the board, at a later meeting")
    CHAIR = "chair", _("the chair")
    WRITING = "writing", _("the members, in writing")


class ApprovedMinutesQuerySet(FrozenQuerySet["ApprovedMinutes"]):
    """Questions to what was approved."""

    def rename(self, names: dict[str, str]) -> int:
        """Write who is named; what was decided and by which seats stays. Return how many rows."""
        return models.QuerySet.update(self, names=names)


class ApprovedMinutes(Frozen):
    """What the minutes of a meeting said when they were approved, with the hash of that.

    People stand in the content by the keys of their seats; what they were called stands beside it, so that a name can
    be forgotten and the content stays as its hash says.
    """

    meeting = models.OneToOneField(BoardMeeting, models.PROTECT, related_name="approved", verbose_name=_("meeting"))
    content = models.JSONField(_("content"))
    names = models.JSONField(_("names"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    way = models.CharField(_("approved by"), max_length=7, choices=ApprovedBy.choices)
    at_meeting = models.ForeignKey(
        BoardMeeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("at the meeting")
    )
    approved_on = models.DateField(_("approved"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    objects = ApprovedMinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved minutes")
        verbose_name_plural = _("approved minutes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(way=ApprovedBy.MEETING, at_meeting__isnull=False)
                | models.Q(way__in=[ApprovedBy.CHAIR, ApprovedBy.WRITING], at_meeting=None),
                name="minutes_say_where_they_were_approved",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sha256[:12]}"


class MinutesAnswer(models.Model):
    """What somebody who was at a meeting says in writing to its minutes as they stood, which the hash tells."""

    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, related_name="minutes_answers", verbose_name=_("meeting"))
    member = models.ForeignKey(BoardMember, models.PROTECT, related_name="+", verbose_name=_("who"))
    sha256 = models.CharField(_("SHA-256 of what was read"), max_length=64)
    agrees = models.BooleanField(_("approves them"))
    words = models.TextField(_("what is not right"), blank=True)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to minutes")
        verbose_name_plural = _("answers to minutes")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member", "sha256"], name="one_answer_to_minutes"),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(words=""), name="objection_to_minutes_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id} {self.agrees}"


class MinutesNote(Versioned):
    """A correction of approved minutes: it stands beneath them, with its day, and changes nothing in them."""

    meeting = models.ForeignKey(BoardMeeting, models.PROTECT, related_name="notes", verbose_name=_("meeting"))
    text = models.TextField(_("what is to be said in addition"))
    on = models.DateField(_("day"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))

    class Meta:
        verbose_name = _("note on minutes")
        verbose_name_plural = _("notes on minutes")

    def __str__(self) -> str:
        return f"{self.meeting_id} #{self.pk}"
