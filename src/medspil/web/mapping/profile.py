"""The profile of an area on one page or two, for a first meeting with a company: the data of documents/profile.typ."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

import medspil.mapping
from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, NeededResource
from medspil.areas.sections import open_challenges, open_needs
from medspil.documents import render_pdf
from medspil.mapping.companies import Nearby, nearby
from medspil.mapping.models import Resource
from medspil.register.flags import FlagKind
from medspil.web.areas import words as area_words
from medspil.web.areas.told import amount
from medspil.web.files import file_answer
from medspil.web.http import SignedInRequest
from medspil.web.linking.wording import distance
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks, words
from medspil.web.mapping.filters import Asked
from medspil.web.mapping.links import size
from medspil.web.mapping.loading import area_or_refuse
from medspil.web.mapping.near import by_branch
from medspil.web.mapping.shown import SHORT_FLAGS, Row, map_of, mapped
from medspil.web.maps import radius_of

TEMPLATE = Path(medspil.mapping.__file__).parent / "documents" / "profile.typ"
# So much fits on two pages; the rest is counted.
MOST_WORDS, MOST_LINES, LEAST_OF_A_KIND, MOST_CHALLENGES, MOST_NEEDS = 60, 24, 4, 3, 2
MOST_SAID, MOST_SAID_ROOMY, ROOMY, MOST_BRANCHES = 12, 24, 20, 7


@require_safe
def profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give the profile as an accessible PDF. People stand in it only who agreed to be in print."""
    _area, may = area_or_refuse(request, pk)
    area = Area.objects.visible_to(request.user).for_overview().get(pk=pk)
    now = timezone.now()
    resources = Resource.objects.visible_to(request.user).filter(area=area).for_print()
    rows = mapped(resources, Asked(), today=timezone.localdate(now)).rows
    near = nearby(area, user=request.user) if may.view_register else None
    body = render_pdf(
        TEMPLATE, data_of(area, rows, request.user, near), created=now, font_folders=[settings.FRONTEND_PARTS / "fonts"]
    )
    return file_answer(body, "pdf", _("area profile"), area.name)


def data_of(area: Area, rows: Sequence[Row], user: User, near: Nearby | None = None) -> dict[str, Any]:
    """Return the data of the document."""
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    drawn = map_of(area, rows, Asked())
    challenges, needs = open_challenges(area), open_needs(area)
    kinds = {row.resource.kind for row in rows}
    on_map = {point.kind for point in drawn.points} if drawn else set()
    return {
        "title": _("Meet %(area)s") % {"area": area.name},
        "lang": (get_language() or "da")[:2],
        "foot": f"Medspil · {area.name} · {day}",
        "lead": Truncator(area.description or _("An area that builds on what it has.")).words(MOST_WORDS),
        "figures": _figures(rows, len(needs)),
        "map": render_to_string("mapping/map_paper.svg", {"map": drawn}) if drawn and drawn.spots else "",
        "map_alt": _("Map of what %(area)s has; the same stands in words on the next page.") % {"area": area.name},
        "map_note": _not_drawn(len(rows) - len(drawn.spots) if drawn else 0),
        "key": [
            {"name": mark.label, "mark": _mark(mark)} for code, mark in looks.kind_marks().items() if code in on_map
        ],
        "sizes": _sizes(rows),
        "labels": {
            "area": _("The area"),
            "sizes": _("The size is the number of links:"),
            "notes": _("Notes from the meeting"),
            "contact": _("Whom to talk to"),
            "has": _("What the area has"),
            "register": _("Companies near by, counted in the business register"),
            "has_nothing": _("Nothing is mapped yet."),
            "wants": _("What the area wants to change, and what is lacking"),
            "wants_nothing": _("No challenge is described yet."),
        },
        "contacts": _contacts(area, rows, user),
        "groups": _groups(rows, [code for code in words.asset_kinds() if code in kinds]),
        "register": _register(near),
        "challenges": [_challenge(area, one) for one in challenges[:MOST_CHALLENGES]],
        "more": _more(len(challenges) - MOST_CHALLENGES),
        "roomy": roomy(rows),
        "note": _("People are named only where they have said yes to it. Made on %(day)s.") % {"day": day},
    }  # fmt: skip


def roomy(rows: Sequence[Row]) -> bool:
    """Tell whether there is little enough to set it larger and say more of each."""
    return len(rows) <= ROOMY


def _figures(rows: Sequence[Row], needs: int) -> list[list[str]]:
    linked = sum(1 for row in rows if row.links)
    found = [
        [str(len(rows)), ngettext("resource", "resources", len(rows))],
        [str(linked), _("linked with somebody already")],
        [str(needs), ngettext("open need", "open needs", needs)],
    ]
    return [one for one in found if one[0] != "0"]


