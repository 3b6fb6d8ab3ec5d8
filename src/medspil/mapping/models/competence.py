"""What a challenge takes: the competences without which nothing comes of it. Who has them is worked out, not kept."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Challenge, areas_where
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class CompetenceQuerySet(models.QuerySet["Competence"]):
    """Questions to the competences."""

    def visible_to(self, user: "User | AnonymousUser") -> "CompetenceQuerySet":
        """Return what challenges of the areas a person may see take."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(challenge__area__in=areas_where(user, Ability.VIEW_AREA))

    def current(self) -> "CompetenceQuerySet":
        """Return what challenges take that are not archived."""
        return self.filter(challenge__archived_at=None)


class Competence(models.Model):
    """One kind of resource that a challenge takes, with what is meant by it here."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="competences", verbose_name=_("challenge"))
    kind = models.CharField(_("kind of resource"), max_length=40)  # code in vocabulary().resource_kinds
    note = models.CharField(_("what is meant by it here"), max_length=300, blank=True)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("competence that a challenge takes")
        verbose_name_plural = _("competences that challenges take")
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "kind"],
                name="one_competence_per_challenge_and_kind",
                violation_error_message=_("This competence is already on the challenge."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.kind}"
