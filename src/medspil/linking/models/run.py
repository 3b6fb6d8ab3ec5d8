"""Rankings as they were given."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Need

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RunQuerySet(models.QuerySet["Run"]):
    """Questions to the stored rankings."""

    def visible_to(self, user: "User | AnonymousUser") -> "RunQuerySet":
        """Return rankings of the needs a person may see."""
        return self.filter(need__in=Need.objects.visible_to(user))

    def for_list(self, need: Need) -> "RunQuerySet":
        """Return the stored rankings of a need, newest first, without their long answers."""
        return self.filter(need=need).defer("question", "answer").select_related("by").order_by("-at", "-pk")


class Run(models.Model):
    """One ranking as it was given: the question, the versions and the answer with its reasons.

    Enough to explain an old answer as it was, and to ask the same question again. One question asked of the same
    versions has one answer, so it is stored once however often somebody clicks.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="runs", verbose_name=_("need"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    question = models.JSONField(_("question"))  # the need as the engine got it, with filters and weights
    versions = models.JSONField(_("versions"))  # engine, analyser, affinities, index (id, source, date, rows)
    fingerprint = models.CharField(_("fingerprint of question and versions"), max_length=64, editable=False)
    answer = models.JSONField(_("answer"))  # left out, eligible, units with their facts, parts, model and kinds

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        indexes = [models.Index(fields=["need", "-at"], name="latest_run_of_need")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "fingerprint"],
                name="one_run_per_question_and_versions",
                violation_error_message=_("This ranking is already saved."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.at:%Y-%m-%d %H:%M} #{self.pk}"
