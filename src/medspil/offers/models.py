"""What companies, associations, schools and funds say they can give, and whether it still stands."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area, Rhythm, areas_where
from medspil.common.models import Versioned
from medspil.organisations.models import Organisation, abilities_anywhere
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

ASK_AGAIN_AFTER = timedelta(days=183)
"""How long an offer stands before its giver is asked whether it still does."""


class OfferState(models.TextChoices):
    """Whether an offer may be taken up."""

    OPEN = "open", _("open")
    WITHDRAWN = "withdrawn", _("withdrawn")
    ENDED = "ended", _("ended")


class OfferQuerySet(models.QuerySet["Offer"]):
    """Questions to the offers."""

    def visible_to(self, user: "User | AnonymousUser") -> "OfferQuerySet":
        """Return the offers of a person's own organisations, those they noted down, those made to her areas, and the
        public ones if she may see areas or make offers anywhere."""
        if not user.is_authenticated:
            return self.none()
        hers = areas_where(user, Ability.VIEW_AREA)
        offered = Offer.areas.through._default_manager.filter(area__in=hers).values("offer")
        seen = self._of(user) | models.Q(pk__in=offered)
        may = abilities_anywhere(user)
        if Ability.MAKE_OFFER in may or Ability.VIEW_AREA in may:
            seen |= models.Q(public=True)
        return self.filter(seen)

    def of(self, user: "User") -> "OfferQuerySet":
        """Return the offers that a person's own organisations give or have noted down."""
        return self.filter(self._of(user))

    def _of(self, user: "User") -> models.Q:
        hers = Organisation.objects.of(user).values("pk")
        return models.Q(organisation__in=hers) | models.Q(recorded_by_organisation__in=hers)

    def free_to_meet(self, user: "User") -> "OfferQuerySet":
        """Return the offers that meet needs of any area for a person: what her organisations give, and what they noted
        down without saying for which areas."""
        hers = Organisation.objects.of(user).values("pk")
        return self.of(user).filter(models.Q(organisation__in=hers) | models.Q(areas=None))

    def offered_to(self, area: Area) -> "OfferQuerySet":
        """Return the offers made to an area, and those made to everybody."""
        chosen = Offer.areas.through._default_manager.filter(area=area).values("offer")
        return self.filter(models.Q(public=True) | models.Q(pk__in=chosen))

    def open(self, on: date) -> "OfferQuerySet":
        """Return offers that may be taken up on a day: neither withdrawn nor ended, and their period is not over."""
        not_over = models.Q(ends_on=None) | models.Q(ends_on__gte=on)
        return self.filter(not_over, state=OfferState.OPEN, organisation__archived_at=None)

    def to_ask_again(self, on: date) -> "OfferQuerySet":
        """Return open offers that stood so long that their giver should be asked whether they still do."""
        return self.open(on).filter(renewed_on__lt=on - ASK_AGAIN_AFTER)

    def for_list(self) -> "OfferQuerySet":
        """Return offers with their giver and who noted them down."""
        return self.select_related("organisation__unit", "recorded_by_organisation")

    def for_page(self) -> "OfferQuerySet":
        """Return offers with all that their own page shows."""
        return self.for_list().prefetch_related("areas")


class Offer(Versioned):
    """Something an organisation says it can give: what, how much, how often, when, where and on which conditions."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offers", verbose_name=_("giver"))
    # Who noted it down on the giver's behalf, who said it and when; empty when the giver's own people made it.
    recorded_by_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recorded_offers",
        verbose_name=_("noted down by"),
    )
    source = models.CharField(_("who said it, and where"), max_length=200, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    taken_over_on = models.DateField(_("taken over by the giver"), null=True, blank=True, editable=False)
    kind = models.CharField(_("kind of resource"), max_length=40)  # code in catalogue.vocabulary.resource_kinds
    title = models.CharField(_("in one line"), max_length=160)
    text = models.TextField(_("what you can give"), blank=True)
    themes = models.JSONField(_("what it is good for"), default=list, blank=True)
    quantity = models.PositiveIntegerField(
        _("how many"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    unit = models.CharField(_("of what"), max_length=40, blank=True)
    rhythm = models.CharField(_("how often"), max_length=12, choices=Rhythm.choices, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    x = models.FloatField(_("east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("north (EPSG:25832)"), null=True, blank=True)
    reach_km = models.PositiveSmallIntegerField(
        _("how far away it can be given, in km"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    whole_country = models.BooleanField(_("in the whole country"), default=False)
    conditions = models.TextField(_("conditions"), blank=True)
    # Closed by default: only the areas it was offered to see it.
    public = models.BooleanField(_("everybody who works with areas can see it"), default=False)
    areas = models.ManyToManyField(Area, related_name="offers", blank=True, verbose_name=_("areas it is offered to"))
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    closed_on = models.DateField(_("withdrawn or ended on"), null=True, blank=True)
    closed_reason = models.CharField(_("why it was withdrawn or ended"), max_length=300, blank=True)
    renewed_on = models.DateField(_("last said to stand"))
    # As why it was closed, these are the giver's own words: not in the history, and to be taken away.
    said = models.TextField(_("what the giver wrote when asked last"), blank=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [
            models.Index(fields=["kind", "state"], name="offer_by_kind_and_state"),
            models.Index(fields=["state", "renewed_on"], name="offer_by_renewal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="offer_ends_after_start",
                violation_error_message=_("The offer must end after it starts."),
            ),
            models.CheckConstraint(
                condition=models.Q(whole_country=False) | models.Q(reach_km=None),
                name="offer_whole_country_has_no_reach",
                violation_error_message=_("Choose either the whole country or a distance."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=OfferState.OPEN, closed_on=None)
                | ~models.Q(state=OfferState.OPEN) & models.Q(closed_on__isnull=False),
                name="offer_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_by_organisation=None)
                | ~models.Q(source="") & models.Q(said_on__isnull=False),
                name="offer_noted_down_has_source",
                violation_error_message=_("Say who said it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def noted_down(self) -> bool:
        """Whether others wrote it on the giver's behalf and the giver has not taken it over yet."""
        return self.recorded_by_organisation_id is not None and self.taken_over_on is None

    def is_open(self, on: date) -> bool:
        """Return whether it may be taken up on a day; the same as the query `open` asks."""
        standing = self.state == OfferState.OPEN and self.organisation.archived_at is None
        return standing and (self.ends_on is None or self.ends_on >= on)

    def asks_again(self, on: date) -> bool:
        """Return whether it stood so long that its giver should be asked whether it still does."""
        return self.is_open(on) and self.renewed_on < on - ASK_AGAIN_AFTER


class AskedAgain(models.Model):
    """That a giver was asked by itself whether an offer still stands: once for each time somebody said that it does."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="+", verbose_name=_("offer"))
    renewed_on = models.DateField(_("last said to stand"))
    asked_on = models.DateField(_("asked"))

    class Meta:
        verbose_name = _("question whether an offer still stands")
        verbose_name_plural = _("questions whether offers still stand")
        constraints = [models.UniqueConstraint(fields=["offer", "renewed_on"], name="asked_once_a_turn")]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.renewed_on}"


class NotAskedByMail(models.Model):
    """That a person does not want to be asked by mail whether the offers of her organisations still stand."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("person who is not asked by mail")
        verbose_name_plural = _("people who are not asked by mail")

    def __str__(self) -> str:
        return str(self.user_id)
