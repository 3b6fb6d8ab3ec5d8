"""What each organisation writes about a link for itself."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.common.models import Versioned
from medspil.linking.models.broker import Brokerage
from medspil.linking.models.doors import brokered_by
from medspil.linking.models.link import Link, LinkParty
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class LinkNoteQuerySet(models.QuerySet["LinkNote"]):
    """Questions to the notes."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "LinkNoteQuerySet":
        """Return the notes of a person's own organisations.

        A broker reads no side's notes: not as the broker of the link, and not in an organisation where that is her
        only role. A side is the area's owner and each party.
        """
        if not user.is_authenticated:
            return self.none()
        hers = Organisation.objects.of(user).values("pk")
        more_than_broker = user.memberships.current().exclude(role=Role.BROKER).values("organisation")
        brokered = Brokerage.objects.filter(brokered_by(user, on)).values("link")
        parties = LinkParty.objects.filter(link=models.OuterRef("link"))
        same = models.Q(organisation=models.OuterRef("organisation"))
        by_resource = models.Q(resource__organisation=models.OuterRef("organisation"))
        of_a_side = models.Q(models.Exists(parties.filter(same | by_resource))) | models.Q(
            link__area__owner=models.F("organisation")
        )
        as_side = models.Q(organisation__in=more_than_broker) & ~models.Q(link__in=brokered)
        return self.filter(models.Q(organisation__in=hers) & (~of_a_side | as_side))


class LinkNote(Versioned):
    """What one organisation writes about a link for itself: nobody else reads it, the broker least of all."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="notes", verbose_name=_("link"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("whose note"))
    text = models.TextField(_("note"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))

    objects = LinkNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a link")
        verbose_name_plural = _("notes on links")

    def __str__(self) -> str:
        return f"{self.link_id} {self.organisation_id} #{self.pk}"
