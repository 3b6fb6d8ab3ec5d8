"""The steps of a link, as all its sides may know them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.linking.models.link import Link, LinkParty, LinkState


class Step(models.TextChoices):
    """Something that happened to a link and that all its sides may know."""

    CREATED = "created", _("created")
    ASKED = "asked", _("asked")
    ASKED_AGAIN = "asked_again", _("asked again")
    SAID_YES = "said_yes", _("would like to")
    SAID_NO = "said_no", _("said no")
    NO_UNDONE = "no_undone", _("the no was taken back")
    PARTNERSHIP = "partnership", _("became a partnership")
    BACK = "back", _("taken back a step")
    PARTY_CAME = "party_came", _("a party came to it")
    PARTY_LEFT = "party_left", _("a party left it")
    INTRODUCED = "introduced", _("the sides were introduced")
    BROKER_CAME = "broker_came", _("a broker came to it")
    BROKER_LEAVES = "broker_leaves", _("the broker will leave")
    BROKER_STAYS = "broker_stays", _("the broker stays after all")


class LinkStep(models.Model):
    """One step of a link as all its sides may know it: what happened, to which of them, on which day."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="steps", verbose_name=_("link"))
    party = models.ForeignKey(
        LinkParty, models.SET_NULL, null=True, blank=True, related_name="steps", verbose_name=_("party")
    )
    what = models.CharField(_("what happened"), max_length=13, choices=Step.choices)
    state = models.CharField(_("state after it"), max_length=11, choices=LinkState.choices)
    on = models.DateField(_("day"))
    note = models.CharField(_("what the sides should know"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("noted"))

    class Meta:
        verbose_name = _("step of a link")
        verbose_name_plural = _("steps of links")
        indexes = [models.Index(fields=["what", "on"], name="step_of_link_by_day")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.what} {self.on} #{self.pk}"
