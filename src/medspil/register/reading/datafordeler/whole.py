"""Holds the files of one download against each other: is each whole, and are they of the same week?

A plain file that was cut between two rows looks whole. But then many units lack what nearly every unit has.
"""

# ruff: noqa: S608 - statements are put together from the constants of this package; values are quoted

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.datafordeler.entities import (
    ADDRESS,
    BY_CODE,
    COMPANY,
    FORM,
    INDUSTRY,
    NAME,
    PROTECTION,
    REQUIRED,
    UNIT,
)
from medspil.register.reading.datafordeler.facts import FACTS
from medspil.register.reading.datafordeler.looking import Seen
from medspil.register.reading.datafordeler.patience import Join
from medspil.register.reading.tally import Tally

MOST_MISSING = 0.03  # of the units in business; a whole download lacks far fewer
MOST_EMPTY_COMPANIES = 0.10
FEWEST_MISSING = 3  # below that even a tiny file is no sign of anything
DAYS_APART, MOST_DAYS_APART = 8, 31  # files are made weekly and kept for a week

_LIVING = "place WHERE NOT ceased AND NOT coalesce(company_ceased, false)"
_OWNERS = f"(SELECT DISTINCT company AS n FROM {_LIVING} AND company IS NOT NULL)"
_MISSING: Mapping[str, tuple[tuple[str, str], ...]] = {  # entity: (how many lack it, of how many)
    COMPANY: ((f"{_LIVING} AND cvr IS NOT NULL AND company IS NULL", _LIVING),),
    NAME: tuple((f"{whose} AND n NOT IN (SELECT n FROM name)", whose) for whose in (_LIVING, f"{_OWNERS} WHERE true")),
    ADDRESS: ((f"{_LIVING} AND n NOT IN (SELECT n FROM address)", _LIVING),),
    INDUSTRY: ((f"{_LIVING} AND n NOT IN (SELECT n FROM industry)", _LIVING),),
    FORM: ((f"{_OWNERS} WHERE n NOT IN (SELECT n FROM form)", _OWNERS),),
}


def require_belonging(seen: Sequence[Seen], tally: Tally | None = None) -> dict[str, Seen]:
    """Return {entity: file} of those we read. Raises `UnreadableFile` for what is missing, double or only a part."""
    read: dict[str, Seen] = {}
    for one in seen:
        if one.told.delta:
            raise UnreadableFile(
                _("%(file)s holds only changes (DeltaDownload). Fetch the whole file (TotalDownload) instead.")
                % {"file": one.file.name}
            )
        earlier = read.get(one.entity.code)
        if earlier is not None:
            raise UnreadableFile(
                _("%(first)s and %(second)s both hold %(entity)s. Hand in one file of each kind.")
                % {"first": earlier.file.name, "second": one.file.name, "entity": one.entity.code}
            )
        if one.entity.people and tally is not None:
            tally.add("participants_skipped", example=one.file.name)
        read[one.entity.code] = one
    missing = [code for code in REQUIRED if code not in read]
    if missing:
        wrong = [
            _("%(file)s is called %(told)s but holds %(entity)s")
            % {"file": one.file.name, "told": one.told.code, "entity": one.entity.code}
            for one in seen
            if one.told.code in missing
        ]
        raise UnreadableFile(
            " ".join(
                [
                    _("The download lacks %(entities)s. Fetch these files too, and hand all in together.")
                    % {"entities": ", ".join(missing)},
                    *(f"{sentence}." for sentence in wrong),
                ]
            )
        )
    if tally is not None:
        _count_generations(read, tally)
    return {code: one for code, one in read.items() if BY_CODE[code].wanted}


def _count_generations(read: Mapping[str, Seen], tally: Tally) -> None:
    told = {one.told.generation: one.file.name for one in read.values() if one.told.register == "CVR"}
    if len(told) > 1:
        oldest = min(told)
        tally.add("files_of_different_days", len(told) - 1, example=f"{told[oldest]}, {told[max(told)]}")


def require_whole(join: Join, files: Mapping[str, Seen]) -> None:
    """Refuse files that lack too much of what the others speak of."""
    for entity, questions in _MISSING.items():
        for lacking, all_of in questions:
            missing = join.number(f"SELECT count(*) FROM {lacking}")
            of = join.number(f"SELECT count(*) FROM {all_of}")
            if missing >= FEWEST_MISSING and missing > of * MOST_MISSING:
                raise UnreadableFile(_incomplete(files[entity], missing, of))
    empty = join.number("SELECT companies_without_units FROM days")
    living = join.number("SELECT companies FROM days")
    if empty >= FEWEST_MISSING and empty > living * MOST_EMPTY_COMPANIES:
        raise UnreadableFile(_incomplete(files[UNIT], empty, living))


def silent_is_protected(join: Join, files: Mapping[str, Seen]) -> bool:
    """Return what it means that the file of protections says nothing of a unit.

    When it mostly says no, it lists everybody, and one that is missing was lost: to be safe it counts as protected.
    When it mostly says yes, it lists the protected, and all others are free.
    """
    if PROTECTION not in files:
        return True
    yes = join.number("SELECT count(*) FROM protection WHERE told")
    no = join.number("SELECT count(*) FROM protection WHERE NOT told")
    if no <= yes:
        return False
    silent = join.number(
        f"SELECT count(*) FROM {_LIVING} AND n NOT IN (SELECT n FROM protection)"
        " AND (company IS NULL OR company NOT IN (SELECT n FROM protection))",
    )
    of = join.number(f"SELECT count(*) FROM {_LIVING}")
    if silent >= FEWEST_MISSING and silent > of * MOST_MISSING:
        raise UnreadableFile(_incomplete(files[PROTECTION], silent, of))
    return True


def require_same_time(join: Join, files: Mapping[str, Seen], tally: Tally) -> None:
    """Refuse files that are more than a month apart, and count those that are more than a week."""
    days = {UNIT: _day(join, "unit", "days"), COMPANY: _day(join, "company", "days")}
    days |= {
        code: _day(join, "day", FACTS[code][0]) for code in (NAME, ADDRESS, INDUSTRY, FORM, PROTECTION) if code in files
    }
    told = {code: day for code, day in days.items() if day is not None}
    if not told:
        return
    tally.days = told
    newest = max(told, key=lambda code: told[code])
    for code, day in told.items():
        apart = (told[newest] - day).days
        facts = {
            "first": files[newest].file.name,
            "second": files[code].file.name,
            "newest": told[newest].isoformat(),
            "day": day.isoformat(),
        }
        if apart > MOST_DAYS_APART:
            raise UnreadableFile(
                _(
                    "The files are not of the same time: %(first)s (%(newest)s) and %(second)s (%(day)s)."
                    " Fetch them all in the same week."
                )
                % facts
            )
        if apart > DAYS_APART:
            tally.add("files_of_different_days", example=f"{facts['second']} ({facts['day']})")


def _incomplete(seen: Seen, missing: int, of: int) -> str:
    return _(
        "%(file)s (%(entity)s) is not whole, or is of another time than the other files: it lacks %(missing)s of the"
        " %(of)s that the others speak of. Fetch it again."
    ) % {"file": seen.file.name, "entity": seen.entity.code, "missing": missing, "of": of}


def _day(join: Join, column: str, table: str) -> date | None:
    row = join.execute(f"SELECT max(try_cast({column} AS DATE)) FROM {table}").fetchone()
    return row[0] if row and isinstance(row[0], date) else None
