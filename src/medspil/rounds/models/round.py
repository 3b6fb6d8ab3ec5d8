"""One sharing out of many offers among many needs: its programme, rules, areas, and the proposal that stands."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, areas_where
from medspil.common.models import Versioned
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class RoundState(models.TextChoices):
    """How far a round has come."""

    DRAFT = "draft", _("in the making")
    APPLIED = "applied", _("made into links")


class RoundQuerySet(models.QuerySet["Round"]):
    """Questions to the rounds."""

    def visible_to(self, user: "User | AnonymousUser") -> "RoundQuerySet":
        """Return rounds that a person shares out, and those that concern an area she may see."""
        if not user.is_authenticated:
            return self.none()
        seen = areas_where(user, Ability.VIEW_AREA)
        concerned = Round.areas.through._default_manager.filter(area__in=seen).values("round")
        hers = Organisation.objects.where(user, Ability.ALLOCATE)
        return self.filter(models.Q(organisation__in=hers) | models.Q(pk__in=concerned))

    def run_by(self, user: "User | AnonymousUser") -> "RoundQuerySet":
        """Return rounds that a person may change: those of an organisation for which she shares out."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=Organisation.objects.where(user, Ability.ALLOCATE))

    def current(self) -> "RoundQuerySet":
        """Return rounds that were not put away."""
        return self.filter(archived_at=None)

    def for_list(self) -> "RoundQuerySet":
        """Return rounds for a list with how many rows each side has, newest first."""
        return (
            self.select_related("organisation")
            .prefetch_related("areas")
            .annotate(demand_count=_rows("Demand"), supply_count=_rows("Supply"))
            .order_by("-created_at", "-pk")
        )


class Round(Versioned):
    """One round: who shares out, by which programme and rules, and which proposal stands on the board."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="rounds", verbose_name=_("organisation that shares out")
    )
    title = models.CharField(_("title"), max_length=160)
    programme = models.CharField(_("kind of allocation"), max_length=20)  # code in rounds.programmes.PROGRAMMES
    areas = models.ManyToManyField(Area, related_name="rounds", blank=True, verbose_name=_("areas"))
    rules = models.JSONField(_("rules"), default=dict, blank=True)  # see rounds.rules
    state = models.CharField(_("state"), max_length=8, choices=RoundState.choices, default=RoundState.DRAFT)
    # The earlier round of the same programme whose pairs are kept in this one.
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("earlier round")
    )
    proposal = models.ForeignKey(
        "rounds.Proposal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposal on the board"),
        editable=False,
    )
    applied_at = models.DateTimeField(_("made into links"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether rows, locks and bans may be changed."""
        return self.state == RoundState.DRAFT and self.archived_at is None

    @property
    def progress_name(self) -> str:
        """Return the name under which a long run tells how far it got."""
        return f"round-{self.pk}"


def _rows(model: str) -> models.Subquery:
    """Return how many rows of one side a round has; a query of its own, as two joins would multiply each other."""
    rows = Round._meta.apps.get_model("rounds", model)._default_manager
    counted = (
        rows.filter(round=models.OuterRef("pk"), archived_at=None)
        .order_by()
        .values("round")
        .annotate(number=models.Count("pk"))
        .values("number")
    )
    return models.Subquery(counted, output_field=models.IntegerField())
