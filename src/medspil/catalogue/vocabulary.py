"""The words Medspil sorts by, read from data/vocabulary.toml: themes, target groups, kinds, programmes, gains."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from medspil.catalogue.datafiles import DataError, data_text, read_tables, table_lines

SOURCE = "vocabulary.toml"


class Sector(StrEnum):
    """The three sectors of a social partnership."""

    PRIVATE = "private"
    PUBLIC = "public"
    VOLUNTARY = "voluntary"

    @property
    def number(self) -> int:
        """The number the ranking engine stores: 0 private, 1 public, 2 voluntary."""
        return list(Sector).index(self)


class Side(StrEnum):
    """Who has a gain."""

    AREA = "area"
    COMPANY = "company"
    POLITICIANS = "politicians"


class KindGroup(StrEnum):
    """Headings under which the kinds of resource are listed."""

    PEOPLE = "people"
    LEARNING = "learning"
    WORK = "work"
    CARE = "care"
    ADVICE = "advice"
    STORIES = "stories"
    CULTURE = "culture"
    PLACE = "place"
    THINGS = "things"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A code with its names; the help line may be empty, but never in one language only."""

    code: str
    name_da: str
    name_en: str
    help_da: str = ""
    help_en: str = ""
    retired: bool = False

    def name(self, language: str) -> str:
        return self.name_da if language.startswith("da") else self.name_en

    def help(self, language: str) -> str:
        return self.help_da if language.startswith("da") else self.help_en


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Entry):
    """What a challenge, need or partnership is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetGroup(Entry):
    """Whom the work is for; ages are guides."""

    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceKind(Entry):
    """What a partner can bring; the words widen the text query of a need that wants the kind."""

    group: KindGroup
    words_da: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetKind(Entry):
    """A kind of what an area has; the words are how people write it in lists."""

    words_da: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Entry):
    """Something that holds for a time; None means open."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        after_start = self.valid_from is None or self.valid_from <= day
        return after_start and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaKind(Dated):
    """The kind of area, among them the types of the urban renewal act over time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Dated):
    """What pays for the work in an area."""

    funder_da: str
    funder_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusKind(Dated):
    """An official list; those with an origin criterion are shown only when asked for."""

    origin_criterion: bool
    published: str = ""
    legal_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationKind(Entry):
    """The kind of organisation and the sector it counts in."""

    sector: Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyForm(Entry):
    """A form of the business register and the sector it counts in until somebody says otherwise."""

    sector: Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain(Entry):
    """What one side gets out of a partnership."""

    side: Side


_AnyEntry = TypeVar("_AnyEntry", bound=Entry)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words by code, in the order in which they are to be shown."""

    version: int
    themes: Mapping[str, Theme]
    target_groups: Mapping[str, TargetGroup]
    resource_kinds: Mapping[str, ResourceKind]
    asset_kinds: Mapping[str, AssetKind]
    area_kinds: Mapping[str, AreaKind]
    programmes: Mapping[str, Programme]
    status_kinds: Mapping[str, StatusKind]
    organisation_kinds: Mapping[str, OrganisationKind]
    company_forms: Mapping[str, CompanyForm]
    gains: Mapping[str, Gain]

    def sector_of_form(self, form_code: str) -> Sector:
        """The sector of a register form; a form nobody has told us of counts as private."""
        form = self.company_forms.get(form_code.strip())
        return form.sector if form else Sector.PRIVATE


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with Medspil."""
    return parse_vocabulary(data_text(SOURCE))


def parse_vocabulary(text: str, *, source: str = SOURCE) -> Vocabulary:
    """Reads a vocabulary from text; raises DataError with line and field."""
    tables = read_tables(text, source=source)
    version = tables.pop("version", None)
    if not isinstance(version, int) or version < 1:
        raise DataError(source=source, line=1, field="version", problem="must be a whole number from 1")
    known = {
        "theme", "target_group", "resource_kind", "asset_kind", "area_kind", "programme", "status_kind",
        "organisation_kind", "company_form", "gain",
    }  # fmt: skip
    if unknown := sorted(set(tables) - known):
        raise DataError(source=source, line=1, field=unknown[0], problem="is not a table we know")

    def read(table: str, kind: type[_AnyEntry]) -> Mapping[str, _AnyEntry]:
        return _read_entries(text, source, table, tables.get(table, []), kind)

    return Vocabulary(
        version=version,
        themes=read("theme", Theme),
        target_groups=read("target_group", TargetGroup),
        resource_kinds=read("resource_kind", ResourceKind),
        asset_kinds=read("asset_kind", AssetKind),
        area_kinds=read("area_kind", AreaKind),
        programmes=read("programme", Programme),
        status_kinds=read("status_kind", StatusKind),
        organisation_kinds=read("organisation_kind", OrganisationKind),
        company_forms=read("company_form", CompanyForm),
        gains=read("gain", Gain),
    )


def _read_entries(
    text: str, source: str, table: str, entries: list[dict[str, Any]], kind: type[_AnyEntry]
) -> Mapping[str, _AnyEntry]:
    lines = table_lines(text, table)
    if not entries or len(lines) != len(entries):
        raise DataError(source=source, line=1, field=table, problem="write each entry under its own [[heading]]")
    found: dict[str, _AnyEntry] = {}
    for line, values in zip(lines, entries, strict=True):
        try:
            entry = _build(kind, values)
        except FieldFault as fault:
            raise DataError(source=source, line=line, field=fault.field, problem=fault.problem) from fault
        if entry.code in found:
            raise DataError(source=source, line=line, field="code", problem=f"{entry.code} comes twice")
        found[entry.code] = entry
    return MappingProxyType(found)


class FieldFault(ValueError):
    """A field of one entry is wrong; the reader adds file and line."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field, self.problem = field, problem


def _build(kind: type[_AnyEntry], values: dict[str, Any]) -> _AnyEntry:
    hints = get_type_hints(kind)
    if unknown := sorted(set(values) - set(hints)):
        raise FieldFault(unknown[0], "is not a field we know")
    ready: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in values:
            ready[field.name] = _convert(field.name, values[field.name], hints[field.name])
        elif field.default is MISSING:
            raise FieldFault(field.name, "is missing")
    entry = kind(**ready)
    if bool(entry.help_da) != bool(entry.help_en):
        raise FieldFault("help_en" if entry.help_da else "help_da", "is missing in one language")
    return entry


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or value != value.strip():
        raise ValueError("must be text without spaces at the ends")
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of words")
    words = tuple(_text(word) for word in value)
    if len(set(words)) != len(words):
        raise ValueError("holds a word twice")
    return words


def _exactly(kind: type) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"must be a {kind.__name__}")
        return value

    return check


# What a field's type says about the value that stands in the file.
_READERS: dict[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _exactly(bool),
    int | None: _exactly(int),
    date | None: _exactly(date),
    tuple[str, ...]: _words,
    Sector: Sector,
    Side: Side,
    KindGroup: KindGroup,
}


def _convert(name: str, value: Any, hint: Any) -> Any:
    try:
        return _READERS[hint](value)
    except ValueError as fault:
        raise FieldFault(name, str(fault)) from fault
