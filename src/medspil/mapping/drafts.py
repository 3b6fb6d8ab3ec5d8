"""Many resources at once: what a list or a file says, compared with what is there, before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.areas.models import Area
from medspil.areas.privacy import SENTENCE, looks_like_cpr
from medspil.language import fold
from medspil.mapping.alike import names_of, near, same, same_address
from medspil.mapping.models import PERSON, Resource
from medspil.mapping.places import Placed, PlaceFinder
from medspil.mapping.services.resources import ConsentSaid
from medspil.organisations.alike import alike_among, bare

MOST_LINES = 2_000
LONGEST_NAME, LONGEST_PLACE, LONGEST_TEXT = 160, 200, 5_000
HIDDEN = "••••••-••••"
"""Stands where a file had what looks like a number of a person: such a number is not even kept while a list waits."""
Sentence = str | Promise


class TooMany(Exception):
    """The list is longer than can be shown and checked at once."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("The list has more than 2,000 rows. Bring it in in parts."))


class NotUnderstood(Exception):
    """Some lines are not understood; nothing was written."""

    def __init__(self, lines: Sequence[int]) -> None:
        named = ", ".join(str(line) for line in lines[:10]) + (" …" if len(lines) > 10 else "")
        super().__init__(_("Nothing was added: these rows are not understood: %(rows)s.") % {"rows": named})
        self.lines = list(lines)


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    KNOWN = "known"  # it is among the area's resources
    TWICE = "twice"  # an earlier line says the same
    LEFT_OUT = "left_out"  # it may not be added this way; the others can be
    BAD = "bad"  # it is not understood, so nothing is brought in


@dataclass(frozen=True, slots=True)
class Draft:
    """One line as it was understood; `problem` says why it was not, `left_out` why it is understood and
    still not brought in."""

    line: int
    text: str
    name: str = ""
    kind: str = ""
    place: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    point: tuple[float, float] | None = None  # EPSG:25832, where a file has it
    consent: ConsentSaid | None = None
    contact: dict[str, str] = field(default_factory=dict)
    problem: Sentence = ""
    notes: tuple[Sentence, ...] = ()
    left_out: Sentence = ""
    asks_kind: bool = False
    """Whether it does not say its kind: then somebody says it, line by line or for all, and nothing is lost."""
    kind_word: str = ""  # what it says instead of a kind that we know
    chosen_kind: str = ""  # what somebody said of this very line
    asks_name: bool = False  # a row of a file that has no name, or too long a one
    chosen_name: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody says of one row of a file, which cannot be written over as a pasted line can."""

    kind: str = ""
    name: str = ""
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody says of a file besides which column is what."""

    default_kind: str = ""
    purpose: str = ""  # what contacts in the file may be used for; without one they are left out
    by_word: Mapping[str, str] = field(default_factory=dict)
    """The kinds of rows that say them in a word we do not know, by that word, folded: so many rows at once."""
    rows: Mapping[int, Chosen] = field(default_factory=dict)


NOTHING_CHOSEN = Choices()


