"""Tells what of a link's story has happened from what is planned: a broker who will leave has not left yet."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from medspil.linking.models import Brokerage, LinkStep


def happened_and_planned(
    steps: Iterable[LinkStep], brokerages: Iterable[Brokerage], today: date
) -> tuple[list[tuple[LinkStep, date]], list[LinkStep]]:
    """Return the steps that happened, each with its day, and those that still lie ahead.

    A plan that was changed or taken back is no plan any more: it stands on the day on which it was made.
    """
    standing = {one.leaves_on for one in brokerages if one.called_off_at is None}
    happened: list[tuple[LinkStep, date]] = []
    planned: dict[date, LinkStep] = {}
    for step in steps:
        if step.on <= today:
            happened.append((step, step.on))
        elif step.on in standing and step.on not in planned:
            planned[step.on] = step
        else:
            happened.append((step, localdate(step.at)))
    return happened, list(planned.values())
