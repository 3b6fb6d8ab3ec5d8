"""What a proposal is asked with: both sides, rules, locks and bans, as plain values without a database.

The same sheet gives an equally good proposal, so its fingerprint names the one that was found first: among equally good
ones that is the one nearest to what stood on the board. Files in the terminal make a sheet too.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from medspil.rounds.programmes import Programme, programme

VERSION = 1
"""Goes up when the same sheet is scored in another way."""


class Labels(NamedTuple):
    """The names of rows by their idents. They change nothing in a question and are not stored with it."""

    askers: Mapping[str, str]
    givers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of either side. `party` tells rows of the same organisation; empty when nobody is named."""

    ident: str
    label: str = field(default="", compare=False)
    x: float | None = None
    y: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    party: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Return where it lies, if that is known."""
        return (self.x, self.y) if self.x is not None and self.y is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker(Line):
    """A row that asks: how many it wants, and how few will do."""

    wanted: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver(Line):
    """A row that gives: how many, how far away, whole or split."""

    capacity: int = 1
    whole: bool = False
    reach_km: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A pair that somebody keeps together; no amount means as many as both can."""

    asker: str
    giver: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Barred:
    """A pair that must not meet, and why: "person", or the code of what the giver said no to."""

    asker: str
    giver: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a proposal depends on. `earlier` and `related` are pairs (asker, giver)."""

    programme: str
    rules: Mapping[str, Any]
    askers: tuple[Asker, ...]
    givers: tuple[Giver, ...]
    held: tuple[Held, ...] = ()
    barred: tuple[Barred, ...] = ()
    earlier: frozenset[tuple[str, str]] = frozenset()
    related: frozenset[tuple[str, str]] = frozenset()

    @property
    def kind(self) -> Programme:
        """Return the kind of allocation."""
        return programme(self.programme)

    def rule(self, name: str) -> Any:
        """Return a rule as the round has it, else as the programme starts with it."""
        known = {rule.value: value for rule, value in self.kind.rules.items()}
        return self.rules.get(name, known.get(name))

    @property
    def labels(self) -> Labels:
        """Return the names of the rows."""
        askers = {one.ident: one.label for one in self.askers}
        return Labels(askers, {one.ident: one.label for one in self.givers})

    def plain(self, *, named: bool = False) -> dict[str, Any]:
        """Return it as JSON can carry it, always in the same order; `named` only for what is not stored."""
        return {
            "version": VERSION,
            "programme": self.programme,
            "rules": dict(sorted(self.rules.items())),
            "askers": [_plain(one, named=named) for one in self.askers],
            "givers": [_plain(one, named=named) for one in self.givers],
            "held": sorted(([one.asker, one.giver, one.amount] for one in self.held), key=lambda row: row[:2]),
            "barred": sorted([one.asker, one.giver, one.why] for one in self.barred),
            "earlier": sorted(map(list, self.earlier)),
            "related": sorted(map(list, self.related)),
        }

    @property
    def fingerprint(self) -> str:
        """Return a name that is the same for the same question."""
        text = json.dumps(self.plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def with_pairs(self, *, held: tuple[Held, ...], barred: tuple[Barred, ...]) -> "Sheet":
        """Return the same sheet with other locks and bans: what a change would cost is asked so."""
        return replace(self, held=held, barred=barred)


def _plain(line: Line, *, named: bool) -> dict[str, Any]:
    told = asdict(line)
    if not named:
        del told["label"]
    return told


def sheet_of(plain: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a stored question."""
    return Sheet(
        programme=plain["programme"],
        rules=plain["rules"],
        askers=tuple(Asker(**one) for one in plain["askers"]),
        givers=tuple(Giver(**one) for one in plain["givers"]),
        held=tuple(Held(*one) for one in plain["held"]),
        barred=tuple(Barred(*one) for one in plain["barred"]),
        earlier=frozenset((asker, giver) for asker, giver in plain["earlier"]),
        related=frozenset((asker, giver) for asker, giver in plain["related"]),
    )
