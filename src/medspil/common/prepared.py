"""Subqueries that are asked on every page: their SQL is made once, and only who asks and on which day is put in.

Who sees what is a question within questions. Django builds and compiles such a one anew each time, which takes many
times as long as the database needs to answer it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVarTuple

from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.db.models import Expression, Model, QuerySet

Ts = TypeVarTuple("Ts")
_FIRST_KEY = -8_604_171_905_233_700  # of records that nobody has
_FIRST_YEARS = (1000, 3000)  # of days on which nobody asks


@dataclass(frozen=True)
class Slot:
    """Where one of the arguments belongs among the parameters of the SQL."""

    argument: int


class Prepared(Expression):
    """A subquery of one column for `__in`: it names no table outside itself, so its SQL fits into any question."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *arguments: Any) -> None:
        super().__init__()
        self.make, self.arguments = make, arguments

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]  # Django's own are looser
        """Return the SQL with this question's arguments."""
        fixed = tuple(None if _varies(one) else one for one in self.arguments)
        key = (connection.vendor, self.make, fixed)
        if key not in _SQL:
            _SQL[key] = _compiled(self.make, self.arguments, connection)
        sql, parameters = _SQL[key]
        values = [_value(one, connection) for one in self.arguments]
        return sql, [values[one.argument] if isinstance(one, Slot) else one for one in parameters]


_SQL: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}


def prepared(make: Callable[[*Ts], QuerySet[Any, Any]]) -> Callable[[*Ts], Prepared]:
    """Let a function that builds a question return it prepared.

    Records and days among its arguments are put in each time; for each value of the others there is an SQL of its own.
    What it builds may depend on nothing else, and on no record or day but by asking the database for it: one that reads
    more of a record than its key, or reckons with a day, is refused when it is first asked.
    """

    @wraps(make)
    def ready(*arguments: *Ts) -> Prepared:
        return Prepared(make, *arguments)

    return ready


def _varies(argument: object) -> bool:
    return isinstance(argument, Model) or (isinstance(argument, date) and not isinstance(argument, datetime))


def _value(argument: Any, connection: Any) -> Any:
    if isinstance(argument, date):
        return connection.ops.adapt_datefield_value(argument)
    return argument.pk if isinstance(argument, Model) else argument


def _compiled(
    make: Callable[..., QuerySet[Any, Any]], arguments: tuple[Any, ...], connection: Any
) -> tuple[str, tuple[Any, ...]]:
    """Compile the question twice, for others who ask on other days: only where both are the same it is so for all."""
    one, other = (_asked_by(turn, make, arguments, connection) for turn in range(len(_FIRST_YEARS)))
    if one != other:
        raise ImproperlyConfigured(f"{make.__name__} asks differently for different records or days.")
    return one


def _asked_by(
    turn: int, make: Callable[..., QuerySet[Any, Any]], arguments: tuple[Any, ...], connection: Any
) -> tuple[str, tuple[Any, ...]]:
    """Compile the question with arguments that stand for all others, and note where they went."""
    markers = [_marker(one, number, turn, connection.alias) for number, one in enumerate(arguments)]
    slots = {_value(one, connection): Slot(number) for number, one in enumerate(markers) if _varies(one)}
    try:
        query = make(*markers).query
    except ObjectDoesNotExist as trouble:
        raise ImproperlyConfigured(f"{make.__name__} reads more of its arguments than their keys.") from trouble
    query.clear_ordering(force=False)
    sql, parameters = query.get_compiler(connection=connection).as_sql()
    found = tuple(slots.get(one, one) for one in parameters)
    if missing := set(slots.values()) - set(found):
        raise ImproperlyConfigured(f"{make.__name__} does not ask for its arguments: {missing}")
    return f"({sql})", found


def _marker(argument: Any, number: int, turn: int, alias: str) -> Any:
    """Return what stands for an argument: of a record nothing but its key is known, and what is read besides fails."""
    if not _varies(argument):
        return argument
    if isinstance(argument, date):
        return date(_FIRST_YEARS[turn] + number, 1 + turn, 1 + turn)
    key = argument.__class__._meta.pk
    assert key is not None  # noqa: S101  (a record has one)
    return argument.__class__.from_db(alias, [key.attname], [_FIRST_KEY + number + 1000 * turn])
