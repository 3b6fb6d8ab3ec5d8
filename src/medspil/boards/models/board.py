"""The board of a partnership: at most one, from the day it was founded until it is dissolved."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.common.models import Versioned
from medspil.partnerships.models import Partnership, Standing
from medspil.partnerships.models.doors import within

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


def sits(on: date, way: str = "") -> models.Q:
    """Return the condition that the member at the end of a way sits on the board on a day."""
    begun = models.Q(**{f"{way}from_on__lte": on})
    term = models.Q(**{f"{way}term_ends_on": None}) | models.Q(**{f"{way}term_ends_on__gte": on})
    return begun & term & (models.Q(**{f"{way}left_on": None}) | models.Q(**{f"{way}left_on__gte": on}))


class BoardQuerySet(models.QuerySet["Board"]):
    """Questions to the boards."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "BoardQuerySet":
        """Return boards of partnerships that a person leads or speaks for a side in, and those she sits on that day.

        A broker who only brought the sides together sees none, nor does who reads in the area without being a side.
        """
        if not user.is_authenticated:
            return self.none()
        seated = {"constituencies__members__user": user}
        hers = self.model._default_manager.filter(sits(on, "constituencies__members__"), **seated)
        return self.filter(within(user, "partnership__") | models.Q(pk__in=hers.values("pk")))

    def at_work(self) -> "BoardQuerySet":
        """Return boards that were not dissolved, of partnerships that have not ended."""
        going = self.exclude(partnership__standing=Standing.ENDED)
        return going.filter(dissolved_on=None, partnership__archived_at=None)

    def for_page(self) -> "BoardQuerySet":
        """Return boards with partnership, area and chairs. One query."""
        return self.select_related("partnership__link__area__owner", "chair__user", "deputy_chair__user")


class Board(Versioned):
    """The board of a formal partnership. How many seats are filled is no column: it follows from who sits."""

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="board", verbose_name=_("partnership"))
    name = models.CharField(_("name"), max_length=160)
    founded_on = models.DateField(_("founded"))
    dissolved_on = models.DateField(_("dissolved"), null=True, blank=True)
    # Either may be somebody whose time on the board is over: then nobody has that part.
    chair = models.ForeignKey(
        "boards.BoardMember", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("chair")
    )
    deputy_chair = models.ForeignKey(
        "boards.BoardMember", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deputy chair")
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dissolved_on=None) | models.Q(dissolved_on__gte=models.F("founded_on")),
                name="board_is_dissolved_after_it_was_founded",
            ),
        ]

    def __str__(self) -> str:
        return self.name
