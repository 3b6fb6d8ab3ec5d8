"""Who builds the bridge between the sides of a link, and how that person leaves again without anything being lost."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.linking.models.doors import brokered, brokered_by
from medspil.linking.models.link import Link, links_seen
from medspil.organisations.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class BrokerageQuerySet(models.QuerySet["Brokerage"]):
    """Questions to the brokerages."""

    def current(self, on: date) -> "BrokerageQuerySet":
        """Return those that stand on a day: the day of leaving is the last one."""
        return self.filter(brokered(on))

    def of(self, user: User, on: date) -> "BrokerageQuerySet":
        """Return those of a person on a day, for organisations she still acts for."""
        return self.filter(brokered_by(user, on))

    def leaving(self, on: date) -> "BrokerageQuerySet":
        """Return those whose broker has planned to leave and is still there, the first to leave first."""
        return self.current(on).filter(leaves_on__isnull=False).order_by("leaves_on", "pk")

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "BrokerageQuerySet":
        """Return the brokerages of the links a person may see: both sides know who stands between them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(link__in=links_seen(user, on))

    def for_page(self) -> "BrokerageQuerySet":
        """Return brokerages with people, organisation and link."""
        return self.select_related("user", "organisation", "handed_to", "link__area").order_by("started_on", "pk")


class Brokerage(Versioned):
    """A person builds the bridge between the sides of a link, from a day on and perhaps until a planned one."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="brokerages", verbose_name=_("link"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("broker"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for"))
    started_on = models.DateField(_("from"))
    leaves_on = models.DateField(_("leaves after"), null=True, blank=True)
    handed_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed over to")
    )
    to_the_parties = models.BooleanField(_("handed over to the parties themselves"), default=False)
    handover = models.TextField(_("what both sides should know, and the next steps"), blank=True)
    checklist = models.JSONField(_("what is done of the handover"), default=dict, blank=True)  # {code: {on, by}}
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("follows")
    )
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)

    objects = BrokerageQuerySet.as_manager()

    class Meta:
        verbose_name = _("brokerage")
        verbose_name_plural = _("brokerages")
        constraints = [
            models.UniqueConstraint(
                fields=["link", "user"],
                condition=models.Q(leaves_on=None, called_off_at=None),
                name="one_standing_brokerage_per_link_and_person",
                violation_error_message=_("This person is the broker of this link already."),
            ),
            models.CheckConstraint(
                condition=models.Q(leaves_on=None, handed_to=None, to_the_parties=False)
                | models.Q(leaves_on__isnull=False, handed_to__isnull=False, to_the_parties=False)
                | models.Q(leaves_on__isnull=False, handed_to=None, to_the_parties=True),
                name="leaving_is_handed_over_to_somebody",
                violation_error_message=_("Say when you leave, and who goes on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.user_id} {self.started_on} #{self.pk}"
