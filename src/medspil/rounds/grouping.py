"""Which pairs of a proposal become one link: the same giver and receiver, for the same thing that was asked for.

A class, a project and a weekly time are things of their own, also when two of them are called the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from medspil.areas.models import Area, Challenge, Need
from medspil.language import fold
from medspil.linking.parties import Party, who
from medspil.offers.models import Offer
from medspil.organisations.models import Organisation
from medspil.organisations.naming import bare
from medspil.register.models import Unit
from medspil.rounds.facts import shown_facts, times_in_words
from medspil.rounds.models import Demand, Supply
from medspil.rounds.programmes import Programme
from medspil.rounds.sentences import number

LONGEST_BRINGS, LONGEST_SENTENCE, LONGEST_SUBJECT = 300, 300, 160


@dataclass(frozen=True, slots=True)
class Group:
    """What becomes one link."""

    area: Area
    need: Need | None
    challenge: Challenge | None
    subject: str
    asked: str  # the same for people to read: the need itself has no subject
    asker: Party
    giver: Party
    offers: tuple[Offer, ...]
    pairs: tuple[dict[str, Any], ...]

    @property
    def giver_name(self) -> str:
        """Return who gives."""
        return _name(self.giver.organisation, self.giver.unit)

    def sentence(self, kind: Programme) -> str:
        """Return what the link is about, in plain words."""
        amount = sum(pair["amount"] for pair in self.pairs)
        told = kind.sentence(amount).format(giver=self.giver_name, asker=self.asked, amount=number(amount))
        return told if len(told) <= LONGEST_SENTENCE else f"{told[: LONGEST_SENTENCE - 1]}…"


def joined_words(group: Group) -> str:
    """Return who gives, and for what that was asked for."""
    return f"{group.giver_name} – {group.asked}"


def groups_of(
    pairs: Iterable[dict[str, Any]], demands: Mapping[str, Demand], supplies: Mapping[str, Supply], *, kind: Programme
) -> list[Group]:
    """Return the links that pairs make, in the order of the pairs. Every row says who it is and what it stands for."""
    subjects = subjects_of(demands.values(), kind)
    found: dict[Any, list[tuple[dict[str, Any], Demand, Supply]]] = {}
    for pair in pairs:
        demand, supply = demands[pair["asker"]], supplies[pair["giver"]]
        key = (_about(demand), fold(subjects[demand.pk]), who(_asker(demand)), who(_giver([supply], named=False)))
        found.setdefault(key, []).append((pair, demand, supply))
    return [_group(rows, subjects[rows[0][1].pk], kind) for rows in found.values()]


def subjects_of(demands: Iterable[Demand], kind: Programme) -> dict[int, str]:
    """Return what of its need each row stands for: nothing where it is the need itself.

    Rows of one name are told apart by the first fact in which they all differ, else by the place, else by number.
    """
    alike: dict[Any, list[Demand]] = {}
    for one in demands:
        alike.setdefault((_about(one), fold(one.label)), []).append(one)
    found: dict[int, str] = {}
    for rows in alike.values():
        whole = rows[0].need.title if rows[0].need else ""
        if len(rows) == 1:
            found[rows[0].pk] = "" if fold(rows[0].label) == fold(whole) else rows[0].label
            continue
        for one, told in zip(rows, _apart(rows, kind), strict=True):
            found[one.pk] = f"{one.label[: LONGEST_SUBJECT - len(told) - 3]} ({told})"
    return found


def _group(rows: list[tuple[dict[str, Any], Demand, Supply]], subject: str, kind: Programme) -> Group:
    _pair, demand, _supply = rows[0]
    supplies = [row[2] for row in rows]
    return Group(
        area=_area(demand),
        need=demand.need,
        challenge=None if demand.need else demand.challenge,
        subject=subject,
        asked=_when(demand) or subject or demand.label,
        asker=_asker(demand),
        giver=_giver(supplies, named=kind.lots),
        offers=tuple({one.offer_id: one.offer for one in supplies if one.offer}.values()),
        pairs=tuple(pair for pair, _demand, _supply in rows),
    )


def _apart(rows: list[Demand], kind: Programme) -> list[str]:
    """Return for each row of one name what tells it from the others."""
    with translation.override("da"):  # what makes two links the same must not hang on who reads it
        facts = [[shown_facts((fact,), one.facts) for one in rows] for fact in kind.demand.facts]
    columns = [[told[0][1] if told else "" for told in column] for column in facts]
    for column in (*columns, [one.place for one in rows]):
        if all(column) and len({fold(value) for value in column}) == len(rows):
            return [value[:60] for value in column]
    return [str(number) for number in range(1, len(rows) + 1)]


def _about(demand: Demand) -> tuple[str, int | None]:
    return ("need", demand.need_id) if demand.need_id else ("challenge", demand.challenge_id)


def _area(demand: Demand) -> Area:
    area = demand.need.area if demand.need else demand.area
    assert area is not None  # noqa: S101  (unfinished rows were refused)
    return area


def _asker(demand: Demand) -> Party:
    host = demand.organisation or (demand.need.host if demand.need else None)
    return Party(organisation=host or _area(demand).owner)


def _when(demand: Demand) -> str:
    """Return a row that meets at times of the week with these times, which tell it apart too."""
    times = demand.facts.get("times")
    return f"{demand.label}, {times_in_words(times)}" if times else ""


def _giver(supplies: list[Supply], *, named: bool) -> Party:
    """Return the side that gives, with all that it brings.

    A row of a programme without lots is called by who it is, who may be a person: then only an offer says what is
    brought (`named`). The giver's own name is nothing that it brings.
    """
    supply = supplies[0]
    own = bare(_name(supply.organisation, supply.unit))
    told = [one.offer.title if one.offer else one.label for one in supplies if one.offer or named]
    brings = "; ".join(dict.fromkeys(title for title in told if bare(title) != own))
    brings = brings if len(brings) <= LONGEST_BRINGS else f"{brings[: LONGEST_BRINGS - 1]}…"
    if supply.organisation:
        return Party(organisation=supply.organisation, brings=brings)
    return Party(unit=supply.unit, brings=brings)


def _name(organisation: Organisation | None, unit: Unit | None) -> str:
    return str(organisation or (unit.name if unit else ""))
