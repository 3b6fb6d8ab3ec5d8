"""How the state of the register is shown: pictures, sources with their age, what changed last, counts with bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from medspil.catalogue.industries import industry
from medspil.common.tables import Cell
from medspil.geography.places import municipalities
from medspil.register.columns import BY_FIELD
from medspil.register.counts import UnitCounts
from medspil.register.models import ChangeKind, PointQuality, UnitStatus
from medspil.register.status import LastImport, RegisterStatus, SourceStatus
from medspil.web.charts import Bar, Part
from medspil.web.tables import Column, Table

SECTORS: dict[str, str | Promise] = {
    "private": gettext_lazy("private"),
    "public": gettext_lazy("public"),
    "voluntary": gettext_lazy("voluntary"),
}


FIRST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One municipality or industry with its counts; `width` is its bar, 1000 for the largest."""

    code: str
    name: str
    counts: UnitCounts
    width: str

    def share(self, part: int) -> str:
        """Return a part of the active units in per cent."""
        active = self.counts.active
        return f"{number_format(round(100 * part / active), use_l10n=True)} %" if active else "–"


@dataclass(frozen=True, slots=True)
class Change:
    """What the last import of a source changed, in words."""

    source: SourceStatus
    last: LastImport
    url: str
    counts: list[tuple[str, str | Promise, str]]
    kinds: list[tuple[str, str]]
    fields: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a source that came in a file of its own, or the whole source, with its age."""

    source: str
    part: str
    day: date
    age_days: int
    stale: bool


def number(value: int) -> str:
    """Return a number with the language's thousands sign."""
    return str(number_format(value, force_grouping=True))


def pictures(status: RegisterStatus) -> list[Bar]:
    """Return what the active units are, as bars: sector, place, size, protection."""
    counts = status.counts
    everything = counts.all
    known = everything.active - everything.size_unknown
    asked = everything.active - everything.protected
    sectors = [(SECTORS[code], counts.by_sector.get(code, 0)) for code in SECTORS]
    points = [(PointQuality(code).label, counts.by_point.get(code, 0)) for code in PointQuality.values]
    sizes = [(_("known"), known), (_("not known"), everything.size_unknown)]
    protection = [(_("not protected"), asked), (_("protected from advertising"), everything.protected)]
    return [
        _bar(_("Sector"), sectors),
        _bar(_("Place known by"), points),
        _bar(_("Number of employees"), sizes),
        _bar(_("Advertising protection"), protection),
    ]


def _bar(title: str, parts: Iterable[tuple[str | Promise, int]]) -> Bar:
    return Bar(title, [Part(label, value, number(value)) for label, value in parts if value])


def totals(status: RegisterStatus) -> list[tuple[str, str | Promise, str]]:
    """Return (number, word, kind) of the counts on top of the page."""
    by_status = status.counts.by_status
    return [
        (number(status.active), pgettext_lazy("units", "in business"), "success"),
        (number(by_status.get(UnitStatus.CLOSING, 0)), pgettext_lazy("units", "being wound up"), "warning"),
        (number(by_status.get(UnitStatus.CEASED, 0)), pgettext_lazy("units", "ceased"), ""),
        (number(status.protected), _("protected from advertising"), "info"),
    ]


def parts_table(status: RegisterStatus, *, today: date) -> Table:
    """Return how old each source is, and each part of it that came in a file of its own."""
    rows: list[PartRow] = []
    for source in status.sources:
        rows.append(PartRow(source.name, "", source.date, source.age_days, source.stale))
        parts = source.last.parts if source.last else {}
        for part, day in sorted(parts.items()):
            age = (today - day).days
            rows.append(PartRow(source.name, part, day, age, age > status.stale_days))
    units = {source.name: source for source in status.sources}
    columns = (
        Column(_("Source"), lambda row: f"{row.source} · {row.part}" if row.part else row.source),
        Column(_("Units"), lambda row: "" if row.part else number(units[row.source].units), numeric=True),
        Column(_("Date of the data"), lambda row: date_format(row.day, "DATE_FORMAT")),
        Column(_("Age"), lambda row: age_text(row.age_days), template="register/_age_cell.html"),
        Column(_("Made up"), lambda row: "" if row.part else _("yes") if units[row.source].made_up else _("no")),
    )
    return Table(
        caption=_("Sources and their parts"),
        describe=columns,
        records=rows,
        caption_hidden=True,
        css="ms-figures-table",
    )


def changes(status: RegisterStatus, *, may_import: bool) -> list[Change]:
    """Return what the last import of each source changed, in the order of the sources."""
    found = []
    for source in status.sources:
        last = source.last
        if last is None:
            continue
        counts: list[tuple[str, str | Promise, str]] = [
            (number(last.added), pgettext_lazy("units", "added"), "success" if last.added else ""),
            (number(last.changed), pgettext_lazy("units", "changed"), "info" if last.changed else ""),
            (number(last.gone), pgettext_lazy("units", "gone"), "warning" if last.gone else ""),
            (number(last.unchanged), pgettext_lazy("units", "unchanged"), ""),
        ]
        kinds = [(str(kind.label), number(last.kinds[kind])) for kind in ChangeKind if last.kinds.get(kind)]
        fields = [
            (str(BY_FIELD[name].label) if name in BY_FIELD else name, number(units))
            for name, units in last.fields.items()
        ]
        url = reverse("register:import", args=[last.pk]) if may_import else ""
        found.append(Change(source, last, url, counts, kinds, fields))
    return found


