"""One pair: why it was proposed, what a lock, a ban or a move would cost, shown before it is done; and doing it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.rounds import services
from medspil.rounds.building import NOT_OFFERED, PERSON
from medspil.rounds.models import PairKind, PairRule, Round
from medspil.rounds.programmes import programme
from medspil.rounds.scoring import Bar, Scorer
from medspil.rounds.sentences import BARS, away
from medspil.rounds.services import Said, Standing, standing
from medspil.rounds.sheet import Asker, Giver
from medspil.web.charts import Bar as DrawnBar
from medspil.web.http import SignedInRequest, fragment, whole_number
from medspil.web.rounds.board import ROUND_TROUBLES, card_address, changed_meanwhile, run_or_queue
from medspil.web.rounds.forms import MoveForm, PairForm, errors_of
from medspil.web.rounds.loading import round_run, row_of
from medspil.web.rounds.shown import parts_bar

PAGE = ["GET", "HEAD", "POST"]
KINDS = {"lock": PairKind.LOCK, "ban": PairKind.BAN, "free": None}
TROUBLES = (services.NotThere, CprNumberFound, *ROUND_TROUBLES)
MOST_OTHERS = 60
BARRED = {PERSON: Bar.PERSON, NOT_OFFERED: Bar.NOT_OFFERED}


@dataclass(frozen=True, slots=True)
class Other:
    """A giver that a row could get from instead: how well it would suit, and what it has left."""

    giver: Giver
    points: str
    away: str
    bar: DrawnBar | None
    why_not: str
    left: int
    has: int
    could: int  # how many a lock would be for


@require_http_methods(PAGE)
def pair(request: SignedInRequest, pk: int, demand: int, supply: int) -> HttpResponse:
    """Show one pair with its reasons and the price of what is asked for; a POST says it."""
    round_ = round_run(request, pk)
    if request.method == "POST":
        # A row that was taken out has a lock to open all the same.
        row_of(request, round_, demand, asks=True)
        row_of(request, round_, supply, asks=False)
        form = PairForm(request.POST)
        if not form.is_valid():
            return _told(request, round_, demand, errors_of(form))
        said = form.cleaned_data
        kind = KINDS[said["do"]]
        amount = said["amount"] if kind == PairKind.LOCK else None
        what = [Said(demand, supply, kind, amount or (1 if kind == PairKind.LOCK else None))]
        return _say(request, round_, what, said)
    now_standing = standing(round_, on=timezone.localdate())
    asker, giver = _rows(now_standing, demand, supply)
    scorer = Scorer(now_standing.sheet)
    bar = scorer.bar(asker, giver)
    scored = scorer.scored(asker, giver)
    has = _has(round_, demand, supply)
    context = _context(request, round_, now_standing, asker) | {
        "giver": giver,
        "has": has,
        "rule": PairRule.objects.visible_to(request.user).filter(round=round_, demand=demand, supply=supply).first(),
        "why_not": BARS[bar] if bar else "",
        "points": round(scored.score * 100),
        "away": away(None if scored.metres is None else round(scored.metres)),
        "bar": parts_bar(scored.plain()),
        "form": PairForm(initial={"version": round_.version}),
        "here": request.path,
    }
    context |= _priced_pair(request, round_, now_standing, demand, supply)
    return render(request, fragment(request, "rounds/pair.html", "part"), context)


@require_http_methods(PAGE)
def move(request: SignedInRequest, pk: int, demand: int) -> HttpResponse:
    """Show whom a row could get from instead, then the price of a move; a POST makes it."""
    round_ = round_run(request, pk)
    now_standing = standing(round_, on=timezone.localdate())
    asker = _asker(now_standing, demand)
    if request.method == "POST":
        form = MoveForm(request.POST)
        if not form.is_valid():
            return _told(request, round_, demand, errors_of(form))
        said = form.cleaned_data
        try:
            what = services.moved(
                round_.proposal, demand=demand, old=said["old"], new=said["new"], amount=said["amount"]
            )
        except services.NotThere as trouble:
            return _told(request, round_, demand, str(trouble))
        return _say(request, round_, what, said)
    old = _number(request, "fra")
    has = _has(round_, demand, old) if old else 0
    context = _context(request, round_, now_standing, asker) | {
        "old": next((one for one in now_standing.sheet.givers if one.ident == str(old)), None),
        "has": has,
        "from": _from(round_, now_standing, demand),
        "others": _others(round_, now_standing, asker, without=str(old)),
    }
    context |= _priced_move(request, round_, now_standing, demand, old)
    return render(request, fragment(request, "rounds/move.html", "part"), context)


def _say(request: SignedInRequest, round_: Round, what: list[Said], said: dict[str, Any]) -> HttpResponse:
    """Say it and share out again; back to the board, or both sides of a conflict."""
    opened = _gives_way(request, round_, what)
    try:
        services.decide(
            round_=round_,
            said=what,
            expected_version=said["version"],
            reason=said.get("reason") or "",
            by=request.user,
            now=timezone.now(),
        )
        at_once = run_or_queue(request, round_)
    except EditConflict:
        return changed_meanwhile(request, round_, again=request.path, mine=said)
    except (ValidationError, *TROUBLES) as trouble:
        return _told(request, round_, what[0].demand, " ".join(getattr(trouble, "messages", [str(trouble)])))
    done = _("Done. You can take it back on the board.") if at_once else _("Said. The work has begun.")
    messages.success(request, " ".join([done, *opened]))
    target = card_address(request, round_, what[0].demand)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def _told(request: SignedInRequest, round_: Round, demand: int, text: str) -> HttpResponse:
    """Say on the board why nothing was done."""
    if request.htmx:
        return render(request, "rounds/_refused.html", {"text": text}, status=422)
    messages.error(request, text)
    return redirect(card_address(request, round_, demand))


def _context(request: SignedInRequest, round_: Round, now_standing: Standing, asker: Asker) -> dict[str, Any]:
    return {
        "round": round_,
        "kind": programme(round_.programme),
        "asker": asker,
        "open": round_.open,
        "stale": not now_standing.current,
        "board_url": card_address(request, round_, int(asker.ident)),
    }


def _priced_pair(
    request: SignedInRequest, round_: Round, now_standing: Standing, demand: int, supply: int
) -> dict[str, Any]:
    """Return the price of what the address asks for, if it asks for something."""
    do = request.GET.get("hvad", "")
    if do not in KINDS:
        return {"do": ""}
    amount = (_number(request, "antal") or _has(round_, demand, supply) or 1) if do == "lock" else None
    said = [Said(demand, supply, KINDS[do], amount)]
    return {
        "do": do,
        "amount": amount,
        "opened": _gives_way(request, round_, said),
        **_price(round_, now_standing, said),
    }


def _priced_move(
    request: SignedInRequest, round_: Round, now_standing: Standing, demand: int, old: int
) -> dict[str, Any]:
    new, has = _number(request, "til"), _has(round_, demand, old)
    target = next((one for one in now_standing.sheet.givers if one.ident == str(new)), None)
    if not has or target is None:
        return {}
    amount = min(_number(request, "antal") or has, has)
    try:
        said = services.moved(round_.proposal, demand=demand, old=old, new=new, amount=amount)
    except services.NotThere as trouble:
        return {"trouble": str(trouble)}
    return {
        "new": target,
        "amount": amount,
        "form": MoveForm(initial={"version": round_.version, "old": old, "new": new, "amount": amount}),
        "opened": _gives_way(request, round_, said),
        **_price(round_, now_standing, said),
    }


def _gives_way(request: SignedInRequest, round_: Round, said: list[Said]) -> list[str]:
    """Return the locks and bans that a word of the other kind replaces, in sentences."""
    told = {
        (PairKind.LOCK, PairKind.BAN): _("The two were locked together. The ban opens that lock."),
        (PairKind.BAN, PairKind.LOCK): _("The two were banned. The lock lifts that ban."),
    }
    rules = PairRule.objects.visible_to(request.user).filter(round=round_, demand__in={one.demand for one in said})
    there = {(one.demand_id, one.supply_id): PairKind(one.kind) for one in rules}
    changes = [(there.get((one.demand, one.supply)), one.kind) for one in said]
    return [sentence for change, sentence in told.items() if change in changes]


def _price(round_: Round, now_standing: Standing, said: list[Said]) -> dict[str, Any]:
    """Return what a change would do; a large round is worked out only when it is done."""
    if round_.proposal is None or services.is_large(now_standing.sheet):
        return {"price": None, "too_large": round_.proposal is not None}
    try:
        price, notices = services.price(proposal=round_.proposal, sheet=now_standing.sheet, said=said)
    except services.TooLarge as trouble:
        return {"price": None, "trouble": str(trouble)}
    return {"price": price, "notices": notices}


def _rows(now_standing: Standing, demand: int, supply: int) -> tuple[Asker, Giver]:
    giver = next((one for one in now_standing.sheet.givers if one.ident == str(supply)), None)
    if giver is None:
        raise Http404
    return _asker(now_standing, demand), giver


def _asker(now_standing: Standing, demand: int) -> Asker:
    asker = next((one for one in now_standing.sheet.askers if one.ident == str(demand)), None)
    if asker is None:
        raise Http404
    return asker


def _has(round_: Round, demand: int, supply: int) -> int:
    """Return how many a row has from a giver on the board."""
    pairs = round_.proposal.answer["pairs"] if round_.proposal else []
    return sum(one["amount"] for one in pairs if one["asker"] == str(demand) and one["giver"] == str(supply))


def _from(round_: Round, now_standing: Standing, demand: int) -> list[tuple[Giver, int]]:
    found = ((one, _has(round_, demand, int(one.ident))) for one in now_standing.sheet.givers)
    return [(giver, has) for giver, has in found if has]


def _others(round_: Round, now_standing: Standing, asker: Asker, *, without: str) -> list[Other]:
    """Return the givers a row could get from instead, the best first; those that cannot come last, with why."""
    scorer = Scorer(now_standing.sheet)
    barred = {one.giver: one.why for one in now_standing.sheet.barred if one.asker == asker.ident}
    left = round_.proposal.answer["left"] if round_.proposal else {}
    missing = asker.wanted - sum(number for _giver, number in _from(round_, now_standing, int(asker.ident)))
    found = []
    for giver in now_standing.sheet.givers:
        if giver.ident == without:
            continue
        bar = BARRED.get(barred[giver.ident], Bar.SAID_NO) if giver.ident in barred else scorer.bar(asker, giver)
        scored = scorer.scored(asker, giver)
        other = Other(
            giver=giver,
            points=str(round(scored.score * 100)),
            away=away(None if scored.metres is None else round(scored.metres)),
            bar=parts_bar(scored.plain()),
            why_not=str(BARS[bar]) if bar else "",
            left=left.get(giver.ident, 0),
            has=(has := _has(round_, int(asker.ident), int(giver.ident))),
            could=has + max(1, min(missing, left.get(giver.ident, 0) or giver.capacity)),
        )
        found.append((bool(bar), -scored.score, giver.label, other))
    return [other for _bar, _score, _label, other in sorted(found, key=lambda row: row[:3])][:MOST_OTHERS]


def _number(request: SignedInRequest, name: str) -> int:
    return whole_number(request.GET.get(name, ""))
