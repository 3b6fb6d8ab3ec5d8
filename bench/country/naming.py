"""Names of companies, units and people, put together by our own rules."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.country.draws import Flags, Ints
from bench.country.nation import BARE_PERSON, BY_PERSON, NOBODY, Nation
from bench.country.trades import FORMS
from bench.country.words import (
    ASSOCIATIONS,
    AUTHORITIES,
    BEGINNINGS,
    ENDS,
    EXTRAS,
    FIRST_NAMES,
    HOLDINGS,
    MIDDLE,
    SUFFIXES,
    trade_words,
)

Texts = npt.NDArray[Any]  # Python strings
_FIRST_NAMES, _MIDDLE, _BEGINNINGS, _ENDS, _EXTRAS, _HOLDINGS, _ASSOCIATIONS, _AUTHORITIES = (
    np.array(words, dtype=object)
    for words in (FIRST_NAMES, MIDDLE, BEGINNINGS, ENDS, EXTRAS, HOLDINGS, ASSOCIATIONS, AUTHORITIES)
)
OWN_NAME: Final = 180  # per mille of first units that are called otherwise than their company
LOUD: Final = 120  # per mille written in capitals, as the register has them


class Naming:
    """Gives everybody a name; the same number gets the same name."""

    def __init__(self, nation: Nation) -> None:
        self.nation, self.draws = nation, nation.draws
        self._trade_words = [trade_words(code) for code in nation.db25.codes]
        self._most = max(len(words) for words in self._trade_words)
        self._by_trade = np.array(
            [words[at % len(words)] for words in self._trade_words for at in range(self._most)], dtype=object
        )
        self._suffixes = np.array([SUFFIXES.get(code, "") for code in FORMS], dtype=object)
        self._towns = np.array(nation.land.towns, dtype=object)

    def companies(self, at: Ints, *, round_: int = 0) -> Texts:
        """Return names of companies; another round gives them the name they had before or have later."""
        of = f"name{round_}"
        names = self._invented(of, at, self.nation.company_trade(at, "DB25"), self.nation.sector(at))
        names = names + self._suffixes[self.nation.form(at)]
        sole = self.nation.sole(at)
        by = sole & self.draws.share(f"{of}.by", at, BY_PERSON)
        names[by] = names[by] + " v/" + self.people(f"{of}.owner", at[by])
        bare = sole & ~by & self.draws.share(f"{of}.bare", at, BARE_PERSON)
        names[bare] = self.people(f"{of}.owner", at[bare])
        return _loud(names, self.draws.share(f"{of}.loud", at, LOUD))

    def units(self, unit: Ints, *, round_: int = 0) -> Texts:
        """Return names of units: their company's, or one of their own."""
        company = self.nation.company_of(unit)
        own = self.own_name(unit)
        names = self.companies(np.maximum(company, 0), round_=round_)
        other = self._invented(
            "unit.name", unit[own], self.nation.unit_trade(unit[own], "DB25"), np.zeros(int(own.sum()), np.int64)
        )
        town = self.draws.below("unit.town", unit[own], len(self._towns))
        names[own] = other + ", " + self._towns[town]
        return names

    def own_name(self, unit: Ints) -> Flags:
        """Return which units do not bear their company's name."""
        first = self.nation.is_first(unit) & ~self.draws.share("unit.own.name", unit, OWN_NAME)
        found: Flags = ~(first | (~self.nation.unit_started_active(unit) & (self.nation.company_of(unit) != NOBODY)))
        return found

    def people(self, purpose: str, at: Ints) -> Texts:
        """Return names of people: common first names, coined surnames."""
        first = _FIRST_NAMES[self.draws.below(f"{purpose}.first", at, len(FIRST_NAMES))]
        middle = _MIDDLE[self.draws.below(f"{purpose}.middle", at, len(MIDDLE))]
        found: Texts = first + middle + " " + self.coined(purpose, at)
        return found

    def coined(self, purpose: str, at: Ints) -> Texts:
        """Return a coined place, which is a surname as well."""
        beginning = _BEGINNINGS[self.draws.below(f"{purpose}.beginning", at, len(BEGINNINGS))]
        found: Texts = beginning + _ENDS[self.draws.below(f"{purpose}.end", at, len(ENDS))]
        return found

    def _invented(self, purpose: str, at: Ints, trade: Ints, sector: Ints) -> Texts:
        place = self.coined(purpose, at)
        word = self._by_trade[trade * self._most + self.draws.below(f"{purpose}.word", at, self._most)]
        style = self.draws.below(f"{purpose}.style", at, 100)
        names: Texts = place + " " + word + _EXTRAS[self.draws.skewed(f"{purpose}.extra", at, len(EXTRAS))]
        joined = (style >= 60) & (style < 75)
        names[joined] = word[joined] + "firmaet " + place[joined]
        double = (style >= 75) & (style < 88)
        names[double] = place[double] + " & " + self.coined(f"{purpose}.second", at[double]) + " " + word[double]
        holding = style >= 88
        end = _HOLDINGS[self.draws.below(f"{purpose}.holding", at, len(HOLDINGS))]
        names[holding] = place[holding] + " " + end[holding]
        club = sector == 1
        kind = _ASSOCIATIONS[self.draws.below(f"{purpose}.club", at, len(ASSOCIATIONS))]
        names[club] = kind[club] + " " + place[club]
        public = sector == 2
        office = _AUTHORITIES[self.draws.below(f"{purpose}.office", at, len(AUTHORITIES))]
        names[public] = place[public] + " " + office[public]
        return names


def _loud(names: Texts, loud: Flags) -> Texts:
    names[loud] = [name.upper() for name in names[loud]]
    return names
