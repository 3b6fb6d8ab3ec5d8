"""How common the industries, company forms and sizes are. Shares are ours, after what public statistics say roughly."""

from dataclasses import dataclass
from typing import Final

from bench.country.draws import Weighted
from medspil.catalogue.industries import Industry, industries, title

# Of a thousand units in business, by division, for private companies; the rest share what is left.
PRIVATE: Final = {
    "01": 38, "02": 3, "03": 2, "10": 5, "11": 1, "13": 1, "14": 1, "16": 3, "18": 2, "20": 1, "22": 2, "23": 2,
    "25": 10, "26": 2, "27": 1, "28": 5, "31": 3, "32": 4, "33": 5, "35": 6, "36": 3, "38": 2, "41": 28, "42": 6,
    "43": 86, "45": 22, "46": 45, "47": 74, "49": 26, "50": 2, "52": 8, "53": 4, "55": 9, "56": 48, "58": 8,
    "59": 10, "60": 1, "61": 2, "62": 45, "63": 5, "64": 105, "65": 1, "66": 6, "68": 82, "69": 26, "70": 50,
    "71": 26, "72": 3, "73": 18, "74": 32, "75": 4, "77": 12, "78": 6, "79": 5, "80": 3, "81": 28, "82": 14,
    "85": 24, "86": 46, "87": 4, "88": 8, "90": 32, "91": 1, "92": 1, "93": 14, "94": 4, "95": 10, "96": 58,
}  # fmt: skip
VOLUNTARY: Final = {"94": 620, "93": 170, "90": 60, "88": 40, "68": 50, "36": 20, "91": 15, "85": 15, "64": 10}
PUBLIC: Final = {"84": 300, "85": 260, "88": 240, "87": 110, "86": 40, "91": 30, "93": 20}
REST: Final = 1  # hardly any
# Which codes of a division are the most common, most common first; both code systems together.
LEADING: Final = (
    "011100 014900 015000 014100 433200 432100 433410 439990 434000 439100 432200 433900 410000 412000 411000 "
    "452010 451120 464210 466000 469000 461000 477110 479110 471110 471120 477810 494100 493200 561110 561020 "
    "561010 562100 563000 621000 620100 622000 620200 642020 649900 643000 682040 682030 681000 692000 691000 "
    "701010 702000 702200 711210 711100 742000 741200 741020 749000 812100 813000 829000 821000 855900 855100 "
    "862300 862100 869500 869020 869300 869090 871010 881000 889910 889130 889140 901200 900300 902000 900120 "
    "931200 931300 949900 949100 941100 953190 952900 962100 960210 969000 960900 960220 841100 841200 852010 "
    "851000"
).split()
# Codes of which there are a handful in the country.
RARE: Final = frozenset(
    "641900 649210 861000 842500 842200 842300 843000 491000 492000 495000 682010 870000 910400 914000".split()
)

# Company forms by their counts in the register, ceased ones included, in thousands (rounded).
FORMS: Final = {
    "10": 909, "80": 672, "115": 166, "15": 136, "30": 106, "60": 96, "110": 82, "81": 65, "90": 15, "40": 9, "130": 7,
    "100": 2, "151": 2, "70": 2, "250": 2, "230": 1, "245": 1, "235": 3, "260": 3, "170": 20,
}  # fmt: skip
FORM_TEXTS: Final = {
    "10": "Enkeltmandsvirksomhed", "15": "Personligt ejet Mindre Virksomhed", "30": "Interessentskab",
    "40": "Kommanditselskab", "60": "Aktieselskab", "70": "Partnerselskab", "80": "Anpartsselskab",
    "81": "Iværksætterselskab", "90": "Fond", "100": "Erhvervsdrivende fond", "110": "Forening",
    "115": "Frivillig forening", "130": "Andelsselskab med begrænset ansvar", "151": "Selskab med begrænset ansvar",
    "170": "Udenlandsk virksomhed", "230": "Statslig administrativ enhed", "235": "Folkekirkelig institution",
    "245": "Region", "250": "Primærkommune", "260": "Privat institution",
}  # fmt: skip
SOLE_TRADERS: Final = frozenset({"10", "15"})
SECTOR_OF_FORM: Final = {"115": 1, "110": 1, "90": 1, "260": 1, "235": 1, "250": 2, "230": 2, "245": 2}
# Intervals of employees and their shares among the third whose size is known.
SIZES: Final = (
    (0, 0), (1, 1), (2, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499), (500, 999), (1000, 999999),
)  # fmt: skip
SIZE_SHARES: Final = (100, 330, 220, 130, 90, 70, 30, 16, 9, 3, 2)
FOREIGN: Final = (("SE", "Malmö", "21115"), ("DE", "Flensburg", "24937"), ("NO", "Oslo", "0150"),
                  ("PL", "Gdańsk", "80-001"), ("GB", "London", "EC1A 1BB"), ("LT", "Vilnius", "01100"))  # fmt: skip


@dataclass(frozen=True)
class Trades:
    """The industries of one code system, and a table to draw from for each sector (private, voluntary, public)."""

    codes: list[str]
    titles: list[str]
    tables: tuple[Weighted, ...]


def trades(system: str) -> Trades:
    """Return all leaves of our own table, padded to six digits; within a division each next one is rarer."""
    found = [entry for entry in industries() if entry.system in ("", system)]
    leaves = sorted((entry for entry in found if not _has_finer(entry, found)), key=_rank)
    codes = [entry.code.ljust(6, "0") for entry in leaves]
    titles = [entry.name_da or title(entry.code) for entry in leaves]
    tables = tuple(Weighted(_weights(codes, shares)) for shares in (PRIVATE, VOLUNTARY, PUBLIC))
    return Trades(codes, titles, tables)


def _rank(entry: Industry) -> tuple[str, int, str]:
    code = entry.code.ljust(6, "0")
    if code in RARE:
        return code[:2], len(LEADING) + 1, code
    return code[:2], LEADING.index(code) if code in LEADING else len(LEADING), code


def _has_finer(entry: Industry, found: list[Industry]) -> bool:
    return any(other.code.startswith(entry.code) and len(other.code) > len(entry.code) for other in found)


def _weights(codes: list[str], shares: dict[str, int]) -> list[int]:
    """Spread the share of a division over its codes by Zipf's law, in the order in which they come."""
    met: dict[str, int] = {}
    parts = []
    for code in codes:
        met[code[:2]] = met.get(code[:2], 0) + 1
        parts.append(1 if code in RARE else 10_000 // met[code[:2]])
    sums: dict[str, int] = {}
    for code, part in zip(codes, parts, strict=True):
        sums[code[:2]] = sums.get(code[:2], 0) + part
    return [
        max(REST, 10_000 * shares.get(code[:2], 0) * part // sums[code[:2]])
        for code, part in zip(codes, parts, strict=True)
    ]
