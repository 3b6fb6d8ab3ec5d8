"""Where the sides differ: found by the words or marked by people, and what each side says to how it is settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner, Partnership


class DifferenceKind(models.TextChoices):
    """What differs."""

    HORIZON = "horizon", _("the time differs")
    AGAINST = "against", _("what one calls a success another does not want")
    NOBODY = "nobody", _("nobody brings what the need asks for")
    ONLY = "only", _("words that only one side has")
    ADDED = "added", _("somebody saw it")


class Outcome(models.TextChoices):
    """What becomes of a difference."""

    OPEN = "", _("open")
    SETTLED = "settled", _("settled by a sentence")
    ACCEPTED = "accepted", _("accepted as it is")


class DifferenceQuerySet(models.QuerySet["Difference"]):
    """Questions to the differences."""

    def of(self, partnership: Partnership) -> "DifferenceQuerySet":
        """Return the differences of a partnership with what the sides said, the oldest first. Two queries."""
        return self.filter(partnership=partnership).prefetch_related("verdicts").order_by("pk")


class Difference(Versioned):
    """One difference: between whom, and the way it is settled that somebody wrote, if any.

    Each side says yes to that way for itself; another way, or other words of a side, ask all of them again: `wording`
    counts on, and what was said to an earlier one no longer counts.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="differences", verbose_name=_("partnership")
    )
    kind = models.CharField(_("what differs"), max_length=8, choices=DifferenceKind.choices)
    key = models.CharField(_("what tells it from others"), max_length=80)
    about = models.JSONField(_("whose answers it is about"), default=list, blank=True)  # [[partner, question], …]
    text = models.TextField(_("what differs, in words"), blank=True)
    outcome = models.CharField(_("what becomes of it"), max_length=8, choices=Outcome.choices, blank=True)
    sentence = models.TextField(_("the sentence that settles it"), blank=True)
    wording = models.PositiveIntegerField(_("which way of settling it"), default=1)
    reopened_at = models.DateTimeField(_("open again since"), null=True, blank=True)
    dismissed_at = models.DateTimeField(_("put aside"), null=True, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="one_difference_of_a_key"),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.SETTLED) | ~models.Q(sentence=""),
                name="difference_settled_by_a_sentence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.key}"

    @property
    def question(self) -> str:
        """Return the code of the question whose answers it is about, the first where there are two."""
        return str(self.about[0][1]) if self.about else ""


class Verdict(models.Model):
    """One side says yes to a way of settling a difference; it holds for that wording alone."""

    difference = models.ForeignKey(Difference, models.CASCADE, related_name="verdicts", verbose_name=_("difference"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="verdicts", verbose_name=_("partner"))
    wording = models.PositiveIntegerField(_("which way of settling it"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("yes of a side")
        verbose_name_plural = _("yes of sides")
        constraints = [models.UniqueConstraint(fields=["difference", "partner"], name="one_verdict_of_a_side")]

    def __str__(self) -> str:
        return f"{self.difference_id} {self.partner_id}"
