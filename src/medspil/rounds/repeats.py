"""Which rows of a list are on the board already, or stand twice in the list: known by name, place and facts.

What one of the two does not say does not tell them apart; what both say differently does: two schools may have a 7.A.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from medspil.language import fold
from medspil.rounds.lines import Draft
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.models.rows import Row


def repeated(drafts: Sequence[Draft], *, round_: Round, asks: bool, batch: UUID) -> frozenset[int]:
    """Return the rows of a list, by their numbers in it, that nobody needs to add. One query.

    Each row on the board answers for one of the list. Rows of the same batch do not count: a form sent twice is one.
    """
    model = Demand if asks else Supply
    there: dict[str, list[Row]] = defaultdict(list)
    for row in model._default_manager.filter(round=round_, archived_at=None).exclude(batch=batch):
        there[fold(row.label)].append(row)
    found = set(_twice(drafts))
    for draft in drafts:
        if draft.row in found:
            continue
        rows = there[fold(draft.label)]
        same = next((one for one in rows if _same(draft, one)), None)
        if same is not None:
            rows.remove(same)
            found.add(draft.row)
    return frozenset(found)


def _same(draft: Draft, row: Row) -> bool:
    if draft.place and row.place and fold(draft.place) != fold(row.place):
        return False
    return all(row.facts[name] == value for name, value in draft.facts.items() if value and row.facts.get(name))


def _twice(drafts: Iterable[Draft]) -> Iterable[int]:
    """Return the rows that say word for word what a row above them says."""
    seen = set()
    for one in drafts:
        facts = tuple(sorted((name, str(value)) for name, value in one.facts.items()))
        said = (fold(one.label), one.amount, one.least, fold(one.place), one.area, one.cvr, one.whole, facts)
        if said in seen:
            yield one.row
        seen.add(said)
