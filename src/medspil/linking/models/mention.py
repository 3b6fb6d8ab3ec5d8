"""Texts of links that may name somebody who took her consent back: for people to look at, without her name."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.linking.models.link import Link
from medspil.linking.models.note import LinkNote
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


NOTE = "note"
"""The text of a note, which only its own organisation reads; all other texts are read by who keeps the link."""
HISTORY = "history"
"""Earlier wordings, which are no text of a record."""


class MentionQuerySet(models.QuerySet["Mention"]):
    """Questions to the mentions."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "MentionQuerySet":
        """Return those of links in areas where a person brings parties together; of notes, those that she reads.

        The broker of a link reads no note of a side and so is not told of one.
        """
        if not user.is_authenticated:
            return self.none()
        linked = models.Q(organisation=None, link__area__in=areas_where(user, Ability.LINK))
        read = LinkNote.objects.visible_to(user, on=on).values("pk")
        return self.filter(linked | models.Q(where=NOTE, record__in=read))

    def waiting(self) -> "MentionQuerySet":
        """Return what nobody has looked at yet, the oldest first."""
        return self.filter(looked_at=None).order_by("found_on", "link", "pk")


class Mention(models.Model):
    """A text of a link may name somebody who took her consent back; who it was stands nowhere."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="mentions", verbose_name=_("link"))
    # Key of a text that a room named to `mention_texts`, or HISTORY.
    where = models.CharField(_("in which text"), max_length=8)
    # Key of the party, step, letter or note whose text it is; the link's own texts have none.
    record = models.BigIntegerField(_("number of the record"), default=0)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("whose note")
    )
    found_on = models.DateField(_("found on"))
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    looked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("looked at by")
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("text that may name somebody")
        verbose_name_plural = _("texts that may name somebody")
        constraints = [
            models.UniqueConstraint(
                fields=["link", "where", "record"],
                condition=models.Q(looked_at=None),
                name="one_waiting_mention_per_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.where} {self.record} #{self.pk}"
