"""Read the cases: real needs and the companies that met them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.cases.haystack import SPREAD_M, words_of_unit
from medspil.linking.words import scale_of, words_of_need
from medspil.matching import AffinityTable, Need, UnitRecord, Wanted, read_affinity_csv

FOLDER = Path(__file__).parent
DATA = Path(__file__).parents[2] / "src" / "medspil" / "catalogue" / "data"


@dataclass(frozen=True)
class Case:
    """A need and the record of the company that met it."""

    id: str
    name: str
    need: Need
    company: UnitRecord


def affinities() -> AffinityTable:
    """Return the project's own affinities."""
    return read_affinity_csv(DATA / "affinity.csv")


def read_cases(first_number: int, step: int) -> list[Case]:
    """Return all cases of all files; companies get unit numbers spread over the haystack's."""
    entries = [
        entry
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]
    return [_case(entry, first_number + at * step) for at, entry in enumerate(entries)]


def _case(entry: Mapping[str, Any], number: int) -> Case:
    need, company = entry["need"], entry["company"]
    radius = need.get("radius_km")
    asked = Need(
        wanted=tuple(Wanted(kind) for kind in need["wanted"]),
        # The site's own rules, so that the cases measure what people get.
        terms=words_of_need(f"{need['title']}\n{need['text']}", need["wanted"]),
        themes=frozenset(need["themes"]),
        x=need["x"],
        y=need["y"],
        scale_m=scale_of(None if radius is None else radius * 1000.0),
        radius_m=None if radius is None else radius * 1000.0,
        effort=need["effort"],
    )
    # Cases know the postal area only; made-up units lie around its centre, and so must this one.
    aside = np.random.default_rng(number).normal(0.0, SPREAD_M, 2)
    record = UnitRecord(
        number=number,
        industry=company["industry"],
        code_system=company["code_system"],
        municipality=int(company["municipality"]),
        x=company["x"] + aside[0],
        y=company["y"] + aside[1],
        size=company["size"],
        active=True,
        protected=False,
        terms=words_of_unit(company["name"], company["industry_text"], company["purpose"]),
    )
    return Case(entry["id"], entry["name"], asked, record)
