"""Locks and bans of a board as they are shown."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from medspil.rounds.models import PairKind, PairRule
from medspil.rounds.services import Standing


def locks_and_bans(rules: Iterable[PairRule], standing: Standing) -> list[dict[str, Any]]:
    """Return locks and bans with the names of both, bans first; `there` says that both are still shared out."""
    idents = {one.ident for one in standing.sheet.askers}, {one.ident for one in standing.sheet.givers}
    asking = {one.pk: one.label for one in standing.rows.demands}
    giving = {one.pk: one.label for one in standing.rows.supplies}
    gone = _("a row that was taken out")
    told = [
        {
            "rule": one,
            "asker": asking.get(one.demand_id, gone),
            "giver": giving.get(one.supply_id, gone),
            "ban": one.kind == PairKind.BAN,
            "there": str(one.demand_id) in idents[0] and str(one.supply_id) in idents[1],
        }
        for one in rules
    ]
    return sorted(told, key=lambda row: (not row["ban"], row["asker"]))
