"""The funnel as a drawing: how much of what is mapped was linked, and how much of that came to something.

What lies before it, as the places of work of the register near by, is drawn hollow and as wide as the drawing: on one
scale with the rest it would leave nothing of them to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

WIDTH, HEIGHT, GAP, WORDS = 560.0, 46.0, 20.0, 26.0
COLOURS = ("#123f40", "#1a7f79", "#a86f0e")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage, how many came so far, and what is meant by it."""

    label: str | Promise
    count: int
    definition: str | Promise
    before: bool = False
    """Whether it lies before the funnel: not on its scale, and no share of it is worked out."""


@dataclass(frozen=True, slots=True)
class DrawnStage:
    """A stage as drawn; `slope` is the pale part that leads to the next one."""

    stage: Stage
    share: str
    colour: str
    words_y: str
    y: str
    width: str
    slope: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel ready for linking/_funnel.html."""

    title: str | Promise
    stages: Sequence[Stage]

    @property
    def height(self) -> str:
        """Return how high the drawing is."""
        return f"{len(self.stages) * (HEIGHT + GAP + WORDS):.1f}"

    @property
    def text(self) -> str:
        """Return the funnel in words."""
        return f"{self.title}. " + ", ".join(f"{stage.label}: {stage.count}" for stage in self.stages)

    @property
    def drawn(self) -> list[DrawnStage]:
        """Return the stages from the first to the last."""
        most = max((stage.count for stage in self.stages if not stage.before), default=0) or 1
        widths = [WIDTH if stage.before else max(stage.count / most * WIDTH, 3.0) for stage in self.stages]
        ahead = sum(1 for stage in self.stages if stage.before)
        found = []
        for nth, (stage, width) in enumerate(zip(self.stages, widths, strict=True)):
            top = nth * (HEIGHT + GAP + WORDS) + WORDS
            after = widths[nth + 1] if nth + 1 < len(widths) else None
            bottom = top + HEIGHT
            slope = (
                "" if after is None or stage.before
                else f"0,{bottom:.1f} {width:.1f},{bottom:.1f} {after:.1f},{bottom + GAP + WORDS:.1f} "
                f"0,{bottom + GAP + WORDS:.1f}"
            )  # fmt: skip
            found.append(
                DrawnStage(
                    stage=stage,
                    share=self._share(nth),
                    colour=COLOURS[max(nth - ahead, 0) % len(COLOURS)],
                    words_y=f"{top - 8:.1f}",
                    y=f"{top:.1f}",
                    width=f"{width:.1f}",
                    slope=slope,
                )
            )
        return found

    def _share(self, nth: int) -> str:
        """Return what share of the stage before came as far; nothing for the first."""
        if nth == 0 or self.stages[nth - 1].before or not self.stages[nth - 1].count:
            return ""
        percent = round(self.stages[nth].count / self.stages[nth - 1].count * 100)
        return _("{percent} per cent of those {before}").format(percent=percent, before=self.stages[nth - 1].label)
