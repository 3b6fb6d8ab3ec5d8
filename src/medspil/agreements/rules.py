"""What law asks before an agreement is proposed: questions from data/checks.toml, each with rule, source and date.

A person answers. A warning names the rule and never stops anything by itself: whoever goes on says why. Nothing here is
legal advice; each row says where it is from, when somebody last looked, and until when an amount is fixed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from medspil.agreements.models import CheckAnswer, FieldCode
from medspil.catalogue.vocabulary import Sector
from medspil.common.datafiles import DataError, package_text, read_tables, table_lines

SOURCE = "checks.toml"
DE_MINIMIS_YEARS = 3
KRONER_PER_EURO = 7.46  # the krone is tied to the euro at 7.46038
LOOKED_AT_HOLDS = timedelta(days=366)
PARTIES = "parties"
"""Who takes part: besides the fields, what an answer can rest on."""


class Answer(StrEnum):
    """What can be answered."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is asked besides when the answer is yes: in whole kroner."""

    name: str
    label_da: str
    label_en: str

    @property
    def label(self) -> str:
        """Return what is asked, in the language that is active."""
        return _either(self.label_da, self.label_en)


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who pays something by the budget, in whole kroner; of a sector, and an organisation of a kind."""

    name: str
    kroner: int
    sector: Sector | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Whose paying by the budget speaks against the answer that warns of nothing, and what is said then."""

    words_da: str
    words_en: str
    sectors: frozenset[Sector]
    kinds: frozenset[str]

    def said(self, payers: Iterable[Payer]) -> str:
        """Return what speaks against the answer in the language that is active; blank where nothing does."""
        paying = [one for one in payers if one.kroner and (one.sector in self.sectors or one.kind in self.kinds)]
        if not paying:
            return ""
        who = get_text_list(list(dict.fromkeys(one.name for one in paying)), gettext("and"))
        kroner = number_format(sum(one.kroner for one in paying), force_grouping=True)
        return _either(self.words_da, self.words_en).format(who=who, kroner=kroner)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question, which answers warn, what the warning says, and on what it rests."""

    code: str
    question_da: str
    question_en: str
    warns: frozenset[Answer]
    warning_da: str
    warning_en: str
    rule_da: str
    rule_en: str
    source: str
    looked_at: date
    rests_on: frozenset[str]
    until: date | None = None
    limit: int = 0
    against: Against | None = None
    amounts: tuple[Amount, ...] = ()

    @property
    def question(self) -> str:
        """Return the question in the language that is active."""
        return _either(self.question_da, self.question_en)

    @property
    def warning(self) -> str:
        """Return the warning in the language that is active."""
        return _either(self.warning_da, self.warning_en)

    @property
    def rule(self) -> str:
        """Return the rule in the language that is active."""
        return _either(self.rule_da, self.rule_en)

    @property
    def calm(self) -> Answer:
        """Return the clear answer that warns of nothing."""
        return Answer.YES if Answer.NO in self.warns else Answer.NO

    def doubt(self, on: date) -> str:
        """Return why the rule may be another by a day: what it says has run out, or nobody has looked for a year."""
        if self.until and on > self.until:
            words = gettext("What is said here was fixed until %(day)s. Find out what holds now before you rely on it.")
            return words % {"day": date_format(self.until, "DATE_FORMAT")}
        if on > self.looked_at + LOOKED_AT_HOLDS:
            words = gettext("Nobody has looked at this rule since %(day)s. Find out whether it still holds.")
            return words % {"day": date_format(self.looked_at, "DATE_FORMAT")}
        return ""


@cache
def checks() -> Mapping[str, Check]:
    """Return the questions by their codes, in their order. Raises `DataError` with file and line."""
    text = package_text("medspil.agreements", SOURCE)
    rows = read_tables(text, source=SOURCE).get("check", [])
    found: dict[str, Check] = {}
    for row, line in zip(rows, table_lines(text, "check"), strict=True):
        code = str(row.get("code", ""))
        try:
            one = _check(row)
        except (TypeError, KeyError, ValueError) as fault:
            raise DataError(source=SOURCE, line=line, field=code, problem=str(fault)) from fault
        if one.code in found or Answer.UNSURE not in one.warns or len(one.warns) != 2:
            raise DataError(source=SOURCE, line=line, field=code, problem="is there twice, or warns of all or nothing")
        found[one.code] = one
    return found


def _check(row: dict[str, Any]) -> Check:
    amounts = tuple(Amount(**each) for each in row.pop("amount", ()))
    warns = frozenset(Answer(each) for each in row.pop("warns"))
    rests_on = frozenset(each if each == PARTIES else FieldCode(each).value for each in row.pop("rests_on"))
    against = _against(row.pop("against")) if "against" in row else None
    return Check(**row, warns=warns, amounts=amounts, rests_on=rests_on, against=against)


def _against(row: dict[str, Any]) -> Against:
    sectors = frozenset(Sector(each) for each in row.pop("sectors"))
    return Against(**row | {"sectors": sectors, "kinds": frozenset(row.pop("kinds"))})


def _either(danish: str, english: str) -> str:
    return english if get_language() == "en" else danish


@dataclass(frozen=True, slots=True)
class Warned:
    """What is said to whoever answered: the sentence, and the check whose rule it rests on."""

    check: Check
    sentence: str


def warning_of(
    check: Check, answer: str, amounts: Mapping[str, int], *, earlier: int = 0, payers: Sequence[Payer] = ()
) -> Warned | None:
    """Return the warning that an answer leads to; `earlier` is support in kroner that we know the company has had,
    `payers` are those who pay by the agreement's own budget."""
    if not answer:
        return None
    if answer == check.calm:
        said = check.against.said(payers) if check.against else ""
        return Warned(check, said) if said else None
    if answer == Answer.YES and check.code == "buys":
        return _of_purchase(check, amounts)
    if answer == Answer.YES and check.code == "sponsor":
        return _of_sponsor(check, amounts)
    if answer == Answer.YES and check.code == "support":
        return _of_support(check, amounts, earlier)
    return Warned(check, check.warning)


