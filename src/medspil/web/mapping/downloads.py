"""The resources that the filter leaves as CSV and XLSX; consent and advertising protection go with every line."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from medspil.common.tables import Cell
from medspil.geography.projection import to_degrees
from medspil.mapping.columns import people_left_out
from medspil.mapping.models import Resource
from medspil.web.areas import words as area_words
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest
from medspil.web.mapping import words
from medspil.web.mapping.filters import asked_of
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.mapping.shown import Row, mapped

KINDS = ("csv", "xlsx")


@require_safe
def export(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the list with the filters of the address; people stand in it only who agreed to be in print."""
    area, _may = area_or_refuse(request, pk)
    if kind not in KINDS:
        raise Http404
    asked, _form = asked_of(request.GET)
    resources = Resource.objects.visible_to(request.user).filter(area=area)
    everything = mapped(resources, asked, today=timezone.localdate()).rows
    found = mapped(resources.for_print(), asked, today=timezone.localdate()).rows
    lines = [line(row) for row in found]
    left_out = len(everything) - len(found)
    if left_out:
        lines.append([people_left_out(left_out), *[""] * (len(header()) - 1)])
    title = _("resources")
    return table_answer(kind, header(), lines, title, area.name, title=title)


def header() -> Sequence[str]:
    """Return the headings."""
    return [
        _("Name"), _("Kind"), _("What it can do"), _("Can bring"), _("Themes"), _("For whom"), _("When"), _("Where"),
        _("North (WGS84)"), _("East (WGS84)"), _("Links"), _("Last confirmed"), _("To be confirmed by"), _("Source"),
        _("Consent"), _("P-number"), _("Advertising protection"),
    ]  # fmt: skip


def line(row: Row) -> list[Cell]:
    """Return one resource as a line."""
    one = row.resource
    place = to_degrees(one.x, one.y) if row.placed and one.x is not None and one.y is not None else None
    return [
        one.name,
        words.asset_kind(one.kind),
        one.can_do,
        ", ".join(area_words.kind(code) for code in one.kinds),
        ", ".join(area_words.theme(code) for code in one.themes),
        ", ".join(area_words.group(code) for code in one.target_groups),
        one.when,
        one.address,
        round(place[1], 5) if place else None,
        round(place[0], 5) if place else None,
        row.links,
        one.confirmed_on,
        one.review_on,
        one.source,
        consent_of(one),
        one.unit.number if one.unit else None,
        protection_of(one),
    ]


def consent_of(one: Resource) -> str:
    """Return on what terms a person stands here; nothing for what is no person."""
    if not one.is_person:
        return ""
    return _("agreed to be named in files; ask before using it for anything else")


def protection_of(one: Resource) -> str:
    """Return whether a company may be approached, as the register knows it; nothing where it knows nothing."""
    if one.unit is None:
        return ""
    return _("yes") if one.unit.protected else _("no")
