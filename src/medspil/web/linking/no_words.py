"""The words of the page of a no: said of a side, or to those who answer for their own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from medspil.linking.models import RefusalReason
from medspil.linking.refusals import REASONS

_R = RefusalReason


@dataclass(frozen=True, slots=True)
class NoWords:
    """What a page of a no says: the names of reasons, what follows, fields, and what is missing; all told lazily."""

    reasons: Mapping[str, Any]
    consequences: Mapping[str, Any]  # {organisation}: whom it is said to
    labels: Mapping[str, Any]
    missing: Mapping[str, Any]


THEIRS = NoWords(
    reasons=dict(_R.choices),
    # What a reason leads to, said before somebody chooses it.
    consequences={
        _R.WRONG_TIME: _("Until that day nobody suggests them for this need; on that day you are reminded."),
        _R.WRONG_KIND: _("They are no longer suggested where this kind of resource is asked for."),
        _R.TOO_FAR: _("They are no longer suggested for what lies farther away than this."),
        _R.WRONG_THEME: _("They are no longer suggested for challenges with this theme."),
        _R.NEVER: _("They are never suggested to {organisation} again, whatever is needed."),
        _R.OTHER: _("They are not suggested for this need again. Everything else stays as it is."),
    },
    labels={},
    missing={row.field: row.missing for row in REASONS.values() if row.field},
)
# Where there is no link there is nothing to be reminded of: the ranking alone knows the day.
WITHOUT_A_LINK = replace(
    THEIRS,
    consequences={
        **THEIRS.consequences,
        _R.WRONG_TIME: _(
            "Until that day nobody suggests them for this need; from that day on they are suggested again."
        ),
    },
)
OURS = NoWords(
    reasons={
        _R.WRONG_TIME: _("not now, ask us again later"),
        _R.WRONG_KIND: _("we do not give this kind of resource"),
        _R.TOO_FAR: _("too far away for us"),
        _R.WRONG_THEME: _("we do not want to work with this theme"),
        _R.NEVER: _("we do not want to be asked again"),
        _R.OTHER: _("another reason (write it)"),
    },
    consequences={
        _R.WRONG_TIME: _("Until that day nobody suggests you for this need; on that day {organisation} is reminded."),
        _R.WRONG_KIND: _("You are no longer suggested where this kind of resource is asked for."),
        _R.TOO_FAR: _("You are no longer suggested for what lies farther away than this."),
        _R.WRONG_THEME: _("You are no longer suggested for challenges with this theme."),
        _R.NEVER: _("You are never suggested to {organisation} again, whatever is needed."),
        _R.OTHER: _("You are not suggested for this need again. Everything else stays as it is."),
    },
    labels={
        "reason": _("Why do you say no?"),
        "beyond_km": _("How many kilometres would you go?"),
        "words": _("In your own words"),
        "on": _("When did you say so?"),
    },
    missing={
        "reason": _("Choose why you say no."),
        "until": _("Say when to ask you again: a day that has not come."),
        "kind": _("Choose the kind of resource you do not give."),
        "beyond_km": _("Say how many kilometres you would go."),
        "theme": _("Choose the theme you do not want to work with."),
        "words": _("Write the reason."),
    },
)
