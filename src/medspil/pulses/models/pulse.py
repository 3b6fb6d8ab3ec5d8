"""The pulse of a partnership: its rhythm, its rounds, whom each round asked, and what each side answered."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner, Partnership


class Rhythm(models.TextChoices):
    """How often the sides are asked how it goes."""

    OFF = "off", _("never")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")


class Step(models.IntegerChoices):
    """How it goes for a side, the worst first."""

    BADLY = 1, _("It goes badly")
    HARD = 2, _("It is hard going")
    MIXED = 3, _("Both good and hard")
    WELL = 4, _("It goes well")
    VERY_WELL = 5, _("It goes very well")


class Pulse(Versioned):
    """How often the sides of a partnership are asked, from which day. Without a row they are not asked."""

    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="pulse", verbose_name=_("partnership"))
    rhythm = models.CharField(_("how often"), max_length=7, choices=Rhythm.choices, default=Rhythm.OFF)
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.rhythm}"


class PulseRound(models.Model):
    """One time of asking all sides: from a day until the last day on which answers are taken and changed."""

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="pulse_rounds", verbose_name=_("partnership")
    )
    begun_on = models.DateField(_("asked on"))
    ends_on = models.DateField(_("answers until"))

    class Meta:
        verbose_name = _("round of a pulse")
        verbose_name_plural = _("rounds of pulses")
        constraints = [models.UniqueConstraint(fields=["partnership", "begun_on"], name="one_pulse_round_a_day")]

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.begun_on}"

    def is_open(self, on: date) -> bool:
        """Return whether answers are taken on a day."""
        return self.begun_on <= on <= self.ends_on


class PulseAsk(models.Model):
    """That a side was asked in a round by a one-time link. Who it went to stands in the link alone."""

    round = models.ForeignKey(PulseRound, models.PROTECT, related_name="asks", verbose_name=_("round"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="pulse_asks", verbose_name=_("side"))
    asked_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("pulse question to a side")
        verbose_name_plural = _("pulse questions to sides")
        constraints = [models.UniqueConstraint(fields=["round", "partner"], name="asked_once_in_a_pulse_round")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.partner_id}"


class PulseAnswer(Versioned):
    """How it goes for one side in one round. Its words are forgotten in time; its step stays."""

    round = models.ForeignKey(PulseRound, models.PROTECT, related_name="answers", verbose_name=_("round"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="pulse_answers", verbose_name=_("side"))
    step = models.PositiveSmallIntegerField(_("how it goes"), choices=Step.choices)
    words = models.CharField(_("in a sentence"), max_length=500, blank=True)
    answered_on = models.DateField(_("answered on"))
    # Nobody where the answer came by a one-time link.
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by"))

    class Meta:
        verbose_name = _("answer to a pulse question")
        verbose_name_plural = _("answers to pulse questions")
        constraints = [
            models.UniqueConstraint(fields=["round", "partner"], name="one_answer_in_a_pulse_round"),
            models.CheckConstraint(condition=models.Q(step__gte=1, step__lte=5), name="pulse_has_five_steps"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.partner_id} {self.step}"
