"""What a person must have seen before she changes it: also what she did herself, in another window."""

from collections.abc import Iterable

from medspil.areas.changes import changed_by_others
from medspil.common.models import EditConflict
from medspil.rounds.models import Round


def refuse_unseen(current: Round, *, since: int, names: Iterable[str]) -> None:
    """Raise `EditConflict` if anybody changed one of these since a version, the person herself included.

    A form elsewhere saves itself and may lie open twice; on a board, what is said was said about the whole of it.
    """
    if since == current.version:
        return
    told = changed_by_others(current, since=since, by=None)
    if told is None or told & set(names):
        raise EditConflict
