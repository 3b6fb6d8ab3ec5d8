"""Partnerships: what a link has become when all its sides would like to, and who takes part."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.catalogue.models import PartnershipModel
from medspil.common.models import Versioned
from medspil.common.prepared import prepared
from medspil.linking.models import Link, LinkParty, links_seen
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Standing(models.TextChoices):
    """Whether a partnership goes on. How far it got is no column: it follows from what has been done."""

    GOING = "going", _("going on")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


class EndReason(models.TextChoices):
    """Why a partnership ended: what later ones can learn of."""

    REACHED = "reached", _("what we wanted is reached")
    TIME_OVER = "time_over", _("the time that was agreed upon is over")
    PEOPLE_LEFT = "people_left", _("those who carried it have left")
    PRIORITIES = "priorities", _("a side wants to do something else")
    MONEY = "money", _("the money ended")
    CLOSED = "closed", _("a side has closed")
    LITTLE_CAME = "little_came", _("too little came of it")
    OTHER = "other", _("something else")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Questions to the partnerships."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "PartnershipQuerySet":
        """Return the partnerships of the links that a person sees on a day: areas, sides and broker alike."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(link__in=links_seen(user, on))

    def led_by(self, user: User) -> "PartnershipQuerySet":
        """Return the partnerships that a person leads for their area."""
        return self.filter(link__area__in=areas_where(user, Ability.RUN_PARTNERSHIP))

    def current(self) -> "PartnershipQuerySet":
        """Return partnerships that are not archived."""
        return self.filter(archived_at=None)

    def for_page(self) -> "PartnershipQuerySet":
        """Return partnerships with area, need and challenge, and those who take part in their order. Two queries."""
        partners = models.Prefetch("partners", Partner.objects.for_page())
        return self.select_related("link__area__owner", "link__need__challenge", "link__challenge").prefetch_related(
            partners
        )


@prepared
def partnerships_seen(user: User, on: date) -> models.QuerySet[Any, Any]:
    """Return the keys of partnerships that a person may see on a day."""
    return Partnership.objects.visible_to(user, on=on).values("pk")


class Partnership(Versioned):
    """What a link has become: its name, its model, the idea that carries it, and whether it goes on."""

    link = models.OneToOneField(Link, models.PROTECT, related_name="partnership", verbose_name=_("link"))
    name = models.CharField(_("name"), max_length=160)
    model = models.CharField(_("partnership model"), max_length=24, choices=PartnershipModel.choices, blank=True)
    idea = models.TextField(_("the idea that carries it"), blank=True)
    begun_on = models.DateField(_("begun"))
    standing = models.CharField(_("goes on"), max_length=6, choices=Standing.choices, default=Standing.GOING)
    standing_on = models.DateField(_("since"))
    standing_why = models.CharField(_("why"), max_length=300, blank=True)
    # Within how many working days the sides promised to answer each other.
    answer_days = models.PositiveSmallIntegerField(
        _("answer within (working days)"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    end_reason = models.CharField(_("reason why it ended"), max_length=11, choices=EndReason.choices, blank=True)
    worked = models.TextField(_("what worked"), blank=True)
    again = models.TextField(_("what we would do again, and what not"), blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")

    def __str__(self) -> str:
        return self.name

    @property
    def model_meaning(self) -> str:
        """Return its model with what that means; blank where none was chosen."""
        return PartnershipModel(self.model).meaning if self.model else ""


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Questions to those who take part."""

    def of(self, user: User) -> "PartnerQuerySet":
        """Return the partners that a person speaks for."""
        return self.filter(side__in=LinkParty.objects.of(user))

    def there(self) -> "PartnerQuerySet":
        """Return those who have not left."""
        return self.filter(left_on=None)

    def for_page(self) -> "PartnerQuerySet":
        """Return partners with the records of their sides, in the order in which they came."""
        records = ("side__organisation__unit", "side__unit", "side__resource__organisation__unit")
        return self.select_related(*records, "side__resource__unit").order_by("pk")


class Partner(Versioned):
    """One side of a link that takes part in its partnership, from a day until it leaves."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="partners", verbose_name=_("partnership"))
    side = models.OneToOneField(LinkParty, models.PROTECT, related_name="partner", verbose_name=_("who"))
    joined_on = models.DateField(_("takes part since"))
    left_on = models.DateField(_("left"), null=True, blank=True)
    left_why = models.CharField(_("why it left"), max_length=300, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return f"{self.partnership_id} {self.side_id}"
