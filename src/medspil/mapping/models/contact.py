"""How the people behind a resource are reached: personal data, kept for a purpose and no longer than it is used."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import areas_where
from medspil.mapping.models.resource import Resource
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class ResourceContactQuerySet(models.QuerySet["ResourceContact"]):
    """Questions to the contacts: never to be asked without a person."""

    def visible_to(self, user: "User | AnonymousUser") -> "ResourceContactQuerySet":
        """Return contacts of resources in areas where a person may see them. A broker and a reader see none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(resource__area__in=areas_where(user, Ability.SEE_CONTACTS))

    def for_list(self) -> "ResourceContactQuerySet":
        """Return contacts by name."""
        return self.order_by("name", "pk")


class ResourceContact(models.Model):
    """One way to reach somebody. Deleted for good: there is no archive and the history does not say who it was."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="contacts", verbose_name=_("resource"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language of mails"), max_length=2, default="da")
    source = models.CharField(_("where we have it from"), max_length=200)
    purpose = models.CharField(_("what it may be used for"), max_length=200)
    created_at = models.DateTimeField(_("created"), editable=False)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    objects = ResourceContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(phone="") | ~models.Q(email=""),
                name="contact_can_be_reached",
                violation_error_message=_("Write a telephone number or an e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone
