"""The kinds of allocation that stand ready: the words of both sides, the facts of a row, the rules, and the score.

All of it is data. Each score is a sum of parts, each part a share of 1; what a part means for one pair, `scoring` says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class FactKind(StrEnum):
    """How a fact of a row is written, kept and read; see `facts`."""

    TEXT = "text"
    NUMBER = "number"
    GRADE = "grade"
    GRADES = "grades"
    WORDS = "words"
    DAY = "day"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a row of a side may say; `names` are what a column of a file may be called besides."""

    code: str
    kind: FactKind
    label: Words
    hint: Words = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one side: one of it, many of it, what its number is called, and its facts."""

    one: Words
    many: Words
    amount: Words
    example: Words  # one typed line
    facts: tuple[Fact, ...] = ()


class Part(StrEnum):
    """A part of a score."""

    NEARNESS = "nearness"
    GRADE = "grade"
    SIZE = "size"
    EARLIER = "earlier"
    RELATION = "relation"
    EQUIPMENT = "equipment"
    WAITING = "waiting"
    LANGUAGE = "language"
    TIME = "time"


class Rule(StrEnum):
    """A rule of a round that people may set."""

    MAX_KM = "max_km"
    MOST_PER_GIVER = "most_per_giver"
    WHOLE_LOTS = "whole_lots"
    KEEP_EARLIER = "keep_earlier"
    FIT_ONLY = "fit_only"


RULE_WORDS: Mapping[Rule, tuple[Words, Words]] = {
    Rule.MAX_KM: (_("Longest distance in km"), _("Leave it empty if distance sets no limit.")),
    Rule.MOST_PER_GIVER: (
        _("Most from one giver in all"),
        _("Over all its rows. Leave it empty if only what each can give sets the limit."),
    ),
    Rule.WHOLE_LOTS: (_("Lots are not split"), _("Each lot goes whole to one project.")),
    Rule.KEEP_EARLIER: (
        _("Pairs of the earlier round stay together"),
        _("They are locked from the start; you can open each lock."),
    ),
    Rule.FIT_ONLY: (
        _("Only pairs whose facts fit"),
        _("A pair that is known not to fit is left out. Facts nobody has stated leave nobody out."),
    ),
}


@dataclass(frozen=True, slots=True)
class Programme:
    """A kind of allocation: both sides, kinds of resources, rules, and what its score is made of."""

    code: str
    name: Words
    about: Words
    demand: Side
    supply: Side
    unit: Words  # what is shared out
    kinds: frozenset[str]  # codes in catalogue.vocabulary.resource_kinds
    rules: Mapping[Rule, Any]  # those that can be set, with what they are from the start
    score: Mapping[Part, float]  # shares of 1
    scale_km: float  # the distance at which nearness has faded to a third
    wanted: int = 1
    least: int = 0
    one_each: bool = False  # a pair has 1 of it, never more
    weekly: bool = False  # rows ask at times of the week, and nobody is in two places at once
    sentence: Callable[[int], str] = str  # what a link of this programme says of so many
    lots: bool = False  # rows that give are called by what they give, not by who gives it


_SCHOOL = Fact("school", FactKind.TEXT, _("School"), names=("skole", "skolens navn"))
_GRADE = Fact("grade", FactKind.GRADE, _("Grade"), _("A number from 0 to 10."), ("klassetrin", "trin", "årgang"))
_PUPILS = Fact("pupils", FactKind.NUMBER, _("Pupils"), names=("elever", "antal elever"))
_GRADES = Fact(
    "grades", FactKind.GRADES, _("Grades"), _("For example 7-9."), ("klassetrin", "trin", "årgange", "grade")
)
_ROOM = Fact("room", FactKind.NUMBER, _("Most pupils at a time"), names=("plads", "højst elever", "elever"))
_EQUIPMENT = Fact(
    "equipment", FactKind.WORDS, _("What kind"), _("For example laptop, desktop."), ("udstyr", "slags", "type")
)
_APPLIED = Fact(
    "applied_on", FactKind.DAY, _("Applied on"), _("The earlier, the longer it has waited."), ("ansøgt", "ansøgt den")
)
_PREPARER = Fact(
    "preparer",
    FactKind.TEXT,
    _("Who makes them ready"),
    _("Wipes, mends and installs."),
    ("klargøres af", "klargøring"),
)
_READY = Fact("ready_on", FactKind.DAY, _("Ready on"), names=("klar", "klar den"))
_SLOT = Fact("times", FactKind.TIMES, _("When"), _("For example Thu 15-17."), ("tid", "tider", "hvornår", "tidspunkt"))
_FREE = Fact(
    "times",
    FactKind.TIMES,
    _("When they can come"),
    _("For example Thu 14-18; Fri 15-17."),
    ("tid", "tider", "hvornår", "kan"),
)
_LANGUAGE = Fact(
    "languages", FactKind.WORDS, _("Languages"), _("For example Danish, Arabic."), ("sprog", "language", "taler")
)


def _adopts(_amount: int) -> str:
    return gettext("{giver} adopts {asker}.")


def _computers(amount: int) -> str:
    return ngettext("{amount} computer from {giver} to {asker}.", "{amount} computers from {giver} to {asker}.", amount)


def _volunteers(amount: int) -> str:
    return ngettext(
        "{amount} volunteer from {giver} comes every week to {asker}.",
        "{amount} volunteers from {giver} come every week to {asker}.",
        amount,
    )


PROGRAMMES: Mapping[str, Programme] = {
    one.code: one
    for one in (
        Programme(
            code="classes",
            name=_("Classes and companies"),
            about=_("A company adopts a class, meets it twice a year and follows it until it leaves school."),
            demand=Side(
                one=_("class"),
                many=_("classes"),
                amount=_("Companies wanted"),
                example=_("7.B; 1; 6705 Esbjerg Ø; The school; 7; 24"),
                facts=(_SCHOOL, _GRADE, _PUPILS),
            ),
            supply=Side(
                one=_("company"),
                many=_("companies"),
                amount=_("Classes it takes"),
                example=_("The newspaper; 1; 6700 Esbjerg; 7-9; 28"),
                facts=(_GRADES, _ROOM),
            ),
            unit=_("classes"),
            kinds=frozenset({"company_visit"}),
            rules={
                Rule.MAX_KM: 40,
                Rule.MOST_PER_GIVER: None,
                Rule.KEEP_EARLIER: True,
                Rule.FIT_ONLY: True,
            },
            score={
                Part.NEARNESS: 0.45,
                Part.GRADE: 0.2,
                Part.SIZE: 0.1,
                Part.EARLIER: 0.15,
                Part.RELATION: 0.1,
            },
            scale_km=15.0,
            least=1,
            one_each=True,
            sentence=_adopts,
        ),
        Programme(
            code="computers",
            name=_("Computers and projects"),
            about=_("Used equipment is made ready and given to projects that have applied for it."),
            demand=Side(
                one=_("project"),
                many=_("projects"),
                amount=_("How many are wanted"),
                example=_("The net café; 25; 8220 Brabrand; desktop; 01-02-2026"),
                facts=(_EQUIPMENT, _APPLIED),
            ),
            supply=Side(
                one=_("lot"),
                many=_("lots"),
                amount=_("How many there are"),
                example=_("From the head office; 40; 2800 Kongens Lyngby; desktop; The workshop; 01-09-2026"),
                facts=(_EQUIPMENT, _PREPARER, _READY),
            ),
            unit=_("machines"),
            kinds=frozenset({"computers_equipment"}),
            rules={
                Rule.MAX_KM: None,
                Rule.MOST_PER_GIVER: None,
                Rule.WHOLE_LOTS: False,
                Rule.FIT_ONLY: False,
            },
            score={
                Part.EQUIPMENT: 0.35,
                Part.WAITING: 0.3,
                Part.SIZE: 0.15,
                Part.NEARNESS: 0.1,
                Part.RELATION: 0.1,
            },
            scale_km=60.0,
            lots=True,
            sentence=_computers,
        ),
        Programme(
            code="volunteers",
            name=_("Volunteers and weekly times"),
            about=_("Volunteers are shared out among clubs and cafés that meet at fixed times of the week."),
            demand=Side(
                one=_("weekly time"),
                many=_("weekly times"),
                amount=_("Volunteers wanted"),
                example=_("Homework café; 3; 7100 Vejle; Thu 15-17; Danish"),
                facts=(_SLOT, _LANGUAGE),
            ),
            supply=Side(
                one=_("volunteer or group"),
                many=_("volunteers"),
                amount=_("Most times a week"),
                example=_("Insurance company, group 1; 2; 7100 Vejle; Thu 14-18; Danish"),
                facts=(_FREE, _LANGUAGE),
            ),
            unit=_("volunteers"),
            kinds=frozenset({"volunteer_time", "mentoring", "club_leader", "homework_help", "language_training"}),
            rules={
                Rule.MAX_KM: 15,
                Rule.MOST_PER_GIVER: None,
                Rule.KEEP_EARLIER: True,
                Rule.FIT_ONLY: True,
            },
            score={
                Part.NEARNESS: 0.35,
                Part.TIME: 0.25,
                Part.LANGUAGE: 0.2,
                Part.EARLIER: 0.1,
                Part.RELATION: 0.1,
            },
            scale_km=5.0,
            least=1,
            one_each=True,
            weekly=True,
            sentence=_volunteers,
        ),
    )
}


def programme(code: str) -> Programme:
    """Return a kind of allocation; a round stores only codes that are here."""
    return PROGRAMMES[code]
