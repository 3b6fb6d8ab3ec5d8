"""What the pages of areas and needs show: tasks, facts, cards and next steps, made for the components."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from medspil.areas.figures import Stated, latest
from medspil.areas.hosting import hosted, wants_volunteers
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.next_step import NextStep, StepKind, need_step
from medspil.areas.sections import (
    AREA_SECTIONS,
    NEED_SECTIONS,
    Section,
    asked_of,
    open_challenges,
    open_needs,
    rankable,
)
from medspil.mapping.coverage import Coverage
from medspil.organisations.roles import Abilities
from medspil.web.areas import words
from medspil.web.areas.told import amount
from medspil.web.mapping.coverage_words import COVERS
from medspil.web.parts import Fact, Task


@dataclass(frozen=True, slots=True)
class Advice:
    """The next best step as shown: what to do, why, and the button."""

    text: str
    why: str
    url: str
    button: str
    sends: bool = False
    """Whether the step writes something, so that the button is a form's."""


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in a list: how far it has come and what comes next."""

    need: Need
    ready: bool
    complete: bool
    hint: str
    companies_url: str


@dataclass(frozen=True, slots=True)
class ChallengeCard:
    """A challenge with the needs that answer it; without a challenge for needs that answer none."""

    challenge: Challenge | None
    theme: str
    groups: list[str]
    needs: list[NeedLine]
    takes: list[tuple[str, str, str]] = field(default_factory=list)
    """What it takes: the code of how that stands, the kind, and how it stands in words."""


def companies_url(need: Need) -> str:
    """Return the address of the ranking of a need."""
    return _address("linking:ranking", need.pk)


def find_url(need: Need) -> str:
    """Return the address that asks for companies and stores the run."""
    return _address("linking:find", need.pk)


def advice(area: Area, step: NextStep, may: Abilities) -> Advice | None:
    """Return the next best step in words, if the person may take it."""
    missing = get_text_list([str(one) for one in step.missing], _("and"))
    why = _("Still missing: %(what)s.") % {"what": missing} if missing else ""
    pk = area.pk
    if step.kind is StepKind.AREA_SECTION and may.edit_area:
        url = _address(f"areas:edit_{step.section}", pk)
        return Advice(_("Fill in “%(title)s”") % {"title": step.title}, why, url, _("Fill in"))
    if step.kind is StepKind.FIRST_CHALLENGE and may.edit_need:
        why = _("Everything else starts here: what do you want to change, and for whom?")
        return Advice(_("Describe the first challenge"), why, _address("areas:challenge_create", pk), _("Describe"))
    if step.kind is StepKind.FIRST_NEED and may.edit_need and step.challenge:
        url = f"{_address('areas:need_create', pk)}?challenge={step.challenge.pk}"
        why = _("A company can say yes to a need, hardly to a challenge.")
        return Advice(
            _("Say what is lacking to meet “%(title)s”") % {"title": step.challenge.title},
            why,
            url,
            _("Describe a need"),
        )
    if step.challenge and may.edit_need:
        return gap_advice(step, step.challenge)
    return need_advice(step, may) if step.need else None


def gap_advice(step: NextStep, challenge: Challenge) -> Advice | None:
    """Return the next best step about what a challenge takes, in words."""
    title = {"title": challenge.title}
    if step.kind is StepKind.COMPETENCES:
        why = _("Then it shows who in the area has that, and what nobody has.")
        url = _address("mapping:competences", challenge.pk)
        return Advice(_("Say what it takes to meet “%(title)s”") % title, why, url, _("Say what it takes"))
    if step.kind is StepKind.NOBODY_HAS:
        kind = words.kind(step.kind_of_resource)
        return Advice(
            _("Nobody in the area has “%(kind)s”, which “%(title)s” takes") % (title | {"kind": kind}),
            _("A need asks for it, so that a company can say yes to it."),
            _address("mapping:coverage_need", challenge.pk, step.kind_of_resource),
            _("Make a need"),
            sends=True,
        )
    return None


def need_advice(step: NextStep, may: Abilities) -> Advice | None:
    """Return the next best step of a need in words, if the person may take it."""
    need = step.need
    if step.kind is StepKind.FIND_COMPANIES and may.rank and need and find_url(need):
        why = _("The need says enough to be ranked against the business register.")
        return Advice(
            _("Find companies for “%(title)s”") % {"title": need.title},
            why,
            find_url(need),
            _("Find companies"),
            sends=True,
        )
    if step.kind is StepKind.NEED_SECTION and may.edit_need and need:
        missing = get_text_list([str(one) for one in step.missing], _("and"))
        why = _("Still missing: %(what)s.") % {"what": missing}
        url = _address(f"areas:need_edit_{step.section}", need.pk)
        return Advice(
            _("Go on with “%(title)s”: %(section)s") % {"title": need.title, "section": step.title},
            why,
            url,
            _("Go on"),
        )
    return None


def area_tasks(area: Area, may: Abilities) -> tuple[list[Task], list[Task]]:
    """Return the sections of an area as two task lists: what is to be filled in still, and all others."""
    left: list[Task] = []
    others: list[Task] = []
    for section in AREA_SECTIONS:
        task = _task(section, area, _address(f"areas:edit_{section.code}", area.pk) if may.edit_area else "")
        (others if section.optional or task.state == "done" else left).append(task)
    return left, others


def need_tasks(need: Need, may: Abilities) -> list[Task]:
    """Return the sections of a need as a task list."""
    return [
        _task(section, need, _address(f"areas:need_edit_{section.code}", need.pk) if may.edit_need else "")
        for section in asked_of(need, NEED_SECTIONS)
    ]


def _task(section: Section[Any], record: Any, url: str) -> Task:
    title = _("%(title)s (optional)") % {"title": section.title} if section.optional else section.title
    return Task(title=title, state=section.state(record).value, url=url, hint=section.hint)


def cards(area: Area, found: Coverage) -> list[ChallengeCard]:
    """Return the challenges of an area with their needs and what they take; needs that answer none come last."""
    lines = [need_line(need) for need in open_needs(area)]
    challenges = open_challenges(area)
    made = [
        ChallengeCard(
            challenge=one,
            theme=words.theme(one.theme) if one.theme else "",
            groups=[words.group(code) for code in one.target_groups],
            needs=[line for line in lines if line.need.challenge_id == one.pk],
            takes=[
                (row.cover.value, words.kind(row.kind), str(COVERS[row.cover]))
                for row in found.rows
                if row.challenge.pk == one.pk
            ],
        )
        for one in challenges
    ]
    known = {one.pk for one in challenges}
    loose = [line for line in lines if line.need.challenge_id not in known]
    return [*made, ChallengeCard(None, "", [], loose)] if loose else made


def need_line(need: Need) -> NeedLine:
    """Return a need with its state and what comes next."""
    step = need_step(need)
    hint = get_text_list([str(one) for one in step.missing], _("and"))
    return NeedLine(
        need=need,
        ready=rankable(need),
        complete=step.kind is StepKind.FIND_COMPANIES,
        hint=_("Still missing: %(what)s.") % {"what": hint} if hint else "",
        companies_url=companies_url(need),
    )


def area_facts(area: Area, may: Abilities) -> list[Fact]:
    """Return the facts of an area besides figures, lists and partners."""
    about, programme = _edit("areas:edit_about", area, may), _edit("areas:edit_programme", area, may)
    return [
        Fact(_("Municipality"), words.town(area.municipality), about),
        Fact(_("Kind of area"), words.area_kind(area.kind) if area.kind else "", about),
        Fact(_("Responsible"), area.owner.name),
        Fact(_("Programme"), words.programme(area.programme) if area.programme else "", programme),
        Fact(_("Period"), period(area.programme_from, area.programme_to), programme),
    ]


def figures(area: Area) -> tuple[list[tuple[Stated, str]], list[str]]:
    """Return the measures that somebody stated with their latest figure as text, and the names of the others."""
    found = latest(area)
    stated = [
        (one, number_format(one.figure.value.normalize(), use_l10n=True)) for one in found if one.figure is not None
    ]
    return stated, [str(one.measure.name) for one in found if one.figure is None]


def need_facts(need: Need, may: Abilities) -> list[Fact]:
    """Return all answers of a need, each with the way to change it."""

    def change(section: str) -> str:
        return _address(f"areas:need_edit_{section}", need.pk) if may.edit_need else ""

    rows = sorted(need.resources.all(), key=lambda one: one.kind)
    amounts = [f"{words.kind(one.kind)}: {amount(one.quantity, one.unit, one.rhythm)}" for one in rows]
    return [
        Fact(_("What is lacking"), need.text, change("what")),
        Fact(_("Challenge"), need.challenge.title if need.challenge else "", change("what")),
        *([] if need.challenge else [Fact(_("Why it answers none"), need.no_challenge_reason, change("what"))]),
        Fact(_("Kinds of resources"), "\n".join(words.kind(one.kind) for one in rows), change("resources")),
        Fact(
            _("How much and how often"), "\n".join(one for one in amounts if not one.endswith(": ")), change("amounts")
        ),
        Fact(_("For whom"), words.group(need.target_group) if need.target_group else "", change("who")),
        Fact(_("Ages"), span(need.age_from, need.age_to), change("who")),
        Fact(_("How many take part"), number_format(need.people) if need.people is not None else "", change("who")),
        Fact(_("Place"), need.place, change("when")),
        Fact(_("Period"), period(need.starts_on, need.ends_on), change("when")),
        Fact(_("People from the company at a time"), need.helpers, change("when")),
        *(host_facts(need, change("host")) if wants_volunteers(need) or hosted(need) else []),
        Fact(_("How far away"), reach(need), change("reach")),
        Fact(_("Shown to companies"), _("yes") if need.open_to_companies else _("no"), change("companies")),
    ]


def host_facts(need: Need, change_url: str) -> list[Fact]:
    """Return what the group that receives the volunteers said."""
    return [
        Fact(_("Who receives the volunteers"), need.host.name if need.host else need.host_name, change_url),
        Fact(_("Volunteers at a time"), need.host_capacity, change_url),
        Fact(_("What a good day looks like"), need.good_day, change_url),
        Fact(_("The group asked on"), date_format(need.hosted_on) if need.hosted_on else "", change_url),
    ]


def reach(need: Need) -> str:
    """Return how far away a company may be, in words; empty when nobody decided."""
    if need.own_municipality_only:
        return _("In the same municipality")
    if need.reach_km:
        return _("Within %(km)s km") % {"km": need.reach_km}
    return _("Anywhere in the country") if need.whole_country else ""


def period(start: Any, end: Any) -> str:
    """Return a span of days, open at either end."""
    if not start and not end:
        return ""
    return f"{date_format(start) if start else '…'} – {date_format(end) if end else '…'}"


def span(low: int | None, high: int | None) -> str:
    """Return a span of numbers, open at either end."""
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}–{'' if high is None else high}"


def _edit(name: str, area: Area, may: Abilities) -> str:
    return _address(name, area.pk) if may.edit_area else ""


def _address(name: str, *args: int | str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
