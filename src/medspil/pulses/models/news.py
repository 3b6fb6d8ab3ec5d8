"""News from one side of a partnership to the others: the words, whom a mail told, and which side wants no mails."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.models.doors import within

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class NewsQuerySet(models.QuerySet["News"]):
    """Questions to the news."""

    def visible_to(self, user: "User | AnonymousUser") -> "NewsQuerySet":
        """Return news of partnerships that a person leads or speaks for a side in; a broker reads none."""
        return self.filter(within(user, "partnership__"))

    def standing(self) -> "NewsQuerySet":
        """Return news with words that nobody has taken back."""
        return self.filter(forgotten_at=None, taken_back_at=None)

    def for_page(self) -> "NewsQuerySet":
        """Return news with the records of the sides they are from, the newest first. One query."""
        records = ("organisation__unit", "unit", "resource__organisation__unit", "resource__unit")
        sides = [f"by_side__side__{record}" for record in records]
        return self.select_related("partnership__link__area__owner", "by", *sides).order_by("-created_at", "-pk")


class News(Versioned):
    """A short piece of news from one side, or from those who lead. Its words are forgotten in time.

    Taken back, it is read by nobody but those who may put it there again.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="news", verbose_name=_("partnership"))
    by_side = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="news", verbose_name=_("from whom")
    )
    text = models.CharField(_("news"), max_length=500, blank=True)
    # Nobody where it came by a one-time link.
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news of a partnership")
        verbose_name_plural = _("news of partnerships")

    def __str__(self) -> str:
        return f"{self.partnership_id} #{self.pk}"


class NewsTold(models.Model):
    """That one side was told a piece of news by mail, once. Who it went to stands in the link alone."""

    news = models.ForeignKey(News, models.PROTECT, related_name="told", verbose_name=_("news"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("side"))
    at = models.DateTimeField(_("put into the outbox"))

    class Meta:
        verbose_name = _("news told to a side")
        verbose_name_plural = _("news told to sides")
        constraints = [models.UniqueConstraint(fields=["news", "partner"], name="side_told_of_news_once")]

    def __str__(self) -> str:
        return f"{self.news_id} {self.partner_id}"


class NewsOff(models.Model):
    """That a side wants no mails about news; it reads them in Medspil still."""

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="news_off", verbose_name=_("side"))
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("side without mails about news")
        verbose_name_plural = _("sides without mails about news")

    def __str__(self) -> str:
        return str(self.partner_id)
