"""Industry codes of DB07 and DB25 (NACE): titles, divisions and the seventeen groups that people choose among."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from medspil.catalogue.datafiles import data_text, read_rows

INDUSTRIES, GROUPS = "industries.csv", "industry_groups.csv"
SYSTEMS = ("DB07", "DB25")
System = Literal["DB07", "DB25", ""]


@dataclass(frozen=True, slots=True)
class Industry:
    """A code with its title; an empty system means that DB07 and DB25 agree."""

    code: str
    system: str
    name_da: str
    name_en: str

    def name(self, language: str) -> str:
        return self.name_da if language.startswith("da") else self.name_en


@dataclass(frozen=True, slots=True)
class IndustryGroup:
    """One of the seventeen groups in lists and filters."""

    code: str
    name_da: str
    name_en: str
    divisions: frozenset[str]

    def name(self, language: str) -> str:
        return self.name_da if language.startswith("da") else self.name_en


def industry(code: str, system: str = "") -> Industry | None:
    """The entry for exactly this code; one that names the system comes before one for both."""
    table = _by_code()
    return table.get((code, system)) or table.get((code, "")) or (None if system else _in_any_system(code))


def title(code: str, system: str = "", language: str = "da") -> str:
    """The title of the code or of the nearest wider one we know; empty for a code outside the tables.

    A register brings its own titles, which are to be preferred; this is for codes that come without.
    """
    wanted = code.strip()
    for length in range(len(wanted), 1, -1):
        if found := industry(wanted[:length], system):
            return found.name(language)
    return ""


def divisions(system: str = "DB07") -> tuple[Industry, ...]:
    """The two-digit divisions of a system: 88 in DB07; DB25 has none numbered 45."""
    codes = sorted({entry.code for entry in industries() if len(entry.code) == 2})
    found = (industry(code, system) for code in codes)
    return tuple(entry for entry in found if entry is not None and entry.system in ("", system))


@cache
def industries() -> tuple[Industry, ...]:
    """All entries, by code."""
    return tuple(sorted(parse_industries(data_text(INDUSTRIES)), key=lambda entry: (entry.code, entry.system)))


@cache
def industry_groups() -> Mapping[str, IndustryGroup]:
    """The seventeen groups by code, in the order in which they are to be shown."""
    return MappingProxyType({group.code: group for group in parse_groups(data_text(GROUPS))})


def industry_group(code: str) -> IndustryGroup | None:
    """The group of an industry code of two digits or more."""
    return _groups_by_division().get(code.strip()[:2])


@cache
def _by_code() -> dict[tuple[str, str], Industry]:
    return {(entry.code, entry.system): entry for entry in industries()}


def _in_any_system(code: str) -> Industry | None:
    return next((entry for system in SYSTEMS if (entry := _by_code().get((code, system)))), None)


@cache
def _groups_by_division() -> dict[str, IndustryGroup]:
    return {division: group for group in industry_groups().values() for division in group.divisions}


def parse_industries(text: str, *, source: str = INDUSTRIES) -> Iterator[Industry]:
    """Reads the table of titles; raises DataError with line and field."""
    seen: set[tuple[str, str]] = set()
    for row in read_rows(text, source=source, columns=("code", "system", "name_da", "name_en")):
        code, system = row.text("code"), row.values["system"]
        if not (code.isdecimal() and 2 <= len(code) <= 6):
            raise row.error("code", f"{code!r} is not two to six digits")
        if system not in ("", *SYSTEMS):
            raise row.error("system", f"{system!r} is neither DB07, DB25 nor empty")
        if (code, system) in seen:
            raise row.error("code", f"{code} {system} comes twice".replace("  ", " "))
        seen.add((code, system))
        yield Industry(code, system, row.text("name_da"), row.text("name_en"))


def parse_groups(text: str, *, source: str = GROUPS) -> Iterator[IndustryGroup]:
    """Reads the table of groups; raises DataError with line and field."""
    taken: set[str] = set()
    for row in read_rows(text, source=source, columns=("code", "name_da", "name_en", "divisions")):
        members: set[str] = set()
        for part in row.text("divisions").split(","):
            first, _, last = part.strip().partition("-")
            if not (first.isdecimal() and (last or first).isdecimal()):
                raise row.error("divisions", f"{part.strip()!r} is neither a division nor a run of them")
            members |= {f"{number:02d}" for number in range(int(first), int(last or first) + 1)}
        if twice := sorted(members & taken):
            raise row.error("divisions", f"{twice[0]} is in two groups")
        taken |= members
        code, name_da, name_en = row.text("code"), row.text("name_da"), row.text("name_en")
        yield IndustryGroup(code, name_da, name_en, frozenset(members))
