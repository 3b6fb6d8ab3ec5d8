"""An agreement rests and ends with its partnership: whoever stops the one never leaves the other standing alone.

Pausing the partnership pauses what is agreed, with the same reason; taking it up after that pause takes up what rested
with it. Ending it ends the agreement, and what was learned is its review; taking up a partnership that had ended brings
no agreement back: all sides knew it as ended. Whoever ended it by mistake takes that back on the page of the agreement,
which takes the partnership up as well. The other way, pausing or ending an agreement asks whether the partnership goes
on: it may, without one.
"""

from django.db.models import F

from medspil.accounts.models import record_history
from medspil.agreements.models import LONGEST_TEXT, SETTLED, Agreement, AgreementState
from medspil.agreements.states import By, refuse_step
from medspil.partnerships.models import EndReason, Partnership, Standing
from medspil.partnerships.standing import Moved, also_moves

_STANDS = (AgreementState.CONFIRMED, AgreementState.PAUSED)


def standing_versions(partnership: Partnership) -> list[Agreement]:
    """Return what is confirmed by all and has not ended: what is in force, and what comes into force later."""
    found = list(Agreement.objects.of(partnership).filter(state__in=SETTLED))
    counts = next((one for one in found if one.in_force_from and one.in_force_from <= partnership.standing_on), None)
    oldest = counts.number if counts else 0
    return [one for one in found if one.state in _STANDS and one.number >= oldest]


@also_moves
def move_with_partnership(moved: Moved) -> None:
    """Let what is agreed follow a step of its partnership, in the same transaction."""
    whole = moved.partnership
    if moved.to == Standing.PAUSED:
        _move(moved, AgreementState.CONFIRMED, AgreementState.PAUSED, By.PAUSING, state_why=whole.standing_why)
    elif moved.to == Standing.ENDED:
        why = whole.standing_why or str(EndReason(whole.end_reason).label)
        review = "\n\n".join(text for text in (whole.worked, whole.again) if text) or why
        words = {"state_why": why, "review": review[:LONGEST_TEXT]}
        for before in _STANDS:
            _move(moved, before, AgreementState.ENDED, By.ENDING, **words)
    elif moved.before == Standing.PAUSED:
        _move(
            moved, AgreementState.PAUSED, AgreementState.CONFIRMED, By.GOING_ON, rested_for=moved.why_before,
            state_why="",
        )  # fmt: skip


def _move(
    moved: Moved, before: AgreementState, after: AgreementState, way: By, *, rested_for: str | None = None, **words: str
) -> None:
    """Take a step with each version that stands; of those that rest only what rested for the same reason."""
    for one in standing_versions(moved.partnership):
        if one.state != before or rested_for not in {None, one.state_why}:
            continue
        refuse_step(one.state, after, way)
        rows = Agreement.objects.filter(pk=one.pk, state=before)  # somebody who moved it at this moment was first
        if rows.update(state=after, state_on=moved.on, updated_at=moved.now, version=F("version") + 1, **words):
            record_history(record=one, action=f"agreement_{way.value}", by=moved.by, now=moved.now)
