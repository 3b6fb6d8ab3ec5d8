"""Rankings as they were given, and the companies that people kept or set aside."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import Versioned
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RunQuerySet(models.QuerySet["Run"]):
    """Questions to the stored rankings."""

    def visible_to(self, user: "User | AnonymousUser") -> "RunQuerySet":
        """Return rankings of the needs a person may see."""
        return self.filter(need__in=Need.objects.visible_to(user))


class Run(models.Model):
    """One ranking as it was given: the question, the versions and the answer with its reasons.

    Enough to explain an old answer as it was, and to ask the same question again.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="runs", verbose_name=_("need"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    question = models.JSONField(_("question"))  # the need as the engine got it, with filters and weights
    versions = models.JSONField(_("versions"))  # engine, analyser, affinities, index (id, source, date, rows)
    answer = models.JSONField(_("answer"))  # left out, eligible, units with parts, model and kinds

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        indexes = [models.Index(fields=["need", "-at"], name="latest_run_of_need")]

    def __str__(self) -> str:
        return f"{self.need.pk} {self.at:%Y-%m-%d %H:%M} #{self.pk}"


class Decision(models.TextChoices):
    """What people decided about a company for a need."""

    KEPT = "kept", _("kept")
    SET_ASIDE = "set_aside", _("set aside")


class SetAsideReason(models.TextChoices):
    """Why a company was set aside for a need."""

    WRONG_KIND = "wrong_kind", _("does not have what we need")
    TOO_FAR = "too_far", _("too far away")
    TOO_SMALL = "too_small", _("too small for the task")
    BAD_TIME = "bad_time", _("not now, perhaps later")
    REPUTATION = "reputation", _("does not suit the area")
    CONTACTED = "contacted", _("has said no")
    OTHER = "other", _("another reason (write it)")


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Questions to the shortlist."""

    def visible_to(self, user: "User | AnonymousUser") -> "CandidateQuerySet":
        """Return candidates of the needs a person may see."""
        return self.filter(need__in=Need.objects.visible_to(user))

    def for_shortlist(self) -> "CandidateQuerySet":
        """Return kept companies with unit and owner, in the order they were kept."""
        return self.filter(decision=Decision.KEPT).select_related("unit", "owner").order_by("created_at", "pk")


class Candidate(Versioned):
    """A company that somebody kept or set aside for a need, with who takes the next step."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="candidates", verbose_name=_("need"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ranking"))
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=SetAsideReason.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who takes it on")
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("when"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "unit"],
                name="one_decision_per_need_and_unit",
                violation_error_message=_("This company is already on the list."),
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="set_aside", reason=""),
                name="set_aside_has_a_reason",
                violation_error_message=_("Say why the company is set aside."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.pk} {self.unit.pk} {self.decision}"
