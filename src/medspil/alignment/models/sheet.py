"""What one side writes of its own: the sheet it works on, seen by itself alone, and what it handed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner, Partnership


class Sheet(Versioned):
    """A draft of one side: seen by its own people alone, or, where the area's people write for it, by those.

    It stays after it is handed in, empty: so whoever had it open at that moment saves over nobody.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="sheets", verbose_name=_("partner"))
    on_behalf = models.BooleanField(_("written by the area's people for the side"), default=False)
    answers = models.JSONField(_("answers"), default=dict, blank=True)  # by code of the question
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("last saved by")
    )

    class Meta:
        verbose_name = _("sheet of a side")
        verbose_name_plural = _("sheets of sides")
        constraints = [models.UniqueConstraint(fields=["partner", "on_behalf"], name="one_sheet_of_a_side")]

    def __str__(self) -> str:
        return f"{self.partner_id} #{self.pk}"


class HandedIn(models.TextChoices):
    """How words came to be handed in."""

    ACCOUNT = "account", _("by one of its own people")
    LINK = "link", _("by a one-time link")
    BEHALF = "behalf", _("noted by the area's people")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions to what was handed in."""

    def of(self, partnership: Partnership) -> "EditionQuerySet":
        """Return all that was handed in to a partnership, of each side the newest first."""
        found = self.filter(partner__partnership=partnership)
        return found.select_related("by", "confirmed_by").order_by("partner", "-number")

    def confirmed(self) -> "EditionQuerySet":
        """Return what a side wrote itself, or confirmed."""
        return self.exclude(confirmed_at=None)


class Edition(models.Model):
    """What a side handed in, once: never changed; a change is a new one. Names are forgotten in time."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="editions", verbose_name=_("partner"))
    number = models.PositiveIntegerField(_("number"))
    answers = models.JSONField(_("answers"), default=dict)  # by code of the question
    how = models.CharField(_("how"), max_length=7, choices=HandedIn.choices)
    handed_in_at = models.DateTimeField(_("handed in"))
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))
    by_name = models.CharField(_("name and role of who wrote it"), max_length=120, blank=True)
    said_by = models.CharField(_("said by"), max_length=120, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed by the side"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_name = models.CharField(_("name of who confirmed it"), max_length=120, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("words handed in")
        verbose_name_plural = _("words handed in")
        constraints = [
            models.UniqueConstraint(fields=["partner", "number"], name="one_edition_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(how=HandedIn.BEHALF) | models.Q(confirmed_at__isnull=False),
                name="own_words_are_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.number}"

    @property
    def waits(self) -> bool:
        """Whether it was noted for the side, which has not confirmed it."""
        return self.confirmed_at is None
