"""Make a link: parties by search, the need or the challenge, and one sentence; prefilled from wherever one came."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.areas.hosting import NoHostYet
from medspil.areas.models import Area
from medspil.common.long_texts import LongerThanRoom
from medspil.common.privacy import CprNumberFound
from medspil.linking import links as services
from medspil.linking.gate import CompanyClosedToUs, ResourceGone
from medspil.linking.models import Link
from medspil.linking.permissions import abilities
from medspil.organisations.roles import Ability
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, fragment
from medspil.web.linking.link_forms import LinkForm
from medspil.web.linking.link_loading import REFUSED
from medspil.web.linking.link_search import Choice, chosen, named, offered
from medspil.web.linking.link_start import Start, start_of, today

TROUBLES = (
    services.TooFewParties,
    services.NothingSaid,
    services.AboutNothing,
    NoHostYet,
    CompanyClosedToUs,
    ResourceGone,
    CprNumberFound,
    LongerThanRoom,
)
LONGEST_QUERY = 100


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """Make a link; a search for parties sends the same form and writes nothing."""
    sent = request.POST if request.method == "POST" else None
    start = start_of(request.user, {**request.GET.dict(), **(sent.dict() if sent else {})})
    if start.area is None:
        return _choose_area(request, start)
    if Ability.LINK not in abilities(request.user, start.area):
        raise PermissionDenied(REFUSED)
    searching = sent is not None and "find" in sent
    form = LinkForm(
        None if searching else sent,
        initial=_written(request, start),
        needs=start.needs().select_related("challenge", "host", "area__owner").prefetch_related("resources"),
        challenges=start.challenges(),
    )
    parties, closed = _parties(request, start, start.area), False
    if sent is not None and not searching and form.is_valid():
        try:
            link = _create(request, start, form, parties)
        except TROUBLES as trouble:
            add_domain_error(form, trouble)
            closed = isinstance(trouble, CompanyClosedToUs)
        else:
            if link.creation_key != form.cleaned_data["creation_key"]:
                messages.info(request, _("These parties have a link for this need already. Here it is."))
            else:
                messages.success(request, _("The link is made. Next: ask them."))
            return redirect("linking:link", pk=link.pk)
    text = (sent or request.GET).get("q", "").strip()[:LONGEST_QUERY]
    there = {one.who.ref for one in parties}
    context = {
        "area": start.area,
        "start": start,
        "form": form,
        "parties": parties,
        "to_consent": [one for one in parties if one.lacks_consent] if closed else [],
        "text": text,
        "found": [one for one in offered(request.user, start.area, text) if one.who.ref not in there],
    }
    template = fragment(request, "linking/link_create.html", "parties") if searching else "linking/link_create.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _choose_area(request: SignedInRequest, start: Start) -> HttpResponse:
    """Ask which area it is for, where one works in several and nothing tells."""
    if not start.areas:
        raise PermissionDenied(REFUSED)
    return render(request, "linking/link_area.html", {"areas": start.areas, "offer": start.offer})


def _written(request: SignedInRequest, start: Start) -> dict[str, object]:
    """Return what the form begins with: what was written before a search, or what one came with."""
    sent = request.POST
    need = start.need.pk if start.need else None
    found: dict[str, object] = {
        "sentence": sent.get("sentence", ""),
        "need": sent.get("need", need),
        "challenge": sent.get("challenge", ""),
    }
    return found | ({"creation_key": sent["creation_key"]} if "creation_key" in sent else {})


def _parties(request: SignedInRequest, start: Start, area: Area) -> list[Choice]:
    """Return the parties chosen so far; at first those one came with."""
    if request.method == "POST":
        return chosen(request.user, area, request.POST.getlist("party"), request.POST.dict())
    return named(request.user, area, start.refs, start.brings)


def _create(request: SignedInRequest, start: Start, form: LinkForm, parties: list[Choice]) -> Link:
    said = form.cleaned_data
    assert start.area is not None  # noqa: S101  (the view asked)
    why = start.grounds(form.chosen_need, [one.who.ref for one in parties], today())
    return services.create_link(
        area=start.area,
        sentence=said["sentence"],
        parties=[one.party() for one in parties],
        need=form.chosen_need,
        challenge=form.chosen_challenge,
        creation_key=said["creation_key"],
        by=request.user,
        now=timezone.now(),
        **why,
    )
