"""Rules of procedure: a text in versions, each with the settings that the text implies."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.boards.models.board import Board
from medspil.common.models import Versioned


class QuorumShare(models.TextChoices):
    """Which share of those who sit on the board must be there."""

    NONE = "none", _("no share, only a number")
    HALF = "half", _("at least half")
    OVER_HALF = "over_half", _("more than half")
    TWO_THIRDS = "two_thirds", _("at least two thirds")


class Majority(models.TextChoices):
    """How many must be for something so that it is decided."""

    SIMPLE = "simple", _("more votes for than against")
    ABSOLUTE = "absolute", _("more than half of those who are there")
    TWO_THIRDS = "two_thirds", _("at least two thirds of the votes for and against")
    NOBODY_AGAINST = "nobody_against", _("nobody against")


class RulesOfProcedureQuerySet(models.QuerySet["RulesOfProcedure"]):
    """Questions to the versions of the rules."""

    def holding(self, on: date) -> "RulesOfProcedureQuerySet":
        """Return versions that hold on a day or held before, the newest first: the first one is the one that holds."""
        return self.filter(holds_from__lte=on).order_by("-holds_from", "-number")

    def newest_first(self) -> "RulesOfProcedureQuerySet":
        """Return all versions with who wrote them, the newest first."""
        return self.select_related("by").order_by("-number")


class RulesOfProcedure(Versioned):
    """One version of a board's rules: never changed once adopted, but names in its text are forgotten on request.

    The database refuses to change the rest, and to delete it (guards.py).
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="rules", verbose_name=_("board"))
    number = models.PositiveSmallIntegerField(_("number"))
    holds_from = models.DateField(_("holds from"))
    text = models.TextField(_("rules of procedure"))
    quorum_share = models.CharField(
        _("quorum: how large a share must be there"),
        max_length=10,
        choices=QuorumShare.choices,
        default=QuorumShare.OVER_HALF,
    )
    quorum_number = models.PositiveSmallIntegerField(
        _("quorum: how many must be there at least"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    majority = models.CharField(
        _("how decisions are taken"), max_length=14, choices=Majority.choices, default=Majority.SIMPLE
    )
    casting_vote = models.BooleanField(_("the chair's vote decides when the votes are equal"), default=True)
    secret_ballot = models.BooleanField(_("votes can be by secret ballot"), default=False)
    notice_days = models.PositiveSmallIntegerField(
        _("days' notice before a meeting"), default=14, validators=[MaxValueValidator(90)]
    )
    # How long members have to approve minutes in writing, or to object; none where the rules do not say that they do.
    objection_days = models.PositiveSmallIntegerField(
        _("days to approve the minutes in writing"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    term_years = models.PositiveSmallIntegerField(
        _("how many years a term lasts"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    re_election = models.BooleanField(_("members can be elected again"), default=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))

    objects = RulesOfProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of procedure")
        verbose_name_plural = _("rules of procedure")
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="rules_of_procedure_are_numbered"),
            models.CheckConstraint(
                condition=~models.Q(quorum_share=QuorumShare.NONE) | models.Q(quorum_number__gte=1),
                name="rules_of_procedure_have_a_quorum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.number}"
