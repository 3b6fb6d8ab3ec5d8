"""That a person said yes to being here: when, how, to what, to whom; and that she took it back."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.mapping.models.resource import Resource


class Scope(models.TextChoices):
    """What a person said yes to, besides being known to those who may see how people are reached."""

    ON_MAP = "on_map", _("seen on map and list by all who work with the area")
    BY_CONTACT = "by_contact", _("telephone and e-mail kept, to be asked")
    IN_PRINT = "in_print", _("named in papers and files that leave the house")


class HowGiven(models.TextChoices):
    """How a person said yes."""

    SAID = "said", _("said it")
    WRITTEN = "written", _("wrote it")
    LINK = "link", _("answered by a link in a mail")


class HowEnded(models.TextChoices):
    """How a consent ended."""

    SAID = "said", _("said it")
    WRITTEN = "written", _("wrote it")
    LINK = "link", _("answered by a link in a mail")
    REPLACED = "replaced", _("a newer consent took its place")
    SILENCE = "silence", _("nothing was heard for two years")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions to the consents."""

    def visible_to(self, user: "User | AnonymousUser") -> "ConsentQuerySet":
        """Return consents in areas where a person may see how people are reached."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(resource__area__in=areas_where(user, Ability.SEE_CONTACTS))

    def standing(self) -> "ConsentQuerySet":
        """Return consents that were not taken back."""
        return self.filter(withdrawn_on=None)


class Consent(models.Model):
    """One consent of one person. It names her nowhere: when she is forgotten it stays, as a fact about a number."""

    resource: "models.ForeignKey[Resource, Resource]" = models.ForeignKey(
        "mapping.Resource", models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    given_on = models.DateField(_("given"))
    how = models.CharField(_("how it was given"), max_length=8, choices=HowGiven.choices)
    on_map = models.BooleanField(Scope.ON_MAP.label, default=False)
    by_contact = models.BooleanField(Scope.BY_CONTACT.label, default=False)
    in_print = models.BooleanField(Scope.IN_PRINT.label, default=False)
    said_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("said to"))
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_how = models.CharField(_("how it ended"), max_length=8, choices=HowEnded.choices, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["resource"], condition=models.Q(withdrawn_on=None), name="one_standing_consent_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_ends_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.given_on} #{self.pk}"

    @property
    def scope(self) -> list[Scope]:
        """Return what the person said yes to."""
        return [one for one in Scope if getattr(self, one.value)]
