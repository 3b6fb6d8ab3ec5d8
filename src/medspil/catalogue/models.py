"""Concepts that others can repeat, and the cases that show what came of them."""

from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _


class PartnershipModel(models.TextChoices):
    """The two ways in which a company and an area find each other."""

    ADD_ON = "add_on", _("Add-on")
    STRATEGICALLY_INTEGRATED = "strategically_integrated", _("Strategically integrated")

    @property
    def meaning(self) -> str:
        """Return its name with what it means, in the language that is active."""
        return gettext(_MEANING[self.value])


_MEANING = {
    "add_on": gettext_noop("Add-on: it springs from the wish of employees or management"),
    "strategically_integrated": gettext_noop("Strategically integrated: it grows out of the company's core services"),
}


class Concept(models.Model):
    """A way of working together that has been tried and can be repeated."""

    code = models.SlugField(_("code"), unique=True)
    name_da = models.CharField(_("name in Danish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    summary_da = models.TextField(_("summary in Danish"))
    summary_en = models.TextField(_("summary in English"))

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def __str__(self) -> str:
        return self.code


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions to the catalogue."""

    def published(self) -> "CaseQuerySet":
        """Return the cases that everybody may read."""
        return self.filter(published_on__isnull=False)

    def for_list(self) -> "CaseQuerySet":
        """Return published cases for the list page, with their concept, by name."""
        return self.published().select_related("concept").order_by("name_da", "pk")


class Case(models.Model):
    """One partnership that was: its parties, what it took, what it gave."""

    code = models.SlugField(_("code"), unique=True)
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="cases", verbose_name=_("concept"))
    name_da = models.CharField(_("name in Danish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    summary_da = models.TextField(_("summary in Danish"))
    summary_en = models.TextField(_("summary in English"))
    model = models.CharField(_("partnership model"), max_length=24, choices=PartnershipModel.choices)
    area = models.CharField(_("area"), max_length=200)
    municipalities = models.JSONField(_("municipalities"), default=list)
    years = models.CharField(_("years"), max_length=40, blank=True)
    parties = models.JSONField(_("parties"), default=list)  # [{name, sector, role_da, role_en}]
    effort = models.JSONField(_("effort"), default=list)  # [{number, unit_da, unit_en, what_da, what_en}]
    themes = models.JSONField(_("themes"), default=list)
    target_groups = models.JSONField(_("target groups"), default=list)
    resource_kinds = models.JSONField(_("kinds of resources"), default=list)
    gains = models.JSONField(_("gains"), default=dict)  # {area_da: [], area_en: [], company_da: [], company_en: []}
    source = models.CharField(_("source"), max_length=200)
    published_on = models.DateField(_("published"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.code

    @property
    def model_meaning(self) -> str:
        """Return its model with what that means."""
        return PartnershipModel(self.model).meaning
