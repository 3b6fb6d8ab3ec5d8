"""The outbox: each mail is a row, from the moment somebody asks for it until nobody needs to know of it any more."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User


class MessageState(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Perhaps sent")
    STOPPED = "stopped", _("Stopped")
    GIVEN_UP = "given_up", _("Given up")


# What a person should look at: nothing happens to these by itself.
TROUBLED = (MessageState.UNSURE, MessageState.GIVEN_UP)
ON_ITS_WAY = (MessageState.WAITING, MessageState.SENDING)
# What goes as soon as a mail is sent or stopped: it may hold a link that answers for somebody.
NO_WORDS = {"text": "", "calendar": "", "paper": ""}
OVERDUE_AFTER = timedelta(minutes=15)


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions to the outbox."""

    def sent_for(self, *organisations: int) -> "MessageQuerySet":
        """Return the mails that go out on behalf of organisations and whose recipient is not forgotten."""
        return self.filter(on_behalf_of__in=organisations, forgotten_at=None)

    def troubled(self) -> "MessageQuerySet":
        """Return the mails that a person should look at, the oldest first."""
        return self.filter(state__in=TROUBLED).order_by("created_at", "pk")

    def on_their_way(self) -> "MessageQuerySet":
        """Return the mails that wait or are being sent, in the order of their next attempt."""
        return self.filter(state__in=ON_ITS_WAY).order_by("next_try_at", "pk")

    def ended(self) -> "MessageQuerySet":
        """Return the mails that were sent or stopped, the newest first."""
        return self.filter(state__in=(MessageState.SENT, MessageState.STOPPED)).order_by("-settled_at", "-pk")

    def overdue(self, now: datetime) -> "MessageQuerySet":
        """Return the mails that should have gone a while ago: no worker seems to run."""
        since = now - OVERDUE_AFTER
        late = models.Q(state=MessageState.WAITING, next_try_at__lt=since)
        return self.filter(late | models.Q(state=MessageState.SENDING, claimed_until__lt=since))

    def about(self, *records: models.Model) -> "MessageQuerySet":
        """Return the mails about some records."""
        wanted = models.Q(pk__in=())
        for record in records:
            wanted |= models.Q(about_type=record._meta.label_lower, about_id=str(record.pk))
        return self.filter(wanted)

    def to(self, email: str) -> "MessageQuerySet":
        """Return the mails to an address, however it is written."""
        return self.filter(to_email__iexact=email.strip()) if email.strip() else self.none()


class Message(models.Model):
    """One mail to one person.

    The text goes as soon as it is sent or stopped, since it may hold a link that answers for somebody; address, name
    and subject go a while later (forgetting.py). What stays says that there was a mail, so that no second one goes out.
    """

    purpose = models.CharField(_("purpose"), max_length=40)
    dedupe_key = models.CharField(_("what makes it one and the same"), max_length=200, unique=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, editable=False)
    to_email = models.EmailField(_("to"), blank=True)
    to_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    calendar = models.TextField(_("file for a calendar"), blank=True)  # RFC 5545; goes with the text
    # What an attached paper is made of, as JSON: the paper itself is made when the mail goes. Goes with the text.
    paper = models.TextField(_("what its paper is made of"), blank=True)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    about_type = models.CharField(_("kind of record"), max_length=60, blank=True)
    about_id = models.CharField(_("record"), max_length=40, blank=True)
    on_behalf_of = models.BigIntegerField(_("on behalf of"), null=True)
    on_behalf_of_name = models.CharField(_("on behalf of"), max_length=200, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by"))
    created_at = models.DateTimeField(_("written"))
    not_before = models.DateTimeField(_("not before"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=MessageState.choices, default=MessageState.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    first_tried_at = models.DateTimeField(_("first tried"), null=True)
    next_try_at = models.DateTimeField(_("next attempt"))
    claim = models.CharField(_("who sends it"), max_length=32, blank=True, editable=False)
    claimed_until = models.DateTimeField(_("is being sent until"), null=True)
    no_return_at = models.DateTimeField(_("handed to the mail server"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    settled_at = models.DateTimeField(_("came to an end"), null=True)
    forgotten_at = models.DateTimeField(_("recipient forgotten"), null=True)
    problem = models.CharField(_("problem"), max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_that_is_due"),
            models.Index(fields=["about_type", "about_id"], name="mail_about_record"),
            models.Index(fields=["on_behalf_of", "created_at"], name="mail_of_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk} {self.state}"

    @property
    def can_go_again(self) -> bool:
        """Return whether a person may have it sent (again) now."""
        return bool(self.text) and self.state in (*TROUBLED, MessageState.WAITING)

    @property
    def can_come_back(self) -> bool:
        """Return whether the mail server took it, so that a person may have seen it come back."""
        return bool(self.to_email) and self.state in (MessageState.SENT, MessageState.UNSURE)

    @property
    def can_be_stopped(self) -> bool:
        """Return whether a person may still stop it."""
        return self.forgotten_at is None and self.state in (*TROUBLED, MessageState.WAITING)


class CameBack(models.Model):
    """An address from which mails of an organisation came back; known again by a hash, and kept for a year."""

    known_by = models.CharField(_("what knows the address again"), max_length=64, editable=False)
    organisation = models.BigIntegerField(_("on behalf of"))
    since = models.DateTimeField(_("since"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("address from which mails came back")
        verbose_name_plural = _("addresses from which mails came back")
        constraints = [models.UniqueConstraint(fields=["known_by", "organisation"], name="mails_came_back_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.since:%Y-%m-%d} #{self.pk}"
