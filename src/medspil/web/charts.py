"""Small drawings with their words: the stacked bar of components/_bar.html."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

# Six colours that stand apart from one another and from the ground, also for people who see colours differently;
# neighbours differ in lightness. The legend repeats the order, so that colour never says something alone.
COLOURS = ("#123f40", "#a86f0e", "#1a7f79", "#a8470f", "#5a3d7a", "#6f6b63")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole; `shown` is how its value is written for people."""

    label: str | Promise
    value: float
    shown: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part with its place in the drawing, which is 1000 wide."""

    label: str | Promise
    shown: str
    colour: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stacked bar. `whole` is what the full width stands for; without it the parts fill the bar."""

    title: str | Promise
    parts: Sequence[Part]
    whole: float = 0.0

    @property
    def text(self) -> str:
        """Return the bar in words."""
        told = ", ".join(f"{part.label}: {part.shown}" for part in self.parts)
        return f"{self.title}. {told}" if told else _("%(title)s: nothing yet") % {"title": self.title}

    @property
    def drawn(self) -> list[DrawnPart]:
        """Return the parts in their places, from left to right."""
        whole = self.whole or sum(max(part.value, 0.0) for part in self.parts) or 1.0
        found, left = [], 0.0
        for number, part in enumerate(self.parts):
            width = max(0.0, min(part.value / whole * 1000, 1000 - left))
            colour = part.colour or COLOURS[number % len(COLOURS)]
            found.append(DrawnPart(part.label, part.shown, colour, f"{left:.1f}", f"{width:.1f}"))
            left += width
        return found
