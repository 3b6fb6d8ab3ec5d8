"""The answer clock on pages: put a question, read it, write the answer, take it back."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.asking import DayAhead
from medspil.linking.parties import names_for
from medspil.notices.transport import is_set_up
from medspil.partnerships import questions as services
from medspil.partnerships.editing import PartnershipPutAway, TextTooLong
from medspil.partnerships.models import Partner, Partnership, Question
from medspil.partnerships.people import HasLeft
from medspil.partnerships.permissions import PartnershipRights
from medspil.partnerships.side_people import people_of
from medspil.partnerships.turns import turns
from medspil.partnerships.working_days import after
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, conflict
from medspil.web.linking.link_forms import StepForm
from medspil.web.one_time import address_of
from medspil.web.partnerships.partnership_forms import AnswerForm, QuestionForm
from medspil.web.partnerships.partnership_loading import REFUSED, partnership_or_404

PAGE = ["GET", "HEAD", "POST"]
LEADERS = "0"
NOT_PUT = (
    services.NothingAsked,
    services.NobodyToAnswer,
    services.PartnershipOver,
    HasLeft,
    PartnershipPutAway,
    TextTooLong,
    CprNumberFound,
)
NOT_ANSWERED = (services.NothingAsked, services.QuestionClosed, TextTooLong, DayAhead, CprNumberFound)


@require_http_methods(PAGE)
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a question to a side."""
    partnership, rights = partnership_or_404(request, pk)
    there = {str(one.pk): one for one in partnership.partners.all() if one.left_on is None}
    askers, asked = _choices(request, partnership, rights, there)
    if not askers:
        raise PermissionDenied(REFUSED)
    wanted = request.GET.get("til", "")
    first = {"put_by": askers[0][0], "asked_of": wanted if wanted in there else "", "creation_key": uuid4()}
    form = QuestionForm(request.POST or None, askers=askers, asked=asked, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            question = services.ask(
                partnership=partnership,
                asked_of=there[said["asked_of"]],
                put_by=there.get(said["put_by"]),
                text=said["text"],
                creation_key=said["creation_key"],
                by=request.user,
                now=timezone.now(),
                address=address_of(request, "partnerships:question_answer"),
            )
        except NOT_PUT as trouble:
            add_domain_error(form, trouble)
        else:
            if is_set_up():
                messages.success(request, _("The question is on its way by mail."))
            else:
                messages.warning(request, _("The question stands here, but no mail was sent: no mail server."))
            return redirect("partnerships:question", pk=question.pk)
    context = {
        "partnership": partnership,
        "form": form,
        "due": after(timezone.localdate(), partnership.answer_days),
    }
    return render(request, "partnerships/question_new.html", context, status=422 if form.errors else 200)


def _choices(
    request: SignedInRequest, partnership: Partnership, rights: PartnershipRights, there: dict[str, Partner]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return in whose name a person may ask, her own sides first, and whom. Who leads may note what others ask."""
    names = names_for(request.user, (one.side for one in there.values()))
    sides = [(key, names[one.side_id]) for key, one in there.items()]
    own = [pair for pair in sides if there[pair[0]].pk in rights.own]
    others = [pair for pair in sides if pair not in own]
    if not rights.runs:
        return own, _asked(others, there)
    leaders = [] if own else [(LEADERS, partnership.link.area.owner.name)]
    return [*own, *leaders, *others], _asked([*others, *own], there)


def _asked(sides: list[tuple[str, str]], there: dict[str, Partner]) -> list[tuple[str, str]]:
    """Return who can be asked; sides where nobody is named to answer come last and say so, so that none is chosen."""
    people = people_of(list(there.values()), on=timezone.localdate())
    mute = [key for key, _name in sides if people[there[key].pk].to_ask() is None]
    said = [(key, _("%(name)s (nobody can be asked there yet)") % {"name": name}) for key, name in sides if key in mute]
    return [pair for pair in sides if pair[0] not in mute] + said


@require_http_methods(PAGE)
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a question, and take its answer from the side that was asked or from those who lead."""
    question, rights = _question(request, pk)
    today = timezone.localdate()
    form = AnswerForm(request.POST or None, initial={"version": question.version, "on": today})
    context = _context(request, question, rights, form=form)
    if request.method == "POST" and not context["may_answer"]:
        raise PermissionDenied(_("Only the side that was asked answers, or those who lead."))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.answer(
                question=question,
                text=said["text"],
                on=said["on"],
                expected_version=said["version"],
                by=request.user,
                now=timezone.now(),
            )
        except EditConflict:
            return conflict(request, "partnerships/question.html", form, question, context)
        except NOT_ANSWERED as trouble:
            add_domain_error(form, trouble)
        else:
            messages.success(request, _("The answer is noted."))
            return redirect("partnerships:question", pk=pk)
    return render(request, "partnerships/question.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a question back."""
    question, rights = _question(request, pk)
    if not _may_drop(question, rights):
        raise PermissionDenied(REFUSED)
    form = StepForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else question.version
    try:
        services.drop(question=question, expected_version=version, by=request.user, now=timezone.now())
    except (services.QuestionClosed, EditConflict) as trouble:
        context = _context(request, question, rights, trouble=str(trouble))
        return render(request, "partnerships/question.html", context, status=422)
    messages.success(request, _("Taken back. Nobody is asked any more."))
    return redirect("partnerships:detail", pk=question.partnership_id)


def _question(request: SignedInRequest, pk: int) -> tuple[Question, PartnershipRights]:
    question = get_object_or_404(Question.objects.visible_to(request.user).for_page(), pk=pk)
    partnership, rights = partnership_or_404(request, question.partnership_id)
    question.partnership = partnership
    return question, rights


def _may_drop(question: Question, rights: PartnershipRights) -> bool:
    """Return whether a person may take a question back: what a side asked by its link, those who lead only answer."""
    own = question.put_by_id in rights.own
    return question.is_open and (own or (rights.runs and question.asked_by_id is not None))


def _context(request: SignedInRequest, question: Question, rights: PartnershipRights, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    sides = [one.side for one in (question.asked_of, question.put_by) if one]
    names = names_for(request.user, sides)
    owner = question.partnership.link.area.owner.name
    may_answer = question.is_open and (rights.runs or question.asked_of_id in rights.own)
    return {
        "question": question,
        "partnership": question.partnership,
        "asked_of": names[question.asked_of.side_id],
        "put_by": names[question.put_by.side_id] if question.put_by else owner,
        "may_answer": may_answer,
        "may_drop": _may_drop(question, rights),
        "late": question.is_open and question.due_on < today,
        "turn": turns([question], now=timezone.now())[question.pk] if question.is_open else None,
        "may_lead": rights.runs,
        "form": AnswerForm(initial={"version": question.version, "on": today}),
    } | more
