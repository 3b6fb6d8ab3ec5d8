"""Links and who is asked how often as files: CSV and XLSX, with the filter of the page."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from medspil.common.tables import Cell
from medspil.organisations.roles import Ability
from medspil.web.files import table_answer
from medspil.web.http import SignedInRequest
from medspil.web.linking import link_words
from medspil.web.linking.asked import AskedPage, figure
from medspil.web.linking.link_loading import LinksPage, area_or_refuse
from medspil.web.linking.link_shown import ShownLink
from medspil.web.linking.tables import yes_no
from medspil.web.register.access import require

KINDS = ("csv", "xlsx")


@require_safe
def links(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Give the links of an area, a row for each side, with the filter of the address."""
    area, may = area_or_refuse(request, pk)
    page = LinksPage(request, area, may, in_print=True)
    return _file(kind, _("links"), area.name, links_header(), links_rows(page.links))


@require_safe
def asked(request: SignedInRequest, kind: str) -> HttpResponse:
    """Give the companies with how often they were approached, with the filter of the address."""
    require(request, Ability.RANK)
    header = [
        _("Company"),
        _("P-number"),
        _("CVR number"),
        _("Town"),
        _("Approaches in a year"),
        _("Open offers"),
        _("Approaches ÷ (1 + offers)"),
        _("Asked too often"),
        _("Advertising protection"),
        _("Source"),
        _("Date of the source"),
        _("Made up for the example"),
    ]
    rows: list[list[Cell]] = [
        [
            one.name,
            str(one.unit.number) if one.unit else "",
            one.cvr,
            one.town,
            one.approaches,
            one.offers,
            figure(one),
            yes_no(one.too_often),
            yes_no(one.unit.protected) if one.unit else "",
            one.unit.source if one.unit else "",
            one.unit.source_date if one.unit else "",
            yes_no(one.unit.made_up) if one.unit else "",
        ]
        for one in AskedPage(request).companies
    ]
    return _file(kind, _("asked how often"), "", header, rows)


def links_header() -> list[str]:
    """Return the column names of the links."""
    return [
        pgettext("parties that could do something together", "Link"),
        _("What they can do together"),
        _("State"),
        _("In this state since"),
        _("Need"),
        _("For what of it"),
        _("Challenge"),
        _("Party"),
        _("Sector"),
        _("P-number"),
        _("CVR number"),
        _("Brings"),
        _("Answer"),
        _("Asked on"),
        _("Answered on"),
        _("Advertising protection"),
        _("Said that we may write"),
        _("Where it comes from"),
        _("Broker"),
        _("Partnership since"),
        _("Made up for the example"),
    ]


def links_rows(links: Iterable[ShownLink]) -> list[list[Cell]]:
    """Return a row for each side of each link."""
    return [row for link in links for row in _sides(link)]


def _sides(shown: ShownLink) -> list[list[Cell]]:
    link = shown.link
    return [
        [
            link.pk,
            link.sentence,
            shown.state,
            link.state_on,
            link.need.title if link.need else "",
            link.subject,
            link.challenge.title if link.challenge else "",
            side.who.name,
            str(link_words.SECTORS[side.who.sector]),
            str(side.who.unit.number) if side.who.unit else "",
            side.who.unit.cvr if side.who.unit else "",
            side.brings,
            side.answer,
            side.party.asked_on,
            side.party.answered_on,
            yes_no(side.who.unit.protected) if side.who.unit else "",
            side.party.consent_how,
            shown.origin,
            ", ".join(str(broker) for broker in shown.brokers),
            link.partnership_on,
            yes_no(side.who.unit.made_up) if side.who.unit else "",
        ]
        for side in shown.sides
    ]


def _file(kind: str, what: str, of_whom: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    return table_answer(kind, header, rows, what, of_whom, title=what)
