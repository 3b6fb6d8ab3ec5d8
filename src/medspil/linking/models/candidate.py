"""The companies that people kept or set aside for a need."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Need, areas_where
from medspil.common.models import Versioned
from medspil.linking.models.run import Run
from medspil.organisations.roles import Ability, Role, roles_with
from medspil.register.flags import flagged
from medspil.register.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser


class Decision(models.TextChoices):
    """What people decided about a company for a need. A decision that was undone leaves its note behind."""

    OPEN = "open", _("not decided")
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
        """Return candidates of the needs a person may see, each with whether she may read its note.

        Notes are for those who work with the shortlist as people of the area. Who only brings parties together there
        reads none.
        """
        found = self.filter(need__in=Need.objects.visible_to(user))
        if not user.is_authenticated:
            return found
        parts = user.memberships.current().filter(role__in=roles_with(Ability.SHORTLIST)).exclude(role=Role.BROKER)
        owner = models.Q(organisation=models.OuterRef("need__area__owner"))
        partner = models.Q(organisation__partner_areas=models.OuterRef("need__area"))
        return found.annotate(note_readable=models.Exists(parts.filter(owner | partner)))

    def worked_on_by(self, user: User) -> "CandidateQuerySet":
        """Return candidates of the shortlists a person may open: seeing an area is not enough for that."""
        return self.filter(need__area__in=areas_where(user, Ability.SHORTLIST))

    def next_steps_of(self, user: User) -> "CandidateQuerySet":
        """Return the kept candidates on whom a person has taken a next step with its day, where she may work."""
        return self.worked_on_by(user).filter(owner=user, decision=Decision.KEPT, next_step_on__isnull=False)

    def of(self, need: Need) -> "CandidateQuerySet":
        """Return the candidates of one need."""
        return self.filter(need=need)

    def for_change(self) -> "CandidateQuerySet":
        """Return candidates with all that one page about one of them shows."""
        return self.select_related("need__area__owner", "need__challenge", "unit", "owner")

    def kept(self) -> "CandidateQuerySet":
        """Return the shortlist: kept companies with unit and owner, in the order they were kept."""
        return self.filter(decision=Decision.KEPT).select_related("unit", "owner").order_by("created_at", "pk")

    def to_look_at(self) -> "CandidateQuerySet":
        """Return kept companies that have closed or turned protected since, with unit and need, the newest first."""
        found = self.filter(flagged("unit__"), decision=Decision.KEPT, need__archived_at=None)
        return found.select_related("unit", "need__area").order_by("-updated_at", "-pk")

    def set_aside(self) -> "CandidateQuerySet":
        """Return companies that were set aside, with unit and people, newest first."""
        aside = self.filter(decision=Decision.SET_ASIDE).select_related("unit", "decided_by", "owner")
        return aside.order_by("-updated_at", "-pk")

    def elsewhere(self, need: Need, units: "Collection[int]") -> "CandidateQuerySet":
        """Return what other needs decided about these P-numbers, newest first."""
        return (
            self.filter(unit__number__in=units, decision__in=[Decision.KEPT, Decision.SET_ASIDE])
            .exclude(need=need)
            .select_related("unit", "need__area")
            .order_by("-updated_at", "-pk")
        )


class Candidate(Versioned):
    """A company that somebody kept or set aside for a need, with who takes the next step."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="candidates", verbose_name=_("need"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("company"))
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ranking"))
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices)
    decision_before = models.CharField(
        _("decision before"), max_length=9, choices=Decision.choices, default=Decision.OPEN, editable=False
    )
    reason = models.CharField(_("reason"), max_length=12, choices=SetAsideReason.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who takes it on")
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("when"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    grounds = models.JSONField(_("reasons as they were"), default=dict, blank=True)  # its place in the ranking

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
        return f"{self.need_id} {self.unit_id} {self.decision}"

    def get_reason_display(self) -> str:  # type: ignore[no-redef]  # Django keeps the one written here
        """Return the reason as it is told: the choice also asks for words, which stand beside it here."""
        reason = SetAsideReason(self.reason) if self.reason else None
        told = _("another reason") if reason == SetAsideReason.OTHER else reason.label if reason else ""
        return str(told)

    @property
    def note_open(self) -> bool:
        """Whether the person through whose door it came may read the note; without a door nobody may."""
        return bool(getattr(self, "note_readable", False))

    @property
    def shown_note(self) -> str:
        """Return the note for the person through whose door it came."""
        return self.note if self.note_open else ""