def _sizes(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the sizes that marks on the map have, each with how many links it is: none, the most, and one between."""
    drawn = sorted({row.links for row in rows if row.placed})
    steps = dict.fromkeys([*drawn[:1], *drawn[len(drawn) // 2 : len(drawn) // 2 + 1], *drawn[-1:]])
    return [{"name": str(number), "radius": radius_of(size(number))} for number in steps]


def _not_drawn(number: int) -> str:
    """Return how many of all that the profile counts are not on its map: outside it, or without a place."""
    said = ngettext(
        "%(number)d of the resources is not on the map: it lies outside it or has no place.",
        "%(number)d of the resources are not on the map: they lie outside it or have no place.",
        number,
    )
    return said % {"number": number} if number > 0 else ""


def _contacts(area: Area, rows: Sequence[Row], user: User) -> list[list[str]]:
    """Return whom a company may talk to: who brings the paper, who answers, takes part, and speaks for the place."""
    found = [
        [_("Talk to"), f"{user.name}, {user.email}" if user.name else user.email],
        [_("Answers for the area"), area.owner.name],
    ]
    if partners := ", ".join(one.name for one in area.partners.all()[:6]):
        found.append([_("Take part"), partners])
    if ambassadors := ", ".join(row.resource.name for row in rows if row.resource.ambassador):
        found.append([_("Local ambassadors"), ambassadors])
    return found


def _groups(rows: Sequence[Row], codes: Sequence[str]) -> list[dict[str, Any]]:
    """Return the kinds in two columns; where there are few of them, each shows more."""
    most = max(LEAST_OF_A_KIND, MOST_LINES // max(1, len(codes)))
    said = MOST_SAID_ROOMY if roomy(rows) else MOST_SAID
    return _in_two([_group(code, rows, most, said) for code in codes])


def _group(code: str, rows: Sequence[Row], most: int, words_each: int) -> dict[str, Any]:
    """Return one kind with those of it that are linked most first."""
    mine = sorted((row for row in rows if row.resource.kind == code), key=lambda row: (-row.links, row.resource.name))
    mark = looks.kind_mark(code)
    return {
        "name": mark.label,
        "count": str(len(mine)),
        "mark": _mark(mark),
        "rows": [{"name": row.resource.name, "said": _said(row, words_each)} for row in mine[:most]],
        "more": _more(len(mine) - most),
    }


def _register(near: Nearby | None) -> dict[str, Any]:
    """Return how many places of work lie near by, by industry: counted, none named, apart from what was mapped."""
    if near is None or not near.all:
        return {"said": "", "rows": []}
    number, mapped_too = len(near.all), sum(1 for one in near.all if one.resource is not None)
    said = ngettext(
        "Of the register: %(number)d place of work within %(reach)s of the border, %(mapped)d of them mapped above.",
        "Of the register: %(number)d places of work within %(reach)s of the border, %(mapped)d of them mapped above.",
        number,
    ) % {"number": number, "reach": distance(near.reach_m), "mapped": mapped_too}
    branches = by_branch(near.all)
    rest = sum(count for _code, _name, count in branches[MOST_BRANCHES:])
    rows = [[name, str(count)] for _code, name, count in branches[:MOST_BRANCHES]]
    return {"said": said, "rows": [*rows, [_("all other industries"), str(rest)]] if rest else rows}


def _in_two(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each group its side, so that both columns are about as long and the order stays."""
    lengths = [2 + sum(1 + len(row["name"] + row["said"]) // 55 for row in group["rows"]) for group in groups]
    half, sofar = sum(lengths) / 2, 0
    for group, length in zip(groups, lengths, strict=True):
        group["side"] = 0 if sofar + length / 2 <= half else 1
        sofar += length
    return groups


def _said(row: Row, words_each: int) -> str:
    """Return what a resource can do, shortened; that its company may not be approached is said instead."""
    if row.flag or (row.resource.unit and row.resource.unit.protected):
        return str(row.flag or SHORT_FLAGS[FlagKind.PROTECTED])
    return Truncator(row.resource.can_do or ", ".join(row.tags)).words(words_each)


def _challenge(area: Area, one: Challenge) -> dict[str, Any]:
    mine = [need for need in open_needs(area) if need.challenge_id == one.pk]
    return {
        "title": one.title,
        "theme": area_words.theme(one.theme) if one.theme else "",
        "seen": Truncator(one.seen).words(MOST_SAID * 2),
        "needs": [
            {"title": need.title, "said": ", ".join(_asked_for(kind) for kind in need.resources.all())}
            for need in mine[:MOST_NEEDS]
        ],
    }


def _asked_for(one: NeededResource) -> str:
    """Return a kind of resource that is lacking, with how much of it."""
    much = amount(one.quantity, one.unit, one.rhythm)
    return f"{area_words.kind(one.kind)} ({much})" if much else area_words.kind(one.kind)


def _more(number: int) -> str:
    return ngettext("and %(number)d more", "and %(number)d more", number) % {"number": number} if number > 0 else ""


def _mark(mark: Mark) -> dict[str, Any]:
    return {"fill": mark.fill, "corners": [list(corner) for corner in mark.corners]}
