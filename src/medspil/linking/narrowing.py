"""What a ranking can be narrowed by, as codes that page and terminal share."""

from collections.abc import Collection

from medspil.catalogue.vocabulary import Sector
from medspil.matching import Filters, Model

SIZES: dict[str, frozenset[int]] = {
    "micro": frozenset({0, 1, 2, 3}),
    "small": frozenset({4, 5}),
    "medium": frozenset({6, 7}),
    "large": frozenset({8, 9, 10}),
    "unknown": frozenset({-1}),
}
"""Codes of sizes with the employment classes of the engine that they cover; -1 is "not known"."""

SECTORS: dict[str, int] = {sector.value: sector.number for sector in Sector}


def narrowed(
    *,
    sectors: Collection[int] = (),
    sizes: Collection[str] = (),
    model: str | None = None,
    within_km: int | None = None,
) -> Filters:
    """Return the engine's filters: sectors by number, sizes by code, the model by code, kilometres."""
    classes: frozenset[int] = frozenset().union(*(SIZES[code] for code in sizes))
    return Filters(
        sectors=frozenset(sectors) or None,
        sizes=classes or None,
        model=Model(model) if model else None,
        max_distance_m=within_km * 1000.0 if within_km else None,
    )
