"""Since when a link is in its state: what is taken back gives the waiting time back, and a no makes nothing new."""

from datetime import date

from medspil.linking.link_states import By
from medspil.linking.models import Answer, Link, LinkParty, LinkState


def since(link: Link, after: LinkState, by_way: By, *, on: date, without: LinkParty | None = None) -> date:
    """Return the first day of the state that a link comes to by a step on a day; before the step is written.

    What is undone lets the state go on that was there before. Interest that a no leaves over is as old as the last yes
    of the others (`without` is who says no).
    """
    if by_way == By.UNDOING or (by_way == By.LEAVING and after == LinkState.IDEA):
        return _before(link, after) or on
    if by_way in (By.REFUSAL, By.LEAVING) and after == LinkState.INTERESTED:
        others = link.parties.filter(answer=Answer.YES).exclude(pk=without.pk if without else 0)
        return max((day for day in others.values_list("answered_on", flat=True) if day), default=on)
    return on


def _before(link: Link, after: LinkState) -> date | None:
    """Return the day on which a link last came to a state, if it was there before."""
    found: date | None = None
    for state, day in link.steps.order_by("-pk").values_list("state", "on"):
        if state == after:
            found = day
        elif found:
            break
    return found
