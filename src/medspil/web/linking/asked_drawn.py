"""Who is asked how often, as a drawing: one spot for all companies with as many offers and as many approaches."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, LEFT, BOTTOM, TOP = 400, 44, 70, 48
STEP_Y = 42
MOST_APPROACHES, MOST_OFFERS = 8, 4
"""What lies beyond is drawn with the last of them, and says so."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Companies with the same two numbers."""

    offers: int
    approaches: int
    count: int
    too_often: bool
    x: str
    y: str
    radius: str
    words: str
    href: str

    @property
    def never(self) -> bool:
        """Whether these were never asked."""
        return self.approaches == 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at an axis."""

    at: str
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The plot ready for linking/_asked_plot.html."""

    spots: list[Spot]
    across: list[Mark]
    up: list[Mark]
    height: int
    floor: int

    @property
    def below(self) -> int:
        """Return where the numbers under the floor stand."""
        return self.floor + 24

    @property
    def title_y(self) -> int:
        """Return where the name of the axis stands."""
        return self.floor + 52


def plot(
    companies: Iterable[tuple[int, int]], *, too_often: Callable[[int, int], bool], href: Callable[[int, int], str]
) -> Plot:
    """Return the plot of companies, each by its open offers and the approaches it received lately."""
    counts = Counter((min(offers, MOST_OFFERS), min(times, MOST_APPROACHES)) for offers, times in companies)
    highest = max((times for _offers, times in counts), default=0)
    floor = TOP + max(highest, 3) * STEP_Y + 20
    wide = (WIDTH - LEFT - 60) / MOST_OFFERS
    largest = max(counts.values(), default=1)

    def across(offers: int) -> float:
        return LEFT + 30 + offers * wide

    def up(times: int) -> float:
        return floor - 22 - times * STEP_Y

    spots = [
        Spot(
            offers=offers,
            approaches=times,
            count=count,
            too_often=too_often(offers, times),
            x=f"{across(offers):.1f}",
            y=f"{up(times):.1f}",
            radius=f"{11 + 9 * sqrt(count / largest):.1f}",
            words=_words(offers, times, count),
            href=href(offers, times),
        )
        for (offers, times), count in sorted(counts.items())
    ]
    return Plot(
        spots=spots,
        across=[Mark(f"{across(each):.1f}", _or_more(each, MOST_OFFERS)) for each in range(MOST_OFFERS + 1)],
        up=[Mark(f"{up(each):.1f}", _or_more(each, MOST_APPROACHES)) for each in range(max(highest, 3) + 1)],
        height=floor + BOTTOM,
        floor=floor,
    )


def _or_more(number: int, most: int) -> str:
    """Return a number at an axis; the words of a spot say what the sign means."""
    return f"{number}+" if number == most else str(number)


def _at_least(number: int, most: int) -> str:
    return _("{number} or more").format(number=number) if number == most else str(number)


def _words(offers: int, times: int, count: int) -> str:
    companies = ngettext("{number} company", "{number} companies", count).format(number=count)
    asked = ngettext("asked {number} time", "asked {number} times", times).format(
        number=_at_least(times, MOST_APPROACHES)
    )
    given = ngettext("{number} open offer", "{number} open offers", offers).format(
        number=_at_least(offers, MOST_OFFERS)
    )
    return f"{companies}: {asked}, {given}"
