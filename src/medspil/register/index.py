"""The search index over the register: built from its units, opened once per process and again when a new one came."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil import language
from medspil.matching import (
    ENGINE_VERSION,
    BuildRunning,
    Index,
    IndexInfo,
    IndexMissing,
    IndexUnusable,
    UnitRecord,
    build_index,
)
from medspil.register.counts import Counting
from medspil.register.forms import sector_of
from medspil.register.models import RegisterVersion, Unit, UnitStatus
from medspil.register.sizes import size_class
from medspil.register.troubles import ImportTroubled, plain_troubles

NAME, INDUSTRY, PURPOSE, PLACE = 3.0, 2.0, 1.0, 1.0
PLACE_SIGN = "@"
_TEXTS = ("name", "industry_text", "purpose", "city", "postcode")
_COUNTED = (
    "municipality", "code_system", "industry", "status", "protected", "point_quality", "employees_from", "company_form",
)  # fmt: skip
_FIELDS = ("number", "x", "y", "employees_to", *_COUNTED, *_TEXTS)
_lock = threading.Lock()
_opened: tuple[str, Index] | None = None


class RegisterNotReady(IndexUnusable):
    """There is no usable index; the sentence says what to do. `reason` is the engine's code."""

    def __init__(self, problem: IndexUnusable) -> None:
        never = isinstance(problem, IndexMissing)
        why = _("its index has not been built") if never else _("its index is damaged or of an older version")
        super().__init__(
            problem.reason,
            _("The register is not ready to be searched: %(why)s. Run: medspil register index") % {"why": why},
        )


class IndexBusy(ImportTroubled):
    """Another process builds the index just now."""

    def __init__(self) -> None:
        super().__init__(_("The index is being built already. Wait until that is done."))


@dataclass(frozen=True, slots=True)
class IndexState:
    """Whether the register can be searched, and whether the index holds its newest state.

    `reason` says why it does not: the register was changed, or the index was built by another analyser of words or
    another engine, so that today's would find something else.
    """

    info: IndexInfo | None
    problem: str
    current: bool
    reason: str | Promise = ""


def open_index() -> Index:
    """Return the index in force. Raises `RegisterNotReady`."""
    global _opened  # noqa: PLW0603  (one per process: the pages of the map are shared)
    folder = Path(settings.INDEX_DIR)
    try:
        named = (folder / "CURRENT").read_text().strip()
    except OSError:
        named = ""
    with _lock:
        if _opened is not None and named and _opened[0] == f"{folder}/{named}":
            return _opened[1]
        try:
            index = Index.open(folder)
        except IndexUnusable as problem:
            raise RegisterNotReady(problem) from problem
        except OSError as problem:
            raise RegisterNotReady(IndexUnusable("unreadable", str(problem))) from problem
        _opened = (f"{folder}/{named}", index)
        return index


def index_state() -> IndexState:
    """Return how the index stands to the register."""
    version = RegisterVersion.objects.filter(pk=1).first()
    try:
        info = open_index().info
    except RegisterNotReady as problem:
        return IndexState(None, str(problem), current=False)
    reason = _why_not_current(info, version)
    return IndexState(info, "", current=not reason, reason=reason)


def _why_not_current(info: IndexInfo, version: RegisterVersion | None) -> str | Promise:
    if version is not None and version.indexed_version != version.version:
        return gettext_lazy("The register has changed since the index was built.")
    if version is not None and version.indexed_with.get("analyser") != language.ANALYSER_VERSION:
        return gettext_lazy("The index was built by another version of the language analyser.")
    if info.engine_version != ENGINE_VERSION:
        return gettext_lazy("The index was built by another version of the ranking engine.")
    return ""


def rebuild_index(*, tell: Callable[[str, int, int], None] | None = None) -> IndexInfo:
    """Build the index from the register as it is now; searches use the former one until it is done.

    Raises `IndexBusy`, `NoRoom` or `DatabaseStopped`. A build that is killed leaves the former index in force.
    """
    version, _created = RegisterVersion.objects.get_or_create(pk=1)
    sources, counting = _sources(), Counting()
    total = sum(units for units, _day in sources.values())
    try:
        with plain_troubles(lambda: _("building the index")):
            info = build_index(
                records(counting),
                Path(settings.INDEX_DIR),
                source=", ".join(list(sources)[:5]),
                date=max((day for _units, day in sources.values()), default=""),
                progress=(lambda done: tell("indexing", done, total)) if tell else None,
            )
    except BuildRunning as running:
        raise IndexBusy from running
    counts = counting.counts().as_json()
    built_with = {"analyser": language.ANALYSER_VERSION, "sources": sources, "counts": counts}
    RegisterVersion.objects.filter(pk=1).update(indexed_version=version.version, indexed_with=built_with)
    return info


def _sources() -> dict[str, tuple[int, str]]:
    """Return how many units each source has and the day of its newest facts: one pass over the register."""
    rows = Unit.objects.values_list("source").annotate(units=Count("pk"), newest=Max("source_date")).order_by("source")
    return {name: (units, newest.isoformat()) for name, units, newest in rows}


def records(counting: Counting) -> Iterator[UnitRecord]:
    """Yield the units as the engine wants them, a few thousand in memory at a time, and count them on the way."""
    for facts in Unit.objects.order_by().values(*_FIELDS).iterator(chunk_size=5_000):
        counting.take(**{name: facts[name] for name in _COUNTED})
        yield _record(facts)


def record_of(unit: Unit) -> UnitRecord:
    """Return one unit as the engine wants it, with the facts of today."""
    return _record({name: getattr(unit, name) for name in _FIELDS})


def _record(facts: Mapping[str, Any]) -> UnitRecord:
    municipality, form = facts["municipality"], facts["company_form"]
    return UnitRecord(
        number=facts["number"],
        industry=facts["industry"],
        code_system=facts["code_system"],
        municipality=int(municipality) if municipality.isdigit() else 0,
        x=facts["x"],
        y=facts["y"],
        size=size_class(facts["employees_from"], facts["employees_to"]),
        active=facts["status"] == UnitStatus.ACTIVE,
        protected=facts["protected"],
        sector=sector_of(form),
        terms=terms_of(*(facts[name] for name in _TEXTS)),
    )


def terms_of(name: str, industry_text: str, purpose: str, city: str, postcode: str) -> dict[str, float]:
    """Return the words a unit is found by: its name counts most, then its industry, then its purpose; and its place."""
    found: dict[str, float] = {}
    for text, weight in ((name, NAME), (purpose, PURPOSE)):
        for term, times in language.analyse(text):
            found[term] = found.get(term, 0.0) + times * weight
    for term, times in _industry_terms(industry_text):
        found[term] = found.get(term, 0.0) + times * INDUSTRY
    for term in _place_terms(city, postcode):
        found[term] = PLACE
    return found


@lru_cache(maxsize=4_096)
def _industry_terms(text: str) -> tuple[tuple[str, float], ...]:
    return tuple(language.terms(text).items())


@lru_cache(maxsize=4_096)
def _place_terms(city: str, postcode: str) -> tuple[str, ...]:
    return tuple(PLACE_SIGN + term for term in language.terms(f"{city} {postcode}"))
