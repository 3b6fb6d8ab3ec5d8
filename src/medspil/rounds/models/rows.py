"""The two sides of a round: what is asked for, what there is to give, and what people said about single pairs."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds.models.round import Round

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 1_000_000


class Row(models.Model):
    """What a row of either side says: who, where, and the facts its programme asks for."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    label = models.CharField(_("name"), max_length=160)
    place = models.CharField(_("place"), max_length=160, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # as the programme describes them
    position = models.PositiveIntegerField(_("position"), default=0)
    # The form it came with: sent twice, it adds its rows once.
    batch = models.UUIDField(_("came with"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    # Then the name, the place and the facts are gone for good, and the row is called by its number.
    forgotten_at = models.DateTimeField(_("name deleted"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"


class DemandQuerySet(models.QuerySet["Demand"]):
    """Questions to what is asked for."""

    def visible_to(self, user: "User | AnonymousUser") -> "DemandQuerySet":
        """Return rows of the rounds a person runs, and those of areas she may see."""
        hers = Round.objects.run_by(user).values("pk")
        return self.filter(models.Q(round__in=hers) | models.Q(area__in=Area.objects.visible_to(user).values("pk")))

    def standing(self) -> "DemandQuerySet":
        """Return rows that were not taken out, in their order."""
        return self.filter(archived_at=None).order_by("position", "pk")


class Demand(Row):
    """A class, a project or a weekly slot that asks for something: how much, and how little will do."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="demands", verbose_name=_("allocation"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"))
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("need"))
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("challenge")
    )
    wanted = models.PositiveIntegerField(
        _("how many are wanted"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    least = models.PositiveIntegerField(_("at least"), default=0, validators=[MaxValueValidator(MOST)])
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("row of the earlier round")
    )

    objects = DemandQuerySet.as_manager()

    class Meta:
        verbose_name = _("row that asks")
        verbose_name_plural = _("rows that ask")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(least__lte=models.F("wanted"), wanted__gte=1),
                name="round_demand_least_within_wanted",
                violation_error_message=_("The least must not be more than what is wanted."),
            ),
            models.UniqueConstraint(
                fields=["round", "follows"], name="one_demand_per_earlier_row", condition=~models.Q(follows=None)
            ),
        ]


class SupplyQuerySet(models.QuerySet["Supply"]):
    """Questions to what there is to give."""

    def visible_to(self, user: "User | AnonymousUser") -> "SupplyQuerySet":
        """Return rows of the rounds a person runs; others see a giver only where it has got a pair."""
        return self.filter(round__in=Round.objects.run_by(user).values("pk"))

    def standing(self) -> "SupplyQuerySet":
        """Return rows that were not taken out, in their order."""
        return self.filter(archived_at=None).order_by("position", "pk")


class Supply(Row):
    """A company, a lot or a volunteer that has something to give: how much, how far away, whole or split."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="supplies", verbose_name=_("allocation"))
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("offer"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entry in the register")
    )
    capacity = models.PositiveIntegerField(
        _("how many it can give"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    whole = models.BooleanField(_("only as a whole, to one"), default=False)
    reach_km = models.PositiveSmallIntegerField(
        _("how far away, in km"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("row of the earlier round")
    )

    objects = SupplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("row that gives")
        verbose_name_plural = _("rows that give")
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="round_supply_gives_something"),
            models.UniqueConstraint(
                fields=["round", "offer"], name="one_supply_per_offer", condition=~models.Q(offer=None)
            ),
            models.UniqueConstraint(
                fields=["round", "follows"], name="one_supply_per_earlier_row", condition=~models.Q(follows=None)
            ),
        ]


class PairKind(models.TextChoices):
    """What people said about a pair."""

    LOCK = "lock", _("stay together")
    BAN = "ban", _("must not meet")


class PairOrigin(models.TextChoices):
    """Where a lock or ban comes from."""

    PERSON = "person", _("said on the board")
    EARLIER = "earlier", _("together in the earlier round")


class PairRuleQuerySet(models.QuerySet["PairRule"]):
    """Questions to locks and bans."""

    def visible_to(self, user: "User | AnonymousUser") -> "PairRuleQuerySet":
        """Return locks and bans of the rounds a person runs: their reasons are nobody else's."""
        return self.filter(round__in=Round.objects.run_by(user).values("pk"))


class PairRule(models.Model):
    """That a pair is to stay together or must not meet, whatever the solver would say; one word per pair."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="pair_rules", verbose_name=_("allocation"))
    demand = models.ForeignKey(Demand, models.CASCADE, related_name="pair_rules", verbose_name=_("row that asks"))
    supply = models.ForeignKey(Supply, models.CASCADE, related_name="pair_rules", verbose_name=_("row that gives"))
    kind = models.CharField(_("lock or ban"), max_length=4, choices=PairKind.choices)
    # Of a lock: how many. Empty means as many as both can.
    amount = models.PositiveIntegerField(
        _("how many"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    origin = models.CharField(_("from"), max_length=8, choices=PairOrigin.choices, default=PairOrigin.PERSON)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    objects = PairRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("lock or ban")
        verbose_name_plural = _("locks and bans")
        constraints = [
            models.UniqueConstraint(fields=["demand", "supply"], name="one_rule_per_pair"),
            models.CheckConstraint(
                condition=models.Q(kind=PairKind.LOCK) | models.Q(amount=None), name="only_locks_have_an_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.demand_id}–{self.supply_id}"
