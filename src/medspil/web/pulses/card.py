"""How it goes and what is new, on the page of a partnership, for its sides and those who run it."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from medspil.linking.parties import names_for
from medspil.partnerships.going_on import why_not
from medspil.pulses.models import Rhythm
from medspil.pulses.reading import told_to
from medspil.pulses.settings import rhythm_of
from medspil.web.pulses.shown import falls_told, news_of, unasked

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look

MOST_NEWS = 3


def card(look: "Look") -> dict[str, Any] | None:
    """Return whether an answer waits, who should be called, whom nobody can ask, and the last news."""
    partnership, rights = look.partnership, look.rights
    if not (rights.runs or rights.own):
        return None
    names = names_for(look.user, [one.side for one in partnership.partners.all()])
    here = [one for one in partnership.partners.all() if one.left_on is None]
    told = told_to(rights, partnership, on=look.today)
    going_on = told[-1] if told and told[-1].round.is_open(look.today) else None
    pulse, goes_on = rhythm_of(partnership), not why_not(partnership)
    asks = pulse is not None and pulse.rhythm != Rhythm.OFF
    return {
        "rhythm": pulse.get_rhythm_display() if pulse else Rhythm.OFF.label,
        "asks": asks,
        "waits": bool(going_on and goes_on and rights.own - going_on.answers.keys()),
        "until": going_on.round.ends_on if going_on else None,
        "done": len((going_on.answers.keys() | going_on.hidden) & {one.pk for one in here}) if going_on else 0,
        "of": len(here),
        "falls": falls_told(partnership, rights, names, look.today),
        "unasked": unasked(here, names, look.today) if asks and goes_on and rights.runs else [],
        "news": news_of(look.user, partnership, names, most=MOST_NEWS),
        "url": reverse("pulses:overview", args=[partnership.pk]),
    }
