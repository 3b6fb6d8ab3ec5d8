"""Proposals as they were given, and long runs on their way to one."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.rounds.models.round import Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions to the proposals."""

    def visible_to(self, user: "User | AnonymousUser") -> "ProposalQuerySet":
        """Return proposals of the rounds a person may see."""
        return self.filter(round__in=Round.objects.visible_to(user).values("pk"))

    def for_list(self, round_: Round) -> "ProposalQuerySet":
        """Return the proposals of a round, newest first, without their long texts."""
        return self.filter(round=round_).defer("question", "answer").select_related("by").order_by("-number")


class Proposal(models.Model):
    """Who gets what, as the solver said it: the question, the pairs with reasons, what is short and why.

    The same question has the same answer, so it is stored once however often somebody asks.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="proposals", verbose_name=_("allocation"))
    number = models.PositiveIntegerField(_("number"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    fingerprint = models.CharField(_("fingerprint of the question"), max_length=64, editable=False)
    question = models.JSONField(_("question"))  # rows, pairs that could be, locks, bans, rules
    answer = models.JSONField(_("answer"))  # pairs with amounts, what is short and why, figures
    pair_rules = models.JSONField(_("locks and bans as they were"), default=list)  # to go back to
    links = models.JSONField(_("links made of its pairs"), default=dict, editable=False)  # {"asker-giver": key}
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_proposal_per_number"),
            models.UniqueConstraint(
                fields=["round", "fingerprint"],
                name="one_proposal_per_question",
                violation_error_message=_("This proposal is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} #{self.number} {self.at:%Y-%m-%d %H:%M}"


class SolvingState(models.TextChoices):
    """How far a long run has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("stopped")


class SolvingQuerySet(models.QuerySet["Solving"]):
    """Questions to the long runs."""

    def visible_to(self, user: "User | AnonymousUser") -> "SolvingQuerySet":
        """Return runs of the rounds a person may change."""
        return self.filter(round__in=Round.objects.run_by(user).values("pk"))

    def under_way(self) -> "SolvingQuerySet":
        """Return runs that wait or work."""
        return self.filter(state__in=[SolvingState.WAITING, SolvingState.RUNNING])


class Solving(models.Model):
    """A long run on its way to a proposal: one at a time per round, taken over when its worker falls silent."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="solvings", verbose_name=_("allocation"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    asked_at = models.DateTimeField(_("asked for"))
    state = models.CharField(_("state"), max_length=7, choices=SolvingState.choices, default=SolvingState.WAITING)
    alive_until = models.DateTimeField(_("alive until"))  # a worker that was killed does not renew it
    trouble = models.TextField(_("trouble"), blank=True)

    objects = SolvingQuerySet.as_manager()

    class Meta:
        verbose_name = _("long run")
        verbose_name_plural = _("long runs")
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_long_run_per_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.state} {self.asked_at:%Y-%m-%d %H:%M}"
