"""The page of one partnership, and the list of all that a person sees."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from medspil.linking.parties import names_for
from medspil.partnerships.definition import Mark, definition
from medspil.partnerships.models import Partnership, Question
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.history import told
from medspil.web.http import SignedInRequest
from medspil.web.partnerships import partnership_words as words
from medspil.web.partnerships.cards import Look, cards_for
from medspil.web.partnerships.partners import partners_of
from medspil.web.partnerships.partnership_loading import partnership_or_404
from medspil.web.partnerships.timeline import timeline
from medspil.web.partnerships.told import told as told_inside
from medspil.web.progress.words import stages as stages_of
from medspil.web.tables import Column, Table

MOST_QUESTIONS = 20


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show all partnerships a person sees: those of her areas, and those that she herself takes part in."""
    seen = Partnership.objects.visible_to(request.user, on=timezone.localdate()).for_page().order_by("name", "pk")
    rows = list(seen)
    sides = [partner.side for one in rows for partner in one.partners.all() if partner.left_on is None]
    names = names_for(request.user, sides)
    stages = stages_of(rows, on=timezone.localdate())
    columns = (
        Column(_("Partnership"), "name", url=lambda one: reverse("partnerships:detail", args=[one.pk])),
        Column(_("Who takes part"), lambda one: _who(one, names)),
        Column(_("Area"), "link.area.name"),
        Column(_("How it stands"), words.standing, template="partnerships/_standing_cell.html"),
        Column(_("Stage"), lambda one: stages.get(one.pk, "")),
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
    seen = Question.objects.visible_to(request.user)
    questions = list(seen.filter(partnership=partnership).for_page()[:MOST_QUESTIONS])
    context = {
        "partnership": partnership,
        "link": partnership.link,
        "area": partnership.link.area,
        "rights": rights,
        "inside": rights.runs or bool(rights.own),
        "trouble": trouble,
        "standing": words.standing(partnership),
        "partners": partners_of(look, seen),
        "cards": cards_for(look),
        "marks": _marks(look),
        "questions": _questions(look, questions),
        "timeline": timeline(look),
        "today": today,
        "history": told(partnership, words.ACTIONS, values=words.VALUES) if rights.runs else [],
    }
    context["told"] = told_inside(partnership, context)
    return render(request, "partnerships/partnership.html", context | more, status=status)


def _marks(look: Look) -> list[dict[str, Any]]:
    """Return the marks of a social partnership in words, each with what shows it or what is missing."""
    marks = definition(look.partnership)
    names = names_for(look.user, [one.side for one in look.partnership.partners.all()])
    need, challenge = look.partnership.link.need, look.partnership.link.challenge
    found = []
    for one in marks:
        evidence = ", ".join(names[partner.side_id] for partner in one.shown_by)
        if one.mark is Mark.SECTORS:
            evidence = ", ".join(str(words.SECTOR_NAMES[sector]) for sector in one.sectors)
        if one.mark is Mark.PURPOSE:
            evidence = need.title if need else challenge.title if challenge else ""
        lacking = ", ".join(names[partner.side_id] for partner in one.lacking)
        found.append({"name": words.MARKS[one.mark], "there": one.there, "evidence": evidence, "lacking": lacking})
    return found


def _questions(look: Look, questions: list[Question]) -> list[dict[str, Any]]:
    """Return questions in words, those that wait first: between whom, by when, how late."""
    sides = [end.side for one in questions for end in (one.asked_of, one.put_by) if end]
    names = names_for(look.user, sides)
    owner = look.partnership.link.area.owner.name
    found = [
        {
            "question": one,
            "asked_of": names[one.asked_of.side_id],
            "put_by": names[one.put_by.side_id] if one.put_by else owner,
            "late": one.is_open and one.due_on < look.today,
        }
        for one in questions
    ]
    return sorted(found, key=lambda one: not one["question"].is_open)


def _who(partnership: Partnership, names: dict[int, str]) -> str:
    """Return who takes part, by the names that the person may see."""
    return ", ".join(names[one.side_id] for one in partnership.partners.all() if one.side_id in names)
