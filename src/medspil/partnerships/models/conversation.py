"""What was said with a side of a link: calls, mails and meetings, and what somebody promised there."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.linking.models import Link, LinkParty
from medspil.partnerships.models.doors import brokered, in_own_area

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class Channel(models.TextChoices):
    """How people spoke with each other."""

    CALL = "call", _("call")
    MAIL = "mail", _("mail")
    MEETING = "meeting", _("meeting")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Questions to the log."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "ConversationQuerySet":
        """Return what was noted about links in a person's areas; of those she brokers on a day, what she noted herself.

        What the area's people note is theirs: no broker reads the notes of a side.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(in_own_area(user) | brokered(user, on) & models.Q(by=user))

    def held(self) -> "ConversationQuerySet":
        """Return what was said, without what is only agreed upon."""
        return self.filter(planned=False)

    def planned(self) -> "ConversationQuerySet":
        """Return calls and meetings that are agreed upon, the next one first; also those whose hour has passed."""
        return self.filter(planned=True).order_by("at", "pk")

    def with_side(self, party: LinkParty) -> "ConversationQuerySet":
        """Return what was said with a side of a link, the newest first, with people and promises. Three queries."""
        promises = models.Prefetch("pledges", Pledge.objects.order_by("due_on", "pk"))
        said = self.filter(party=party).select_related("by").prefetch_related("our_people", promises)
        return said.order_by("-at", "-pk")


class Conversation(Versioned):
    """One call, mail or meeting: when, who from both sides, what caught interest, what was said.

    One whose hour had not come when somebody wrote it down is planned until somebody notes what was said.
    Names and words are forgotten in time (forgetting.py), and gone for good when somebody removes the entry; none of
    them stands in the history.
    """

    link = models.ForeignKey(Link, models.CASCADE, related_name="conversations", verbose_name=_("link"))
    party = models.ForeignKey(
        LinkParty, models.SET_NULL, null=True, related_name="conversations", verbose_name=_("with whom")
    )
    channel = models.CharField(_("how"), max_length=7, choices=Channel.choices)
    at = models.DateTimeField(_("when"))
    our_people = models.ManyToManyField(User, related_name="+", blank=True, verbose_name=_("from us"))
    their_people = models.CharField(_("from them"), max_length=200, blank=True)
    caught = models.JSONField(_("what caught their interest"), default=list, blank=True)  # codes of gains
    text = models.TextField(_("what was said"), blank=True)
    planned = models.BooleanField(_("agreed upon, not held"), default=False)
    minutes = models.PositiveSmallIntegerField(_("how many minutes it took"), null=True, blank=True)
    # Of an invitation that came as a file: by which it is known again when it is moved.
    invitation = models.CharField(_("number of the invitation"), max_length=255, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [models.Index(fields=["link", "at"], name="conversation_of_link")]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "invitation"], condition=~models.Q(invitation=""), name="an_invitation_comes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_id} {self.channel} #{self.pk}"


class PledgeQuerySet(models.QuerySet["Pledge"]):
    """Questions to the promises."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "PledgeQuerySet":
        """Return promises of the conversations that a person sees."""
        return self.filter(conversation__in=Conversation.objects.visible_to(user, on=on))


class Pledge(models.Model):
    """Something that one side promised in a conversation: who, what, until when, and whether it was kept."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="pledges", verbose_name=_("conversation")
    )
    ours = models.BooleanField(_("we promised it"))
    who = models.CharField(_("who"), max_length=120, blank=True)
    what = models.CharField(_("what"), max_length=200, blank=True)
    due_on = models.DateField(_("until when"))
    kept_at = models.DateTimeField(_("done"), null=True, blank=True)
    kept_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted as done by")
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")

    def __str__(self) -> str:
        return f"{self.conversation_id} {self.due_on} #{self.pk}"
