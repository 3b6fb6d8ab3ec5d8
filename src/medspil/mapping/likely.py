"""Which competences a challenge probably takes: proposed from its theme, whom it touches, its words and earlier cases.

A proposal carries its reasons and nothing is chosen by itself: a person decides. The rules are data, data/likely.toml.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from medspil.areas.models import Challenge
from medspil.catalogue.models import Case
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.datafiles import DataError, package_text, read_tables, table_lines
from medspil.language import WHOLE_WEIGHT, analyse

SOURCE = "likely.toml"
MOST = 8
"""More proposals than this are a list to read, not a help."""


class Because(StrEnum):
    """Where a proposal comes from."""

    WORDS = "words"
    THEME = "theme"
    GROUP = "target_group"
    CASE = "case"


POINTS: Mapping[Because, int] = {Because.WORDS: 3, Because.THEME: 2, Because.GROUP: 2, Because.CASE: 1}
"""What the challenge itself says counts most, what an earlier case took counts least."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a kind is proposed: `about` is the word, the code of the theme or group, or the name of the case."""

    because: Because
    about_da: str
    about_en: str
    why_da: str = ""
    why_en: str = ""

    def about(self, language: str) -> str:
        """Return what it is about in the language of the page."""
        return self.about_da if language.startswith("da") else self.about_en

    def why(self, language: str) -> str:
        """Return the sentence in the language of the page; empty where there is none."""
        return self.why_da if language.startswith("da") else self.why_en


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind of resource that a challenge probably takes, with the reasons, the strongest first."""

    kind: str
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """Return how strongly it is proposed."""
        return sum(POINTS[one.because] for one in self.reasons)


def likely(challenge: Challenge, *, cases: Iterable[Case] = ()) -> list[Proposal]:
    """Return the kinds that a challenge probably takes, the likeliest first, at most `MOST`."""
    found: dict[str, list[Reason]] = {}
    for kind, reason in _reasons(challenge, cases):
        kept = found.setdefault(kind, [])
        # One case is enough to learn from; ten of them do not make it ten times as likely.
        if not any(one.because is reason.because for one in kept):
            kept.append(reason)
    order = list(vocabulary().resource_kinds)
    proposals = [Proposal(kind, tuple(reasons)) for kind, reasons in found.items()]
    return sorted(proposals, key=lambda one: (-one.points, order.index(one.kind)))[:MOST]


def _reasons(challenge: Challenge, cases: Iterable[Case]) -> Iterable[tuple[str, Reason]]:
    known = vocabulary()
    kinds = {code: kind for code, kind in known.resource_kinds.items() if not kind.retired}
    said = _whole_words(f"{challenge.title}\n{challenge.seen}")
    for code, kind in kinds.items():
        words = [word for word in kind.words_da if _whole_words(word) and _whole_words(word) <= said]
        if words:
            yield code, Reason(Because.WORDS, words[0], words[0])
    rules = _rules()
    for because, entries, codes in (
        (Because.THEME, known.themes, [challenge.theme]),
        (Because.GROUP, known.target_groups, challenge.target_groups),
    ):
        for code in codes:
            for rule in rules.get((because, code), ()):
                name = entries[code]
                yield rule["kind"], Reason(because, name.name_da, name.name_en, rule["why_da"], rule["why_en"])
    for case in cases:
        if challenge.theme in case.themes:
            for code in case.resource_kinds:
                if code in kinds:
                    yield code, Reason(Because.CASE, case.name_da, case.name_en)


def _whole_words(text: str) -> frozenset[str]:
    """Return the words of a text in their base form; parts of compounds say too much: a playground is no play."""
    return frozenset(token.term for token in analyse(text) if token.weight == WHOLE_WEIGHT)


@cache
def _rules() -> Mapping[tuple[Because, str], tuple[Mapping[str, str], ...]]:
    return parse_rules(package_text("medspil.mapping", SOURCE))


def parse_rules(text: str) -> Mapping[tuple[Because, str], tuple[Mapping[str, str], ...]]:
    """Read the rules; raises `DataError` for a code that the vocabulary does not have, or a reason in one language."""
    tables, known = read_tables(text, source=SOURCE), vocabulary()
    found: dict[tuple[Because, str], tuple[Mapping[str, str], ...]] = {}
    entries: dict[Because, Mapping[str, Any]] = {Because.THEME: known.themes, Because.GROUP: known.target_groups}
    for because, codes in entries.items():
        lines = table_lines(text, because.value)
        for line, entry in zip(lines, tables.get(because.value, []), strict=True):
            if entry.get("code") not in codes or (because, entry["code"]) in found:
                raise DataError(source=SOURCE, line=line, field="code", problem="is unknown or comes twice")
            for rule in entry.get("kinds", []):
                if set(rule) != {"kind", "why_da", "why_en"} or not all(rule.values()):
                    raise DataError(source=SOURCE, line=line, field="kinds", problem="needs kind, why_da and why_en")
                if rule["kind"] not in known.resource_kinds:
                    raise DataError(source=SOURCE, line=line, field="kind", problem=f"{rule['kind']} is unknown")
            found[because, entry["code"]] = tuple(entry.get("kinds", []))
    return MappingProxyType(found)
