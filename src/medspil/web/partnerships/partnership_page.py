"""The page of one partnership, and the list of all that a person sees."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspil.accounts.models import User
from medspil.linking.parties import names_for
from medspil.partnerships.models import Partnership, Standing
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.history import told
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_parties import eyes_of
from medspil.web.partnerships import partnership_words as words
from medspil.web.partnerships.cards import Look, cards_for
from medspil.web.partnerships.partnership_loading import partnership_or_404
from medspil.web.tables import Column, Table


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show all partnerships a person sees: those of her areas, and those that she herself takes part in."""
    seen = Partnership.objects.visible_to(request.user, on=timezone.localdate()).for_page().order_by("name", "pk")
    rows = list(seen)
    sides = [partner.side for one in rows for partner in one.partners.all() if partner.left_on is None]
    names = names_for(request.user, sides)
    columns = (
        Column(_("Partnership"), "name", url=lambda one: reverse("partnerships:detail", args=[one.pk])),
        Column(_("Who takes part"), lambda one: _who(one, names)),
        Column(_("Area"), "link.area.name"),
        Column(_("How it stands"), words.standing, template="partnerships/_standing_cell.html"),
        Column(_("Begun"), "begun_on"),
    )
    current = [one for one in rows if one.archived_at is None]
    put_away = [one for one in rows if one.archived_at is not None]
    context = {
        "table": Table(_("Partnerships"), columns, current, caption_hidden=True) if current else None,
        "put_away": Table(_("Put away"), columns, put_away, caption_hidden=True) if put_away else None,
    }
    return render(request, "partnerships/partnerships.html", context)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one partnership."""
    partnership, rights = partnership_or_404(request, pk)
    return page(request, partnership, rights)


def page(
    request: SignedInRequest,
    partnership: Partnership,
    rights: PartnershipRights,
    *,
    trouble: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Answer with the page of a partnership; `trouble` says why what was asked was not done."""
    today = timezone.localdate()
    look = Look(partnership=partnership, rights=rights, user=request.user, today=today)
    context = {
        "partnership": partnership,
        "link": partnership.link,
        "area": partnership.link.area,
        "rights": rights,
        "trouble": trouble,
        "standing": words.standing(partnership),
        "going": partnership.standing == Standing.GOING,
        "partners": _partners(request.user, partnership, rights),
        "cards": cards_for(look),
        "history": told(partnership, words.ACTIONS) if rights.runs else [],
    }
    return render(request, "partnerships/partnership.html", context | more, status=status)


def _partners(user: User, partnership: Partnership, rights: PartnershipRights) -> list[dict[str, Any]]:
    """Return those who take part in words: who, of which sector, and what each brings where that may be told."""
    eyes = eyes_of(user, [partnership.link])
    found = []
    for partner in partnership.partners.all():
        who = eyes.who(partner.side)
        resource = partner.side.resource
        hidden = resource is not None and resource.is_person and not who.url
        found.append(
            {
                "partner": partner,
                "who": who,
                "sector": words.SECTORS[who.sector],
                "own": partner.pk in rights.own,
                "brings": "" if hidden else partner.side.brings,
            }
        )
    return found


def _who(partnership: Partnership, names: dict[int, str]) -> str:
    """Return who takes part, by the names that the person may see."""
    return ", ".join(names[one.side_id] for one in partnership.partners.all() if one.side_id in names)
