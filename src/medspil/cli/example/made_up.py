"""Writes the made-up register: some tens of thousands of units around the four areas, as a CSV like consultants send.

Nothing in it is real: coined names, numbers from a range the true register does not use, and every unit is marked.
The same seed gives the same file, so that the second import changes nothing.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, hypot
from pathlib import Path
from random import Random

from medspil.catalogue.industries import Industry, industries
from medspil.cli.example.names import coined_name
from medspil.geography.places import Place, places

UNITS, SEED = 36_000, 2010
# Nørremarken, Stengårdsvej, Mimersgade, Taastrupgaard: EPSG:25832, and how large a share of the units lies around each.
CENTRES = (
    (533_700, 6_175_800, 0.24),
    (468_000, 6_149_600, 0.18),
    (723_100, 6_178_100, 0.36),
    (706_700, 6_172_900, 0.22),
)
REACH_M = 40_000

# How common the industries are, by division; the rest share what is left.
WEIGHTS = {
    "01": 0.6, "10": 0.8, "16": 0.4, "18": 0.4, "25": 1, "28": 0.6, "31": 0.3, "32": 0.4, "33": 0.6, "38": 0.3,
    "41": 3, "42": 0.6, "43": 9, "45": 1.5, "46": 6, "47": 10, "49": 3, "52": 0.8, "53": 0.3, "55": 0.7, "56": 6,
    "58": 1, "59": 1, "60": 0.1, "61": 0.4, "62": 5, "63": 1, "64": 4, "65": 0.2, "66": 0.8, "68": 8, "69": 3, "70": 6,
    "71": 3, "72": 0.4, "73": 2, "74": 3, "77": 1, "78": 0.6, "79": 0.4, "80": 0.3, "81": 2.5, "82": 1, "84": 0.6,
    "85": 4, "86": 5, "87": 0.8, "88": 3, "90": 3, "91": 0.4, "93": 3, "94": 5, "95": 0.6, "96": 4,
}  # fmt: skip
REST = 0.05
# Industries that are rare though their division is not.
RARE = {"649210": 0.02, "842500": 0.03, "324000": 0.02, "581200": 0.03, "651100": 0.03, "651200": 0.05, "900110": 0.1}
SIZES = (("0", 8), ("1", 9), ("2-4", 8), ("5-9", 4), ("10-19", 2.5), ("20-49", 1.6), ("50-99", 0.5), ("100-199", 0.2),
         ("200-499", 0.08), ("500-999", 0.02), ("", 66))  # fmt: skip
PUBLIC = {"84": "250", "85": "250", "88": "250", "91": "250"}
VOLUNTARY = {"94": "115", "93": "110"}
PRIVATE = (("80", 46), ("10", 30), ("60", 8), ("30", 8), ("15", 6), ("90", 2))
STREETS = (
    "Bakke Birke Brønd Eng Gade Have Kirke Kilde Linde Mølle Nørre Park Skole Skov Strand Sønder Vester Øster".split()
)
HEADER = (
    "P-nummer", "CVR-nummer", "Navn", "Virksomhedsform", "Branchekode", "Branchetekst", "Branchekodesystem", "Adresse",
    "Postnr", "By", "Kommunekode", "X", "Y", "Ansatte", "Startdato", "Ophørsdato", "Reklamebeskyttelse", "Formål",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the rows are drawn from, prepared once."""

    places: list[Place]
    place_weights: list[float]
    industries: list[Industry]
    industry_weights: list[float]


def write_register(path: Path, *, units: int = UNITS) -> None:
    """Write the whole register."""
    write_rows(path, HEADER, _rows(units))


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a file: `;` between the columns, decimal comma, UTF-8 with BOM, as Danish exports come."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def _rows(units: int) -> Iterator[list[str]]:
    random = Random(SEED)  # noqa: S311  (no secret: the same file every time)
    choices = _prepare()
    for nth in range(units):
        place = random.choices(choices.places, choices.place_weights)[0]
        industry = random.choices(choices.industries, choices.industry_weights)[0]
        yield _row(random, nth, place, industry)


def _prepare() -> _Choices:
    """Weigh places by their nearness to the four areas and industries by how common they are."""
    near = [(place, _nearness(place)) for place in places()]
    near = [(place, weight) for place, weight in near if weight > 0]
    # The register carries DB25 today; units that ceased before 2025 keep DB07, which the example leaves out.
    codes = [entry for entry in industries() if len(entry.code) == 6 and entry.system != "DB07"]
    per_division: dict[str, int] = {}
    for code in codes:
        per_division[code.code[:2]] = per_division.get(code.code[:2], 0) + 1
    return _Choices(
        places=[place for place, _ in near],
        place_weights=[weight for _, weight in near],
        industries=codes,
        industry_weights=[
            RARE.get(entry.code, WEIGHTS.get(entry.code[:2], REST) / per_division[entry.code[:2]]) for entry in codes
        ],
    )


def _nearness(place: Place) -> float:
    distances = [(hypot(place.x - x, place.y - y), share) for x, y, share in CENTRES]
    return sum(share * exp(-distance / 8_000) for distance, share in distances if distance < REACH_M)


def _row(random: Random, nth: int, place: Place, industry: Industry) -> list[str]:
    division = industry.code[:2]
    form = PUBLIC.get(division) or VOLUNTARY.get(division) or _drawn(random, PRIVATE)
    name = named(random, industry.code, form)
    year = random.randint(1965, 2025)
    ceased = random.random() < 0.05
    # A few units lack a point, as in the true register; the import then takes the centre of the postal code.
    known = random.random() < 0.94
    x, y = random.gauss(place.x, 1_300), random.gauss(place.y, 1_300)
    return [
        str(9_100_000_000 + nth),
        cvr_from(91_000_000 + nth * 40),
        name,
        form,
        industry.code,
        industry.name_da,
        "DB25",
        f"{random.choice(STREETS)}vej {random.randint(1, 160)}",
        place.first if place.first == place.last else str(random.randint(int(place.first), int(place.last))),
        place.name,
        place.municipality,
        metres(x) if known else "",
        metres(y) if known else "",
        _drawn(random, SIZES),
        f"{random.randint(1, 28):02}-{random.randint(1, 12):02}-{year}",
        f"31-12-{max(year, 2024)}" if ceased else "",
        "ja" if random.random() < 0.2 else "nej",
        f"Opdigtet: {industry.name_da.lower()}" if random.random() < 0.4 else "",
    ]


def named(random: Random, industry: str, form: str) -> str:
    """Return a coined name with what the company form puts behind it."""
    return coined_name(random, industry) + {"80": " ApS", "60": " A/S", "30": " I/S"}.get(form, "")


def metres(value: float) -> str:
    """Return a coordinate as Danish exports write it."""
    return f"{value:.1f}".replace(".", ",")


def _drawn(random: Random, table: tuple[tuple[str, float], ...]) -> str:
    return random.choices([value for value, _ in table], [weight for _, weight in table])[0]


def cvr_from(start: int) -> str:
    """Return the next number from `start` on that passes modulus 11."""
    for number in range(start, start + 100):
        digits = [int(digit) for digit in str(number)]
        if sum(d * w for d, w in zip(digits, (2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0:
            return str(number)
    raise AssertionError("one of any hundred numbers passes")