def _of_purchase(check: Check, amounts: Mapping[str, int]) -> Warned:
    """Say whether goods and services of this worth go to EU tender."""
    if amounts.get("value", 0) < check.limit:
        return Warned(check, check.warning)
    words = gettext("It is worth %(limit)s kr. or more: goods and services of that worth go to EU tender.")
    return Warned(check, f"{words % {'limit': number_format(check.limit, force_grouping=True)}} {check.warning}")


def _of_sponsor(check: Check, amounts: Mapping[str, int]) -> Warned | None:
    if "value_in" not in amounts or "value_out" not in amounts:
        return Warned(check, gettext("Write what both sides give and what it is worth; nobody can judge it otherwise."))
    return Warned(check, check.warning) if amounts["value_out"] > amounts["value_in"] else None


def _of_support(check: Check, amounts: Mapping[str, int], earlier: int) -> Warned:
    """Say how much it comes to; below the limit it still has to be entered."""
    if "support" not in amounts:
        return Warned(check, gettext("Write what it is worth; nobody can judge it otherwise."))
    total = amounts["support"] + amounts.get("declared", 0) + earlier
    euro, known = round(total / KRONER_PER_EURO), earlier
    words = {"total": number_format(euro, force_grouping=True), "known": number_format(known, force_grouping=True)}
    over = total > check.limit * KRONER_PER_EURO
    said = (
        gettext("Together about %(total)s EUR in three years: more than the 300,000 EUR a company group may get.")
        if over
        else gettext("Together about %(total)s EUR in three years, of which %(known)s kr. stand in our own agreements.")
    )
    return Warned(check, f"{said % words} {check.warning}")


@dataclass(frozen=True, slots=True)
class Looked:
    """A check with what was answered and what that leads to."""

    check: Check
    answer: CheckAnswer | None
    warning: Warned | None
    given_for: int = 0
    """The version for which it was answered, where what the answer rests on is another now; else 0."""

    @property
    def open(self) -> bool:
        """Whether it waits for an answer, for somebody to say that it still holds, or for the reason to go on."""
        return not self.answered or bool(self.given_for) or self.lacks_reason

    @property
    def lacks_reason(self) -> bool:
        """Whether a rule warns and nobody has said why one goes on."""
        return self.warning is not None and not (self.answer and self.answer.why)

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer is not None and bool(self.answer.answer)


def looked(
    answers: Iterable[CheckAnswer],
    *,
    earlier: int = 0,
    payers: Sequence[Payer] = (),
    given_for: Mapping[str, int] | None = None,
) -> list[Looked]:
    """Return all checks in their order with what was answered; `given_for` as in `Looked`, by code."""
    given = {one.code: one for one in answers}
    found = []
    for check in checks().values():
        answer, warning = given.get(check.code), None
        if answer:
            warning = warning_of(check, answer.answer, answer.amounts, earlier=earlier, payers=payers)
        found.append(Looked(check, answer, warning, (given_for or {}).get(check.code, 0)))
    return found
