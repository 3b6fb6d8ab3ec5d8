"""What a company offered or said at a stop of a walk."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import areas_where
from medspil.common.models import Versioned
from medspil.linking.models import Link, LinkParty
from medspil.organisations.roles import Ability
from medspil.walks.models.stop import WalkStop

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class StopNoteQuerySet(models.QuerySet["StopNote"]):
    """Questions to what was noted on the way."""

    def visible_to(self, user: "User | AnonymousUser") -> "StopNoteQuerySet":
        """Return what was noted in areas whose partnerships a person leads: neither the sides nor a broker read it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(stop__walk__link__area__in=areas_where(user, Ability.RUN_PARTNERSHIP))

    def for_page(self) -> "StopNoteQuerySet":
        """Return notes with who noted them, whose words they are, and the link that came of them; the oldest first."""
        related = ("by", "made", "side__organisation__unit", "side__unit", "side__resource")
        return self.select_related(*related).order_by("created_at", "pk")


class StopNote(Versioned):
    """One thing that a side offered or said at a stop. An offer becomes a link that is an idea; names go in time."""

    stop = models.ForeignKey(WalkStop, models.CASCADE, related_name="notes", verbose_name=_("stop"))
    side = models.ForeignKey(
        LinkParty, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who said it")
    )
    kind = models.CharField(_("kind of resource"), max_length=40, blank=True)  # of an offer; code in the vocabulary
    amount = models.CharField(_("how much"), max_length=80, blank=True)
    text = models.TextField(_("what was offered or said"), blank=True)
    made = models.ForeignKey(
        Link, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the link it became")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    objects = StopNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a walk")
        verbose_name_plural = _("notes on walks")

    def __str__(self) -> str:
        return f"{self.stop_id} #{self.pk}"
