"""Profiles of companies: what is known with its sources, one question at a time, and the companies one has checked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.organisations.answers import AnswerRefused
from medspil.organisations.models import ProfileAnswer, Topic
from medspil.organisations.profiles import NothingToCheck, save_answer, save_note
from medspil.organisations.roles import Ability
from medspil.register.status import source_date
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.organisations import profile_list, profile_shown
from medspil.web.organisations.profile_conflict import told_apart
from medspil.web.organisations.profile_forms import AnswerForm, NoteForm, first_shown
from medspil.web.organisations.profile_loading import ProfilePage, page_or_refuse, writing_or_refuse
from medspil.web.organisations.profile_words import QUESTIONS
from medspil.web.register import shown as register_shown
from medspil.web.register.access import require

PAGE = ["GET", "HEAD", "POST"]
TROUBLES = (AnswerRefused, CprNumberFound, NothingToCheck)


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the companies that the person's organisations have checked, the newest check first."""
    require(request, Ability.VIEW_REGISTER)
    return render(request, "organisations/profiles.html", profile_list.context(request))


@require_safe
def detail(request: SignedInRequest, ref: str) -> HttpResponse:
    """Show what is known of a company beside what the register says."""
    page = page_or_refuse(request, ref)
    if ref != page.subject.ref:
        return redirect(page.url)
    units, number = profile_shown.places(page)
    left = profile_shown.questions_left(page) if page.writer else None
    context = {
        "page": page,
        "topics": profile_shown.topics(page),
        "total": len(Topic),
        "next_url": page.address("answer", left.value) if left else "",
        "facts": register_shown.facts(page.unit, known_on=source_date(page.unit)) if page.unit else [],
        "units": units,
        "units_number": number,
        "map": profile_shown.places_map(page, units),
        "events": profile_shown.events(page.profiles),
    }
    return render(request, "organisations/profile.html", context)


@require_http_methods(PAGE)
def answer(request: SignedInRequest, ref: str, topic: str) -> HttpResponse:
    """Answer one question about a company."""
    page, writer = writing_or_refuse(request, ref)
    if topic not in Topic:
        raise Http404
    asked, stored = Topic(topic), page.answer(Topic(topic))
    form = AnswerForm(request.POST or None, topic=asked, own=page.own, answer=stored)
    if request.method == "POST" and form.is_valid():
        try:
            save_answer(
                subject=page.subject,
                said_by=writer,
                topic=asked,
                content=form.content(),
                expected_version=form.cleaned_data["version"],
                by=request.user,
                now=timezone.now(),
                **form.where(),
            )
        except EditConflict:
            return _conflict(request, page, form, asked)
        except TROUBLES as trouble:
            _refused(form, trouble)
        else:
            return _onwards(request, page, asked)
    return render(request, "organisations/profile_answer.html", _asked(page, form, asked), status=_status(form))


@require_http_methods(PAGE)
def note(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write the private note of the organisation that checks; a company has none about itself."""
    page, writer = writing_or_refuse(request, ref)
    if page.own:
        raise Http404
    version, text = (page.mine.version, page.mine.note) if page.mine else (0, "")
    form = NoteForm(request.POST or None, initial={"version": version, "note": text})
    if request.method == "POST" and form.is_valid():
        said = {"note": form.cleaned_data["note"], "expected_version": form.cleaned_data["version"]}
        try:
            save_note(subject=page.subject, said_by=writer, by=request.user, now=timezone.now(), **said)
        except EditConflict:
            context = {"page": page} | told_apart(form, {"note": text}, page.mine, page.mine)
            return render(request, "organisations/profile_note.html", context, status=409)
        except TROUBLES as trouble:
            _refused(form, trouble)
        else:
            messages.success(request, _("Saved."))
            return redirect(page.url)
    return render(request, "organisations/profile_note.html", {"page": page, "form": form}, status=_status(form))


def _asked(page: ProfilePage, form: AnswerForm, topic: Topic) -> dict[str, Any]:
    place = list(Topic).index(topic) + 1
    rows = [[form[name] for name in row] for row in form.rows]
    inside = {name for row in form.rows for name in row}
    before = [form[name] for name in form.fields if name in {"known", "text", "parent_cvr"}]
    after = [field for field in form.visible_fields() if field.name not in inside and field not in before]
    words = {"page": page, "form": form, "topic": topic, "question": QUESTIONS[topic], "place": place}
    return words | {"total": len(Topic), "before": before, "rows": rows, "after": after}


def _conflict(request: SignedInRequest, page: ProfilePage, form: AnswerForm, topic: Topic) -> HttpResponse:
    """Answer 409: what somebody else wrote meanwhile beside one's own, which stays in the form."""
    fresh = ProfilePage(request, page.subject)
    theirs: ProfileAnswer | None = fresh.answer(topic)
    apart = told_apart(form, first_shown(topic, theirs), theirs, fresh.mine)
    return render(request, "organisations/profile_answer.html", _asked(fresh, form, topic) | apart, status=409)


def _onwards(request: SignedInRequest, page: ProfilePage, topic: Topic) -> HttpResponseRedirect:
    """Go to the next question that has no answer, or back to the profile."""
    messages.success(request, _("Saved."))
    fresh = ProfilePage(request, page.subject)
    left = profile_shown.questions_left(fresh, after=topic) if "next" in request.POST else None
    return redirect(fresh.address("answer", left.value) if left else fresh.url)


def _refused(form: Any, trouble: Exception) -> None:
    """Put the sentence where the field is, or above the form where the question has no such field."""
    field = getattr(trouble, "field", "")
    add_domain_error(form, trouble, field if field in form.fields else None)


def _status(form: AnswerForm | NoteForm) -> int:
    return 422 if form.errors else 200