def _value(name: str) -> Any:
    return lambda row: getattr(row.counts, name)


def _columns(name: str | Promise, prefix: str) -> tuple[Column, ...]:
    return (
        Column(name, "name", sort=f"{prefix}name"),
        Column(
            gettext_lazy("In business"), _value("active"), template="register/_bar_cell.html",
            sort=f"{prefix}active", numeric=True,
        ),
        Column(
            gettext_lazy("Protected"), lambda row: row.share(row.counts.protected),
            sort=f"{prefix}protected", numeric=True,
        ),
        Column(
            gettext_lazy("Size not known"), lambda row: row.share(row.counts.size_unknown),
            sort=f"{prefix}unknown", numeric=True,
        ),
        Column(
            gettext_lazy("Exact address"), lambda row: row.share(row.counts.at_address),
            sort=f"{prefix}address", numeric=True,
        ),
        Column(
            gettext_lazy("Ceased or closing"), lambda row: number(row.counts.closed),
            sort=f"{prefix}closed", numeric=True,
        ),
    )  # fmt: skip


TOWN_COLUMNS = _columns(gettext_lazy("Municipality"), "m_")
INDUSTRY_COLUMNS = _columns(gettext_lazy("Industry"), "i_")
_DANISH = str.maketrans("æøå", "{|}")  # after z, in their own order
_SORTS: dict[str, Any] = {
    "name": lambda row: row.name.casefold().translate(_DANISH),
    "active": lambda row: row.counts.active,
    "protected": lambda row: row.counts.protected / max(1, row.counts.active),
    "unknown": lambda row: row.counts.size_unknown / max(1, row.counts.active),
    "address": lambda row: row.counts.at_address / max(1, row.counts.active),
    "closed": lambda row: row.counts.closed,
}


def town_rows(status: RegisterStatus) -> list[CountedRow]:
    """Return every municipality, in Danish order, also those without a unit; and what lies in none of them."""
    found = status.counts.by_municipality
    names = {town.code: town.name for town in municipalities()}
    rows = [(code, name, found.get(code, UnitCounts())) for code, name in names.items()]
    others = [(code, code or _("not known"), counts) for code, counts in sorted(found.items()) if code not in names]
    return _with_bars([*rows, *others])


def industry_rows(status: RegisterStatus) -> list[CountedRow]:
    """Return the divisions of industries that there are, each with the edition of its code."""
    language = get_language() or "da"
    rows = []
    for (system, division), counts in sorted(status.counts.by_industry.items()):
        entry = industry(division, system) if division else None
        name = f"{division} {entry.name(language)}" if entry else division or _("not known")
        several = sum(1 for _system, other in status.counts.by_industry if other == division) > 1
        rows.append((f"{system} {division}".strip(), f"{name} ({system})" if several else name, counts))
    return _with_bars(rows)


def _with_bars(rows: list[tuple[str, str, UnitCounts]]) -> list[CountedRow]:
    most = max((counts.active for _code, _name, counts in rows), default=0) or 1
    return [CountedRow(code, name, counts, f"{counts.active / most * 1000:.0f}") for code, name, counts in rows]


def counted_table(
    caption: str, rows: list[CountedRow], columns: tuple[Column, ...], sort: str, *, everything: bool
) -> Table:
    """Return a table of counts, sorted as the address says; only its first rows unless everything is asked for."""
    key = _SORTS[sort.removeprefix("-")[2:]]
    ordered = sorted(rows, key=key, reverse=sort.startswith("-"))[: None if everything else FIRST_SHOWN]
    return Table(
        caption=caption, describe=columns, records=ordered, sort=sort, caption_hidden=True, css="ms-figures-table"
    )


def header() -> list[str]:
    """Return the column names of the file of counts."""
    return [
        _("Counted by"),
        _("Code"),
        _("Name"),
        _("In business"),
        _("Protected from advertising"),
        _("Size not known"),
        _("Exact address"),
        _("Ceased or closing"),
    ]


def lines(status: RegisterStatus) -> list[list[Cell]]:
    """Return the counts as lines of a file, municipalities first."""
    towns = [(_("Municipality"), row) for row in town_rows(status)]
    industries = [(_("Industry"), row) for row in industry_rows(status)]
    return [
        [by, row.code, row.name, row.counts.active, row.counts.protected, row.counts.size_unknown,
         row.counts.at_address, row.counts.closed]
        for by, row in [*towns, *industries]
    ]  # fmt: skip


def age_text(days: int) -> str:
    """Return how old something is."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": number(days)}
