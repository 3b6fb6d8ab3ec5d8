"""What is known of a company beside the register: a few answers, each with its source, its day and who wrote it.

The same company can have several profiles: its own, and one for each organisation that checked it. Whose words they
are decides who may read them; nobody's words are written over by another's.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.organisations.models.party import Organisation, abilities_anywhere
from medspil.organisations.roles import Ability

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CHECK_AGAIN_AFTER = timedelta(days=365)


class Topic(models.TextChoices):
    """The questions of a profile, in the order in which they are asked."""

    CORE_SERVICES = "core_services", _("Core services")
    CSR = "csr", _("CSR strategy")
    THEMES = "themes", _("What it says, theme by theme")
    GLOBAL_COMPACT = "global_compact", _("UN Global Compact")
    VOLUNTEERING = "volunteering", _("Employee volunteering")
    PARTNERSHIPS = "partnerships", _("Earlier partnerships")
    GROUP = "group", _("Group of companies")


class Known(models.TextChoices):
    """The answer to a question of yes and no; unknown means that somebody looked and did not find out."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Could not find out")


class AnswerSource(models.TextChoices):
    """Where an answer comes from."""

    REGISTER = "register", _("the business register")
    WEBSITE = "website", _("the company's website")
    ANNUAL_REPORT = "annual_report", _("the annual report")
    CONVERSATION = "conversation", _("a conversation")
    COMPANY = "company", _("the company itself")
    OTHER = "other", _("another source")


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Questions to the profiles."""

    def standing(self) -> "ProfileQuerySet":
        """Return profiles that count: not those left behind when organisations were merged."""
        return self.filter(about__merged_into=None, said_by__merged_into=None)

    def own_words(self) -> "ProfileQuerySet":
        """Return what companies say of themselves."""
        return self.filter(said_by=models.F("about"))

    def checks(self) -> "ProfileQuerySet":
        """Return what organisations wrote about others."""
        return self.exclude(said_by=models.F("about"))

    def visible_to(self, user: "User | AnonymousUser") -> "ProfileQuerySet":
        """Return what a person may read: a company's own words if she may look companies up or acts for it, and checks
        made by an organisation in which she may look companies up. Nobody else's checks, also not of herself."""
        if not user.is_authenticated:
            return self.none()
        hers = Organisation.objects.where(user, Ability.VIEW_REGISTER).values("pk")
        readable = models.Q(said_by__in=hers) & ~models.Q(said_by=models.F("about"))
        own_words = models.Q(said_by=models.F("about"))
        if Ability.VIEW_REGISTER not in abilities_anywhere(user):
            own_words &= models.Q(about__in=Organisation.objects.of(user).values("pk"))
        return self.standing().filter(readable | own_words)

    def for_page(self) -> "ProfileQuerySet":
        """Return profiles with all that their page shows, the company's own words first, then the newest check."""
        own_first = models.Case(models.When(said_by=models.F("about"), then=0), default=1)
        return (
            self.select_related("about", "said_by")
            .prefetch_related(models.Prefetch("answers", ProfileAnswer.objects.select_related("checked_by")))
            .order_by(own_first, "-updated_at", "pk")
        )


class Profile(Versioned):
    """What one organisation says of a company: the company itself, or one that checked it."""

    about = models.ForeignKey(Organisation, models.PROTECT, related_name="profiles", verbose_name=_("company"))
    said_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="profiles_written", verbose_name=_("whose words")
    )
    note = models.TextField(_("private note"), blank=True)  # for the organisation that checks, never for the company
    # What a ranking needs, made from the answers when they are saved: thousands are read for each question. See digest.
    facts = models.JSONField(_("as a ranking reads it"), default=dict, editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["about", "said_by"],
                name="one_profile_per_company_and_voice",
                violation_error_message=_("There is a profile of this company already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.about_id} · {self.said_by_id} #{self.pk}"

    @property
    def own(self) -> bool:
        """Whether these are the company's own words."""
        return self.about_id == self.said_by_id


class ProfileAnswer(Versioned):
    """One answer of a profile, with where it comes from, of which day it is and who wrote it."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="answers", verbose_name=_("profile"))
    topic = models.CharField(_("question"), max_length=20, choices=Topic.choices)
    known = models.CharField(_("answer"), max_length=7, choices=Known.choices, blank=True)
    text = models.TextField(_("in own words"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)  # themes, partnerships, parent: see answers.py
    source = models.CharField(_("source"), max_length=13, choices=AnswerSource.choices)
    link = models.URLField(_("link"), max_length=500, blank=True)
    checked_on = models.DateField(_("date of the check"))
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("answer of a profile")
        verbose_name_plural = _("answers of profiles")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "topic"],
                name="one_answer_per_profile_and_topic",
                violation_error_message=_("This question has an answer already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.topic} {self.known}"

    @property
    def told(self) -> bool:
        """Whether anything is said: an answer that was taken back is empty."""
        return bool(self.known or self.text or self.details)

    def old(self, today: date) -> bool:
        """Return whether the check is so old that somebody should look again."""
        return today - self.checked_on > CHECK_AGAIN_AFTER


class ProfileWord(models.Model):
    """A word of an answer as the analyser cuts it, found by the term when a need asks with it."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="words", verbose_name=_("profile"))
    topic = models.CharField(_("question"), max_length=20, choices=Topic.choices)
    term = models.CharField(_("word"), max_length=80)
    weight = models.FloatField(_("weight"))

    class Meta:
        verbose_name = _("word of a profile")
        verbose_name_plural = _("words of profiles")
        indexes = [models.Index(fields=["term"], name="word_of_profile_by_term")]

    def __str__(self) -> str:
        return f"{self.term} #{self.profile_id}"
