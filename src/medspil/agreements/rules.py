"""What law asks before an agreement is proposed: one table of questions, each with its rule, source and date.

A person answers. A warning names the rule and never stops anything by itself: whoever goes on says why. Nothing here is
legal advice; each row says where it is from and when somebody last looked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from medspil.agreements.models import CheckAnswer

Words = str | Promise
LOOKED_AT = date(2026, 11, 1)
DE_MINIMIS_EURO = 300_000
DE_MINIMIS_YEARS = 3
KRONER_PER_EURO = 7.46  # the krone is tied to the euro at 7.46038


class Answer(StrEnum):
    """What can be answered."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


NOT_NO = frozenset({Answer.YES, Answer.UNSURE})
NOT_YES = frozenset({Answer.NO, Answer.UNSURE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question, which answers warn, what the warning says, and on what it rests."""

    code: str
    question: Words
    warns: frozenset[Answer]
    warning: Words
    rule: Words
    source: str
    amounts: tuple[tuple[str, Words], ...] = ()
    """What is asked besides when the answer is yes: in whole kroner."""


CHECKS: tuple[Check, ...] = (
    Check(
        code="buys",
        question=_("Does the municipality or the housing association pay for something under this agreement?"),
        warns=NOT_NO,
        warning=_("Then it may be a purchase. Ask those who buy for you before you go on."),
        rule=_(
            "A duty on both sides for payment is a contract: the Danish procurement act, the light rules for social"
            " services, and market terms below the thresholds."
        ),
        source="Udbudsloven; kfst.dk",
    ),
    Check(
        code="pending",
        question=_("Is a decision about one of the companies on its way: a permit, a tender, an inspection?"),
        warns=NOT_NO,
        warning=_("A gift or a favour must not stand beside it. Wait, or let somebody who takes no part look at it."),
        rule=_("Gifts to a municipality must never be tied to what it decides as an authority."),
        source="horten.dk 2020",
    ),
    Check(
        code="gift",
        question=_("Does somebody expect something in return for a gift?"),
        warns=NOT_NO,
        warning=_("What is given in return must be objective, such as naming the giver. Otherwise it is no gift."),
        rule=_("A municipality may receive gifts for its tasks; what it gives in return must be objective."),
        source="horten.dk 2020",
    ),
    Check(
        code="sponsor",
        question=_("Is it a sponsorship: money or goods against advertising or something else of value?"),
        warns=NOT_NO,
        warning=_("What the public side gives must not be worth more than what it gets, and not above market price."),
        rule=_("A sponsorship binds both sides, at market price at most; your own limits may be lower."),
        source="ast.dk 2018",
        amounts=(
            ("value_in", _("Worth of what the public side gets, in kr.")),
            ("value_out", _("Worth of what the public side gives, in kr.")),
        ),
    ),
    Check(
        code="equal",
        question=_("Could other companies have had the same chance?"),
        warns=NOT_YES,
        warning=_("One company must not be favoured. Write down why it is this one, or invite others as well."),
        rule=_("A municipality may not favour a single company without authority in law."),
        source="Kommunalfuldmagten",
    ),
    Check(
        code="support",
        question=_("Does a company get something of value from the public side, such as cheap rent or free rooms?"),
        warns=NOT_NO,
        warning=_(
            "A company and its whole group may get at most 300,000 EUR in three rolling years. Count all of it, and"
            " enter it in the register of de minimis aid."
        ),
        rule=_("De minimis aid: 300,000 EUR over three rolling years for a company group, entered since 2026."),
        source="Forordning (EU) 2023/2831; erhvervsstyrelsen.dk; horten.dk 2024",
        amounts=(
            ("support", _("What it gets under this agreement, in kr.")),
            ("declared", _("What the group says it got elsewhere in three years, in kr.")),
        ),
    ),
    Check(
        code="data",
        question=_("Does one side handle personal data on behalf of another?"),
        warns=NOT_NO,
        warning=_("Make a data processing agreement before the first data are shared."),
        rule=_("Whoever handles data for another needs a written agreement on it (GDPR article 28)."),
        source="Datatilsynet",
    ),
    Check(
        code="children",
        question=_("Do adults of a company or an association work directly with children under 15?"),
        warns=NOT_NO,
        warning=_(
            "Each of them needs a children's certificate before the first day. Write down only the day it was obtained,"
            " never the certificate."
        ),
        rule=_("A children's certificate is required for direct contact with children under 15, paid or unpaid."),
        source="Børneattestloven; frivillighed.dk",
    ),
    Check(
        code="photos",
        question=_("Are pictures of people to be taken and shown?"),
        warns=NOT_NO,
        warning=_("Ask for a consent that can be taken back; under 15, whoever has custody gives it."),
        rule=_("Pictures are weighed as a whole; portraits normally need a consent, and children extra care."),
        source="Datatilsynet 2019; databeskyttelsesloven § 6",
    ),
)
BY_CODE = {check.code: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Warned:
    """What is said to whoever answered: the sentence, and the check whose rule it rests on."""

    check: Check
    sentence: str


def warning_of(check: Check, answer: str, amounts: Mapping[str, int], *, earlier: int = 0) -> Warned | None:
    """Return the warning that an answer leads to; `earlier` is support in kroner that we know the company has had."""
    if not answer or Answer(answer) not in check.warns:
        return None
    if check.code == "sponsor" and answer == Answer.YES:
        return _of_sponsor(check, amounts)
    if check.code == "support" and answer == Answer.YES:
        return _of_support(check, amounts, earlier)
    return Warned(check, str(check.warning))


def _of_sponsor(check: Check, amounts: Mapping[str, int]) -> Warned | None:
    if "value_in" not in amounts or "value_out" not in amounts:
        return Warned(check, gettext("Write what both sides give and what it is worth; nobody can judge it otherwise."))
    return Warned(check, str(check.warning)) if amounts["value_out"] > amounts["value_in"] else None


def _of_support(check: Check, amounts: Mapping[str, int], earlier: int) -> Warned:
    """Say how much it comes to; below the limit it still has to be entered."""
    if "support" not in amounts:
        return Warned(check, gettext("Write what it is worth; nobody can judge it otherwise."))
    total = amounts["support"] + amounts.get("declared", 0) + earlier
    euro, known = round(total / KRONER_PER_EURO), earlier
    words = {"total": number_format(euro, force_grouping=True), "known": number_format(known, force_grouping=True)}
    over = total > DE_MINIMIS_EURO * KRONER_PER_EURO
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

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer, or for the reason to go on."""
        return not self.answered or (self.warning is not None and not (self.answer and self.answer.why))

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer is not None and bool(self.answer.answer)


def looked(answers: Iterable[CheckAnswer], *, earlier: int = 0) -> list[Looked]:
    """Return all checks in their order with what was answered."""
    given = {one.code: one for one in answers}
    found = []
    for check in CHECKS:
        answer = given.get(check.code)
        warning = warning_of(check, answer.answer, answer.amounts, earlier=earlier) if answer else None
        found.append(Looked(check, answer, warning))
    return found
