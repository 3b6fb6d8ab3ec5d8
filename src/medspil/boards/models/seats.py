"""Seats by constituency, and who sits: for whom, from when, until when, and who took over from whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.boards.models.board import Board, sits
from medspil.common.models import Versioned
from medspil.partnerships.models import Partner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST_SEATS = 30


class Constituency(Versioned):
    """A group that fills seats of a board: the city council, the companies, the housing organisations."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="constituencies", verbose_name=_("board"))
    name = models.CharField(_("name"), max_length=120)
    least = models.PositiveSmallIntegerField(_("seats at least"))
    most = models.PositiveSmallIntegerField(
        _("seats at most"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )

    class Meta:
        verbose_name = _("constituency")
        verbose_name_plural = _("constituencies")
        constraints = [
            models.UniqueConstraint(fields=["board", "name"], name="one_constituency_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(most__gte=1, least__lte=models.F("most")), name="constituency_has_seats"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatKind(models.TextChoices):
    """Whether somebody fills a seat, or waits to fill one of the constituency's."""

    MEMBER = "member", _("member")
    SUBSTITUTE = "substitute", _("substitute")


class Leaving(models.TextChoices):
    """Why somebody left before the term was over; the end of a term needs no reason."""

    STEPPED_DOWN = "stepped_down", _("stepped down")
    REPLACED = "replaced", _("the constituency sends somebody else")
    MOVED_UP = "moved_up", _("took over a seat")
    FORGOTTEN = "forgotten", _("asked to be forgotten")


class BoardMemberQuerySet(models.QuerySet["BoardMember"]):
    """Questions to those who sit on boards."""

    def visible_to(self, user: "User | AnonymousUser", *, on: date) -> "BoardMemberQuerySet":
        """Return members of the boards that a person sees."""
        return self.filter(constituency__board__in=Board.objects.visible_to(user, on=on))

    def of(self, board: Board) -> "BoardMemberQuerySet":
        """Return everybody who sits, sat or will sit on a board."""
        return self.filter(constituency__board=board)

    def sitting(self, on: date) -> "BoardMemberQuerySet":
        """Return members and substitutes whose time has come on a day and is not over."""
        return self.filter(sits(on))

    def members(self) -> "BoardMemberQuerySet":
        """Return those who fill a seat, without the substitutes."""
        return self.filter(kind=SeatKind.MEMBER)

    def for_page(self) -> "BoardMemberQuerySet":
        """Return members with account, constituency and side, in the order in which they came. One query."""
        records = ("organisation__unit", "unit", "resource__organisation__unit", "resource__unit")
        sides = [f"partner__side__{record}" for record in records]
        return self.select_related("user", "constituency", *sides).order_by("from_on", "pk")


class BoardMember(Versioned):
    """A person's time on a board: one row for each term, and a new one when a substitute takes over a seat.

    By her account, or by name and perhaps an e-mail address. Both are forgotten in time (forgetting.py); the row stays
    and fills no seat any more. The last day is the end of the term or, before it, `left_on`.
    """

    constituency = models.ForeignKey(
        Constituency, models.PROTECT, related_name="members", verbose_name=_("constituency")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SeatKind.choices, default=SeatKind.MEMBER)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account in Medspil")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # For whom: a side of the partnership, or an organisation that is none.
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="board_members", verbose_name=_("side")
    )
    organisation_name = models.CharField(_("organisation"), max_length=160, blank=True)
    from_on = models.DateField(_("from"))
    term_ends_on = models.DateField(_("the term ends"), null=True, blank=True)
    left_on = models.DateField(_("last day"), null=True, blank=True)
    left_why = models.CharField(_("why"), max_length=12, choices=Leaving.choices, blank=True)
    took_over_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_over_by", verbose_name=_("took over from")
    )
    forgotten_at = models.DateTimeField(_("forgotten"), null=True, blank=True)

    objects = BoardMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a board")
        verbose_name_plural = _("members of boards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(term_ends_on=None) | models.Q(term_ends_on__gte=models.F("from_on")),
                name="term_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("from_on")),
                name="member_leaves_after_coming",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.constituency_id} #{self.pk}"

    @property
    def shown_name(self) -> str:
        """Return the name for those who may see it."""
        return str(self.user) if self.user else self.name

    @property
    def last_on(self) -> date | None:
        """Return the last day: the end of the term or an earlier leave."""
        days = [day for day in (self.term_ends_on, self.left_on) if day]
        return min(days) if days else None

    def sits(self, on: date) -> bool:
        """Return whether she sits on a day."""
        last = self.last_on
        return self.from_on <= on and (last is None or on <= last)
