"""Rows of the smaller files of the business register, and of the address register (DAR)."""

import numpy as np

from bench.country.draws import Ints
from bench.country.nation import OPEN, WEEK_ONE
from bench.country.numbers import subject_id
from bench.country.rows import EARLIER_FORM, OLD_FIGURES, Columns, Rows, Subjects, stacked
from bench.country.trades import SIZES

PHONES, MAILS = 600, 450  # per mille of companies; units have half as many
FIGURES_OF_COMPANIES = 350  # per mille
MOVED_POINTS = 20  # per mille of points that lay elsewhere before
NEVER = -1


def employment(rows: Rows, subjects: Subjects) -> Columns:
    """Return rows of Beskaeftigelse: several series side by side, some figures years old."""
    units = subjects.units[rows.nation.size(subjects.units) >= 0]
    size = rows.nation.size(units)
    stale = rows.draws.share("size/stale", units, OLD_FIGURES)
    newest = np.where(stale, WEEK_ONE - 2_600, WEEK_ONE - 80)
    less = np.maximum(size - 1, 0)
    pieces = [
        _figures(rows, "size/year", units, size=less, until=newest - 365, days=365, series=0),
        _figures(rows, "size/month", units, size=size, until=newest, days=30, series=1),
        _figures(rows, "size/time", units, size=less, until=newest, days=30, series=2),
    ]
    companies = subjects.companies
    companies = companies[
        rows.nation.company_started_active(companies)
        & rows.draws.share("size/company", companies, FIGURES_OF_COMPANIES)
    ]
    drawn = rows.draws.below("size/company/of", companies, 6)
    pieces.append(
        _figures(
            rows,
            "size/of",
            companies,
            size=drawn,
            until=companies * 0 + WEEK_ONE - 300,
            days=365,
            series=0,
            kind="company",
        )
    )
    return stacked(pieces)


def _figures(
    rows: Rows, salt: str, at: Ints, *, size: Ints, until: Ints, days: int, series: int, kind: str = "unit"
) -> Columns:
    low, high = (np.array([interval[side] for interval in SIZES], np.int64)[size] for side in (0, 1))
    exact = rows.draws.share(f"{salt}/exact", at, 400)
    number = low + rows.draws.below(f"{salt}/number", at, np.minimum(high - low + 1, 3_000))
    return rows.frame(salt, at, until - days, until) | {
        "id": subject_id(kind, at),
        "series": np.full(len(at), series, np.int32),
        "number": np.where(exact, number, NEVER),
        "low": low,
        "high": high,
    }


def forms(rows: Rows, subjects: Subjects) -> Columns:
    """Return rows of Virksomhedsform."""
    at = subjects.companies
    started, ended, active, _change = rows.life(at, unit=False)
    earlier = active & rows.draws.share("form/earlier", at, EARLIER_FORM)
    since = np.where(earlier, rows.since("form", at, started), started)
    old = at[earlier]
    return stacked(
        [
            rows.frame("form", at, since, rows.until("form", at, ended))
            | {"id": subject_id("company", at), "form": rows.nation.form(at).astype(np.int32)},
            rows.frame("form/old", old, started[earlier], since[earlier])
            | {"id": subject_id("company", old), "form": np.zeros(len(old), np.int32)},
        ]
    )


def contacts(rows: Rows, subjects: Subjects, *, mail: bool) -> Columns:
    """Return rows of Telefonnummer or e_mailadresse: numbers nobody is given, addresses at a reserved domain."""
    salt, share = ("mail", MAILS) if mail else ("phone", PHONES)
    pieces = []
    for kind, at, per_mille in (("company", subjects.companies, share), ("unit", subjects.units, share // 2)):
        unit = kind == "unit"
        started, ended, active, _change = rows.life(at, unit=unit)
        has = active & rows.draws.share(f"{salt}/{kind}", at, per_mille)
        earlier = has & rows.draws.share(f"{salt}/{kind}/earlier", at, 100)
        since = np.where(earlier, rows.since(f"{salt}/{kind}", at, started), started)
        until = rows.until(f"{salt}/{kind}", at, ended)
        for which, label, start, end in ((has, "", since, until), (earlier, "/old", started, since)):
            some = at[which]
            told = f"{salt}/{kind}{label}"
            value = 10_000_000 + rows.draws.below(told, some, 9_999_999)
            word = rows.naming.coined(told, some) if mail else np.full(len(some), "", dtype=object)
            frame = rows.frame(told, some, start[which], end[which])
            pieces.append(frame | {"id": subject_id(kind, some), "value": value, "word": word})
    return stacked(pieces)


def houses(rows: Rows, at: Ints) -> Columns:
    """Return rows of Husnummer."""
    land = rows.nation.land
    x, y = land.point_of(at)
    return _long_ago(rows, "house", at) | {
        "house": at,
        "x": x,
        "y": y,
        "provisional": rows.draws.share("house/2", at, 5),
    }


def points(rows: Rows, at: Ints) -> Columns:
    """Return rows of Adressepunkt: entrance and middle of the road of each house, and where some lay before."""
    land = rows.nation.land
    pieces = []
    moved = at[rows.draws.share("point/moved", at, MOVED_POINTS)]
    for salt, houses_, road, old in (
        ("point", at, False, False),
        ("road", at, True, False),
        ("point", moved, False, True),
    ):
        x, y = land.road_point_of(houses_) if road else land.point_of(houses_)
        frame = _long_ago(rows, f"{salt}/{old}", houses_)
        if old:
            frame |= {"until": frame["since"] + 700, "since": frame["since"] - 900}
        pieces.append(frame | {"house": houses_, "road": np.full(len(houses_), road), "x": x + 4_700 * old, "y": y})
    return stacked(pieces)


def doors(rows: Rows, at: Ints) -> Columns:
    """Return rows of DAR's Adresse: one or several for each house."""
    land = rows.nation.land
    count = land.doors_of(at)
    house = np.repeat(at, count)
    door = np.arange(len(house)) - np.repeat(np.cumsum(count) - count, count)
    several = np.repeat(count, count) > 1
    return _long_ago(rows, "door", house * 8 + door) | {"house": house, "door": door, "several": several}


def _long_ago(rows: Rows, salt: str, at: Ints) -> Columns:
    since = WEEK_ONE - 400 - rows.draws.below(f"{salt}/since", at, 6_000)
    return rows.frame(salt, at, since, np.full(len(at), OPEN))
