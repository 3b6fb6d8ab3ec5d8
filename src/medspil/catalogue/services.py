"""Brings the cases and concepts that Medspil starts with into the catalogue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from medspil.catalogue.models import Case, Concept
from medspil.common.datafiles import DataError, package_text, read_tables

SOURCE = "cases.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the file did, by number of concepts and cases together."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@transaction.atomic
def load_cases(*, published_on: date, text: str | None = None) -> Loaded:
    """Write the cases of the data file into the catalogue; doing it again changes nothing.

    A case is known by its code. What stands in the file wins over what stood in the catalogue; the day of publication
    is kept once it is set; cases that people made themselves are not touched.

    Raises
    ------
    DataError
        If a case names a concept that the file does not have, or a field that a case does not have.
    """
    tables = read_tables(text if text is not None else package_text("medspil.catalogue", SOURCE), source=SOURCE)
    done = Loaded()
    for entry in tables.get("concept", []):
        _check_fields(Concept, entry)
        done += _write(Concept, entry["code"], entry)
    concepts = {concept.code: concept for concept in Concept.objects.all()}
    for entry in tables.get("case", []):
        _check_fields(Case, entry)
        if entry["concept"] not in concepts:
            problem = f"{entry['concept']} is not a concept of this file"
            raise DataError(source=SOURCE, line=1, field=f"concept of {entry['code']}", problem=problem)
        done += _write(Case, entry["code"], {**entry, "concept": concepts[entry["concept"]]}, published_on=published_on)
    return done


def _check_fields(model: type[models.Model], entry: dict[str, Any]) -> None:
    known = {field.name for field in model._meta.concrete_fields} - {"id", "published_on"}
    if unknown := sorted(set(entry) - known):
        raise DataError(source=SOURCE, line=1, field=unknown[0], problem=f"is not a field of {entry.get('code')}")


def _write(model: type[Concept] | type[Case], code: str, fields: dict[str, Any], **on_creation: Any) -> Loaded:
    there = model._default_manager.filter(code=code).first()
    if there is None:
        model._default_manager.create(**fields, **on_creation)
        return Loaded(added=1)
    differing = [name for name, value in fields.items() if getattr(there, name) != value]
    if not differing:
        return Loaded(unchanged=1)
    for name in differing:
        setattr(there, name, fields[name])
    there.save(update_fields=differing)
    return Loaded(changed=1)
