"""The board: the proposal that stands, what is short and why, and the steps that change it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.register.progress import read_progress
from medspil.rounds import services
from medspil.rounds.differences import Differences, differences
from medspil.rounds.models import Demand, Proposal, Round, Solving, SolvingState
from medspil.rounds.naming import labels_of
from medspil.rounds.services import Standing, standing
from medspil.rounds.tasks import start_solving
from medspil.web.http import SignedInRequest, fragment
from medspil.web.rounds.forms import SeenForm, errors_of
from medspil.web.rounds.loading import round_run, round_seen
from medspil.web.rounds.picture import picture_of
from medspil.web.rounds.shown import Board, board_of
from medspil.web.rounds.shown_rules import locks_and_bans
from medspil.web.rounds.told import told_of

PER_PAGE = 100
ROUND_TROUBLES = (services.NothingToShare, services.TooLarge, services.RoundClosed, services.AlreadyRunning)


@require_safe
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the board."""
    round_, may = round_seen(request, pk)
    return render(
        request, fragment(request, "rounds/board.html", "body"), context_of(request, round_, full=may.allocate)
    )


@require_POST
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Share out as things stand; a large round goes to the worker."""
    round_ = round_run(request, pk)
    try:
        if not run_or_queue(request, round_):
            messages.info(request, _("This is a large allocation. The work has begun; you can leave the page."))
    except ROUND_TROUBLES as trouble:
        messages.error(request, str(trouble))
    return redirect(_to_steps(pk))


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back the last lock, ban or move."""
    round_ = round_run(request, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        messages.error(request, errors_of(form))
        return redirect("rounds:board", pk=pk)
    try:
        services.undo(round_=round_, expected_version=form.cleaned_data["version"], by=request.user, now=timezone.now())
        run_or_queue(request, round_, taking_back=True)
    except EditConflict:
        return changed_meanwhile(request, round_, again=reverse("rounds:undo", args=[pk]), mine={})
    except (services.NothingToUndo, *ROUND_TROUBLES) as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("The last change is taken back."))
    return redirect(_to_steps(pk))


def _to_steps(pk: int) -> str:
    """Return the address of the buttons of a board: who goes on with the keyboard goes on from there."""
    return f"{reverse('rounds:board', args=[pk])}#steps"


def card_address(request: SignedInRequest, round_: Round, demand: int) -> str:
    """Return the address of a row's card, on whichever page of the board it is."""
    rows = Demand.objects.visible_to(request.user).filter(round=round_)
    before = list(rows.standing().values_list("pk", flat=True))
    page = before.index(demand) // PER_PAGE + 1 if demand in before else 1
    query = f"?page={page}" if page > 1 else ""
    return f"{reverse('rounds:board', args=[round_.pk])}{query}#asker-{demand}"


def run_or_queue(request: SignedInRequest, round_: Round, *, taking_back: bool = False) -> bool:
    """Share out at once and return True, or hand it to the worker. Raises `ROUND_TROUBLES`."""
    now = timezone.now()
    fresh = Round.objects.visible_to(request.user).select_related("proposal__replaces").get(pk=round_.pk)
    if services.is_large(standing(fresh, on=timezone.localdate(now)).sheet):
        start_solving(round_=fresh, by=request.user, now=now, language=get_language() or "da")
        return False
    services.run(round_=fresh, by=request.user, now=now, taking_back=taking_back)
    return True


def changed_meanwhile(
    request: SignedInRequest, round_: Round, *, again: str, mine: dict[str, Any], what: str = ""
) -> HttpResponse:
    """Answer 409: the board was changed first, also in another window; what was chosen can be sent again."""
    fresh, may = round_seen(request, round_.pk)
    latest = latest_change(fresh)
    context = {
        "round": fresh,
        "again": again,
        "mine": {name: value for name, value in mine.items() if name != "version" and value not in (None, "")},
        "what": what,
        "latest": latest,
        "yourself": latest is not None and latest.by == request.user,
        "may_here": may,
    }
    return render(request, fragment(request, "rounds/conflict.html", "part"), context, status=409)


def latest_change(round_: Round) -> Any:
    """Return who changed the round last, and when."""
    events = told_of(round_, most=1)
    return events[0] if events else None


def context_of(request: SignedInRequest, round_: Round, *, full: bool) -> dict[str, Any]:
    """Return what the board shows. The number of queries does not grow with its rows."""
    now_standing = standing(round_, on=timezone.localdate())
    shown = board_of(request, round_, now_standing, full=full)
    only_short = request.GET.get("vis") == "mangler"
    cards = shown.short if only_short else shown.cards
    page = Paginator(cards, PER_PAGE).get_page(request.GET.get("page"))
    solving = _solving(request, round_) if full else None
    return {
        "round": round_,
        "kind": shown.kind,
        "board": shown,
        "page": page,
        "only_short": only_short,
        "full": full,
        "stale": shown.proposal is not None and not now_standing.current,
        "empty": not now_standing.sheet.askers or not now_standing.sheet.givers,
        "rules": locks_and_bans(shown.rules, now_standing),
        "picture": picture_of(shown, now_standing) if shown.proposal else None,
        "changes": changes_of(shown.proposal) if full else None,
        "solving": solving,
        "progress": read_progress(round_.progress_name) if solving and solving.state in _BUSY else None,
        "busy": solving is not None and solving.state in _BUSY,
        "counts": _counts(shown, now_standing),
        **(_history(round_) if full else {}),
    }


def changes_of(proposal: Proposal | None) -> Differences | None:
    """Return what the proposal on the board does otherwise than the one before it."""
    before = proposal.replaces if proposal else None
    if proposal is None or before is None:
        return None
    return differences(
        before=before.answer,
        after=proposal.answer,
        question_before=before.question,
        question_after=proposal.question,
        labels=labels_of(proposal.round_id),
    )


_BUSY = (SolvingState.WAITING, SolvingState.RUNNING)


def _solving(request: SignedInRequest, round_: Round) -> Solving | None:
    """Return a long run that is under way, or the trouble of the last one."""
    last = Solving.objects.visible_to(request.user).filter(round=round_).order_by("-asked_at", "-pk").first()
    if last is None or last.state == SolvingState.DONE:
        return None
    if last.state in _BUSY and last.alive_until < timezone.now():
        last.state, last.trouble = SolvingState.FAILED, _("The work stopped before it was done. Start it again.")
    return last


def _counts(shown: Board, now_standing: Standing) -> dict[str, int]:
    return {
        "demands": len(shown.cards),
        "supplies": len(now_standing.rows.supplies),
        "short": len(shown.short) if shown.proposal else 0,
    }


def _history(round_: Round) -> dict[str, Any]:
    return {"history": told_of(round_, most=8)}
