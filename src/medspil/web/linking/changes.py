"""What changed between two rankings, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from medspil.linking.models import Run
from medspil.linking.services import changes_between
from medspil.web.linking import wording
from medspil.web.linking.wording import Words


@dataclass(frozen=True, slots=True)
class ShownChanges:
    """How a ranking differs from the one it repeats."""

    since: datetime
    earlier: int
    versions: list[tuple[Words, str]]
    lines: list[str]


def shown_changes(earlier: Run, later: Run) -> ShownChanges:
    """Return what came, went and moved, and which versions differ."""
    found = changes_between(earlier, later)
    lines = [
        _("{name} is new, as number {place}.").format(name=wording.company_name(row["unit"]), place=row["rank"])
        for row in found.came
    ]
    lines += [
        _("{name} is out; it was number {place}.").format(name=wording.company_name(row["unit"]), place=row["rank"])
        for row in found.went
    ]
    lines += [
        _("{name} moved from number {before} to {after}.").format(
            name=wording.company_name(move.row["unit"]), before=move.before, after=move.after
        )
        for move in found.moved
    ]
    versions = [
        (wording.VERSION_NAMES.get(name, name), _("from {before} to {after}").format(before=before, after=after))
        for name, before, after in found.versions
    ]
    return ShownChanges(earlier.at, earlier.pk, versions, lines)
