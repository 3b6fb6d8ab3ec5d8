"""A side says no: the reason, with its consequence said beforehand, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking import asking, refusals
from medspil.linking.gate import ResourceGone
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.models import Link, LinkParty, Refusal
from medspil.linking.permissions import abilities
from medspil.web.forms import add_domain_error, with_version
from medspil.web.http import SignedInRequest, whole_number
from medspil.web.linking import no_words
from medspil.web.linking.link_forms import RefusalForm, SideRefusalForm
from medspil.web.linking.link_loading import REFUSED, answer_or_refuse, link_or_404, may_undo, rights_of
from medspil.web.linking.link_page import shown_of

TROUBLES = (
    refusals.ConsequenceMissing,
    refusals.ReasonUnknown,
    ResourceGone,
    StepNotAllowed,
    asking.LinkPutAway,
    asking.DayAhead,
    CprNumberFound,
)


@require_http_methods(["GET", "HEAD", "POST"])
def no(request: SignedInRequest, pk: int, party: int) -> HttpResponse:
    """Note that a side said no, and why."""
    link, side = answer_or_refuse(request, pk, party)
    begin = refusals.proposed(side, area=link.area, need=link.need, challenge=link.challenge)
    first = {"version": link.version, **first_of(begin)}
    own = link.parties.of(request.user).filter(pk=side.pk).exists()
    told = no_words.OURS if own else no_words.THEIRS
    form = SideRefusalForm(
        request.POST or None, initial=first, kinds=begin.kinds, told=told, heard_by=link.area.owner.name
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _refuse(request, link, side, form.cleaned_data)
        except EditConflict:
            link.refresh_from_db()
            return _render(request, link, side, with_version(form, link.version), status=409, conflict=True)
        except TROUBLES as trouble:
            tell(form, trouble)
        else:
            follows = form.follows(made.reason) if own else refusals.consequence(made)
            messages.success(request, follows)
            return redirect("linking:link", pk=pk)
    return _render(request, link, side, form, status=422 if form.errors else 200)


def first_of(begin: refusals.Proposed) -> dict[str, Any]:
    """Return what the form of a no begins with."""
    # Somebody next door who finds it too far means something else: no distance is proposed then.
    kind = begin.kinds[0] if len(begin.kinds) == 1 else ""
    return {"kind": kind, "theme": begin.theme, "beyond_km": begin.beyond_km or None}


def facts_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a form of a no says, as services take it."""
    names = ("reason", "words", "until", "kind", "theme", "beyond_km", "creation_key")
    return {name: said[name] for name in names} | {"on": said["on"] or timezone.localdate()}


def tell(form: RefusalForm, trouble: Exception) -> None:
    """Say beside its field what a reason asks for, and any other trouble above the form."""
    if isinstance(trouble, refusals.ConsequenceMissing):
        form.add_error(trouble.field, str(form.told.missing[trouble.field]))
    else:
        add_domain_error(form, trouble)


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a no back; what it kept away is suggested again."""
    refusal = get_object_or_404(Refusal.objects.visible_to(request.user).for_page(), pk=pk)
    if not abilities(request.user, refusal.area).link and not _own(request, refusal):
        raise PermissionDenied(REFUSED)
    refusals.undo(refusal=refusal, by=request.user, now=timezone.now())
    messages.success(request, _("The no is taken back. They are suggested again."))
    if back := whole_number(request.POST.get("need", "")):
        return redirect("linking:ranking", pk=back)
    return redirect("linking:link", pk=refusal.link_id) if refusal.link_id else redirect("home")


def _own(request: SignedInRequest, refusal: Refusal) -> bool:
    """Whether it is the no of the person's own side of a link."""
    if refusal.link_id is None:
        return False
    link = link_or_404(request, refusal.link_id)
    return may_undo(rights_of(request.user, link), refusal, link)


def _refuse(request: SignedInRequest, link: Link, side: LinkParty, said: dict[str, Any]) -> Refusal:
    facts = facts_of(said)
    return refusals.refuse(
        link=link, party=side, expected_version=said["version"], by=request.user, now=timezone.now(), **facts
    )


def _render(
    request: SignedInRequest, link: Link, side: LinkParty, form: Any, *, status: int, conflict: bool = False
) -> HttpResponse:
    shown = shown_of(request.user, link)
    context = {
        "link": link,
        "area": link.area,
        "form": form,
        "name": next((each.who.name for each in shown.sides if each.party.pk == side.pk), ""),
        "rights": rights_of(request.user, link),
        "own": form.told is no_words.OURS,
        "conflict": conflict,
    }
    return render(request, "linking/link_no.html", context, status=status)
