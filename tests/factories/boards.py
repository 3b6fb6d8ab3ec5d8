"""Founds boards for tests the way people do: a partnership, a board after the seeds' model, and people on it."""

from datetime import date
from typing import Any

from medspil.accounts.models import User
from medspil.boards.founding import found
from medspil.boards.models import Board, BoardMember, Constituency, RulesOfProcedure, SeatKind
from medspil.boards.rules import Settings, adopt
from medspil.boards.seating import Who, seat
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from tests.factories import companies, people, rankings
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

TODAY = NOW.date()
FOUNDED = date(2026, 1, 1)


class BoardWorld:
    """Anna's municipality with Sanne's company and one without an account, and an empty board of 5 + 4 + 5–6."""

    def __init__(self) -> None:
        municipality = people.organisation("Vejle Kommune")
        self.anna = people.member(municipality, Role.COORDINATOR)
        smithy = people.organisation("Smedjen", kind="company")
        self.sanne = people.member(smithy, Role.COMPANY_CONTACT, name="Sanne")
        need = rankings.photo_need(municipality)
        self.partnership = partnership(need, smithy, companies.unit("Havnens Smedje ApS"), by=self.anna)
        self.board = board(self.partnership, by=self.anna)

    @property
    def council(self) -> Constituency:
        """Return the five seats of the city council."""
        return self.board.constituencies.get(least=5, most=5)

    @property
    def companies(self) -> Constituency:
        """Return the four seats of the companies."""
        return self.board.constituencies.get(most=4)

    @property
    def culture(self) -> Constituency:
        """Return the five or six seats of cultural institutions and housing organisations."""
        return self.board.constituencies.get(most=6)

    def seat(self, name: str, constituency: Constituency | None = None, **more: Any) -> BoardMember:
        """Seat somebody by name, for the companies where nothing is said."""
        return seated(constituency or self.companies, name, by=self.anna, **more)


def board(of: Partnership, *, by: User, **more: Any) -> Board:
    """Found a board with the seats of the seeds."""
    facts: dict[str, Any] = {"name": "Kulturbestyrelsen", "on": FOUNDED, "template": "culture", "now": NOW} | more
    return found(partnership=of, by=by, **facts)


def seated(
    constituency: Constituency,
    name: str = "Per Smed",
    *,
    by: User,
    user: User | None = None,
    from_on: date = FOUNDED,
    term_ends_on: date | None = None,
    kind: SeatKind = SeatKind.MEMBER,
    **more: Any,
) -> BoardMember:
    """Seat somebody by name, or by account."""
    who = Who(user=user, name="" if user else name, **more)
    return seat(
        constituency=constituency, who=who, kind=kind, from_on=from_on, term_ends_on=term_ends_on, by=by, now=NOW
    )


def rules(
    of: Board, *, by: User, text: str = "Bestyrelsen mødes fire gange om året.", **settings: Any
) -> RulesOfProcedure:
    """Adopt the next version of a board's rules, which holds from the day it was founded."""
    return adopt(
        board=of, text_of_rules=text, settings=Settings(**settings), holds_from=FOUNDED,
        expected_number=of.rules.count(), by=by, now=NOW,
    )  # fmt: skip
