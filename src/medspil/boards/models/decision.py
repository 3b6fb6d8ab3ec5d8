"""Decisions of a board and the votes behind them. Whether something was decided is no column: it follows from them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.boards.models.board import Board
from medspil.boards.models.earmark import Earmark
from medspil.boards.models.meeting import AgendaItem, Attendance, OutOfRoom
from medspil.common.models import Versioned

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class Way(models.TextChoices):
    """How the board answered."""

    AGREED = "agreed", _("without a vote: nobody was against")
    VOTE = "vote", _("by a vote")
    SECRET = "secret", _("by a secret ballot")


class BoardDecisionQuerySet(models.QuerySet["BoardDecision"]):
    """Questions to the decisions."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "BoardDecisionQuerySet":
        """Return decisions of the boards that a person sees."""
        return self.filter(item__meeting__board__in=Board.objects.visible_to(user, on=on))

    def of(self, board: Board) -> "BoardDecisionQuerySet":
        """Return what was put to a board, the last first, also what fell. Of items that were taken out nothing."""
        found = self.filter(item__meeting__board=board, item__removed_at=None)
        return found.order_by("-item__meeting__starts_at", "-item__at", "-pk")

    def with_votes(self) -> "BoardDecisionQuerySet":
        """Return decisions with all that their result follows from. Four queries."""
        there = models.Prefetch("item__meeting__attendances", Attendance.objects.there())
        out = models.Prefetch("item__out_of_room", OutOfRoom.objects.all())
        related = ("item__meeting__chaired_by", "earmark", "reverses__item__meeting")
        return self.select_related(*related).prefetch_related("votes", there, out)


class BoardDecision(Versioned):
    """What a board was asked to decide on an item, how it answered, and what of a sum set aside it uses."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="decision", verbose_name=_("item"))
    text = models.TextField(_("what is decided"))
    way = models.CharField(_("how"), max_length=6, choices=Way.choices)
    # Of a secret ballot only how many there were of each: nobody's vote stands anywhere.
    ballots_for = models.PositiveSmallIntegerField(_("ballots for"), null=True, blank=True)
    ballots_against = models.PositiveSmallIntegerField(_("ballots against"), null=True, blank=True)
    ballots_blank = models.PositiveSmallIntegerField(_("blank ballots"), null=True, blank=True)
    earmark = models.ForeignKey(
        Earmark, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("of which sum")
    )
    kroner = models.PositiveIntegerField(_("how much (kroner)"), null=True, blank=True)
    purpose = models.CharField(_("for what"), max_length=300, blank=True)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals", verbose_name=_("in place of")
    )

    objects = BoardDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of a board")
        verbose_name_plural = _("decisions of boards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(earmark=None, kroner=None) | models.Q(earmark__isnull=False, kroner__gte=1),
                name="decision_uses_a_sum_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    way=Way.SECRET,
                    ballots_for__isnull=False,
                    ballots_against__isnull=False,
                    ballots_blank__isnull=False,
                )
                | (~models.Q(way=Way.SECRET) & models.Q(ballots_for=None, ballots_against=None, ballots_blank=None)),
                name="secret_ballot_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.way} #{self.pk}"


class Choice(models.TextChoices):
    """What somebody voted."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstains")


class Vote(models.Model):
    """One seat's vote on a decision, once."""

    decision = models.ForeignKey(BoardDecision, models.CASCADE, related_name="votes", verbose_name=_("decision"))
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="votes", verbose_name=_("who"))
    choice = models.CharField(_("vote"), max_length=7, choices=Choice.choices)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["decision", "attendance"], name="one_vote_per_seat")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.attendance_id} {self.choice}"
