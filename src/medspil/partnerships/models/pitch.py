"""Letters to a side of a link: drafted from data, edited by a person, sent once."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.models.doors import works_near

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class PitchState(models.TextChoices):
    """What became of a letter."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    PUT_AWAY = "put_away", _("put away")


class AddressFrom(models.TextChoices):
    """Where an address comes from."""

    MEMBER = "member", _("the company's own contact in Medspil")
    REGISTER = "register", _("the business register")
    TYPED = "typed", _("somebody wrote it here")


class PitchQuerySet(models.QuerySet["Pitch"]):
    """Questions to the letters."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "PitchQuerySet":
        """Return letters about links in a person's areas, and about those she is the broker of on a day.

        Who is written to sees none here: what was sent is in the mail, and a draft is nobody's word yet.
        """
        return self.filter(works_near(user, on)) if user.is_authenticated else self.none()

    def to(self, party: LinkParty) -> "PitchQuerySet":
        """Return what was written to a side of a link, the newest first."""
        return self.filter(party=party).order_by("-created_at", "-pk")

    def for_page(self) -> "PitchQuerySet":
        """Return letters with all that their page shows."""
        sides = ("party__organisation__unit", "party__unit", "party__resource__organisation__unit")
        link = ("link__area__owner", "link__need__challenge", "link__challenge")
        return self.select_related(*link, *sides, "party__resource__unit", "contact", "sent_by")


class Pitch(Versioned):
    """One letter to a side of a link: language, text, to whom and where the address is from, and whether it was sent.

    Address, name and text are forgotten in time (see forgetting.py); none of them stands in the history.
    """

    link = models.ForeignKey(Link, models.CASCADE, related_name="pitches", verbose_name=_("link"))
    # A side that was never asked may be taken off its link; what was sent to it stays.
    party = models.ForeignKey(
        LinkParty, models.SET_NULL, null=True, related_name="pitches", verbose_name=_("who is written to")
    )
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    text = models.TextField(_("letter"), blank=True)
    hours = models.PositiveSmallIntegerField(_("hours asked for in half a year"), null=True, blank=True)
    contact = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("our contact person"))
    gains = models.JSONField(_("gains that were named"), default=list, blank=True)  # codes of the vocabulary
    to_from = models.CharField(_("where the address comes from"), max_length=8, choices=AddressFrom.choices, blank=True)
    to_name = models.CharField(_("name"), max_length=120, blank=True)
    to_email = models.EmailField(_("e-mail"), blank=True)
    to_source = models.CharField(_("where we have it from"), max_length=200, blank=True)
    to_purpose = models.CharField(_("what it may be used for"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=PitchState.choices, default=PitchState.DRAFT)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = PitchQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=PitchState.SENT)
                | models.Q(sent_at__isnull=False, sent_by__isnull=False)
                & (~models.Q(to_email="") | models.Q(forgotten_at__isnull=False)),
                name="pitch_sent_by_somebody_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.state} #{self.pk}"
