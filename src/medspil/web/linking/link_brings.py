"""What one side brings to a link: written by its own people, and by whoever links in the area where it has none."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.accounts.models import HistoryEntry
from medspil.common.models import EditConflict
from medspil.linking import asking, sides
from medspil.linking.gate import ResourceGone
from medspil.linking.models import Link, LinkParty
from medspil.web.forms import add_domain_error, differences, with_version
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_forms import BringsForm
from medspil.web.linking.link_loading import REFUSED, brings_or_refuse, rights_of
from medspil.web.linking.link_page import shown_of

TEMPLATE = "linking/link_brings.html"


@require_http_methods(["GET", "HEAD", "POST"])
def brings(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Write what a side brings."""
    link, side = brings_or_refuse(request, pk, party)
    context = _context(request, link, side)
    form = BringsForm(request.POST or None, initial={"version": link.version, "brings": side.brings})
    if context["own"]:
        form.fields["brings"].label = _("What do you bring?")
    if request.method == "POST" and form.is_valid():
        facts = {"brings": form.cleaned_data["brings"], "expected_version": form.cleaned_data["version"]}
        try:
            sides.write_brings(link=link, party=side, by=request.user, now=timezone.now(), **facts)
        except EditConflict:
            return _late(request, form, link, side, context)
        except (asking.LinkPutAway, ResourceGone) as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("linking:link", pk=pk)
    return render(request, TEMPLATE, context | {"form": form}, status=422 if form.errors else 200)


def _context(request: SignedInRequest, link: Link, side: LinkParty) -> dict[str, Any]:
    """Return what the page says of the side; 403 where it is a person whom the reader may not see by name."""
    shown = next(each for each in shown_of(request.user, link).sides if each.party.pk == side.pk)
    if shown.hidden:
        raise PermissionDenied(REFUSED)
    rights = rights_of(request.user, link)
    return {
        "link": link,
        "area": link.area,
        "rights": rights,
        "own": side.pk in rights.speaks,
        "name": shown.who.name,
    }


def _late(
    request: SignedInRequest, form: BringsForm, link: Link, side: LinkParty, context: dict[str, Any]
) -> HttpResponse:
    """Answer 409 with both texts: the link carries the version, the side the text."""
    link.refresh_from_db()
    side.refresh_from_db()
    latest = HistoryEntry.objects.of(link).first()
    told = {"conflict": True, "differences": differences(form, side), "latest": latest}
    return render(request, TEMPLATE, context | told | {"form": with_version(form, link.version)}, status=409)