@dataclass(frozen=True, slots=True)
class Like:
    """Something whose name is so alike that it may be the same: an earlier line, or a resource of the area."""

    name: str
    likeness: float
    line: int | None = None
    resource: Resource | None = None
    at_one: bool = False
    """Whether it is of the same kind and at the same address as well: then it is probably the same."""

    @property
    def target(self) -> str:
        """Return how a form names it: `line-3`, `resource-12`."""
        return f"line-{self.line}" if self.resource is None else f"resource-{self.resource.pk}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what becomes of it, where it lies, and what it may be the same as."""

    draft: Draft
    fate: Fate
    placed: Placed
    known: Resource | None = None
    alike: tuple[Like, ...] = ()

    @property
    def proposed(self) -> str:
        """Return what it is probably the same as, as a form names it; blank where a person has to tell."""
        return next((like.target for like in self.alike if like.at_one), "")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen if the list were brought in."""

    lines: tuple[Line, ...]

    @property
    def bad(self) -> list[Line]:
        """Return the lines that are not understood; while there is one, nothing is brought in."""
        return self.of(Fate.BAD)

    @property
    def ready(self) -> bool:
        """Whether it can be brought in: all is understood, and there is more than what is left out."""
        return not self.bad and any(line.fate is not Fate.LEFT_OUT for line in self.lines)

    @property
    def warned(self) -> list[Line]:
        """Return new lines that may be the same as something else."""
        return [line for line in self.of(Fate.NEW) if line.alike]

    def of(self, fate: Fate) -> list[Line]:
        """Return the lines of one fate."""
        return [line for line in self.lines if line.fate is fate]


def compare(area: Area, drafts: Iterable[Draft]) -> Preview:
    """Compare lines with one another and with the area's resources; writes nothing. A fixed number of queries, and
    one for each postal code named. Raises `TooMany`.
    """
    told = list(drafts)
    if len(told) > MOST_LINES:
        raise TooMany
    # What was put away or went into another counts as known too: the same file twice changes nothing.
    there = list(Resource.objects.filter(area=area, withdrawn_on=None).select_related("organisation").order_by("pk"))
    finder = PlaceFinder(area)
    lines: list[Line] = []
    by_name: dict[str, list[Resource]] = {}
    for one in there:
        for name in names_of(one):
            by_name.setdefault(name, []).append(one)
    earlier: dict[str, list[Draft]] = {}
    for draft in map(_checked, told):
        lines.append(_compared(draft, by_name, earlier, finder))
        earlier.setdefault(bare(draft.name), []).append(draft)
    current = [one for one in there if one.archived_at is None and one.merged_into_id is None]
    return Preview(tuple(_warned(lines, current, near(area))))


def _checked(draft: Draft) -> Draft:
    """Say what is wrong with a line beyond its form; what is left out may be as wrong as it is."""
    if draft.left_out:
        return draft
    texts = [draft.name, draft.place, *(value for value in draft.facts.values() if isinstance(value, str))]
    problem = draft.problem
    if not problem and len(draft.name) > LONGEST_NAME:
        problem = gettext_lazy("The name is longer than 160 signs. Put the rest in a field of its own.")
    elif not problem and len(draft.place) > LONGEST_PLACE:
        problem = gettext_lazy("The place is longer than 200 signs.")
    elif not problem and any(len(text) > LONGEST_TEXT for text in texts):
        problem = gettext_lazy("The text is longer than 5,000 signs.")
    elif not problem and any(looks_like_cpr(text) or HIDDEN in text for text in (*texts, *draft.contact.values())):
        problem = SENTENCE
    left_out = draft.left_out
    if not problem and draft.kind == PERSON and draft.consent is None:
        left_out = gettext_lazy("A person can only be added with her own consent. Add her by herself, and say how.")
    return Draft(
        **{name: getattr(draft, name) for name in Draft.__slots__} | {"problem": problem, "left_out": left_out}
    )


def _compared(
    draft: Draft, there: dict[str, list[Resource]], earlier: dict[str, list[Draft]], finder: PlaceFinder
) -> Line:
    if draft.problem:
        return Line(draft, Fate.BAD, Placed(draft.place[:LONGEST_PLACE]))
    if draft.left_out:
        return Line(draft, Fate.LEFT_OUT, Placed(draft.place))
    key = bare(draft.name)
    known = next((one for one in there.get(key, []) if same(draft.name, draft.place, one)), None)
    if known:
        return Line(draft, Fate.KNOWN, Placed(draft.place), known)
    if any(same_place(draft, other) for other in earlier.get(key, []) if key and not (other.problem or other.left_out)):
        return Line(draft, Fate.TWICE, Placed(draft.place))
    placed = finder.find(draft.place)
    if draft.point:
        placed = finder.at(draft.point, address=draft.place)
    return Line(draft, Fate.NEW, placed)


def same_place(draft: Draft, other: Draft) -> bool:
    """Tell whether two lines may mean one place: the same, or one of them names none."""
    here, there = fold(draft.place), fold(other.place)
    return not here or not there or here == there


def _warned(lines: list[Line], there: list[Resource], here: frozenset[str]) -> list[Line]:
    """Add to each new line what it may be the same as: resources of the area, and new lines before it."""
    new = [line for line in lines if line.fate is Fate.NEW]
    names = [line.draft.name for line in new]
    likes: dict[int, list[Like]] = {}
    for at, other, likeness in alike_among(names, [one.name for one in there], near=here):
        if (new[at].draft.kind == PERSON) == there[other].is_person:
            draft, known = new[at].draft, there[other]
            at_one = draft.kind == known.kind and same_address(draft.place, known.address)
            found = Like(known.name, likeness, resource=known, at_one=at_one)
            likes.setdefault(new[at].draft.line, []).append(found)
    for at, other, likeness in alike_among(names, names, near=here):
        if other < at and (new[at].draft.kind == PERSON) == (new[other].draft.kind == PERSON):
            draft, before = new[at].draft, new[other].draft
            at_one = draft.kind == before.kind and same_address(draft.place, before.place)
            found = Like(names[other], likeness, line=before.line, at_one=at_one)
            likes.setdefault(new[at].draft.line, []).append(found)
    return [
        Line(line.draft, line.fate, line.placed, line.known, tuple(likes.get(line.draft.line, ())))
        if line.fate is Fate.NEW
        else line
        for line in lines
    ]
