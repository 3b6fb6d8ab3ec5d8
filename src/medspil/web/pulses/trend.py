"""The steps of one side from round to round as a small line, with the words that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medspil.pulses.models import Step

WIDTH, HEIGHT, EDGE = 320, 120, 14
MOST = 12
"""So many rounds are drawn, the last ones; the table holds all."""


@dataclass(frozen=True, slots=True)
class Point:
    """An answer in its place."""

    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The line of one side; a round without an answer that may be read is a gap, not a low point."""

    title: str
    said: Sequence[tuple[date, Step | None]]

    @property
    def text(self) -> str:
        """Return the line in words."""
        told = "; ".join(self._told(day, step) for day, step in self.said[-MOST:])
        return f"{self.title}. {told}"

    @property
    def points(self) -> list[Point]:
        """Return the answers in their places, from left to right."""
        return [point for run in self._runs() for point in run]

    @property
    def lines(self) -> list[str]:
        """Return the lines between answers of rounds that follow each other, as SVG writes points."""
        return [" ".join(f"{point.x},{point.y}" for point in run) for run in self._runs() if len(run) > 1]

    @property
    def levels(self) -> list[str]:
        """Return the heights of the five steps."""
        return [_height(step) for step in Step]

    def _runs(self) -> list[list[Point]]:
        drawn = self.said[-MOST:]
        between = (WIDTH - 2 * EDGE) / max(len(drawn) - 1, 1)
        runs: list[list[Point]] = [[]]
        for number, (day, step) in enumerate(drawn):
            if step is None:
                runs.append([])
            else:
                runs[-1].append(Point(f"{EDGE + number * between:.1f}", _height(step), self._told(day, step)))
        return [run for run in runs if run]

    @staticmethod
    def _told(day: date, step: Step | None) -> str:
        said = step.label if step else _("no answer")
        return f"{date_format(day)}: {said}"


def _height(step: Step) -> str:
    return f"{HEIGHT - EDGE - (step - 1) * (HEIGHT - 2 * EDGE) / 4:.1f}"
