"""What a page shows when somebody else answered the same question first: both answers, nothing lost."""

from collections.abc import Mapping
from typing import Any

from django import forms

from medspil.organisations.models import Profile, ProfileAnswer
from medspil.organisations.profiles import happened
from medspil.web.forms import with_version
from medspil.web.parts import Difference


def told_apart(
    form: forms.BaseForm, stored: Mapping[str, Any], theirs: ProfileAnswer | Profile | None, profile: Profile | None
) -> dict[str, Any]:
    """Return the context of components/_conflict.html, and the form carrying the version that stands now."""
    latest = next(iter(happened([profile], most=1)), None) if profile else None
    return {
        "form": with_version(form, theirs.version if theirs else 0),
        "differences": _differences(form, stored),
        "conflict": True,
        "conflict_by": latest.by if latest else None,
        "conflict_at": latest.at if latest else None,
    }


def _differences(form: forms.BaseForm, stored: Mapping[str, Any]) -> list[Difference]:
    found = []
    for bound in form.visible_fields():
        saved, mine = stored.get(bound.name), form.cleaned_data.get(bound.name)
        if (saved or None) != (mine or None):
            found.append(Difference(bound.label, _words(bound.field, saved), _words(bound.field, mine)))
    return found


def _words(field: forms.Field, value: Any) -> str:
    known = {str(code): str(label) for code, label in getattr(field, "choices", None) or []}
    return known.get(str(value), str(value)) if value not in (None, "", False) else ""
