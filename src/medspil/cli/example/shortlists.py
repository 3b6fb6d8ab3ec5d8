"""Begins the example's shortlists: the first companies of a ranking are kept, and somebody takes the next step."""

from datetime import datetime, timedelta
from typing import Any

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Candidate, Decision
from medspil.linking.services import rank_need
from medspil.linking.shortlist import change, keep
from medspil.register.models import Unit


def begin_shortlists(told: dict[str, Any], needs: dict[str, Need], *, by: User, now: datetime) -> None:
    """Keep the first companies of each ranking; a list that was begun stays as it is."""
    for one in told["shortlist"]:
        if not Candidate.objects.filter(need=needs[one["need"]]).exists():
            _begin(one, needs[one["need"]], by, now)


def kept(need: str) -> list[Candidate]:
    """Return the made-up companies kept for a need, in the order of the ranking: only to them may things happen."""
    found = Candidate.objects.filter(need__title=need, decision=Decision.KEPT, unit__made_up=True)
    return list(found.select_related("unit", "need__area__owner").order_by("pk"))


def turned(told: dict[str, Any]) -> dict[int, str]:
    """Return what a week later has become of companies that were kept, by P-number."""
    return {
        kept(one["need"])[nth - 1].unit.number: kind for one in told["shortlist"] for nth, kind in one.get("turned", ())
    }


def _begin(told: dict[str, Any], need: Need, by: User, now: datetime) -> None:
    """Keep the first companies, down to the last made-up one that the list is to have."""
    run = rank_need(need=need, by=by, now=now)
    numbers = [row["number"] for row in run.answer["units"]]
    made_up = set(Unit.objects.filter(number__in=numbers, made_up=True).values_list("number", flat=True))
    last = [number for number in numbers if number in made_up][: told["keep"]][-1]
    for number in numbers[: numbers.index(last) + 1]:
        keep(need=need, number=number, expected_version=0, by=by, now=now)


def plan_next_steps(told: dict[str, Any], *, by: User, now: datetime) -> None:
    """Let somebody take the next step with the first company of each list; she must be able to sign in by now."""
    for one in told["shortlist"]:
        first = kept(one["need"])[0]
        change(
            candidate=first,
            expected_version=first.version,
            by=by,
            now=now,
            owner=by,
            next_step=one["next_step"],
            next_step_on=now.date() + timedelta(days=one["in_days"]),
            note=one["note"],
        )
