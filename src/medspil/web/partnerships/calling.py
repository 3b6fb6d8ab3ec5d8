"""Call a side of a partnership: whom, what it last said of how it goes, and the form to note the call."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import MultipleHiddenInput
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from medspil.linking.parties import unit_of
from medspil.partnerships.facts import can_be_written_to
from medspil.partnerships.models import Channel, Conversation, Part, Partner, Partnership, Question
from medspil.partnerships.permissions import PartnershipRights
from medspil.pulses.models import Step
from medspil.pulses.reading import told_to
from medspil.web.http import SignedInRequest
from medspil.web.linking.link_loading import rights_of
from medspil.web.partnerships.cards import Look
from medspil.web.partnerships.conversations import new_form, note_it
from medspil.web.partnerships.partners import partners_of
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404
from medspil.web.partnerships.words import gain_names
from medspil.web.quoting import quoted

TO_CALL = (Part.CONTACT, Part.DEPUTY, Part.CHIEF)
MOST_ANSWERS, MOST_SAID = 3, 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What the side said of how it goes in one round, as the reader may read it."""

    on: date
    step: str
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def side_call(request: SignedInRequest, pk: int, partner: int) -> HttpResponse:
    """Show whom to call on a side of a partnership, and note what was said."""
    look, side = _side_or_refuse(request, pk, partner)
    link = look.partnership.link
    form = new_form(request, link, named=[], channel=Channel.CALL)
    form.fields["caught"].widget = MultipleHiddenInput()  # who takes part already need not be caught
    form.order_fields(["text"])
    if request.method == "POST" and form.is_valid() and note_it(request, form, link, side.side):
        return redirect("partnerships:detail", pk=pk)
    context = _context(look, side) | {"form": form}
    return render(request, "partnerships/side_call.html", context, status=422 if form.errors else 200)


def _side_or_refuse(request: SignedInRequest, pk: int, partner: int) -> tuple[Look, Partner]:
    """Return one side for those who lead and for the broker; 404 for strangers, 403 for others."""
    partnership, rights = partnership_or_404(request, pk)
    side = next((one for one in partnership.partners.all() if one.pk == partner), None)
    if side is None:
        raise Http404
    if not rights_of(request.user, partnership.link).works:
        raise PermissionDenied(REFUSED)
    look = Look(partnership=partnership, rights=rights, user=request.user, today=timezone.localdate())
    return look, side


def _context(look: Look, side: Partner) -> dict[str, Any]:
    partnership, user = look.partnership, look.user
    link = partnership.link
    told = next(
        one for one in partners_of(look, Question.objects.visible_to(user).none()) if one["partner"].pk == side.pk
    )
    said = Conversation.objects.visible_to(user, on=look.today).with_side(side.side)[:MOST_SAID]
    late = Question.objects.visible_to(user).filter(asked_of=side).overdue(look.today).order_by("due_on", "pk")
    return {
        "partnership": partnership,
        "side": side,
        "name": told["who"].name,
        "people": [one for one in told["people"] if one["person"].part in TO_CALL],
        "may_name": look.rights.runs and side.left_on is None and partnership.archived_at is None,
        "answers": _answers(partnership, look.rights, side, look.today),
        "late": late,
        "said": [(one, gain_names(one.caught)) for one in said],
        "today": look.today,
        "switchboard": unit.phone if (unit := unit_of(side.side)) else "",
        "may_write": can_be_written_to(link, side.side),
    }


def _answers(partnership: Partnership, rights: PartnershipRights, side: Partner, today: date) -> list[Answer]:
    """Return what a side last said of how it goes, the newest first, of rounds that the reader may read."""
    told = told_to(rights, partnership, on=today) if rights.runs or rights.own else []
    return [
        Answer(
            given.answered_on,
            str(Step(given.step).label),
            quoted(given.words) if given.words and side.pk in each.words else "",
        )
        for each in reversed(told)
        if (given := each.answers.get(side.pk))
    ][:MOST_ANSWERS]
