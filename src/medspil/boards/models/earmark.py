"""Money set aside that a board influences: how much, from whom, for what, from when to when."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.boards.models.board import Board
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User


class EarmarkQuerySet(models.QuerySet["Earmark"]):
    """Questions to the earmarked sums."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "EarmarkQuerySet":
        """Return sums of the boards that a person sees."""
        return self.filter(board__in=Board.objects.visible_to(user, on=on))

    def current(self) -> "EarmarkQuerySet":
        """Return sums that are not put away."""
        return self.filter(archived_at=None)

    def for_page(self) -> "EarmarkQuerySet":
        """Return sums with the records of the sides they come from, the first one first. One query."""
        records = ("organisation__unit", "unit", "resource__organisation__unit", "resource__unit")
        return self.select_related(*[f"partner__side__{record}" for record in records]).order_by("from_on", "pk")


class Earmark(Versioned):
    """A sum that is set aside. How much of it is used is no column: it follows from the board's decisions."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="earmarks", verbose_name=_("board"))
    amount_kroner = models.PositiveIntegerField(_("amount (kroner)"), validators=[MinValueValidator(1)])
    # From whom: a side of the partnership, or a fund or programme that is none.
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="earmarks", verbose_name=_("side")
    )
    giver = models.CharField(_("from whom"), max_length=160, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=500)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = EarmarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("earmarked sum")
        verbose_name_plural = _("earmarked sums")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="earmark_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=models.Q(amount_kroner__gte=1), name="earmark_is_a_sum"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.amount_kroner} #{self.pk}"
