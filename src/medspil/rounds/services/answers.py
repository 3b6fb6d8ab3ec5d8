"""What rows that ask stand for, said of many at once: the area they lie in, and its need or challenge."""

from collections.abc import Mapping
from datetime import datetime

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.models import Area
from medspil.rounds.models import Demand, Round
from medspil.rounds.naming import reference
from medspil.rounds.services.creation import refuse_closed
from medspil.rounds.services.filling import Answers


def set_answers(*, round_: Round, answers: Answers, by: User, now: datetime) -> Round:
    """Say what the rows of an area stand for that do not say it yet. Raises `RoundClosed`."""
    area = answers.area
    rows = Demand.objects.filter(round=round_, need=None, challenge=None)

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        # A row without an area belongs to the only one there is.
        mine = rows.filter(area__in=[area] if area else []) | rows.filter(area=None)
        names = [reference(one) for one in mine.order_by("position", "pk")]
        about = answers.need or answers.challenge
        keys = list(mine.values_list("pk", flat=True))

        def write() -> None:
            Demand.objects.filter(pk__in=keys).update(area=area, need=answers.need, challenge=answers.challenge)

        return {"answers": Part([], [f"{about}: {', '.join(names)}"], write)} if keys and about else {}

    return change(round_, expected_version=None, by=by, now=now, parts=parts)


def set_areas(*, round_: Round, areas: Mapping[int, Area], by: User, now: datetime) -> Round:
    """Say in which areas rows lie that do not say it yet: {key of the row: area}. Raises `RoundClosed`."""

    def parts(current: Round) -> Mapping[str, Part]:
        refuse_closed(current)
        rows = list(Demand.objects.filter(round=current, area=None, pk__in=areas).order_by("position", "pk"))

        def write() -> None:
            for row in rows:
                Demand.objects.filter(pk=row.pk).update(area=areas[row.pk])

        return {"answers": Part([], [f"{reference(row)}: {areas[row.pk]}" for row in rows], write)} if rows else {}

    return change(round_, expected_version=None, by=by, now=now, parts=parts)
