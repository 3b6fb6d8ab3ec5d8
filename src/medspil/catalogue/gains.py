"""Which gains a company and an area can expect first of working together, read from data/gains.toml, with the reasons.

The names and codes of gains are words of the vocabulary; here stands when each fits and how it is said to a company.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from medspil.catalogue.datafiles import DataError, data_text, read_tables, table_lines
from medspil.catalogue.industries import industry_groups
from medspil.catalogue.models import PartnershipModel
from medspil.catalogue.vocabulary import Side, vocabulary

SOURCE = "gains.toml"


class Fact(StrEnum):
    """What a gain may rest on besides model, industry, kinds and theme: from the profile, the size and the place."""

    CSR = "csr"
    GLOBAL_COMPACT = "global_compact"
    VOLUNTEERING = "volunteering"
    EARLIER_PARTNERSHIPS = "earlier_partnerships"
    MANY_EMPLOYEES = "many_employees"
    FEW_EMPLOYEES = "few_employees"
    NEAR = "near"


class Ground(StrEnum):
    """What a gain rests on, in the order in which reasons are told."""

    KIND = "kinds"
    FACT = "facts"
    GROUP = "groups"
    MODEL = "models"
    THEME = "themes"


POINTS: Mapping[Ground, int] = {
    Ground.KIND: 3, Ground.FACT: 2, Ground.GROUP: 2, Ground.MODEL: 2, Ground.THEME: 1
}  # fmt: skip
"""What is asked for says most of what comes of it; each fact of the very company counts, and more than the theme."""


@dataclass(frozen=True, slots=True)
class GainRule:
    """When a gain fits, and how it is said."""

    code: str
    side: Side
    points: int
    text_da: str
    text_en: str
    fits: Mapping[Ground, frozenset[str]]

    def text(self, language: str) -> str:
        """Return how the gain is said to a company."""
        return self.text_da if language.startswith("da") else self.text_en

    def name(self, language: str) -> str:
        """Return the name of the gain, as lists show it."""
        return vocabulary().gains[self.code].name(language)


@dataclass(frozen=True, slots=True)
class ExpectedGain:
    """A gain that can be expected, with what it rests on: {ground: codes}."""

    rule: GainRule
    points: int
    grounds: Mapping[Ground, tuple[str, ...]]


def expected_gains(
    side: Side,
    *,
    most: int,
    model: str = "",
    group: str = "",
    kinds: Collection[str] = (),
    themes: Collection[str] = (),
    facts: Collection[str] = (),
) -> list[ExpectedGain]:
    """Return the gains that a side can expect first, at most so many; those that rest on nothing come last.

    Ties go to the one that stands first in the file. A gain with no point at all is not promised.
    """
    known: Mapping[Ground, Collection[str]] = {
        Ground.KIND: kinds,
        Ground.FACT: facts,
        Ground.GROUP: [group],
        Ground.MODEL: [model],
        Ground.THEME: themes,
    }
    found = [_expected(rule, known) for rule in gain_rules().values() if rule.side is side]
    worth = [one for one in found if one.points > 0]
    return sorted(worth, key=lambda one: (-one.points, not one.grounds))[:most]


def _expected(rule: GainRule, known: Mapping[Ground, Collection[str]]) -> ExpectedGain:
    grounds = {
        ground: met
        for ground in Ground
        if (met := tuple(code for code in known[ground] if code in rule.fits.get(ground, ())))
    }
    points = sum(POINTS[ground] * (len(met) if ground is Ground.FACT else 1) for ground, met in grounds.items())
    return ExpectedGain(rule, rule.points + points, grounds)


@cache
def gain_rules() -> Mapping[str, GainRule]:
    """Return the rules that come with Medspil by the code of the gain."""
    return parse_gains(data_text(SOURCE))


def parse_gains(text: str, *, source: str = SOURCE) -> Mapping[str, GainRule]:
    """Read the table from text; raises DataError with line and field."""
    tables = read_tables(text, source=source)
    if tables.get("version") != 1:
        raise DataError(source=source, line=1, field="version", problem="must be 1")
    entries = tables.get("gain", [])
    found: dict[str, GainRule] = {}
    for line, entry in zip(table_lines(text, "gain"), entries, strict=True):
        code = entry.get("code")
        if code not in vocabulary().gains:
            raise DataError(source=source, line=line, field="code", problem=f"{code!r} is no gain of the vocabulary")
        if code in found:
            raise DataError(source=source, line=line, field="code", problem=f"{code} comes twice")
        found[code] = _rule(entry, source, line)
    return MappingProxyType(found)


def _rule(entry: Mapping[str, Any], source: str, line: int) -> GainRule:
    allowed = {"code", "points", "text_da", "text_en", *(ground.value for ground in Ground)}
    if unknown := sorted(set(entry) - allowed):
        raise DataError(source=source, line=line, field=unknown[0], problem="is not a field we know")
    for name in ("text_da", "text_en"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise DataError(source=source, line=line, field=name, problem="is missing")
    points = entry.get("points")
    if type(points) is not int or points < 0:
        raise DataError(source=source, line=line, field="points", problem="must be a whole number from 0")
    for ground, codes in _codes().items():
        if strange := sorted(set(entry.get(ground.value, [])) - set(codes)):
            raise DataError(source=source, line=line, field=ground.value, problem=f"{strange[0]!r} is no code we know")
    fits = {ground: frozenset(entry[ground.value]) for ground in Ground if ground.value in entry}
    side = vocabulary().gains[entry["code"]].side
    return GainRule(entry["code"], side, points, entry["text_da"], entry["text_en"], MappingProxyType(fits))


def _codes() -> Mapping[Ground, Iterable[str]]:
    """Return the codes that may stand in each field."""
    return {
        Ground.KIND: vocabulary().resource_kinds,
        Ground.FACT: list(Fact),
        Ground.GROUP: industry_groups(),
        Ground.MODEL: PartnershipModel.values,
        Ground.THEME: vocabulary().themes,
    }
