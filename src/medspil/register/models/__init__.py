"""The register's tables: units, and the imports that bring them in."""

from medspil.register.models.changes import ChangeKind, UnitChange, UnitChangeQuerySet
from medspil.register.models.imports import (
    ColumnMapping,
    GoneUnit,
    ImportFile,
    ImportRun,
    ImportRunQuerySet,
    ImportState,
    RowNote,
    StagedPrint,
    StagedUnit,
)
from medspil.register.models.units import (
    CodeSystem,
    PointQuality,
    RegisterVersion,
    Unit,
    UnitFacts,
    UnitQuerySet,
    UnitStatus,
)

__all__ = [
    "ChangeKind",
    "CodeSystem",
    "ColumnMapping",
    "GoneUnit",
    "ImportFile",
    "ImportRun",
    "ImportRunQuerySet",
    "ImportState",
    "PointQuality",
    "RegisterVersion",
    "RowNote",
    "StagedPrint",
    "StagedUnit",
    "Unit",
    "UnitChange",
    "UnitChangeQuerySet",
    "UnitFacts",
    "UnitQuerySet",
    "UnitStatus",
]
