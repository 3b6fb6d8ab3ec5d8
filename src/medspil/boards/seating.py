"""Seat somebody on a board for a constituency, elect her again, correct what was written, take a mistake back.

Of two who fill the last seat at once one is told: both wait for the board's row before they count.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.boards.constituencies import most_at_once
from medspil.boards.founding import locked
from medspil.boards.models import Board, BoardMember, Constituency, SeatKind
from medspil.boards.rules import rules_on
from medspil.boards.texts import line
from medspil.organisations.models import Membership
from medspil.partnerships.models import Partner
from medspil.partnerships.side_people import colleagues

if TYPE_CHECKING:
    from django.db.models import QuerySet

LONGEST_NAME, LONGEST_ORGANISATION = 120, 160


class NobodyNamed(Exception):
    """A member without a name or an account."""

    def __init__(self) -> None:
        super().__init__(_("Say who it is: somebody with an account, or a name."))


class NoAddress(Exception):
    """What is no e-mail address."""

    def __init__(self) -> None:
        super().__init__(_("This is no e-mail address. Leave it empty if you have none."))


class NotOfTheSides(Exception):
    """A side or an account that does not belong to the partnership."""

    def __init__(self) -> None:
        super().__init__(_("This side or person does not belong to the partnership any more. Choose another."))


class TermMixedUp(Exception):
    """A term that ends before it begins, or begins before there is a board."""

    def __init__(self) -> None:
        super().__init__(_("A term begins on the day the board was founded or later, and ends after it begins."))


class SeatsTaken(Exception):
    """All seats of a constituency are taken."""

    def __init__(self, constituency: Constituency) -> None:
        text = _(
            "All seats of %(name)s (%(most)d) are taken in that time. Note first who leaves, or give it more seats."
        )
        super().__init__(text % {"name": constituency.name, "most": constituency.most})


class SitsAlready(Exception):
    """The same person twice."""

    def __init__(self) -> None:
        super().__init__(_("This person sits on the board already in that time, or is a substitute."))


class NotElectedAgain(Exception):
    """Rules that let nobody sit twice."""

    def __init__(self) -> None:
        super().__init__(_("This person has sat before, and the rules of procedure let nobody be elected again."))


class PointedAt(Exception):
    """An entry that something else rests on."""

    def __init__(self) -> None:
        super().__init__(_("Meetings, decisions or a substitute rest on this entry. Note a last day instead."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person as somebody names her, and for whom she sits: a side of the partnership, or another organisation."""

    user: User | None = None
    name: str = ""
    email: str = ""
    partner: Partner | None = None
    organisation_name: str = ""


@transaction.atomic
def seat(
    *,
    constituency: Constituency,
    who: Who,
    kind: SeatKind | str = SeatKind.MEMBER,
    from_on: date,
    term_ends_on: date | None = None,
    by: User,
    now: datetime,
) -> BoardMember:
    """Seat somebody, or name a substitute; without an end of the term, the rules that hold on the first day say it.

    Raises `NobodyNamed`, `NoAddress`, `NotOfTheSides`, `TermMixedUp`, `SeatsTaken`, `SitsAlready`, `NotElectedAgain`,
    `BoardDissolved`, `PartnershipOver`, `PartnershipPutAway`, `LineTooLong`, `CprNumberFound`.
    """
    board = locked(constituency.board)
    constituency = Constituency.objects.get(pk=constituency.pk)  # as it is now that others wait
    fields = _checked(board, who)
    ends = term_ends_on or term_end(board, from_on)
    made = BoardMember(
        constituency=constituency, kind=SeatKind(kind), from_on=from_on, term_ends_on=ends,
        created_at=now, updated_at=now, **fields,
    )  # fmt: skip
    refuse_time(board, made)
    _refuse_again(board, made)
    made.save()
    record_history(record=board, action=f"{made.kind}_seated", by=by, now=now)
    return made


