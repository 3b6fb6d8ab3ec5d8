"""Agreements of a partnership, one row for each version, and the seven fields of which each consists."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.common.models import Versioned
from medspil.organisations.roles import Ability
from medspil.partnerships.models import Partner, Partnership, Standing, partnerships_seen

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

LONGEST_TEXT = 5_000


class AgreementState(models.TextChoices):
    """How far a version of an agreement got. What may follow what stands in `states`."""

    DRAFT = "draft", _("being written")
    PUT_AWAY = "put_away", _("put away")
    PROPOSED = "proposed", _("waits for confirmations")
    OVERTAKEN = "overtaken", _("overtaken by a new version")
    CONFIRMED = "confirmed", _("confirmed by all")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


OPEN = (AgreementState.DRAFT, AgreementState.PROPOSED)
"""What is still being settled: there is at most one such version at a time."""
SETTLED = (AgreementState.CONFIRMED, AgreementState.PAUSED, AgreementState.ENDED)
"""What all have confirmed, whatever became of it."""


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions to the agreements."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "AgreementQuerySet":
        """Return versions of the partnerships that a person sees; a draft only where she runs partnerships."""
        if not user.is_authenticated:
            return self.none()
        seen = self.filter(partnership__in=partnerships_seen(user, on))
        running = models.Q(partnership__link__area__in=areas_where(user, Ability.RUN_PARTNERSHIP))
        written = models.Q(state__in=[AgreementState.DRAFT, AgreementState.PUT_AWAY])
        return seen.filter(~written | running)

    def of(self, partnership: Partnership) -> "AgreementQuerySet":
        """Return the versions of a partnership, the newest first."""
        return self.filter(partnership=partnership).order_by("-number")

    def open(self) -> "AgreementQuerySet":
        """Return what is being written or waits for confirmations."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> "AgreementQuerySet":
        """Return versions that wait for somebody's confirmation, the longest first."""
        return self.filter(state=AgreementState.PROPOSED).order_by("proposed_at", "pk")

    def waiting_for(self, user: User) -> "AgreementQuerySet":
        """Return versions that wait for a side that a person speaks for; none where the partnership rests."""
        hers = Partner.objects.there().of(user)
        missing = hers.filter(partnership=models.OuterRef("partnership")).exclude(
            confirmations__agreement=models.OuterRef("pk")
        )
        going = models.Q(partnership__standing=Standing.GOING, partnership__archived_at=None)
        return self.waiting().filter(going, models.Exists(missing))

    def settled(self, on: date) -> "AgreementQuerySet":
        """Return what all have confirmed and whose day has come, the newest first."""
        return self.filter(state__in=SETTLED, starts_on__lte=on).order_by("-number")

    def to_look_at_again(self, by: date, *, on: date) -> "AgreementQuerySet":
        """Return versions in force whose day to look at them again, or whose last day, comes by a day."""
        newer = Agreement.objects.settled(on).filter(
            partnership=models.OuterRef("partnership"), number__gt=models.OuterRef("number")
        )
        due = models.Q(look_again_on__lte=by) | models.Q(ends_on__lte=by)
        standing = self.filter(due, state=AgreementState.CONFIRMED, starts_on__lte=on)
        return standing.exclude(models.Exists(newer)).order_by("look_again_on", "pk")

    def for_page(self) -> "AgreementQuerySet":
        """Return versions with partnership, area and fields. Two queries."""
        fields = models.Prefetch("fields", AgreementField.objects.order_by("pk"))
        related = ("partnership__link__area__owner", "partnership__link__need__challenge", "based_on", "proposed_by")
        return self.select_related(*related).prefetch_related(fields)


class Agreement(Versioned):
    """One version of what a partnership agrees on: written, proposed as it stands, confirmed by all, in force.

    Whether it is in force follows from its state, its day, and from whether a later version has come into force.
    """

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="agreements", verbose_name=_("partnership")
    )
    number = models.PositiveSmallIntegerField(_("number of the version"))
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("changed from")
    )
    state = models.CharField(_("state"), max_length=9, choices=AgreementState.choices, default=AgreementState.DRAFT)
    state_on = models.DateField(_("since"))
    state_why = models.CharField(_("why"), max_length=300, blank=True)
    starts_on = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    look_again_on = models.DateField(_("we look at it again on"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed by all"), null=True, blank=True)
    review = models.TextField(_("what came of it"), blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_agreement_per_number"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=models.Q(state__in=["draft", "proposed"]),
                name="one_open_agreement_per_partnership",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["confirmed", "paused", "ended"])
                | models.Q(starts_on__isnull=False, confirmed_at__isnull=False),
                name="confirmed_agreement_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership_id} v{self.number}"

    @property
    def in_force_from(self) -> date | None:
        """Return the day from which it is in force: its own, or the later one on which the last side confirmed."""
        if self.starts_on is None or self.confirmed_at is None:
            return None
        return max(self.starts_on, timezone.localdate(self.confirmed_at))


class FieldCode(models.TextChoices):
    """The seven fields of an agreement, in their order."""

    EFFECTS = "effects", _("Wanted effects and goals")
    ACTIVITIES = "activities", _("Activities")
    SUCCESS = "success", _("Success criteria")
    TIMELINE = "timeline", _("Timeline")
    BUDGET = "budget", _("Budget")
    DECIDES = "decides", _("Who decides")
    RESPONSIBLE = "responsible", _("Who is responsible")


class AgreementField(Versioned):
    """One of the seven fields of a version, saved by itself: a text, and rows where rows say it better.

    No history keeps its words: they are in the version, and in what was frozen of it.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="fields", verbose_name=_("agreement"))
    code = models.CharField(_("field"), max_length=11, choices=FieldCode.choices)
    text = models.TextField(_("text"), blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)  # as `rows.SHAPES` has them

    class Meta:
        verbose_name = _("field of an agreement")
        verbose_name_plural = _("fields of agreements")
        constraints = [models.UniqueConstraint(fields=["agreement", "code"], name="one_field_per_code")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.code}"

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip() and not self.rows


class CheckAnswer(Versioned):
    """What a person answered to one of the questions that law asks of an agreement, and why it goes on nevertheless."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="checks", verbose_name=_("agreement"))
    code = models.CharField(_("question"), max_length=24)
    answer = models.CharField(_("answer"), max_length=6, blank=True)  # yes, no, unsure
    amounts = models.JSONField(_("amounts"), default=dict, blank=True)  # {name: whole kroner or euro}
    why = models.CharField(_("why it goes on"), max_length=1_000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))

    class Meta:
        verbose_name = _("answer to a check")
        verbose_name_plural = _("answers to checks")
        constraints = [models.UniqueConstraint(fields=["agreement", "code"], name="one_answer_per_check")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.code} {self.answer}"
