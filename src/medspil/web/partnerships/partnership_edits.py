"""Change a partnership: name, model, idea and promise; pause, end and take up again; who joins; put it away."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.agreements.settled import newest_settled
from medspil.agreements.with_partnership import standing_versions
from medspil.common.long_texts import LongerThanRoom
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead, LinkPutAway
from medspil.linking.gate import CompanyClosedToUs, ResourceGone
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.parties import Party
from medspil.partnerships import editing, standing
from medspil.partnerships.models import Partnership, Standing
from medspil.partnerships.questions import PartnershipOver
from medspil.partnerships.taking_part import join_all
from medspil.web.forms import Form, add_domain_error
from medspil.web.http import SignedInRequest, conflict, fragment
from medspil.web.linking.link_edits import LONGEST_QUERY
from medspil.web.linking.link_search import chosen, offered
from medspil.web.partnerships.partnership_forms import DayForm, EditForm, EndForm, PauseForm, today_first
from medspil.web.partnerships.partnership_loading import run_or_refuse

PAGE = ["GET", "HEAD", "POST"]
NOT_SAVED = (
    editing.NameMissing,
    editing.TextTooLong,
    editing.NoSuchPromise,
    editing.PartnershipPutAway,
    CprNumberFound,
)
NOT_MOVED = (
    standing.CannotFollow,
    standing.WhyMissing,
    standing.BeforeItBegan,
    editing.PartnershipPutAway,
    editing.TextTooLong,
    DayAhead,
    CprNumberFound,
)
NOT_JOINED = (
    CompanyClosedToUs,
    ResourceGone,
    StepNotAllowed,
    LinkPutAway,
    DayAhead,
    CprNumberFound,
    LongerThanRoom,
    PartnershipOver,
    editing.PartnershipPutAway,
    EditConflict,
)


@require_http_methods(PAGE)
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what a partnership is called, what idea carries it, which model it follows, how fast the sides answer."""
    partnership, _rights = run_or_refuse(request, pk)
    initial = {name: getattr(partnership, name) for name in ("name", "idea", "model", "answer_days", "version")}
    proposed = editing.proposed_model(partnership)
    if not partnership.model:
        initial["model"] = proposed
    form = EditForm(request.POST or None, initial=initial, proposed=proposed)
    context = {"partnership": partnership, "form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            editing.edit_partnership(
                partnership=partnership,
                name=said["name"],
                model=said["model"],
                idea=said["idea"],
                answer_days=said["answer_days"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/partnership_edit.html", form, partnership, context)
        except NOT_SAVED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect("partnerships:detail", pk=pk)
    return render(request, "partnerships/partnership_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def pause(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a partnership pause."""
    partnership, _rights = run_or_refuse(request, pk)
    form = PauseForm(request.POST or None, initial=today_first(partnership, timezone.localdate()))

    def act(said: dict[str, Any], **who: Any) -> Partnership:
        return standing.pause(partnership=partnership, on=said["on"], why=said["why"], **who)

    lead = _("While it pauses nobody is reminded. You can take it up again at any time.")
    words = _("Let it pause"), _with_agreement(partnership, lead, _("The agreement rests with it."))
    return _step(request, partnership, form, act, words)


@require_http_methods(PAGE)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End a partnership with its reason and what was learned; once ended, say better what was learned."""
    partnership, _rights = run_or_refuse(request, pk)
    before: dict[str, Any] = {
        "reason": partnership.end_reason,
        "worked": partnership.worked,
        "again": partnership.again,
    }
    if partnership.standing == Standing.ENDED:
        before |= {"on": partnership.standing_on, "why": partnership.standing_why}
    form = EndForm(request.POST or None, initial=today_first(partnership, timezone.localdate(), **before))

    def act(said: dict[str, Any], **who: Any) -> Partnership:
        return standing.end(partnership=partnership, on=said["on"], review=form.review(), **who)

    lead = _("Nothing is deleted. What you write here helps whoever begins the next one.")
    also = _("The agreement ends with it, and what you write here is its review.")
    words = _("End the partnership"), _with_agreement(partnership, lead, also)
    return _step(request, partnership, form, act, words)


@require_http_methods(PAGE)
def take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a partnership go on."""
    partnership, _rights = run_or_refuse(request, pk)
    form = DayForm(request.POST or None, initial=today_first(partnership, timezone.localdate()))

    def act(said: dict[str, Any], **who: Any) -> Partnership:
        return standing.take_up(partnership=partnership, on=said["on"], **who)

    lead = _("It goes on with those who take part now. What you learned before stays.")
    if partnership.standing == Standing.PAUSED:
        lead = _with_agreement(partnership, lead, _("The agreement that rested with it is in force again."))
    elif newest_settled(partnership, on=timezone.localdate()):
        also = _(
            "The agreement that ended with it stays ended. Ended by mistake? Take that back on the page of the"
            " agreement; the partnership goes on with it."
        )
        lead = f"{lead} {also}"
    words = _("Take it up again"), lead
    return _step(request, partnership, form, act, words)


def _with_agreement(partnership: Partnership, lead: str, also: str) -> str:
    """Return what a page says, with what becomes of the agreement where there is one that has not ended."""
    return f"{lead} {also}" if standing_versions(partnership) else lead


def _step(
    request: SignedInRequest,
    partnership: Partnership,
    form: Form,
    act: Callable[..., Partnership],
    words: tuple[str, str],
) -> HttpResponse:
    """Show the form of a step, and take it."""
    title, lead = words
    context = {"partnership": partnership, "form": form, "title": title, "lead": lead}
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            act(said, expected_version=said["version"], by=request.user, now=timezone.now())
        except EditConflict:
            return conflict(request, "partnerships/partnership_step.html", form, partnership, context)
        except NOT_MOVED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("Noted."))
            return redirect("partnerships:detail", pk=partnership.pk)
    if form.errors:
        status = 422
    return render(request, "partnerships/partnership_step.html", context, status=status)


@require_POST
def put_away(request: SignedInRequest, pk: int, *, away: bool) -> HttpResponse:
    """Put a partnership away, or bring it back."""
    partnership, _rights = run_or_refuse(request, pk)
    standing.put_away(partnership=partnership, away=away, by=request.user, now=timezone.now())
    done = _("The partnership is put away. Nothing is deleted.") if away else _("The partnership is back.")
    messages.success(request, done)
    return redirect("partnerships:detail", pk=pk)


@require_http_methods(PAGE)
def join_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let one more take part who has said yes; a search sends the same form and writes nothing."""
    partnership, _rights = run_or_refuse(request, pk)
    area, sent = partnership.link.area, request.POST if request.method == "POST" else None
    searching = sent is not None and "find" in sent
    picked = chosen(request.user, area, sent.getlist("party"), sent.dict()) if sent else []
    trouble, status = "", 200
    if sent is not None and not searching:
        trouble, status = "" if picked else _("Tick who is to take part."), 422
        trouble = trouble or _joined(request, partnership, [one.party() for one in picked])
        if not trouble:
            messages.success(request, _("Noted: one more takes part."))
            return redirect("partnerships:detail", pk=pk)
    text = sent.get("q", "").strip()[:LONGEST_QUERY] if sent else ""
    taken = {one.who.ref for one in picked}
    context = {
        "partnership": partnership,
        "parties": picked,
        "text": text,
        "trouble": trouble,
        "found": [one for one in offered(request.user, area, text) if one.who.ref not in taken],
    }
    template = fragment(request, "partnerships/partnership_join.html", "parties") if searching else ""
    return render(request, template or "partnerships/partnership_join.html", context, status=status)


def _joined(request: SignedInRequest, partnership: Partnership, parties: list[Party]) -> str:
    """Let them take part; return why not, or nothing."""
    now = timezone.now()
    try:
        join_all(partnership=partnership, parties=parties, on=timezone.localdate(now), by=request.user, now=now)
    except NOT_JOINED as trouble:
        return str(trouble)
    return ""
