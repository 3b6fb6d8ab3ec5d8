"""The sections of an area and of a need as tables: which fields each has, and what makes it done.

Pages draw the task list from here; next_step.py finds the first thing that is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.hosting import HOSTED, wants_volunteers
from medspil.areas.models import Area, Challenge, Need

_Record = TypeVar("_Record")
Words = str | Promise


class State(StrEnum):
    """How far a section has come."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[_Record]):
    """A part of a record that is filled in on one page.

    `needed` says what must be there for the section to be done, each with a test; `extra` are tests of what may be
    there besides. A section that is `optional` does not count in the progress; one that does not apply is not asked.
    """

    code: str
    title: Words
    hint: Words
    needed: Mapping[Words, Callable[[_Record], bool]]
    extra: tuple[Callable[[_Record], bool], ...] = ()
    optional: bool = False
    applies: Callable[[_Record], bool] = lambda _record: True

    def missing(self, record: _Record) -> list[Words]:
        """Return what is still missing, in order."""
        return [label for label, there in self.needed.items() if not there(record)]

    def state(self, record: _Record) -> State:
        """Return how far the section has come."""
        missing = self.missing(record)
        if not missing:
            return State.DONE
        begun = len(missing) < len(self.needed) or any(there(record) for there in self.extra)
        return State.DOING if begun else State.TODO


def _has_figure(measure: str) -> Callable[[Area], bool]:
    return lambda area: any(figure.measure == measure for figure in area.figures.all())


AREA_SECTIONS: tuple[Section[Area], ...] = (
    Section(
        code="about",
        title=_("About the area"),
        hint=_("Municipality, kind of area and a short description"),
        needed={
            _("the municipality"): lambda area: bool(area.municipality),
            _("the kind of area"): lambda area: bool(area.kind),
            _("a short description"): lambda area: bool(area.description),
        },
    ),
    Section(
        code="border",
        title=_("Place on the map"),
        hint=_("A border, or a centre and a radius; distances to companies are measured from here"),
        needed={_("a border or a centre"): lambda area: area.x is not None and area.y is not None},
    ),
    Section(
        code="programme",
        title=_("Programme and period"),
        hint=_("What pays for the work, and until when"),
        needed={
            _("the programme"): lambda area: bool(area.programme),
            _("when it starts"): lambda area: area.programme_from is not None,
            _("when it ends"): lambda area: area.programme_to is not None,
        },
    ),
    Section(
        code="figures",
        title=_("Figures about the residents"),
        hint=_("What you know; the rest stays “not stated”"),
        needed={
            _("the number of residents"): _has_figure("residents"),
            _("the number of households"): _has_figure("households"),
        },
        extra=(lambda area: bool(area.figures.all()),),
    ),
    Section(
        code="statuses",
        title=_("Official lists"),
        hint=_("Only if the area stands on one"),
        needed={_("a list"): lambda area: bool(area.statuses.all())},
        optional=True,
    ),
    Section(
        code="partners",
        title=_("Organisations that take part"),
        hint=_("They can see the area and work on challenges and needs"),
        needed={_("an organisation"): lambda area: bool(area.partners.all())},
        optional=True,
    ),
)

NEED_SECTIONS: tuple[Section[Need], ...] = (
    Section(
        code="what",
        title=_("What is lacking"),
        hint=_("In words that a company understands, and which challenge it answers"),
        needed={
            _("what is lacking"): lambda need: bool(need.text),
            _("which challenge it answers, or why it answers none"): lambda need: (
                need.challenge_id is not None or bool(need.no_challenge_reason)
            ),
        },
    ),
    Section(
        code="resources",
        title=_("Kinds of resources"),
        hint=_("What a company could bring; companies are found by this"),
        needed={_("at least one kind"): lambda need: bool(need.resources.all())},
    ),
    Section(
        code="amounts",
        title=_("How much and how often"),
        hint=_("So that a company knows what it says yes to"),
        needed={
            _("how much or how often of each kind"): lambda need: (
                bool(need.resources.all())
                and all(one.quantity is not None or one.rhythm for one in need.resources.all())
            )
        },
        extra=(lambda need: any(one.quantity is not None or one.rhythm for one in need.resources.all()),),
    ),
    Section(
        code="who",
        title=_("For whom"),
        hint=_("Target group, ages and how many"),
        needed={
            _("for whom"): lambda need: bool(need.target_group),
            _("how many take part"): lambda need: need.people is not None,
        },
        extra=(lambda need: need.age_from is not None or need.age_to is not None,),
    ),
    Section(
        code="when",
        title=_("Where and when"),
        hint=_("Place, period and how many people from the company at a time"),
        needed={
            _("the place"): lambda need: bool(need.place),
            _("when it starts"): lambda need: need.starts_on is not None,
        },
        extra=(lambda need: need.ends_on is not None or need.helpers is not None,),
    ),
    Section(
        code="host",
        title=_("Who receives the volunteers"),
        hint=_("The group that receives them asks first: how many at a time, and what a good day looks like"),
        needed=HOSTED,
        applies=wants_volunteers,
    ),
    Section(
        code="reach",
        title=_("How far away"),
        hint=_("The municipality, a number of kilometres or the whole country"),
        needed={
            _("how far away a company may be"): lambda need: (
                need.own_municipality_only or need.reach_km is not None or need.whole_country
            )
        },
    ),
    Section(
        code="companies",
        title=_("Shown to companies"),
        hint=_("Whether companies that use Medspil can find the need themselves; closed until you open it"),
        needed={_("that companies can see it"): lambda need: need.open_to_companies},
        optional=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the sections that count are done."""

    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether all are done."""
        return self.done == self.total


def progress(record: _Record, sections: tuple[Section[_Record], ...]) -> Progress:
    """Return how far a record has come; optional sections do not count."""
    counted = [section.state(record) for section in asked_of(record, sections) if not section.optional]
    return Progress(counted.count(State.DONE), len(counted))


def asked_of(record: _Record, sections: tuple[Section[_Record], ...]) -> list[Section[_Record]]:
    """Return the sections that a record is asked, in order."""
    return [section for section in sections if section.applies(record)]


def rankable(need: Need) -> bool:
    """Return whether companies can be found for a need: it names at least one kind of resource."""
    return bool(need.resources.all())


def open_challenges(area: Area) -> list[Challenge]:
    """Return the loaded challenges that are not archived, oldest first."""
    return sorted((one for one in area.challenges.all() if one.archived_at is None), key=lambda one: one.pk)


def open_needs(area: Area) -> list[Need]:
    """Return the loaded needs that are not archived, oldest first."""
    return sorted((one for one in area.needs.all() if one.archived_at is None), key=lambda one: one.pk)
