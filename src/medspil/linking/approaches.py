"""How often companies were approached, and how many open offers they have: what fairness is worked out from.

An approach is each time a side of a link was asked, also once more, and each kept company with a next step that is not
in such a link yet. Several links for one need, one for each of its classes say, that are asked on one day are one
approach. It counts for a year. Only numbers leave this file: whoever approached.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from medspil.areas.models import Need
from medspil.linking.models import Candidate, CandidateQuerySet, Decision, LinkStep, Step
from medspil.linking.parties import speakers
from medspil.offers.models import Offer
from medspil.organisations.subjects import private_kinds
from medspil.register.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

RECENT = timedelta(days=365)
ASKED = (Step.ASKED, Step.ASKED_AGAIN)


class Target(NamedTuple):
    """Whom an approach or an offer counts for: a place by its P-number, or all places of a company."""

    number: int | None
    cvr: str = ""


class Counts(NamedTuple):
    """By P-number: approaches within a year, and offers that stand open."""

    approaches: dict[int, int]
    offers: dict[int, int]


def counts_for(need: Need, now: datetime, *, among: Q) -> Counts:
    """Return for a need what was done for others. Four queries at most; `among` narrows places of whole companies."""
    return _counted(
        approached_steps(timezone.localdate(now)).exclude(link__need=need),
        contacted(now).exclude(need=need),
        now,
        among,
    )


def counts_among(now: datetime, *, among: Q) -> Counts:
    """Return what was done for anybody, of units that `among` names. Four queries at most."""
    return _counted(approached_steps(timezone.localdate(now)), contacted(now), now, among)


def _counted(steps: "QuerySet[LinkStep]", candidates: CandidateQuerySet, now: datetime, among: Q) -> Counts:
    approached = _approached(steps)
    for number, times in candidates.order_by().values_list("unit__number").annotate(times=Count("pk")):
        approached[Target(number)] += times
    offered = _targets(Offer.objects.open(timezone.localdate(now)), GIVER)
    places = _places({target.cvr for target in (*approached, *offered) if target.cvr}, among)
    return Counts(_by_number(approached, places), _by_number(offered, places))


def counts_of(unit: Unit, now: datetime) -> tuple[dict[int | None, int], int]:
    """Return for one unit how often it was approached for each need, and how many of its offers stand open.

    The same as `counts_for` counts for all units. Three queries.
    """
    on = timezone.localdate(now)
    spoken = speakers(unit).values("pk")
    by_place = Q(party__unit=unit) | Q(party__resource__unit=unit)
    by_others = Q(party__organisation__in=spoken) | Q(
        party__resource__organisation__in=spoken, party__resource__unit=None
    )
    times: Counter[int | None] = Counter()
    steps = approached_steps(on).filter(by_place | by_others).values(*ABOUT).annotate(times=Count("pk"))
    times += once_a_day((row["link__need"], row) for row in steps)
    times.update(contacted(now).filter(unit=unit).values_list("need", flat=True))
    return dict(times), Offer.objects.open(on).filter(organisation__in=spoken).count()


def contacted(now: datetime) -> CandidateQuerySet:
    """Return kept companies that somebody has begun to approach within a year and that no link tells of yet."""
    same = Q()
    for way in (
        "party__unit",
        "party__organisation__unit",
        "party__resource__unit",
        "party__resource__organisation__unit",
    ):
        same |= Q(**{way: OuterRef("unit")})
    told = LinkStep.objects.filter(same, what__in=ASKED, link__need=OuterRef("need"))
    begun = Candidate.objects.filter(decision=Decision.KEPT, updated_at__gte=now - RECENT).exclude(next_step="")
    return begun.filter(~Exists(told))


def approached_steps(on: date) -> "QuerySet[LinkStep]":
    """Return the steps of a year by which somebody was asked."""
    return LinkStep.objects.filter(what__in=ASKED, on__gte=on - RECENT, party__isnull=False).order_by()


PARTY = (
    ("party__unit__number", None, None),
    ("party__resource__unit__number", None, None),
    ("party__organisation__unit__number", "party__organisation__cvr", "party__organisation__kind"),
    (
        "party__resource__organisation__unit__number",
        "party__resource__organisation__cvr",
        "party__resource__organisation__kind",
    ),
)
GIVER = (("organisation__unit__number", "organisation__cvr", "organisation__kind"),)
"""The ways from a row to whom it counts for: number of the place, CVR number, kind; the first that leads there."""

ABOUT = ("link", "link__need", "link__challenge", "on")
"""What of a step tells whether it was one approach with another."""

Ways = tuple[tuple[str, str | None, str | None], ...]


def _targets(rows: "QuerySet[Any]", ways: Ways) -> Counter[Target]:
    """Return how many rows count for whom. One query."""
    found: Counter[Target] = Counter()
    for row in rows.order_by().values(*_names(ways)).annotate(times=Count("pk")):
        if target := _target(row, ways):
            found[target] += row["times"]
    return found


def _approached(steps: "QuerySet[LinkStep]") -> Counter[Target]:
    """Return how often whom was approached. One query."""
    rows = steps.order_by().values(*_names(PARTY), *ABOUT).annotate(times=Count("pk"))
    return once_a_day((target, row) for row in rows if (target := _target(row, PARTY)))


def once_a_day(rows: Iterable[tuple[Any, Mapping[str, Any]]]) -> Counter[Any]:
    """Return for each key how many times it was asked: links for one need, asked on one day, are one approach."""
    days: dict[tuple[Any, ...], int] = {}
    for key, row in rows:
        day = (key, row["link__need"], None if row["link__need"] else row["link__challenge"], row["on"])
        days[day] = max(days.get(day, 0), row["times"])
    found: Counter[Any] = Counter()
    for (key, *_rest), times in days.items():
        found[key] += times
    return found


def _names(ways: Ways) -> list[str]:
    return [name for way in ways for name in way if name]


def _target(row: Mapping[str, Any], ways: Ways) -> Target | None:
    """Return whom a row counts for: where the first way leads that leads anywhere."""
    for number, cvr, kind in ways:
        if target := target_of(row[number], row[cvr] if cvr else "", row[kind] if kind else ""):
            return target
    return None


def target_of(number: int | None, cvr: str | None, kind: str | None) -> Target | None:
    """Return whom an organisation stands for: its whole company, or the one place that it is."""
    if cvr and (number is None or kind in private_kinds()):
        return Target(None, cvr)
    return Target(number) if number else None


def _by_number(counts: Counter[Target], places: dict[str, list[int]]) -> dict[int, int]:
    found: Counter[int] = Counter()
    for target, times in counts.items():
        for number in places.get(target.cvr, []) if target.cvr else [target.number]:
            if number is not None:
                found[number] += times
    return dict(found)


def _places(numbers: Iterable[str], among: Q) -> dict[str, list[int]]:
    wanted = set(numbers)
    found: dict[str, list[int]] = {}
    if wanted:
        for cvr, number in Unit.objects.filter(among, cvr__in=wanted).values_list("cvr", "number"):
            found.setdefault(cvr, []).append(number)
    return found
