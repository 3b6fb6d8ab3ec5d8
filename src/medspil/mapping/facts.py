"""What the facts of a resource must be, and how a resource is made from them."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.privacy import refuse_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.models import EditConflict
from medspil.mapping.models import PERSON, Gift, Resource

FACTS = frozenset(
    {
        "kind", "name", "can_do", "kinds", "gifts", "ambassador", "themes", "target_groups", "when", "organisation",
        "unit", "source", "review_months",
    }
)  # fmt: skip
"""What services take about a resource by name; where it is has parameters of its own."""
REVIEW_MONTHS = 12


class ResourceRefused(Exception):
    """A fact of a resource cannot stand; `field` says which."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.field = field


class AlreadyWithdrawn(EditConflict):
    """The person took her consent back in the meantime, and nothing about her may be kept."""

    sentence = _("This person has taken the consent back. Nothing about her can be added or changed.")


def checked(facts: Mapping[str, Any], *, before: Resource | None = None) -> dict[str, Any]:
    """Return facts as they are stored: names on one line, lists without repeats; raises `ResourceRefused`.

    A code that a resource had before may stay when it is no longer offered. Raises `CprNumberFound` too.
    """
    if unknown := set(facts) - FACTS:
        raise TypeError(f"not facts of a resource: {sorted(unknown)}")
    refuse_cpr(*facts.values())
    found = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "name" in found:
        found["name"] = " ".join(found["name"].replace("\x00", " ").split())
        if not found["name"]:
            raise ResourceRefused("name", _("Write a name."))
    if "kind" in found:
        _check_kind(found["kind"], before)
    known = {
        "kinds": vocabulary().resource_kinds,
        "themes": vocabulary().themes,
        "target_groups": vocabulary().target_groups,
        "gifts": {gift.value: gift for gift in Gift},
    }
    for name in known.keys() & found.keys():
        found[name] = list(dict.fromkeys(str(code) for code in found[name]))
        had = getattr(before, name) if before else []
        if any(code not in known[name] and code not in had for code in found[name]):
            raise ResourceRefused(name, _("Choose from the list."))
    _check_person(found, before)
    return found


def review_on(day: date, months: int) -> date:
    """Return the day so many months later, the last of a month where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _check_kind(kind: str, before: Resource | None) -> None:
    known = vocabulary().asset_kinds.get(kind)
    if before and before.kind == kind:
        return
    if known is None or known.retired:
        raise ResourceRefused("kind", _("Choose one of the kinds."))
    if before and PERSON in (kind, before.kind):
        raise ResourceRefused(
            "kind", _("A person is here by her own consent, so nothing else can become one, nor she anything else.")
        )


def _check_person(facts: Mapping[str, Any], before: Resource | None) -> None:
    kind = facts.get("kind", before.kind if before else "")
    if kind == PERSON:
        return
    if facts.get("ambassador"):
        raise ResourceRefused("ambassador", _("Only a person can be a local ambassador."))
    if facts.get("gifts"):
        raise ResourceRefused("gifts", _("Head, hand and heart are said of people only."))
