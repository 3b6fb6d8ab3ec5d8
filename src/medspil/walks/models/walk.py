"""Walks: when and where people meet to see the area together, and who comes."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.models import Versioned
from medspil.linking.models import Link, LinkParty, links_seen
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.areas.models.area import AreaQuerySet


class WalkState(models.TextChoices):
    """What became of a walk."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


def more_than_broker(user: User) -> "AreaQuerySet":
    """Return the areas that a person sees where she is more than a broker."""
    hers = user.memberships.current().exclude(role=Role.BROKER).values("organisation")
    as_partner = Area.objects.filter(partners__in=hers).values("pk")
    return Area.objects.visible_to(user).filter(models.Q(owner__in=hers) | models.Q(pk__in=as_partner))


class WalkQuerySet(models.QuerySet["Walk"]):
    """Questions to the walks."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "WalkQuerySet":
        """Return the walks of the links that a person sees on a day: areas, sides and broker alike."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(link__in=links_seen(user, on))

    def open_to(self, user: "User | AnonymousUser", *, on: date) -> "WalkQuerySet":
        """Return the walks whose stops and people a person sees: of her areas, and of links whose side she speaks for.

        A broker sees when a walk is and not more: the broker of its link, and who is nothing else in its area.
        """
        if not user.is_authenticated:
            return self.none()
        in_areas = models.Q(link__area__in=more_than_broker(user))
        as_side = models.Q(link__in=LinkParty.objects.of(user).values("link"))
        return self.visible_to(user, on=on).filter(in_areas | as_side)

    def of_link(self, link: Link) -> "WalkQuerySet":
        """Return the walks of a link and of what it became, the last first."""
        return self.filter(link=link).order_by("-starts_at", "-pk")

    def planned_with(self, user: User, *, on: date) -> "WalkQuerySet":
        """Return planned walks that a person comes on and may see on a day."""
        coming = Attendee.objects.coming().filter(user=user).values("walk")
        return self.open_to(user, on=on).filter(pk__in=coming, state=WalkState.PLANNED)

    def held(self) -> "WalkQuerySet":
        """Return walks that were held."""
        return self.filter(state=WalkState.HELD)

    def for_page(self) -> "WalkQuerySet":
        """Return walks with area, need and challenge of their links, and the partnership."""
        return self.select_related("link__area__owner", "link__need__challenge", "link__challenge", "partnership")


class Walk(Versioned):
    """A round on foot: it starts and ends at the meeting point. How long it is follows from its stops."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="walks", verbose_name=_("link"))
    # Of a walk that was planned when the link had become one: such a partnership is not taken back.
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="walks", verbose_name=_("partnership")
    )
    starts_at = models.DateTimeField(_("starts"))
    meeting_place = models.CharField(_("meeting point"), max_length=200)
    x = models.FloatField(_("meeting point, east (EPSG:25832)"), null=True, blank=True)
    y = models.FloatField(_("meeting point, north (EPSG:25832)"), null=True, blank=True)
    by_hand = models.BooleanField(_("the order was chosen by hand"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=WalkState.choices, default=WalkState.PLANNED)
    why = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    # How often the invitation has changed: calendars know by it which of two is the newer.
    sequence = models.PositiveIntegerField(_("number of the invitation"), default=0, editable=False)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("planned by"))
    forgotten_at = models.DateTimeField(_("people forgotten"), null=True, blank=True, editable=False)

    objects = WalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("walk")
        verbose_name_plural = _("walks")
        indexes = [models.Index(fields=["link", "starts_at"], name="walk_of_link")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(x=None, y=None) | models.Q(x__isnull=False, y__isnull=False),
                name="walk_meeting_point_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.starts_at:%Y-%m-%d %H:%M} #{self.pk}"

    @property
    def point(self) -> tuple[float, float] | None:
        """Return the meeting point in metres (EPSG:25832), if it is known."""
        return None if self.x is None or self.y is None else (self.x, self.y)


class Coming(models.TextChoices):
    """What somebody who was invited answered."""

    YES = "yes", _("comes")
    NO = "no", _("cannot come")


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    """Questions to those who come on walks."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "AttendeeQuerySet":
        """Return those who come on walks whose people a person sees."""
        return self.filter(walk__in=Walk.objects.open_to(user, on=on))

    def coming(self) -> "AttendeeQuerySet":
        """Return those who come, in the order in which they were noted, with account and side."""
        related = ("user", "side__organisation__unit", "side__unit", "side__resource")
        return self.filter(left_at=None).select_related(*related).order_by("pk")


class Attendee(Versioned):
    """Somebody who comes on a walk: one of the area's people, or one of a side. Forgotten in time (forgetting.py)."""

    walk = models.ForeignKey(Walk, models.CASCADE, related_name="attendees", verbose_name=_("walk"))
    ours = models.BooleanField(_("comes for the area"))
    side = models.ForeignKey(
        LinkParty, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("comes for")
    )
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_source = models.CharField(_("where the address is from"), max_length=200, blank=True)
    invited = models.IntegerField(_("number of the invitation it got last"), null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=3, choices=Coming.choices, blank=True)
    left_at = models.DateTimeField(_("does not come after all"), null=True, blank=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("who comes on a walk")
        verbose_name_plural = _("who comes on walks")
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "user"], condition=models.Q(user__isnull=False), name="one_place_on_a_walk_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.walk_id} #{self.pk}"

    @property
    def shown_name(self) -> str:
        """Return the name, from the account if there is one."""
        return str(self.user) if self.user else self.name

    @property
    def address(self) -> str:
        """Return where mails go to; empty where nobody knows, or her account was closed."""
        if self.user:
            return self.user.email if self.user.is_active else ""
        return self.email
