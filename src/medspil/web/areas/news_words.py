"""News of companies near an area in words: the line of a notice, the tabs, the rows of the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isinf
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from medspil.areas.models import Area
from medspil.areas.news import Group, News, NewsItem, Way
from medspil.register.models import ChangeKind, Unit, UnitChange
from medspil.web.linking.wording import distance_known_by as distance_text
from medspil.web.maps import Point
from medspil.web.tables import Column, Table

Words = str | Promise

TABS: dict[Group, Words] = {
    Group.NEW: pgettext_lazy("companies", "New"),
    Group.MOVED: pgettext_lazy("companies", "Moved"),
    Group.CLOSED: pgettext_lazy("companies", "Ceased or closing"),
    Group.PROTECTION: gettext_lazy("Protection"),
    Group.OTHER: gettext_lazy("Name or industry"),
}
WAYS: dict[Way, Words] = {
    Way.HERE: gettext_lazy("moved here"),
    Way.AWAY: gettext_lazy("moved away"),
    Way.WITHIN: gettext_lazy("moved nearby"),
}
BADGES: dict[Group, str] = {
    Group.NEW: "success",
    Group.MOVED: "info",
    Group.CLOSED: "error",
    Group.PROTECTION: "warning",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What the first page and the page of an area say of the news."""

    area: Area
    line: str
    brief: str
    since: str
    url: str
    closed: bool


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One line of the table: the change, and how it lies to the area."""

    item: NewsItem
    change: UnitChange

    @property
    def unit(self) -> Unit:
        """Return the company as the register has it today."""
        return self.change.unit

    @property
    def what(self) -> Words:
        """Return what happened."""
        return WAYS[self.item.way] if self.item.way else self.change.get_kind_display()

    @property
    def badge(self) -> str:
        """Return how the word is marked; the word says it too."""
        return BADGES.get(self.item.group, "")

    @property
    def moved_from(self) -> str:
        """Return where a company came from, as the half of a sentence."""
        moved = self.item.kind is ChangeKind.MOVED and self.change.before
        return _("from %(place)s") % {"place": self.change.before} if moved else ""

    @property
    def called_before(self) -> str:
        """Return the name or the industry before, as the half of a sentence."""
        other = self.item.kind is not ChangeKind.MOVED and self.change.before
        return _("before: %(name)s") % {"name": self.change.before} if other else ""

    @property
    def where(self) -> str:
        """Return the address as the register has it today."""
        town = f"{self.unit.postcode} {self.unit.city}".strip()
        return ", ".join(part for part in (self.unit.address, town) if part)

    @property
    def distance(self) -> str:
        """Return how far away it lies."""
        if self.item.distance == 0:
            return _("in the area")
        return distance_text(None if isinf(self.item.distance) else self.item.distance, self.unit.point_quality)

    @property
    def ident(self) -> str:
        """Return the id that ties the row to its point on the map."""
        return f"change-{self.item.change}"


COLUMNS = (
    Column(pgettext_lazy("news", "What"), "what", template="areas/_news_what.html"),
    Column(gettext_lazy("Company"), "unit", template="areas/_news_company.html"),
    Column(gettext_lazy("Address"), "where", template="areas/_news_where.html"),
    Column(gettext_lazy("Distance"), "distance", sort="distance", numeric=True),
    Column(
        gettext_lazy("Told on"), lambda row: date_format(row.change.run.source_date, "SHORT_DATE_FORMAT"), sort="date"
    ),
)


def table(rows: Sequence[NewsRow], sort: str) -> Table:
    """Return the table of news."""
    caption = _("What has changed near the area")
    return Table(
        caption=caption,
        describe=COLUMNS,
        records=rows,
        sort=sort,
        row_ident=lambda row: row.ident,
        caption_hidden=True,
        css="ms-news-table",
    )


def in_order(items: list[NewsItem], sort: str) -> list[NewsItem]:
    """Return news by distance or by import, as the heading of the table was clicked."""
    backwards = sort.startswith("-")
    if sort.removeprefix("-") == "date":
        return sorted(items, key=lambda item: item.change, reverse=backwards)
    return sorted(items, key=lambda item: (item.distance, -item.change), reverse=backwards)


def point(row: NewsRow) -> Point | None:
    """Return a change as a point on the map; None where the place is not known or lies elsewhere."""
    if row.change.x is None or row.change.y is None:
        return None
    return Point(
        ident=row.ident,
        x=row.change.x,
        y=row.change.y,
        label=row.unit.name,
        href=reverse("register:detail", args=[row.unit.number]),
        note=f"{row.what} · {row.distance}",
    )


def notice(news: News) -> Notice | None:
    """Return the news of an area in one line; None when there are none."""
    if not news.items:
        return None
    return Notice(
        area=news.area,
        line=_("%(counts)s %(where)s.") % {"counts": _counts(news), "where": _where(news)},
        brief=_brief(news),
        since=since(news),
        url=reverse("areas:news", args=[news.area.pk]),
        closed=Group.CLOSED in news.counts,
    )


def _brief(news: News) -> str:
    """Return "43 changes among companies within 3 km"."""
    number = len(news.items)
    words = ngettext("%(n)s change among companies %(where)s", "%(n)s changes among companies %(where)s", number)
    return words % {"n": number_format(number, force_grouping=True), "where": _where(news)}


def since(news: News) -> str:
    """Return since when the news are counted."""
    if news.read_at is None:
        return _("Since the last import")
    return _("Since you marked them as read on %(day)s") % {"day": date_format(news.read_at, "DATE_FORMAT")}


def _where(news: News) -> str:
    if news.ground is None:
        return _("in the municipality")
    return _("within %(km)s km") % {"km": news.reach_km}


def _counts(news: News) -> str:
    """Return "12 new, 3 moved here and 2 ceased"; changes of name and industry only when there is nothing else."""
    counts, here = news.counts, news.moved(Way.HERE)
    new, closed = counts.get(Group.NEW, 0), counts.get(Group.CLOSED, 0)
    protected = sum(1 for item in news.items if item.kind is ChangeKind.PROTECTED)
    lifted = counts.get(Group.PROTECTION, 0) - protected
    elsewhere, other = counts.get(Group.MOVED, 0) - here, counts.get(Group.OTHER, 0)
    found = [
        (new, ngettext("%(n)s new", "%(n)s new", new)),
        (here, ngettext("%(n)s moved here", "%(n)s moved here", here)),
        (elsewhere, ngettext("%(n)s moved away or nearby", "%(n)s moved away or nearby", elsewhere)),
        (closed, ngettext("%(n)s ceased or closing", "%(n)s ceased or closing", closed)),
        (protected, ngettext("%(n)s turned protected", "%(n)s turned protected", protected)),
        (lifted, ngettext("%(n)s no longer protected", "%(n)s no longer protected", lifted)),
    ]
    if not any(number for number, _words in found):
        found = [(other, ngettext("%(n)s with a new name or industry", "%(n)s with a new name or industry", other))]
    told = [words % {"n": number_format(number, force_grouping=True)} for number, words in found if number]
    return str(get_text_list(told, _("and")))


def header() -> list[str]:
    """Return the column names of the file."""
    return [
        pgettext("news", "What"),
        _("Told on"),
        _("Company"),
        _("P-number"),
        _("CVR number"),
        _("Industry"),
        _("Address"),
        _("Postal code"),
        _("Town"),
        _("Before"),
        _("Distance in km"),
        _("Advertising protection"),
        _("Status"),
        _("Source"),
        _("Made up for the example"),
    ]


def line(row: NewsRow) -> list[Any]:
    """Return one change as a line of the file."""
    unit, away = row.unit, row.item.distance
    yes, no = _("yes"), _("no")
    return [
        str(row.what),
        row.change.run.source_date,
        unit.name,
        str(unit.number),
        unit.cvr,
        unit.industry_text,
        unit.address,
        unit.postcode,
        unit.city,
        row.change.before,
        None if isinf(away) else round(away / 1000, 2),
        yes if unit.protected else no,
        str(unit.get_status_display()),
        unit.source,
        yes if unit.made_up else no,
    ]
