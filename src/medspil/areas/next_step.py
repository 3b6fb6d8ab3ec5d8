"""The next best step of an area or a need: what is missing, first thing first. Pages and the front page show it.

What challenges take, and what nobody has, the room above works out; whoever asks hands it in as `Gaps`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from medspil.areas.models import Area, Challenge, Need
from medspil.areas.sections import (
    AREA_SECTIONS,
    NEED_SECTIONS,
    State,
    Words,
    asked_of,
    open_challenges,
    open_needs,
    progress,
    rankable,
)


class StepKind(StrEnum):
    """What the next best step of an area is about."""

    AREA_SECTION = "area_section"
    FIRST_CHALLENGE = "first_challenge"
    COMPETENCES = "competences"
    NOBODY_HAS = "nobody_has"
    FIRST_NEED = "first_need"
    NEED_SECTION = "need_section"
    FIND_COMPANIES = "find_companies"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next best step: its kind, the section it leads to, and the challenge or need it is about."""

    kind: StepKind
    section: str = ""
    title: Words = ""
    missing: tuple[Words, ...] = ()
    challenge: Challenge | None = None
    need: Need | None = None
    kind_of_resource: str = ""
    """What nobody has."""


class Gaps(Protocol):
    """What is known of the competences that challenges take, by the key of the challenge."""

    @property
    def takes(self) -> Mapping[int, Sequence[str]]:
        """Return the kinds each challenge takes; empty where nobody said so yet."""
        ...

    @property
    def lacks(self) -> Mapping[int, Sequence[str]]:
        """Return the kinds of each challenge that nobody has and nobody asks for."""
        ...

    @property
    def mapped(self) -> int:
        """Return how many resources of the area are mapped: without any, nobody can tell what is lacking."""
        ...


# An area needs a place before companies can be near it; the rest of its facts can wait until companies were found.
_FIRST, _LATER = ("about", "border"), ("figures", "programme")


def next_step(area: Area, *, served: Collection[int] = (), gaps: Gaps | None = None) -> NextStep:
    """Return what to do next for an area loaded by `for_overview`; `served` are needs that already have companies."""
    return next(steps(area, served=served, gaps=gaps), NextStep(StepKind.NOTHING))


def steps(area: Area, *, served: Collection[int] = (), gaps: Gaps | None = None) -> Iterator[NextStep]:
    """Yield all that could be done for an area, the most useful first."""
    challenges, needs = open_challenges(area), open_needs(area)
    yield from _unfinished(area, _FIRST)
    if not challenges and not needs:
        yield NextStep(StepKind.FIRST_CHALLENGE)
    yield from (need_step(need) for need in needs if not rankable(need))
    yield from (
        NextStep(StepKind.FIND_COMPANIES, need=need) for need in needs if rankable(need) and need.pk not in served
    )
    answered = {need.challenge_id for need in needs}
    yield from (step for one in challenges if one.pk not in answered for step in _unanswered(one, gaps))
    yield from (need_step(one) for one in needs if rankable(one) and not progress(one, NEED_SECTIONS).complete)
    if gaps:
        yield from (step for one in challenges if one.pk in answered for step in _gap(one, gaps))
    yield from _unfinished(area, _LATER)


def need_step(need: Need, *, served: bool = False) -> NextStep:
    """Return what to do next for one need: its first unfinished section, then companies."""
    for section in asked_of(need, NEED_SECTIONS):
        if not section.optional and section.state(need) is not State.DONE:
            missing = tuple(section.missing(need))
            return NextStep(StepKind.NEED_SECTION, section.code, section.title, missing, need=need)
    return NextStep(StepKind.NOTHING if served else StepKind.FIND_COMPANIES, need=need)


def _unanswered(challenge: Challenge, gaps: Gaps | None) -> Iterator[NextStep]:
    """Yield the way from a challenge to its first need: by what nobody has, once it is known what the area has."""
    if gaps and (not gaps.takes.get(challenge.pk) or gaps.mapped):
        yield from _gap(challenge, gaps)
    else:
        yield NextStep(StepKind.FIRST_NEED, challenge=challenge)


def _gap(challenge: Challenge, gaps: Gaps) -> Iterator[NextStep]:
    if not gaps.takes.get(challenge.pk):
        yield NextStep(StepKind.COMPETENCES, challenge=challenge)
    for kind in gaps.lacks.get(challenge.pk, ()):
        yield NextStep(StepKind.NOBODY_HAS, challenge=challenge, kind_of_resource=kind)


def _unfinished(area: Area, codes: tuple[str, ...]) -> Iterator[NextStep]:
    for section in (one for code in codes for one in AREA_SECTIONS if one.code == code):
        if section.state(area) is not State.DONE:
            yield NextStep(StepKind.AREA_SECTION, section.code, section.title, tuple(section.missing(area)))
