"""Rows of the business register's files: for some subjects, all their rows as columns of numbers and texts.

Subjects of a file are units, then companies, then people (who have names and nothing else that is public).
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bench.country.draws import Flags, Ints
from bench.country.naming import Naming
from bench.country.nation import NOBODY, OPEN, SINCE_DB25, WEEK_ONE, Nation, Sites
from bench.country.numbers import cvr_number, subject_id, unit_number

Columns = dict[str, npt.NDArray[Any]]
PEOPLE: Final = 150  # per mille of all units: participants whose names stand in the same file
EARLIER_NAME, SLIP, EARLIER_SITE, EARLIER_FORM, EARLIER_WISH = 180, 20, 220, 40, 60  # per mille of those in business
EARLIER_COMPANY, LOOSE_END, SECOND_TRADE, STILL_DB07, CARE_OF = 30, 1, 120, 30, 250
CLOSED_WITH_END: Final = 600  # per mille of the ceased whose rows end with them
OLD_FIGURES: Final = 50  # per mille of known sizes that are years old


class Subjects(NamedTuple):
    """Some subjects of a file, apart by kind."""

    units: Ints
    companies: Ints
    people: Ints


def stacked(pieces: list[Columns]) -> Columns:
    """Put pieces with the same columns under each other."""
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


class Rows:
    """Makes the rows of each entity."""

    def __init__(self, nation: Nation) -> None:
        self.nation, self.draws, self.naming = nation, nation.draws, Naming(nation)
        self.people = nation.total * PEOPLE // 1_000

    def frame(self, salt: str, at: Ints, since: Ints, until: Ints, *, wrong: Flags | None = None) -> Columns:
        """Return the columns that all rows have: an id of the row, from when to when, and when it was taken back."""
        taken_back = np.full(len(at), OPEN) if wrong is None else np.where(wrong, since + 3, OPEN)
        return {
            "a": self.draws.bits(f"{salt}/a", at),
            "b": self.draws.bits(f"{salt}/b", at),
            "since": since.astype(np.int32),
            "until": until.astype(np.int32),
            "back": taken_back.astype(np.int32),
            "minute": self.draws.below(f"{salt}/m", at, 1_440).astype(np.int32),
        }

    def life(self, at: Ints, *, unit: bool) -> tuple[Ints, Ints, Flags, Ints]:
        """Return start, end, whether in business before week 2, and what week 2 brings."""
        nation = self.nation
        if unit:
            return (
                nation.unit_started(at),
                nation.unit_ended(at),
                nation.unit_started_active(at),
                nation.unit_change(at),
            )
        return nation.started(at), nation.ended(at), nation.company_started_active(at), nation.change(at)

    def since(self, salt: str, at: Ints, started: Ints) -> Ints:
        """Return the day from which the present name or place counts, for those that had another before."""
        known = np.minimum(started + 30 + self.draws.skewed(f"{salt}/since", at, 6_000), WEEK_ONE - 5)
        found: Ints = np.maximum(known, started)
        return found

    def until(self, salt: str, at: Ints, ended: Ints) -> Ints:
        """Return the end of a subject's rows: many of the ceased keep theirs open."""
        return np.where((ended != OPEN) & self.draws.share(f"{salt}/closed", at, CLOSED_WITH_END), ended, OPEN)

    def lives(self, at: Ints, *, unit: bool) -> Columns:
        """Return rows of Virksomhed or Produktionsenhed."""
        salt = "unit" if unit else "company"
        started, ended, active, change = self.life(at, unit=unit)
        ceased = ended != OPEN
        closing = active & ~ceased & self.draws.share(f"{salt}/closing", at, 8)
        status = np.where(ceased, 1, np.where(closing, 2 + at % 3, 0))
        since = np.maximum(self._joined(at), started) if unit else started
        pieces = [self._living(salt, at, np.where(ceased, ended, since), np.full(len(at), OPEN), status, unit=unit)]
        before = ceased & (self.draws.share(f"{salt}/alive", at, 300) | (change == 2))
        old = at[before]
        pieces.append(
            self._living(f"{salt}/before", old, since[before], ended[before], np.zeros(len(old), np.int64), unit=unit)
            | {"ended": np.full(len(old), OPEN, np.int32)}
        )
        if unit:
            pieces.append(self._earlier_company(at))
        return stacked(pieces)

    def _living(self, salt: str, at: Ints, since: Ints, until: Ints, status: Ints, *, unit: bool) -> Columns:
        started, ended, _active, _change = self.life(at, unit=unit)
        rows = self.frame(salt, at, since, until) | {
            "started": started.astype(np.int32),
            "ended": ended.astype(np.int32),
            "status": status.astype(np.int32),
        }
        if not unit:
            return rows | {"id": subject_id("company", at), "number": cvr_number(at)}
        company = self.nation.company_of(at)
        nobody = company == NOBODY
        unheard = nobody & (self.draws.below("unit.unheard", at, 3) == 0)
        cvr = np.where(
            nobody, np.where(unheard, cvr_number(2_490_000 + at % 1_000), 0), cvr_number(np.maximum(company, 0))
        )
        joined = {"cvr": cvr, "joined": self._joined(at).astype(np.int32), "parted": np.full(len(at), OPEN, np.int32)}
        return rows | {"id": subject_id("unit", at), "number": unit_number(at)} | joined

    def _joined(self, at: Ints) -> Ints:
        """Return the day from which units belong to their company: for most of them the day they began."""
        started = self.nation.unit_started(at)
        moved = self.nation.unit_started_active(at) & self.draws.share("unit/earlier", at, EARLIER_COMPANY)
        return np.where(moved, self.since("unit/earlier", at, started) + 1, started)

    def _earlier_company(self, at: Ints) -> Columns:
        """Return rows of units that belonged to another company before; a few of these rows were left open."""
        at = at[self._joined(at) > self.nation.unit_started(at)]
        until = self._joined(at)
        loose = self.draws.share("unit/loose", at, LOOSE_END * 1_000 // EARLIER_COMPANY)
        began = self.nation.unit_started(at)
        rows = self._living(
            "unit/earlier", at, began, np.where(loose, OPEN, until), np.zeros(len(at), np.int64), unit=True
        )
        other = self.draws.below("unit/earlier/of", at, self.nation.companies)
        return rows | {
            "cvr": cvr_number(other),
            "joined": began.astype(np.int32),
            "parted": until.astype(np.int32),
            "ended": np.full(len(at), OPEN, np.int32),
        }

    def names(self, subjects: Subjects) -> Columns:
        """Return rows of Navn."""
        pieces = [
            piece
            for unit in (True, False)
            for piece in self._named(subjects.units if unit else subjects.companies, unit)
        ]
        people = subjects.people
        began = WEEK_ONE - 40 - self.draws.skewed("people/start", people, 12_000)
        pieces.append(
            self.frame("people", people, began, np.full(len(people), OPEN))
            | {
                "id": subject_id("person", people),
                "text": self.naming.people("people", people),
                "place": _zeros(people),
            }
        )
        return stacked(pieces)

    def _named(self, at: Ints, unit: bool) -> list[Columns]:
        salt, kind = ("navn/unit", "unit") if unit else ("navn/company", "company")
        give = self.naming.units if unit else self.naming.companies
        started, ended, active, change = self.life(at, unit=unit)
        earlier = active & self.draws.share(f"{salt}/earlier", at, EARLIER_NAME)
        since = np.where(earlier, self.since(salt, at, started), started)
        until = self.until(salt, at, ended)
        renamed = change == 3
        day = self._change_day(at, unit=unit)
        names = give(at)

        def piece(which: Flags, label: str, texts: Any, start: Ints, end: Ints, *, wrong: bool = False) -> Columns:
            taken = at[which]
            flags = np.full(len(taken), wrong)
            frame = self.frame(f"{salt}{label}", taken, start[which], end[which], wrong=flags)
            return frame | {"id": subject_id(kind, taken), "text": texts, "place": _zeros(taken)}

        everybody = np.ones(len(at), np.bool_)
        slip = active & self.draws.share(f"{salt}/slip", at, SLIP)
        other_name = active & self.draws.share(f"{salt}/second", at, 30) & (not unit)
        second = piece(other_name, "/2", give(at[other_name], round_=3), since, until)
        return [
            piece(everybody, "", names, since, np.where(renamed, day, until)),
            piece(renamed, "/new", give(at[renamed], round_=2), day, np.full(len(at), OPEN)),
            piece(earlier, "/old", give(at[earlier], round_=1), started, since),
            piece(slip, "/slip", names[slip] + "X", since, np.full(len(at), OPEN), wrong=True),
            second | {"place": _zeros(at[other_name]) + 1},
        ]

    def _change_day(self, at: Ints, *, unit: bool) -> Ints:
        return self.nation.changed_on(np.maximum(self.nation.company_of(at), 0) if unit else at)

    def sites(self, subjects: Subjects) -> Columns:
        """Return rows of Adressering."""
        return stacked(self._placed(subjects.units, True) + self._placed(subjects.companies, False))

    def _placed(self, at: Ints, unit: bool) -> list[Columns]:
        salt, kind = ("adr/unit", "unit") if unit else ("adr/company", "company")
        find = self.nation.unit_site if unit else self.nation.company_site
        started, ended, active, change = self.life(at, unit=unit)
        earlier = active & self.draws.share(f"{salt}/earlier", at, EARLIER_SITE)
        since = np.where(earlier, self.since(salt, at, started), started)
        moved, day = change == 1, self._change_day(at, unit=unit)

        def piece(which: Flags, label: str, sites: Sites, start: Ints, end: Ints, *, post: bool = False) -> Columns:
            taken = at[which]
            return (
                self.frame(f"{salt}{label}", taken, start[which], end[which])
                | {"id": subject_id(kind, taken), "post": np.full(len(taken), post)}
                | self._written(f"{salt}{label}", taken, sites)
            )

        everybody, never = np.ones(len(at), np.bool_), np.full(len(at), OPEN)
        until = np.where(moved, day, self.until(salt, at, ended))
        post = active & self.draws.share(f"{salt}/post", at, 1)
        return [
            piece(everybody, "", find(at, move=0), since, until),
            piece(moved, "/new", find(at[moved], move=1), day, never),
            piece(earlier, "/old", find(at[earlier], move=-1), started, since),
            piece(post, "/post", find(at[post], move=-1), since, never, post=True),
        ]

    def _written(self, salt: str, at: Ints, sites: Sites) -> Columns:
        """Return the columns of an address: where it is, and in whose care."""
        care_of = self.draws.share(f"{salt}/co", at, CARE_OF)
        people = np.full(len(at), "", dtype=object)
        people[care_of] = self.naming.people(f"{salt}/co", at[care_of])
        return {
            "house": sites.house,
            "door": sites.door,
            "country": sites.foreign.astype(np.int32),
            "has_id": sites.has_id,
            "care_of": people,
        }

    def trades(self, subjects: Subjects) -> Columns:
        """Return rows of Branche."""
        return stacked(self._trading(subjects.units, True) + self._trading(subjects.companies, False))

    def _trading(self, at: Ints, unit: bool) -> list[Columns]:
        salt, kind = ("branche/unit", "unit") if unit else ("branche/company", "company")
        find = self.nation.unit_trade if unit else self.nation.company_trade
        started, ended, active, _change = self.life(at, unit=unit)
        late = started >= SINCE_DB25
        until = self.until(salt, at, ended)
        old_only = ~late & (
            ((ended != OPEN) & (ended < SINCE_DB25)) | (active & self.draws.share(f"{salt}/07", at, STILL_DB07))
        )

        def piece(which: Flags, label: str, system: str, start: Ints, end: Ints, *, place: int = 0) -> Columns:
            taken = at[which]
            trade = (
                find(taken, system)
                if not place
                else self.draws.pick(f"{salt}{label}/trade", taken, self.nation.db25.tables[0])
            )
            return self.frame(f"{salt}{label}", taken, start[which], end[which]) | {
                "id": subject_id(kind, taken),
                "trade": trade.astype(np.int32),
                "db25": np.full(len(taken), system == "DB25"),
                "place": _zeros(taken) + place,
            }

        switch = np.full(len(at), SINCE_DB25)
        second = active & ~old_only & self.draws.share(f"{salt}/second", at, SECOND_TRADE)
        third = second & self.draws.share(f"{salt}/third", at, 250)
        today = np.maximum(started, switch)
        return [
            piece(~old_only, "/25", "DB25", today, until),
            piece(~old_only & ~late, "/07", "DB07", started, switch),
            piece(old_only, "/07", "DB07", started, until),
            piece(second, "/2", "DB25", today, until, place=1),
            piece(third, "/3", "DB25", today, until, place=2),
        ]

    def wishes(self, subjects: Subjects) -> Columns:
        """Return rows of Reklamebeskyttelse: of all companies, and of some units the same once more."""
        at, pieces = subjects.companies, []
        units = subjects.units[self.nation.company_of(subjects.units) != NOBODY]
        units = units[self.draws.share("wish/unit", units, 250)]
        for taken, unit in ((at, False), (units, True)):
            salt, kind = ("wish/unit", "unit") if unit else ("wish/company", "company")
            company = self.nation.company_of(taken) if unit else taken
            started, ended, active, _change = self.life(taken, unit=unit)
            before, now = self.nation.company_protected(company, before=True), self.nation.company_protected(company)
            turned, day = now != before, self.nation.changed_on(company)
            turned &= active
            until = np.where(turned, day, self.until(salt, taken, ended))
            earlier = active & self.draws.share(f"{salt}/earlier", taken, EARLIER_WISH)
            since = np.where(earlier, self.since(salt, taken, started), started)
            for which, label, value, start, end in (
                (np.ones(len(taken), np.bool_), "", before, since, until),
                (turned, "/new", now, day, np.full(len(taken), OPEN)),
                (earlier, "/old", ~before, started, since),
            ):
                some = taken[which]
                frame = self.frame(f"{salt}{label}", some, start[which], end[which])
                pieces.append(frame | {"id": subject_id(kind, some), "flag": value[which]})
        return stacked(pieces)


def _zeros(at: Ints) -> npt.NDArray[np.int32]:
    return np.zeros(len(at), np.int32)
