"""What a draft has from the version that it changes: whether it says anything else, and which answers to ask again."""

from typing import Any

from medspil.agreements.canonical import Content, content_of
from medspil.agreements.models import Agreement
from medspil.agreements.reading import frozen_of
from medspil.agreements.rules import PARTIES, checks
from medspil.partnerships.models import Partner

ITS_OWN = frozenset({"format", "number", "changed_from"})
"""What tells a version from others and says nothing to those who confirm it."""


def unchanged_since(draft: Agreement, partners: list[Partner]) -> Agreement | None:
    """Return the version that a draft changes where it says the very same, else nothing. One query.

    A first day that nobody has chosen yet is no change: of what is in force already it is not taken over.
    """
    base = draft.based_on
    frozen = frozen_of(base) if base else None
    if frozen is None or not frozen.content:
        return None
    passed = ITS_OWN if draft.starts_on else ITS_OWN | {"starts_on"}
    same = _said(content_of(draft, partners), passed) == _said(frozen.content, passed)
    return base if same else None


def taken_over(draft: Agreement) -> set[str]:
    """Return the codes of the answers that stand as they were given for the version before. Two queries, none where no
    version came before."""
    base = draft.based_on
    if base is None:
        return set()
    answered = set(base.checks.exclude(answer="").values_list("code", flat=True))
    return answered & set(draft.checks.filter(version=1).values_list("code", flat=True))  # one answered anew is past 1


def given_for(draft: Agreement, partners: list[Partner]) -> dict[str, int]:
    """Return the answers that were taken over unread while what they rest on is another now: by code, the version for
    which they were given. Four queries at most, none where no version came before."""
    base = draft.based_on
    if base is None:
        return {}
    taken = taken_over(draft)
    changed = _changed(draft, base, partners) if taken else set()
    return {code: base.number for code, one in checks().items() if code in taken and one.rests_on & changed}


def _changed(draft: Agreement, base: Agreement, partners: list[Partner]) -> set[str]:
    """Return the fields that say something else than in the version before, and whether others take part."""
    before = {one.code: (one.text, one.rows) for one in base.fields.all()}
    changed = {one.code for one in draft.fields.all() if before.get(one.code) != (one.text, one.rows)}
    frozen = frozen_of(base)
    if frozen and frozen.content and {one["key"] for one in frozen.content["parties"]} != {one.pk for one in partners}:
        changed.add(PARTIES)
    return changed


def _said(content: Content, passed: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in passed}
