"""How things look on maps and in the picture of the network: one sign and one colour for each kind, wherever it is.

And room between those that lie in one place.
"""

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


@dataclass(frozen=True, slots=True)
class Look:
    """Colour and form of one kind, and the icon of its button."""

    fill: str
    form: str
    icon: str

    def mark(self, label: str | Promise, *, line: str = "#ffffff", named: bool = False) -> Mark:
        """Return the look under a name."""
        return Mark(label, self.fill, line, self.form, named)

    def hollow(self, label: str | Promise, *, line: str = "") -> Mark:
        """Return the outline of the look: something of the kind that is not, or not yet, what the filled sign says."""
        return Mark(label, "#ffffff", line or self.fill, self.form)


# By kind of what an area has; every colour stands out from the ground of the map and from white.
LOOKS: dict[str, Look] = {
    "person": Look("#b04a12", "circle", "person"),
    "association": Look("#1b6e68", "triangle", "groups"),
    "institution": Look("#2b4f9c", "square", "student"),
    "company": Look("#8a5a00", "diamond", "business"),
    "place": Look("#41702a", "house", "location"),
    "economy": Look("#5a3d7a", "plus", "payments"),
    "story": Look("#a62a62", "star", "chat"),
}
# Of a company that is ranked: kept has a middle, set aside is hollow.
KINDS: dict[str, Mark] = {
    "company": LOOKS["company"].mark(_("company")),
    "kept": Mark(_("kept"), "#1f6f6b", form=LOOKS["company"].form),
    "set_aside": LOOKS["company"].hollow(_("set aside"), line="#55534d"),
    "area": Mark(_("area"), "#123f40", "#ffd27a", form="hexagon", named=True),
    "organisation": Mark(_("organisation"), "#5a3d7a", form="hexagon", named=True),
}
# Sector -> the look of what takes part in a network from it.
SECTORS: dict[str, Mark] = {
    "private": LOOKS["company"].mark(_("companies")),
    "public": LOOKS["institution"].mark(_("public bodies")),
    "voluntary": LOOKS["association"].mark(_("associations")),
    "people": LOOKS["person"].mark(_("people")),
    "place": LOOKS["place"].mark(_("places and stories")),
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
