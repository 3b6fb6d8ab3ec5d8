"""What stands of the walk on the page of a partnership."""

from typing import TYPE_CHECKING, Any

from medspil.walks.models import Walk, WalkState
from medspil.walks.skipping import held_or_skipped
from medspil.web.walks import words

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look


def card(look: "Look") -> dict[str, Any]:
    """Return when the sides walked, or will, or why they do without. Three queries at most."""
    done = held_or_skipped(look.partnership)
    planned = (
        Walk.objects.visible_to(look.user, on=look.today)
        .of_link(look.partnership.link)
        .filter(state=WalkState.PLANNED)
        .first()
    )
    return {
        "held_on": done.held_on if done else None,
        "skipped": done.skipped if done else None,
        "walk": planned,
        "when": words.when(planned.starts_at) if planned else "",
        "plans": look.rights.runs and not done and not planned,
    }
