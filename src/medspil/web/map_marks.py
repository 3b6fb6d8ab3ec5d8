"""How points look on a map: colour and form by kind, and room between those that lie in one place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from medspil.web.maps import Point

Corner = tuple[float, float]


def _star(points: int, inner: float) -> tuple[Corner, ...]:
    turns = [pi * at / points for at in range(2 * points)]
    return tuple(
        (round(sin(turn) * (inner if at % 2 else 1.25), 3), round(-cos(turn) * (inner if at % 2 else 1.25), 3))
        for at, turn in enumerate(turns)
    )


# Corners of each form around the middle, y downwards, of about the same weight as a circle with radius 1.
FORMS: dict[str, tuple[Corner, ...]] = {
    "circle": (),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.2, 0.9), (-1.2, 0.9)),
    "house": ((0, -1.2), (1.1, -0.2), (1.1, 1), (-1.1, 1), (-1.1, -0.2)),
    "plus": (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
    "star": _star(5, 0.55),
    "hexagon": ((-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind of point looks, and what the key to the map calls it."""

    label: str | Promise
    fill: str
    line: str = "#ffffff"
    form: str = "circle"
    named: bool = False
    """Whether points of the kind carry their name on the map."""

    @property
    def corners(self) -> tuple[Corner, ...]:
        """Return the corners of the form; none for a circle."""
        return FORMS[self.form]

    @property
    def key_path(self) -> str:
        """Return the form as drawn in the key to the map, which is 18 wide."""
        return path_of(self.form, 9, 9, 6.5)


# Kinds differ in form too: kept has a middle, set aside is hollow.
KINDS: dict[str, Mark] = {
    "company": Mark(_("company"), "#c65a17"),
    "kept": Mark(_("kept"), "#1f6f6b"),
    "set_aside": Mark(_("set aside"), "#ffffff", "#55534d"),
    "area": Mark(_("area"), "#123f40", "#ffd27a", named=True),
    "organisation": Mark(_("organisation"), "#5a3d7a", named=True),
}


def path_of(form: str, x: float, y: float, radius: float) -> str:
    """Return the outline of a form for SVG; empty for a circle."""
    corners = [f"{x + dx * radius:.1f} {y + dy * radius:.1f}" for dx, dy in FORMS[form]]
    return f"M{'L'.join(corners)}Z" if corners else ""


def apart(points: Sequence["Point"], *, gap: float) -> list["Point"]:
    """Return the points with those that lie in one place moved around it, `gap` metres away, so that all are seen."""
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, point in enumerate(points):
        together[round(point.x / gap), round(point.y / gap)].append(at)
    found = list(points)
    for group in together.values():
        reach = gap * max(1.0, len(group) / 6)
        for nth, at in enumerate(group if len(group) > 1 else []):
            turn = 2 * pi * nth / len(group)
            point = found[at]
            found[at] = replace(point, x=point.x + reach * sin(turn), y=point.y + reach * cos(turn))
    return found
