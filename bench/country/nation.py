"""Who there is: companies and units by number, how they belong together, when they live, and what changes in a week.

Companies are 0 … C-1, units 0 … T-1; what is new in week 2 is numbered after them, so that nothing else moves.
Where columns of facts take `at`, it is an array of such numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from bench.country.draws import Draws, Flags, Ints, Shuffle, Weighted
from bench.country.land import Land
from bench.country.trades import FORMS, SECTOR_OF_FORM, SIZE_SHARES, SOLE_TRADERS, trades

EPOCH: Final = date(1970, 1, 1)
WEEK_ONE: Final = (date(2026, 9, 19) - EPOCH).days
SINCE_DB25: Final = (date(2025, 1, 1) - EPOCH).days
EARLIEST: Final = (date(1970, 2, 1) - EPOCH).days  # days before 1970 would be negative, which means open
OPEN: Final = -1
NOBODY: Final = -1

COMPANIES_WITH_UNITS, IDLE, ALL_COMPANIES = 870, 12, 780  # per mille: of active units, of active units, of all units
STRAYS, UNKNOWN_COMPANY = 3, 1  # per mille of units without a company, or with one that the files do not hold
CHAINS: Final = 30  # per mille of companies that have more than one place
BRANCHES_CLOSED: Final = 100  # per mille of ceased units whose company goes on
PROTECTED, SIZE_KNOWN, NO_DAR, FOREIGN_COMPANY, FOREIGN_UNIT = 200, 340, 30, 15, 2
BY_PERSON, BARE_PERSON = 215, 60  # per mille of sole traders whose name holds a person's
# What happens in week 2, per mille of companies in business; together with the new ones a hundredth of the units.
NEW, MOVED, CEASED, RENAMED, PROTECTED_NOW = 2, 3, 2, 2, 1


@dataclass(frozen=True)
class Sites:
    """Where somebody lies: house and door, or a foreign country (house -1 then), and whether the address has its id."""

    house: Ints
    door: Ints
    foreign: Ints
    has_id: Flags


class Nation:
    """The register's facts; all of them follow from the seed and the size."""

    def __init__(self, *, active: int, total: int, seed: int, week: int) -> None:
        if not 1_000 <= active < total or week not in (1, 2):
            raise ValueError("at least 1,000 active units, more in all, and week 1 or 2")
        self.active, self.total, self.week = active, total, week
        self.today = WEEK_ONE + 7 * (week - 1)
        self.draws = Draws(seed)
        self.land = Land(self.draws, total)
        self.with_units = active * COMPANIES_WITH_UNITS // 1_000
        self.in_business = self.with_units + active * IDLE // 1_000
        self.companies = max(total * ALL_COMPANIES // 1_000, self.in_business + 10)
        self.new = active * NEW // 1_000 if week == 2 else 0
        self.rank = Shuffle(total, 3)
        self.db25, self.db07 = trades("DB25"), trades("DB07")
        self._forms, self._form_codes = Weighted(list(FORMS.values())), list(FORMS)
        self._sizes = Weighted(SIZE_SHARES)

    @property
    def every_company(self) -> int:
        """Return how many companies there are, the new ones included."""
        return self.companies + self.new

    @property
    def every_unit(self) -> int:
        """Return how many units there are, the new ones included."""
        return self.total + self.new

    # Companies

    def company_started_active(self, at: Ints) -> Flags:
        """Return who was in business in week 1, or is new."""
        return (at < self.in_business) | (at >= self.companies)

    def change(self, at: Ints) -> Ints:
        """Return what happens to companies in week 2: 0 nothing, 1 moved, 2 ceased, 3 renamed, 4 protected."""
        if self.week == 1:
            return np.zeros_like(at)
        drawn = self.draws.below("change", at, 1_000)
        ends = np.cumsum([MOVED, CEASED, RENAMED, PROTECTED_NOW])
        kind = np.searchsorted(ends, drawn, "right") + 1
        return np.where((kind <= 4) & (at < self.in_business), kind, 0).astype(np.int64)

    def company_active(self, at: Ints) -> Flags:
        """Return who is in business now."""
        found: Flags = self.company_started_active(at) & (self.change(at) != 2)
        return found

    def form(self, at: Ints) -> Ints:
        """Return the company form as a place in `FORMS`; the form that was abolished is left to ceased ones."""
        drawn = self.draws.pick("form", at, self._forms)
        gone, instead = self._form_codes.index("81"), self._form_codes.index("80")
        return np.where((drawn == gone) & self.company_started_active(at), instead, drawn)

    def sole(self, at: Ints) -> Flags:
        """Return who is a sole trader."""
        return np.isin(self.form(at), [self._form_codes.index(code) for code in SOLE_TRADERS])

    def sector(self, at: Ints) -> Ints:
        """Return 0 private, 1 voluntary, 2 public."""
        by_form = np.array([SECTOR_OF_FORM.get(code, 0) for code in self._form_codes])
        return by_form[self.form(at)]

    def started(self, at: Ints) -> Ints:
        """Return the day a company began; most of them lately."""
        back = self.draws.skewed("start", at, WEEK_ONE - EARLIEST)
        return np.where(at >= self.companies, WEEK_ONE + 1 + at % 6, WEEK_ONE - 8 - back)

    def ended(self, at: Ints) -> Ints:
        """Return the day a company ceased, `OPEN` when it goes on."""
        started = self.started(at)
        life = 30 + self.draws.skewed("life", at, 9_000)
        before = np.minimum(started + life, WEEK_ONE - 3)
        ended = np.where(self.company_started_active(at), OPEN, np.maximum(before, started))
        return np.where(self.change(at) == 2, self.changed_on(at), ended)

    def changed_on(self, at: Ints) -> Ints:
        """Return the day of the week on which a change of week 2 counts from."""
        return WEEK_ONE + 1 + at % 6

    def company_protected(self, at: Ints, *, before: bool = False) -> Flags:
        """Return whose wish it is not to be advertised to; `before` the changes of week 2 if so asked."""
        drawn = self.draws.share("protected", at, PROTECTED)
        return drawn if before else drawn | (self.change(at) == 4)

    def company_site(self, at: Ints, *, move: int) -> Sites:
        """Return where companies lie: -1 an earlier place, 0 the place of week 1, 1 the one they moved to."""
        return self._site(f"company{move}", at, FOREIGN_COMPANY)

    def company_trade(self, at: Ints, system: str) -> Ints:
        """Return the industry as a place in the table of a code system."""
        return self._trade("trade", at, self.sector(at), system)

    # Units

    def company_of(self, unit: Ints) -> Ints:
        """Return the company of each unit, `NOBODY` for strays."""
        rank = self.rank(unit)
        first = np.where(rank < self.with_units, rank, self._owner_of_more(unit))
        ceased = self.companies - self.in_business
        gone = self.in_business + (rank - self.active) % ceased
        closed_branch = self.draws.share("unit.branch", unit, BRANCHES_CLOSED)
        gone = np.where(closed_branch, self.draws.below("unit.branch.of", unit, self.with_units), gone)
        company = np.where(rank < self.active, first, gone)
        company = np.where(self.draws.share("unit.stray", unit, STRAYS), NOBODY, company)
        return np.where(unit >= self.total, self.companies + unit - self.total, company)

    def _owner_of_more(self, unit: Ints) -> Ints:
        """Return the company of a second, third … unit: a few companies have very many."""
        owners = max(1, self.with_units * CHAINS // 1_000)
        return self.draws.skewed("unit.more", unit, owners) % self.with_units

    def is_first(self, unit: Ints) -> Flags:
        """Return which units are the main place of their company."""
        found: Flags = ((self.rank(unit) < self.with_units) | (unit >= self.total)) & (self.company_of(unit) != NOBODY)
        return found

    def unit_started_active(self, unit: Ints) -> Flags:
        """Return which units were in business in week 1, or are new."""
        return (self.rank(unit) < self.active) | (unit >= self.total)

    def unit_change(self, unit: Ints) -> Ints:
        """Return what a week does to units: what happens to their company, unless they had ceased already."""
        company = self.company_of(unit)
        kind = np.where(company == NOBODY, 0, self.change(np.maximum(company, 0)))
        kind = np.where((kind == 1) & ~self.at_company(unit), 0, kind)
        return np.where(self.unit_started_active(unit), kind, 0)

    def unit_active(self, unit: Ints) -> Flags:
        """Return which units are in business now."""
        found: Flags = self.unit_started_active(unit) & (self.unit_change(unit) != 2)
        return found

    def unit_started(self, unit: Ints) -> Ints:
        """Return the day a unit began: with its company, or later."""
        company = np.maximum(self.company_of(unit), 0)
        began, until = self.started(company), np.where(self.ended(company) == OPEN, WEEK_ONE - 8, self.ended(company))
        later = began + self.draws.below("unit.start", unit, 1_000) * np.maximum(until - began, 0) // 1_000
        return np.where(self.is_first(unit), began, later)

    def unit_ended(self, unit: Ints) -> Ints:
        """Return the day a unit ceased, `OPEN` when it goes on."""
        company = np.maximum(self.company_of(unit), 0)
        started = self.unit_started(unit)
        until = np.where(self.ended(company) == OPEN, WEEK_ONE - 3, self.ended(company))
        between = started + self.draws.below("unit.end", unit, 1_000) * np.maximum(until - started, 1) // 1_000
        with_company = (self.ended(company) != OPEN) & self.draws.share("unit.end.with", unit, 800)
        before = np.where(with_company, until, np.maximum(between, started + 1))
        ended = np.where(self.unit_started_active(unit), OPEN, before)
        return np.where(self.unit_change(unit) == 2, self.changed_on(company), ended)

    def at_company(self, unit: Ints) -> Flags:
        """Return which units lie where their company lies."""
        return self.is_first(unit) & self.draws.share("unit.same", unit, 880)

    def unit_site(self, unit: Ints, *, move: int) -> Sites:
        """Return where units lie: their company's place, or one of their own."""
        own = self._site(f"unit{min(move, 0)}", unit, FOREIGN_UNIT)
        company = self.company_site(np.maximum(self.company_of(unit), 0), move=move)
        same = self.at_company(unit) & (company.house >= 0)
        return Sites(
            np.where(same, company.house, own.house),
            np.where(same, company.door, own.door),
            np.where(same, company.foreign, own.foreign),
            np.where(same, company.has_id, own.has_id),
        )

    def unit_trade(self, unit: Ints, system: str) -> Ints:
        """Return the industry of units: their company's for nine of ten."""
        company = np.maximum(self.company_of(unit), 0)
        other = self._trade("unit.trade", unit, self.sector(company), system)
        return np.where(self.draws.share("unit.trade.same", unit, 920), self.company_trade(company, system), other)

    def size(self, unit: Ints) -> Ints:
        """Return the interval of employees as a place in `SIZES`, -1 when nobody tells."""
        known = self.draws.share("size.known", unit, SIZE_KNOWN) & self.unit_started_active(unit)
        return np.where(known, self.draws.pick("size", unit, self._sizes), -1)

    # Both

    def _trade(self, purpose: str, at: Ints, sector: Ints, system: str) -> Ints:
        tables = (self.db25 if system == "DB25" else self.db07).tables
        found = np.zeros_like(at)
        for which, table in enumerate(tables):
            ours = sector == which
            found[ours] = self.draws.pick(purpose, at[ours], table)
        return found

    def _site(self, purpose: str, at: Ints, foreign_per_mille: int) -> Sites:
        """Draw a house; every third somebody lies in one house of twenty, where offices are shared."""
        house = self.draws.below(f"{purpose}.house", at, self.land.houses)
        shared = self.draws.share(f"{purpose}.shared", at, 300)
        house = np.where(shared, house - house % 20, house)
        door = self.draws.below(f"{purpose}.door", at, self.land.doors_of(house))
        foreign = self.draws.share(f"{purpose}.foreign", at, foreign_per_mille)
        country = self.draws.below(f"{purpose}.country", at, 6)
        has_id = ~self.draws.share(f"{purpose}.id", at, NO_DAR) & ~foreign
        return Sites(np.where(foreign, -1, house), door, np.where(foreign, country, -1), has_id)
