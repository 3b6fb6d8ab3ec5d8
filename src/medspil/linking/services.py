"""Rankings: ask which companies fit a need, keep the answer as it was given, ask the same again.

Asking writes nothing. The ranking page is a GET that asks afresh each time, which takes milliseconds, so a page load,
a filter, a reload or a robot piles nothing up and the page never shows yesterday's list as today's. A run is stored
by what a person does on purpose: asking for companies from the need's page, saving a ranking that was narrowed, or
keeping a company, since a decision should be able to show the list it was made from. Question and versions together
have a fingerprint, unique per need; storing the same again finds the run that is there. An answer depends on nothing
else, so this is the same run, not merely a like one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from medspil import matching
from medspil.accounts.models import User, record_history
from medspil.areas.models import Need
from medspil.linking.affinities import affinities
from medspil.linking.answer import Row, explained, fingerprint, plain_answer, row_of, versions_of
from medspil.linking.models import Run
from medspil.linking.question import Question, filters_of, need_of, question_of, weights_of
from medspil.matching import DEFAULT_WEIGHTS, Filters, UnknownKind, Weights
from medspil.register.index import open_index

SHOWN = 50
NO_FILTERS = Filters()


def ask(
    *,
    need: Need,
    by: User | None,
    now: datetime,
    filters: Filters = NO_FILTERS,
    weights: Weights = DEFAULT_WEIGHTS,
    k: int = SHOWN,
) -> Run:
    """Return the ranking for a need, not stored: its `pk` is None. Writes nothing.

    Raises
    ------
    medspil.matching.IndexUnusable
        If the index is missing, damaged or of another version.
    """
    question = question_of(need=need, now=now, filters=filters, weights=weights, k=k)
    return _answered(need, question, by, now)


def rank_need(
    *,
    need: Need,
    by: User | None,
    now: datetime,
    filters: Filters = NO_FILTERS,
    weights: Weights = DEFAULT_WEIGHTS,
    k: int = SHOWN,
) -> Run:
    """Rank the register for a need and store the run; the same question and versions give the run that is there."""
    return store(ask(need=need, by=by, now=now, filters=filters, weights=weights, k=k))


class QuestionOutdated(Exception):
    """A stored question was written by a Medspil whose questions looked different."""

    def __init__(self) -> None:
        super().__init__(_("This ranking was saved by another version of Medspil and cannot be asked again."))


def repeat(*, run: Run, by: User | None, now: datetime) -> Run:
    """Ask the stored question again of today's index, engine and affinities; the same run if they are the same.

    Raises `QuestionOutdated` and `medspil.matching.IndexUnusable`.
    """
    try:
        again = _answered(run.need, run.question, by, now)
    except (KeyError, TypeError, UnknownKind) as fault:
        raise QuestionOutdated from fault
    if again.fingerprint == run.fingerprint:
        return run
    again.repeats = run
    return store(again)


def grounds(run: Run, number: int) -> dict[str, Any]:
    """Return why a unit stood where it stood, to be kept with a decision; empty if a gate stops it.

    A unit outside the list that was shown is explained by itself, without a place.
    """
    row = row_of(run.answer, number) or explained(open_index(), run.need, run.question, number)
    return {"row": row, "versions": run.versions, "at": run.at.isoformat()} if row else {}


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit that both rankings hold, and its places."""

    row: Row
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How a later ranking differs from an earlier one."""

    versions: tuple[tuple[str, Any, Any], ...]
    came: tuple[Row, ...]
    went: tuple[Row, ...]
    moved: tuple[Moved, ...]

    @property
    def none(self) -> bool:
        """Whether both hold the same units in the same order."""
        return not (self.came or self.went or self.moved)


def changes_between(earlier: Run, later: Run) -> Changes:
    """Return what came, what went and what moved between two rankings, and which versions differ."""
    before = {row["number"]: row for row in earlier.answer["units"]}
    after = {row["number"]: row for row in later.answer["units"]}
    names = sorted(set(earlier.versions) | set(later.versions))
    return Changes(
        versions=tuple(
            (name, earlier.versions.get(name), later.versions.get(name))
            for name in names
            if earlier.versions.get(name) != later.versions.get(name)
        ),
        came=tuple(row for number, row in after.items() if number not in before),
        went=tuple(row for number, row in before.items() if number not in after),
        moved=tuple(
            Moved(row, before[number]["rank"], row["rank"])
            for number, row in after.items()
            if number in before and before[number]["rank"] != row["rank"]
        ),
    )


def _answered(need: Need, question: Question, by: User | None, now: datetime) -> Run:
    index = open_index()
    ranking = matching.rank(
        index,
        need_of(question),
        affinities(),
        k=question["k"],
        weights=weights_of(question),
        filters=filters_of(question),
    )
    versions = versions_of(index.info)
    return Run(
        need=need,
        by=by,
        at=now,
        question=question,
        versions=versions,
        fingerprint=fingerprint(question, versions),
        answer=plain_answer(need, ranking),
    )


def store(run: Run) -> Run:
    """Insert a ranking that was asked, or return the one stored before; safe when two people do it at once."""
    stored = Run.objects.filter(need=run.need, fingerprint=run.fingerprint)
    if there := stored.first():
        return there
    try:
        with transaction.atomic():
            run.save(force_insert=True)
            record_history(record=run, action="ranking_saved", by=run.by, now=run.at)
    except IntegrityError:
        return stored.get()
    return run
