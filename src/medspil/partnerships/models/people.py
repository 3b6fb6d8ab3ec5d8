"""The people of each side: one contact person at a time, deputies, who stands behind it, and those who carry it."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models.doors import within
from medspil.partnerships.models.partnership import Partner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Part(models.TextChoices):
    """The part that a person has on her side."""

    CONTACT = "contact", _("contact person")
    DEPUTY = "deputy", _("deputy")
    CHIEF = "chief", _("stands behind it in the management")
    CHAMPION = "champion", _("carries it")


class PartnerPersonQuerySet(models.QuerySet["PartnerPerson"]):
    """Questions to the people of the sides."""

    def visible_to(self, user: "User | AnonymousUser") -> "PartnerPersonQuerySet":
        """Return people of partnerships that a person leads for the area or takes part in; a broker sees none."""
        return self.filter(within(user, "partner__partnership__"))

    def standing(self, on: date) -> "PartnerPersonQuerySet":
        """Return those who have their part on a day."""
        return self.filter(from_on__lte=on).exclude(to_on__lt=on)

    def to_come_or_standing(self, on: date) -> "PartnerPersonQuerySet":
        """Return those whose part is not over by a day, those to come as well."""
        return self.exclude(to_on__lt=on)

    def for_page(self) -> "PartnerPersonQuerySet":
        """Return people with their accounts, in the order in which they came."""
        return self.select_related("user").order_by("from_on", "pk")


class PartnerPerson(Versioned):
    """A person with a part on one side: by her account, or by name with where the address is from and what for.

    The chief may stand here by function alone. Name, address and words are forgotten in time (forgetting.py); none of
    them stands in the history.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="people", verbose_name=_("side"))
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account in Medspil")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    source = models.CharField(_("where the address is from"), max_length=200, blank=True)
    purpose = models.CharField(_("what it may be used for"), max_length=200, blank=True)
    may_decide_kroner = models.PositiveIntegerField(_("may decide up to (kroner)"), null=True, blank=True)
    may_decide_topics = models.CharField(_("may decide about"), max_length=300, blank=True)
    if_leaves = models.CharField(_("what happens if she or he leaves"), max_length=500, blank=True)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    handover = models.TextField(_("handover note"), blank=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = PartnerPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of a side")
        verbose_name_plural = _("people of sides")
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=models.Q(part=Part.CONTACT, to_on=None), name="one_contact_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["partner"], condition=models.Q(part=Part.CHIEF, to_on=None), name="one_chief_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="person_of_a_side_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(part=Part.DEPUTY) | models.Q(to_on__isnull=False),
                name="deputy_has_a_last_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.partner_id} #{self.pk}"

    @property
    def shown_name(self) -> str:
        """Return the name for those who may see it; of a chief perhaps only the function."""
        return str(self.user) if self.user else self.name or self.function

    @property
    def address(self) -> str:
        """Return where she is written to; empty where nobody said so, or her account was closed."""
        if self.user:
            return self.user.email if self.user.is_active else ""
        return self.email

    @property
    def key(self) -> str:
        """Return what tells one person from another on a side; empty where nobody is named."""
        if self.user:
            return f"user-{self.user.pk}"
        return (self.name or self.email or self.function).casefold()
