"""What is missing: challenge → competences it takes → who in the area has them → what nobody has.

Derived each time it is asked, from what people said a challenge takes, from the map, from offers and from links. Where
nothing is mapped nobody can tell, and that is what it says.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.holders import Had, Holder, Source, Standing, had
from medspil.mapping.models import Competence
from medspil.mapping.nearby import Nearby, nearby


class Cover(StrEnum):
    """How a competence stands, from the best to the worst; the last one is no answer."""

    HERE = "here"  # somebody has it, and that is confirmed, offered or agreed
    UNSURE = "unsure"  # somebody has it, but nobody has confirmed that, or not in time
    ASKED = "asked"  # nobody has it, and a need asks for it
    NOBODY = "nobody"  # what the area has is mapped, and nobody has it
    UNKNOWN = "unknown"  # nothing is mapped: nobody can tell


@dataclass(frozen=True, slots=True)
class Row:
    """One competence that one challenge takes."""

    challenge: Challenge
    kind: str
    note: str
    holders: Sequence[Holder]
    needs: Sequence[Need]
    cover: Cover
    nearby: int | None = None
    """How many companies near by could bring it; None when that is not known."""

    @property
    def counted(self) -> list[Holder]:
        """Return those who have it."""
        return [one for one in self.holders if one.counts]

    @property
    def to_take_up(self) -> Holder | None:
        """Return the offer to link or to ask for: the surest that no link has taken up, where nobody else has it."""
        if any(one.standing is Standing.SURE and one.source is not Source.OFFER for one in self.holders):
            return None
        linked = {one.name for one in self.holders if one.source is Source.LINK}
        offers = [one for one in self.holders if one.source is Source.OFFER and one.name not in linked]
        return min(offers, key=lambda one: (not one.counts, one.away_m is None, one.away_m or 0.0), default=None)

    @property
    def missing(self) -> bool:
        """Whether nobody has it and nobody has asked for it yet: what makes a need."""
        return self.cover is Cover.NOBODY

    @property
    def askable(self) -> bool:
        """Whether a need can be made of it: no need asks for it yet, and nobody is sure to have it."""
        return not self.needs and self.cover in (Cover.UNSURE, Cover.NOBODY, Cover.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an area has and lacks. `rows` stand in the order of challenges and of the vocabulary."""

    area: Area
    rows: tuple[Row, ...]
    challenges: tuple[Challenge, ...]
    """All open challenges, also those of which nobody said what they take."""

    mapped: int
    untold: int
    """How many resources of the area say nothing of what they can bring."""

    near: Nearby | None = None

    @property
    def unsaid(self) -> list[Challenge]:
        """Return the challenges of which nobody has said what they take."""
        said = {row.challenge.pk for row in self.rows}
        return [one for one in self.challenges if one.pk not in said]

    @property
    def kinds(self) -> list[str]:
        """Return the kinds that any challenge takes, in the order of the vocabulary."""
        return in_order({row.kind for row in self.rows})

    @property
    def counts(self) -> dict[Cover, int]:
        """Return how many competences stand how."""
        found = Counter(row.cover for row in self.rows)
        return {cover: found[cover] for cover in Cover}

    def row(self, challenge: int, kind: str) -> Row | None:
        """Return the row of one challenge and kind; None when the challenge does not take it."""
        return next((one for one in self.rows if one.challenge.pk == challenge and one.kind == kind), None)

    @property
    def takes(self) -> dict[int, list[str]]:
        """Return which kinds each open challenge takes; empty where nobody said so yet."""
        return {one.pk: [row.kind for row in self.rows if row.challenge.pk == one.pk] for one in self.challenges}

    @property
    def lacks(self) -> dict[int, list[str]]:
        """Return the kinds that nobody has and nobody asked for, by challenge."""
        return {
            one.pk: [row.kind for row in self.rows if row.challenge.pk == one.pk and row.missing]
            for one in self.challenges
        }


def coverage(area: Area, *, user: User, on: date, reach_km: int | None = None, may_look: bool = True) -> Coverage:
    """Return what an area has and lacks, with the companies near by that could; see `coverages`."""
    found = coverages([area], user=user, on=on)[area.pk]
    near = nearby(area, found.kinds, may_look=may_look, **({} if reach_km is None else {"reach_km": reach_km}))
    rows = tuple(_with_nearby(row, near.of(row.kind)) for row in found.rows)
    return Coverage(area, rows, found.challenges, found.mapped, found.untold, near)


def coverages(areas: Sequence[Area], *, user: User, on: date) -> dict[int, Coverage]:
    """Return what areas have and lack, by area, as far as a person may see it.

    Seven queries at most, however many areas, challenges and resources there are. The areas must be hers to see.
    """
    challenges = _challenges(areas, on)
    kinds = {one.kind for challenge in challenges for one in challenge.competences.all()}
    held = had(areas, [one.pk for one in challenges if one.competences.all()], kinds, user=user, on=on)
    by_area: dict[int, list[Challenge]] = {area.pk: [] for area in areas}
    for challenge in challenges:
        by_area[challenge.area_id].append(challenge)
    return {
        area.pk: Coverage(
            area=area,
            rows=tuple(row for one in by_area[area.pk] for row in _rows(one, held)),
            challenges=tuple(by_area[area.pk]),
            mapped=held.mapped.get(area.pk, 0),
            untold=held.untold.get(area.pk, 0),
        )
        for area in areas
    }


def in_order(kinds: set[str]) -> list[str]:
    """Return kinds in the order of the vocabulary; what it does not know comes last."""
    known = list(vocabulary().resource_kinds)
    return sorted(kinds, key=lambda kind: (known.index(kind) if kind in known else len(known), kind))


def _challenges(areas: Sequence[Area], on: date) -> list[Challenge]:
    needs = Need.objects.open(on).prefetch_related("resources").order_by("pk")
    found = Challenge.objects.current().filter(area__in=[area.pk for area in areas]).order_by("pk")
    return list(found.prefetch_related("competences", Prefetch("needs", queryset=needs, to_attr="open_needs")))


def _rows(challenge: Challenge, held: Had) -> list[Row]:
    said: Mapping[str, Competence] = {one.kind: one for one in challenge.competences.all()}
    needs: list[Need] = getattr(challenge, "open_needs", [])
    found = []
    for kind in in_order(set(said)):
        holders = held.of(area=challenge.area_id, challenge=challenge.pk, kind=kind)
        asked = [need for need in needs if any(one.kind == kind for one in need.resources.all())]
        cover = _cover(holders, asked, held.mapped.get(challenge.area_id, 0))
        found.append(Row(challenge, kind, said[kind].note, holders, asked, cover))
    return found


def _cover(holders: Sequence[Holder], needs: Sequence[Need], mapped: int) -> Cover:
    if any(one.standing is Standing.SURE for one in holders):
        return Cover.HERE
    if any(one.standing is Standing.UNSURE for one in holders):
        return Cover.UNSURE
    if needs:
        return Cover.ASKED
    return Cover.NOBODY if mapped else Cover.UNKNOWN


def _with_nearby(row: Row, number: int | None) -> Row:
    return Row(row.challenge, row.kind, row.note, row.holders, row.needs, row.cover, number)
