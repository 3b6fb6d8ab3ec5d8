"""The case that is most like what an area asks for, with what the two share."""

from collections.abc import Iterable
from dataclasses import dataclass

from medspil.catalogue.models import Case

KIND_POINTS, THEME_POINTS, GROUP_POINTS, MODEL_POINTS = 4, 2, 2, 1
"""A shared kind of resource says most of what one can learn from a case; the model alone says nothing."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case and what it shares with the need; codes in the order in which the need has them."""

    case: Case
    kinds: tuple[str, ...]
    themes: tuple[str, ...]
    target_groups: tuple[str, ...]
    same_model: bool
    points: int


def nearest_case(
    cases: Iterable[Case],
    *,
    kinds: Iterable[str] = (),
    themes: Iterable[str] = (),
    target_groups: Iterable[str] = (),
    model: str = "",
) -> Likeness | None:
    """Return the case that shares most with a need; None if none shares anything but the model.

    Ties go to the case whose own list of kinds is shorter, so more of it is to the point, then by code.
    """
    wanted = tuple(kinds), tuple(themes), tuple(target_groups)
    found = [_likeness(case, *wanted, model) for case in cases]
    worth = [one for one in found if one.kinds or one.themes or one.target_groups]
    return min(worth, key=lambda one: (-one.points, len(one.case.resource_kinds), one.case.code), default=None)


def _likeness(
    case: Case, kinds: tuple[str, ...], themes: tuple[str, ...], groups: tuple[str, ...], model: str
) -> Likeness:
    shared_kinds = tuple(kind for kind in kinds if kind in case.resource_kinds)
    shared_themes = tuple(theme for theme in themes if theme in case.themes)
    shared_groups = tuple(group for group in groups if group in case.target_groups)
    same_model = bool(model) and case.model == model
    points = (
        KIND_POINTS * len(shared_kinds)
        + THEME_POINTS * len(shared_themes)
        + GROUP_POINTS * len(shared_groups)
        + MODEL_POINTS * same_model
    )
    return Likeness(case, shared_kinds, shared_themes, shared_groups, same_model, points)
