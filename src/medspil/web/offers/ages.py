"""How long offers and needs have waited, as a drawing: for each span of time one bar of offers and one of needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

WIDTH, NAME, BAR, GAP = 680, 38, 28, 12
OFFERS, NEEDS = "#1f6f6b", "#c65a17"

# Up to so many days, and what the span is called.
SPANS: tuple[tuple[float, str | Promise], ...] = (
    (30, gettext_lazy("up to a month")),
    (91, gettext_lazy("one to three months")),
    (182, gettext_lazy("three to six months")),
    (365, gettext_lazy("half a year to a year")),
    (float("inf"), gettext_lazy("more than a year")),
)


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """One span of time: its name, and both counts with their bars."""

    name: str | Promise
    offers: int
    needs: int
    offers_width: str
    needs_width: str
    name_y: str
    offers_y: str
    needs_y: str
    offers_words_x: str
    needs_words_x: str


@dataclass(frozen=True, slots=True)
class Ages:
    """The drawing ready for offers/_ages.html."""

    spans: list[DrawnSpan]
    height: int
    text: str
    bar: int = BAR
    offers_colour: str = OFFERS
    needs_colour: str = NEEDS


def ages(offers: Iterable[int], needs: Iterable[int]) -> Ages:
    """Return the drawing of how many days each has waited; a span in which nothing waits has no bars and no place."""
    given, asked = _counts(offers), _counts(needs)
    most = max(*given, *asked, 1)
    room = WIDTH - 70
    spans: list[DrawnSpan] = []
    for place, (_limit, name) in enumerate(SPANS):
        if not given[place] and not asked[place]:
            continue
        y = len(spans) * (NAME + 2 * BAR + GAP)
        wide = [count / most * room for count in (given[place], asked[place])]
        spans.append(
            DrawnSpan(
                name=name,
                offers=given[place],
                needs=asked[place],
                offers_width=f"{wide[0]:.1f}",
                needs_width=f"{wide[1]:.1f}",
                name_y=f"{y + NAME - 8}",
                offers_y=f"{y + NAME}",
                needs_y=f"{y + NAME + BAR}",
                offers_words_x=f"{wide[0] + 8:.1f}",
                needs_words_x=f"{wide[1] + 8:.1f}",
            )
        )
    return Ages(spans, height=len(spans) * (NAME + 2 * BAR + GAP), text=_in_words(given, asked))


def _counts(days: Iterable[int]) -> list[int]:
    found = [0] * len(SPANS)
    for each in days:
        found[next(place for place, (limit, _name) in enumerate(SPANS) if each <= limit)] += 1
    return found


def _in_words(given: Sequence[int], asked: Sequence[int]) -> str:
    lines = []
    for place, (_limit, name) in enumerate(SPANS):
        offers = ngettext("%(count)s offer", "%(count)s offers", given[place]) % {"count": given[place]}
        needs = ngettext("%(count)s need", "%(count)s needs", asked[place]) % {"count": asked[place]}
        lines.append(_("%(span)s: %(offers)s, %(needs)s") % {"span": name, "offers": offers, "needs": needs})
    return " ".join([_("How long they have waited."), "; ".join(lines)])