@transaction.atomic
def elect_again(*, member: BoardMember, term_ends_on: date | None = None, by: User, now: datetime) -> BoardMember:
    """Elect a member for a new term, from the day after the old one ends. Raises what `seat` raises."""
    if member.last_on is None or member.left_on:
        raise TermMixedUp
    who = Who(
        user=member.user, name=member.name, email=member.email, partner=member.partner,
        organisation_name=member.organisation_name,
    )  # fmt: skip
    begins = member.last_on + timedelta(days=1)
    return seat(
        constituency=member.constituency, who=who, kind=member.kind, from_on=begins, term_ends_on=term_ends_on,
        by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def correct(
    *,
    member: BoardMember,
    who: Who,
    from_on: date,
    term_ends_on: date | None,
    expected_version: int,
    by: User,
    now: datetime,
) -> BoardMember:
    """Correct who somebody is, for whom she sits, and her term. Raises what `seat` raises, and `EditConflict`."""
    board = locked(member.constituency.board)
    fields = _checked(board, who, before=member)
    last_left = member.left_on
    made = BoardMember(
        pk=member.pk, constituency=member.constituency, kind=member.kind, from_on=from_on,
        term_ends_on=term_ends_on, left_on=last_left, **fields,
    )  # fmt: skip
    if last_left and last_left < from_on:
        raise TermMixedUp
    refuse_time(board, made)
    fields |= {"from_on": from_on, "term_ends_on": term_ends_on}
    member.save_changes(expected_version=expected_version, now=now, **fields)
    record_history(record=board, action="member_corrected", by=by, now=now)
    return member


@transaction.atomic
def take_back(*, member: BoardMember, expected_version: int, by: User, now: datetime) -> None:
    """Take an entry back that was a mistake, as long as nothing rests on it. Raises `PointedAt`, `EditConflict`."""
    board = locked(member.constituency.board)
    fresh = BoardMember.objects.get(pk=member.pk)
    if fresh.took_over_from_id:
        raise PointedAt
    fresh.save_changes(expected_version=expected_version, now=now)
    try:
        with transaction.atomic():
            fresh.delete()
    except ProtectedError as trouble:
        raise PointedAt from trouble
    record_history(record=board, action="member_taken_back", by=by, now=now)


def term_end(board: Board, from_on: date) -> date | None:
    """Return the last day of a term that begins on a day, by the rules that hold then; none where they name no term."""
    rules = rules_on(board, from_on)
    if rules is None or rules.term_years is None:
        return None
    year = from_on.year + rules.term_years
    leap_day = (from_on.month, from_on.day) == (2, 29)
    again = date(year, 3, 1) if leap_day else from_on.replace(year=year)
    return again - timedelta(days=1)


def _checked(board: Board, who: Who, before: BoardMember | None = None) -> dict[str, object]:
    """Return a person in the shape in which she is kept: of one with an account, the account is enough."""
    said = {"name": line(who.name, LONGEST_NAME), "email": line(who.email, 254)}
    organisation = "" if who.partner else line(who.organisation_name, LONGEST_ORGANISATION)
    if who.user:
        said = {"name": "", "email": ""}
        if not accounts(board, also=before.user if before else None).filter(pk=who.user.pk).exists():
            raise NotOfTheSides
    elif not said["name"]:
        raise NobodyNamed
    if said["email"]:
        try:
            validate_email(said["email"])
        except ValidationError as trouble:
            raise NoAddress from trouble
    if who.partner and who.partner.partnership_id != board.partnership_id:
        raise NotOfTheSides
    return {**said, "user": who.user, "partner": who.partner, "organisation_name": organisation}


def accounts(board: Board, *, also: User | None = None) -> "QuerySet[User]":
    """Return people with an account who belong to a side or work in the area, and one more, by name."""
    area = board.partnership.link.area
    places = [area.owner_id, *area.partners.values_list("pk", flat=True)]
    near = Membership.objects.current().filter(organisation__in=places, user__is_active=True)
    keys = {*near.values_list("user", flat=True), *([also.pk] if also else [])}
    for side in board.partnership.partners.there().for_page():
        keys |= set(colleagues(side).values_list("pk", flat=True))
    return User.objects.filter(pk__in=keys).order_by("name", "email")


def refuse_time(board: Board, one: BoardMember) -> None:
    """Raise `TermMixedUp`, `SitsAlready`, `SeatsTaken` for a time on the board that cannot be."""
    if one.from_on < board.founded_on or (one.term_ends_on and one.term_ends_on < one.from_on):
        raise TermMixedUp
    others = list(BoardMember.objects.of(board).exclude(pk=one.pk).select_related("user"))
    same = [other for other in others if same_person(other, one)]
    if most_at_once(same, one.from_on, one.last_on):
        raise SitsAlready
    if one.kind != SeatKind.MEMBER:
        return
    beside = [other for other in others if other.constituency_id == one.constituency_id and other.kind == one.kind]
    if most_at_once(beside, one.from_on, one.last_on) >= one.constituency.most:
        raise SeatsTaken(one.constituency)


def _refuse_again(board: Board, one: BoardMember) -> None:
    """Raise `NotElectedAgain` for a member who has sat, where the rules allow one term alone."""
    rules = rules_on(board, one.from_on)
    if one.kind != SeatKind.MEMBER or rules is None or rules.re_election:
        return
    sat = BoardMember.objects.of(board).members().filter(from_on__lt=one.from_on).select_related("user")
    if any(same_person(other, one) for other in sat):
        raise NotElectedAgain


def same_person(one: BoardMember, other: BoardMember) -> bool:
    """Tell whether two are one person: by account, by address, or by name where no account or address parts them."""
    if one.user_id and other.user_id:
        return one.user_id == other.user_id
    addresses = {(each.user.email if each.user else each.email).casefold() for each in (one, other)}
    if "" not in addresses:
        return len(addresses) == 1
    names = {each.shown_name.casefold() for each in (one, other)}
    return "" not in names and len(names) == 1
