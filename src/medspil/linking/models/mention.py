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


class Where(models.TextChoices):
    """Which text of a link it is."""

    SENTENCE = "sentence", _("what they can do together")
    SUBJECT = "subject", _("for what of the need it is")
    BRINGS = "brings", _("what a party brings")
    CONSENT = "consent", _("who said that we may write, and how")
    STEP = "step", _("what was written with a step")
    HANDOVER = "handover", _("what was written when a broker handed over")
    REFUSAL = "refusal", _("the words of a no")
    NOTE = "note", _("a note of your own organisation")
    LETTER = "letter", _("a letter to a side")
    HEADING = "heading", _("the subject of a letter to a side")
    SAID = "said", _("what was said with a side")
    THEIRS = "theirs", _("who took part in a conversation")
    PROMISE = "promise", _("what was promised")
    PROMISER = "promiser", _("who promised it")
    MEETING = "meeting", _("where a walk begins")
    STOP = "stop", _("what is seen at a stop of a walk")
    SHOWS = "shows", _("what is shown at a stop of a walk")
    SHOWER = "shower", _("who shows it at a stop of a walk")
    NOTED = "noted", _("what was noted at a stop of a walk")
    NAMED = "named", _("what a partnership is called")
    IDEA = "idea", _("the idea that carries a partnership")
    STOOD = "stood", _("why a partnership pauses or ended")
    WORKED = "worked", _("what worked in a partnership that ended")
    AGAIN = "again", _("what one would do again after a partnership")
    LEFT = "left", _("why a side left a partnership")
    GAINED = "gained", _("what a side gains, in its own words")
    ASKED = "asked", _("a question in a partnership")
    REPLY = "reply", _("the answer to a question in a partnership")
    PERSON = "person", _("a person of a side, and what she may decide")
    IF_GONE = "if_gone", _("what happens if somebody of a side leaves")
    PASSED = "passed", _("what one person of a side handed on to the next")
    WANTS = "wants", _("what a side of a partnership wants")
    DIFFERS = "differs", _("what differs between the sides of a partnership")
    SETTLES = "settles", _("how a difference is settled")
    RULES = "rules", _("the rules of procedure of a board")
    SEATED = "seated", _("somebody who sits on a board")
    SET_ASIDE = "aside", _("what money is set aside for")
    GIVER = "giver", _("whom money set aside is from")
    ITEM = "item", _("what a board was to talk about")
    TALKED = "talked", _("what was said at a meeting of a board")
    DECIDED = "decided", _("what a board decided")
    INTEREST = "interest", _("why somebody left the room at a meeting of a board")
    OFF_WHY = "off_why", _("why a walk was cancelled")
    NO_WALK = "no_walk", _("why there is no walk")
    PULSE = "pulse", _("how a partnership goes for a side, in its own words")
    NEWS = "news", _("news of a partnership")
    HANDED = "handed", _("what was written when a link was handed on to a colleague")
    RETURNED = "returned", _("what a colleague answered to whom it was handed on")
    MOMENT = "moment", _("what others heard of a partnership, or what was celebrated")
    DRAFTED = "drafted", _("a field of an agreement that is being written")
    DRAFT_ROW = "rows", _("the rows of a field of an agreement that is being written")
    HISTORY = "history", _("earlier wordings in the history")


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
        return self.filter(linked | models.Q(where=Where.NOTE, record__in=read))

    def waiting(self) -> "MentionQuerySet":
        """Return what nobody has looked at yet, the oldest first."""
        return self.filter(looked_at=None).order_by("found_on", "link", "pk")


class Mention(models.Model):
    """A text of a link may name somebody who took her consent back; who it was stands nowhere."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="mentions", verbose_name=_("link"))
    where = models.CharField(_("in which text"), max_length=8, choices=Where.choices)
    # Key of the party, step, brokerage, refusal or note whose text it is; the link's own texts have none.
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
