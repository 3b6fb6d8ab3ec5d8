"""What may be done with a link as it stands: ask a side, note its answer, note the partnership."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from medspil.linking.models import Answer, LinkState
from medspil.partnerships.facts import can_be_written_to
from medspil.web.linking.link_shown import ShownLink, Side


@dataclass(frozen=True, slots=True)
class Move:
    """One button: where it is sent, what it says, and to whom it is done. Without `sends` it is a way to a page."""

    url: str
    label: str | Promise
    of: str = ""
    sends: bool = True
    main: bool = False
    write_url: str = ""
    """The page from which they are written to or called, where the button only notes that it was done."""


@dataclass(frozen=True, slots=True)
class Moves:
    """The buttons of a link, and those of each of its sides by key."""

    whole: list[Move] = field(default_factory=list)
    by_side: dict[int, list[Move]] = field(default_factory=dict)

    @property
    def some(self) -> list[Move]:
        """Return the buttons that fit on a card of the board: the next ones, those of the link first."""
        sides = [move for moves in self.by_side.values() for move in moves if move.main]
        return [*self.whole, *sides][:2]


def moves_of(
    shown: ShownLink,
    *,
    may: bool,
    own: Collection[int] = (),
    speaks: Collection[int] = (),
    closed: Collection[int] = (),
    today: date | None = None,
) -> Moves:
    """Return what a person may do: with `may` everything, else answer for her `own` sides that were asked.

    The buttons of a side that she `speaks` for say we. Of those `closed` a no still holds.
    """
    link = shown.link
    if link.archived_at:
        return Moves()
    if link.state == LinkState.PARTNERSHIP:
        late = [side for side in shown.never_said_yes if not side.party.withdrawn and (may or side.party.pk in own)]
        return Moves(by_side={side.party.pk: [_yes(shown, side, we=side.party.pk in speaks)] for side in late})
    agree = Move(_url("link_partnership", shown), _("It became a partnership"), main=True)
    day = today or shown.today
    return Moves(
        whole=[agree] if may and link.state == LinkState.INTERESTED and not shown.not_yet else [],
        by_side={
            side.party.pk: (
                _of_side(shown, side, day, we=side.party.pk in speaks, again=side.party.pk not in closed)
                if may
                else _of_own(shown, side)
            )
            for side in shown.sides
            if (may or side.party.pk in own) and not side.party.withdrawn
        },
    )


def _of_own(shown: ShownLink, side: Side) -> list[Move]:
    """Return what somebody may say for her own side once it was asked."""
    if side.party.answer == Answer.ASKED:
        return [_yes(shown, side, we=True), _no(shown, side, we=True)]
    return [_no(shown, side, we=True)] if side.party.answer == Answer.YES else []


def _of_side(shown: ShownLink, side: Side, today: date, *, we: bool, again: bool) -> list[Move]:
    """Return what may follow from where a side stands."""
    party, name = side.party, side.who.name
    if party.answer == Answer.NO:
        # Whoever said no may be asked again once the no no longer holds.
        turned_down = shown.link.state == LinkState.TURNED_DOWN
        return [Move(_url("link_ask", shown, side), _("Asked again today"), name)] if again and turned_down else []
    if shown.link.state == LinkState.TURNED_DOWN and shown.too_few:
        return []
    yes, no = _yes(shown, side, we=we), _no(shown, side, we=we)
    if party.answer == Answer.NOT_ASKED:
        # Who answers for the area is at the table already: she says yes or no and need not be asked.
        receives = party.organisation_id == shown.link.area.owner_id
        return [yes, no] if receives else [_asked(shown, side), yes, no]
    if party.answer == Answer.ASKED:
        once_more = (
            [Move(_url("link_ask", shown, side), _("Asked again today"), name)] if party.asked_on != today else []
        )
        return [yes, no, *once_more, Move(_url("link_ask_undo", shown, side), _("Was not asked after all"), name)]
    return [no] if party.answer == Answer.YES else []


def _asked(shown: ShownLink, side: Side) -> Move:
    """Return the button that notes the asking, with the way to do it."""
    write = can_be_written_to(shown.link, side.party)
    url = reverse("partnerships:pitch", args=[shown.link.pk, side.party.pk]) if write else ""
    return Move(_url("link_ask", shown, side), _("Was asked today"), side.who.name, main=True, write_url=url)


def _yes(shown: ShownLink, side: Side, *, we: bool) -> Move:
    waits = side.party.answer == Answer.ASKED
    return Move(
        _url("link_yes", shown, side), _("We would like to") if we else _("Would like to"), side.who.name, main=waits
    )


def _no(shown: ShownLink, side: Side, *, we: bool) -> Move:
    return Move(_url("link_no", shown, side), _("We say no …") if we else _("Says no …"), side.who.name, sends=False)


def _url(name: str, shown: ShownLink, side: Side | None = None) -> str:
    args = [shown.link.pk] + ([side.party.pk] if side else [])
    return reverse(f"linking:{name}", args=args)
