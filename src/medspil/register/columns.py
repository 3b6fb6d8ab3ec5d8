"""The columns we can take from a file, and the headings by which they are known in Danish and English files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.common.reading.headings import key


@dataclass(frozen=True, slots=True)
class Column:
    """One fact that a file may hold."""

    field: str
    label: "str | Promise"

    @property
    def names(self) -> tuple[str, ...]:
        """Headings it is known by, best first, written as `key` makes them."""
        return _headings()[self.field]

    @property
    def required(self) -> bool:
        """Whether no row can be taken without it."""
        return self.field in REQUIRED


REQUIRED = ("number", "name")
COLUMNS: tuple[Column, ...] = (
    Column("number", _("P-number")),
    Column("cvr", _("CVR number")),
    Column("name", _("Name")),
    Column("company_name", _("Company")),
    Column("company_form", _("Company form")),
    Column("industry", _("Industry code")),
    Column("industry_text", _("Industry")),
    Column("code_system", _("Code system (DB07 or DB25)")),
    Column("address", _("Address")),
    Column("street", _("Street")),
    Column("house_number", _("House number")),
    Column("house_letter", _("Letter of the house")),
    Column("postcode", _("Postal code")),
    Column("city", _("Town")),
    Column("municipality", _("Municipality code")),
    Column("municipality_name", _("Municipality")),
    Column("x", _("East or longitude")),
    Column("y", _("North or latitude")),
    Column("employees", _("Employees (number or interval)")),
    Column("employees_from", _("Employees from")),
    Column("employees_to", _("Employees to")),
    Column("started_on", _("Started")),
    Column("ended_on", _("Ceased")),
    Column("status", _("Status")),
    Column("protected", _("Advertising protection")),
    Column("social_enterprise", _("Registered social enterprise")),
    Column("purpose", _("Purpose")),
    Column("phone", _("Telephone")),
    Column("email", _("E-mail")),
    Column("website", _("Website")),
    Column("address_id", _("Address in DAR (UUID)")),
    Column("point_quality", _("Place known by")),
)
BY_FIELD = {column.field: column for column in COLUMNS}
# Blocks in front of a heading that change nothing. `postadresse_` is none of them: only the place of work counts.
_PREFIXES = (
    "beliggenhedsadresse",
    "nyestebeliggenhedsadresse",
    "cvradresse",
    "produktionsenheds",
    "produktionsenhed",
    "adresse",
)


@cache
def _headings() -> dict[str, tuple[str, ...]]:
    text = files("medspil.register").joinpath("data", "headings.csv").read_text(encoding="utf-8")
    rows = [line.split(";") for line in text.splitlines() if line and not line.startswith("#")]
    return {field: tuple(names.split()) for field, names in rows[1:]}


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name for names in _headings().values() for name in names)


def known(heading: str) -> bool:
    """Return whether a heading is one we know."""
    return any(name in _known_names() for name in _keys(heading))


def propose(header: Sequence[str]) -> dict[str, str]:
    """Return {field: heading} for the headings we know; a heading is used once."""
    by_key: dict[str, str] = {}
    for heading in header:
        for name in _keys(heading):
            by_key.setdefault(name, heading)
    found: dict[str, str] = {}
    for column in COLUMNS:
        match = next((by_key[name] for name in column.names if name in by_key), None)
        if match is not None and match not in found.values():
            found[column.field] = match
    if "name" not in found and "company_name" in found:
        found["name"] = found["company_name"]
    return found


def header_hash(header: Sequence[str]) -> str:
    """Return what a saved mapping is found by: the same headings in the same order."""
    return blake2b("\x1f".join(map(key, header)).encode(), digest_size=16).hexdigest()


def in_header(columns: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
    """Return those of a mapping's columns that we know and a heading has."""
    return {field: name for field, name in columns.items() if field in BY_FIELD and name in header}


def _keys(heading: str) -> list[str]:
    whole = key(heading)
    return [whole] + [
        whole.removeprefix(prefix) for prefix in _PREFIXES if whole.startswith(prefix) and whole != prefix
    ]
