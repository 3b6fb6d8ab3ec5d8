"""Read the cases: real needs and the companies that met them, the tuning half and the test half apart."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from bench.cases.haystack import FIRST_NUMBER, SPREAD_M, STEP, SYSTEM, words_of_unit
from medspil.catalogue.vocabulary import KindGroup, vocabulary
from medspil.geography.places import Place, postcode
from medspil.linking.words import scale_of, words_of_need
from medspil.matching import EMPLOYMENT_CLASSES, AffinityTable, Need, UnitRecord, Wanted, read_affinity_csv

FOLDER = Path(__file__).parent
DATA = Path(__file__).parents[2] / "src" / "medspil" / "catalogue" / "data"
STRATA = (*KindGroup, "money")
"""What the halves are even in: the group of the first wanted kind; money apart, for who gives it is no trade."""


class Half(StrEnum):
    """Weights and affinities may be tuned on the first, never on the second."""

    TUNING = "tuning"
    TEST = "test"


class CaseInvalid(ValueError):
    """A case that cannot be used, with the file and the case."""


@dataclass(frozen=True)
class Case:
    """A need and the record of the company that met it."""

    id: str
    half: Half
    stratum: str
    name: str
    source: str
    need: Need
    company: UnitRecord

    @property
    def first_kind(self) -> str:
        """The kind that the need asks for first."""
        return self.need.wanted[0].kind


def affinities() -> AffinityTable:
    """Return the project's own affinities."""
    return read_affinity_csv(DATA / "affinity.csv")


def read_cases(half: Half, first_number: int, step: int, folder: Path = FOLDER) -> list[Case]:
    """Return the cases of one half; companies get unit numbers spread over the haystack's.

    Raises
    ------
    CaseInvalid
        If a case lacks a field, names an unknown kind, theme or place, or comes twice.
    """
    cases: list[Case] = []
    for path in sorted((folder / half).glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            name = f"{half}/{path.name}: {entry.get('id', 'a case without id')}"
            try:
                cases.append(_case(entry, half, first_number + len(cases) * step))
            except (KeyError, TypeError, ValueError) as problem:
                raise CaseInvalid(f"{name}: {problem!r}") from problem
    twice = {case.id for case in cases if [other.id for other in cases].count(case.id) > 1}
    if twice:
        raise CaseInvalid(f"{half}: {', '.join(sorted(twice))} comes twice")
    return cases


def _case(entry: Mapping[str, Any], half: Half, number: int) -> Case:
    need, company = entry["need"], entry["company"]
    if entry["stratum"] not in STRATA or not entry["source"].strip():
        raise ValueError("a stratum and a source are needed")
    kinds, themes = vocabulary().resource_kinds, vocabulary().themes
    unknown = sorted((set(need["wanted"]) - set(kinds)) | (set(need["themes"]) - set(themes)))
    if unknown or not need["wanted"]:
        raise ValueError(f"unknown or missing kinds and themes: {unknown}")
    return Case(
        id=entry["id"],
        half=half,
        stratum=entry["stratum"],
        name=entry["name"],
        source=entry["source"],
        need=_need(need),
        company=_company(company, number),
    )


def _need(need: Mapping[str, Any]) -> Need:
    """Ask by the site's own rules, so that the cases measure what people get."""
    place, radius = _place(need["postcode"]), need.get("radius_km")
    return Need(
        wanted=tuple(Wanted(kind, weight) for kind, weight in need["wanted"].items()),
        terms=words_of_need(f"{need['title']}\n{need['text']}", need["wanted"]),
        themes=frozenset(need["themes"]),
        x=place.x,
        y=place.y,
        scale_m=scale_of(None if radius is None else radius * 1000.0),
        radius_m=None if radius is None else radius * 1000.0,
        effort=need["effort"],
    )


def _company(company: Mapping[str, Any], number: int) -> UnitRecord:
    """Lay the company around the centre of its postal area, as made-up units are: the cases know no more."""
    place = _place(company["postcode"])
    aside = np.random.default_rng(number).normal(0.0, SPREAD_M, 2)
    form = vocabulary().company_forms.get(company["form"])
    if not (len(company["industry"]) == 6 and company["industry"].isdecimal()):
        raise ValueError(f"{company['industry']!r} is no industry code of six digits")
    if not -1 <= company["size"] < len(EMPLOYMENT_CLASSES):
        raise ValueError(f"{company['size']} is no size class")
    return UnitRecord(
        number=number,
        industry=company["industry"],
        code_system=company.get("system", SYSTEM),
        municipality=int(place.municipality),
        x=place.x + aside[0],
        y=place.y + aside[1],
        size=company["size"],
        active=True,
        protected=False,
        sector=form.sector.number if form else 0,
        terms=words_of_unit((company["name"],), company["text"], (company["purpose"],)),
    )


def _place(code: str) -> Place:
    found = postcode(code)
    if found is None:
        raise ValueError(f"{code!r} is no postal code")
    return found


def numbers(units: int, half: Half) -> tuple[int, int]:
    """Return the first number and the step of a half's companies: a tie is not decided by who was made first."""
    return FIRST_NUMBER + 1 + list(Half).index(half), STEP * max(1, units // 100)
