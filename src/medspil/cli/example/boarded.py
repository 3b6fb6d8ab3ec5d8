"""Founds the board of a partnership of the example: who sits on it, its rules in versions, and the money set aside."""

from typing import Any

from medspil.boards.chairing import name_chairs
from medspil.boards.earmarks import Sum, set_aside
from medspil.boards.founding import found
from medspil.boards.leaving import leave
from medspil.boards.models import Board, BoardMember, Leaving
from medspil.boards.rules import Settings, adopt
from medspil.boards.seating import Who, seat
from medspil.cli.example.setting import Setting
from medspil.partnerships.models import Partnership


def found_boards(setting: Setting) -> None:
    """Found the boards that are told; nobody gets a mail."""
    for told in setting.told["board"]:
        partnership = Partnership.objects.for_page().get(link__sentence=told["partnership"])
        then = setting.ago(told["founded"])
        board = found(
            partnership=partnership, name=told["name"], on=setting.day(told["founded"]), template=told["template"],
            by=setting.coordinator, now=then,
        )  # fmt: skip
        members = _seat(setting, board, told["seats"])
        name_chairs(
            board=board, chair=members[told["chair"]], deputy=members[told["deputy"]], expected_version=board.version,
            by=setting.coordinator, now=then,
        )  # fmt: skip
        for name, days_ago, follows in told["left"]:
            leave(
                member=members[name], on=setting.day(days_ago), why=Leaving.STEPPED_DOWN, substitute=members[follows],
                expected_version=members[name].version, by=setting.coordinator, now=setting.ago(days_ago),
            )  # fmt: skip
        for number, each in enumerate(told["rules"]):
            settings = Settings(notice_days=each["notice_days"], term_years=each.get("term_years"))
            adopt(
                board=board, text_of_rules=each["text"], settings=settings, holds_from=setting.day(each["days_ago"]),
                expected_number=number, by=setting.coordinator, now=setting.ago(each["days_ago"]),
            )  # fmt: skip
        for each in told["sum"]:
            what = Sum(
                amount_kroner=each["amount_kroner"], giver=each["giver"], purpose=each["purpose"],
                from_on=setting.day(each["from"]), to_on=setting.day(each["to"]),
            )  # fmt: skip
            set_aside(board=board, what=what, by=setting.coordinator, now=then)


def _seat(setting: Setting, board: Board, told: list[Any]) -> dict[str, BoardMember]:
    """Seat everybody who is told; return them by name."""
    constituencies = list(board.constituencies.order_by("pk"))
    sides = list(board.partnership.partners.order_by("pk"))

    def who(name: str, for_whom: str | int) -> Who:
        if isinstance(for_whom, int):
            return Who(name=name, partner=sides[for_whom])
        return Who(name=name, organisation_name=for_whom)

    return {
        name: seat(
            constituency=constituencies[place], who=who(name, for_whom), kind=kind,
            from_on=setting.day(since), term_ends_on=setting.day(-ends_in), by=setting.coordinator,
            now=setting.ago(since),
        )
        for place, kind, name, for_whom, since, ends_in in told
    }  # fmt: skip
