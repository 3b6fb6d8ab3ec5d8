"""When the register is old: one rule and one sentence, for every ranking on pages, in files and in the terminal."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.register.models import ImportRun, ImportState, RegisterVersion

SMALLEST_SHARE = 0.01  # of the units: a handful of companies from an old list makes no old register
NAMED = 3


@dataclass(frozen=True, slots=True)
class OldSource:
    """A source of the index whose newest data are older than they should be."""

    name: str
    date: date
    age_days: int


def stale_days() -> int:
    """Return how many days old the register may be."""
    return int(settings.REGISTER_STALE_DAYS)


def is_stale(day: date, *, today: date) -> bool:
    """Return whether data of a day are older than they should be."""
    return (today - day).days > stale_days()


def whole_imports() -> dict[str, date]:
    """Return by source the day of the newest whole file that was applied: it told of all units of its source."""
    applied = ImportRun.objects.filter(state=ImportState.APPLIED, complete=True).order_by()
    return dict(applied.values_list("source").annotate(newest=Max("source_date")))


def old_sources(*, today: date) -> tuple[OldSource, ...]:
    """Return the old sources of what is searched and ranked, the oldest first. One small query, two if any is old."""
    version = RegisterVersion.objects.filter(pk=1).first()
    indexed: dict[str, list[int | str]] = version.indexed_with.get("sources", {}) if version else {}
    total = sum(int(units) for units, _day in indexed.values())
    days = {
        name: date.fromisoformat(str(newest))
        for name, (units, newest) in indexed.items()
        if int(units) >= total * SMALLEST_SHARE
    }
    if not any(is_stale(day, today=today) for day in days.values()):
        return ()
    whole = whole_imports()  # a whole file that changed nothing made its source fresh all the same
    days = {name: max(day, whole.get(name, day)) for name, day in days.items()}
    found = [OldSource(name, day, (today - day).days) for name, day in days.items() if is_stale(day, today=today)]
    return tuple(sorted(found, key=lambda old: (old.date, old.name)))


def stale_sentence(*, today: date) -> str:
    """Return what to say of an old register beside a ranking; empty for one that is fresh."""
    old = old_sources(today=today)
    if not old:
        return ""
    named = "; ".join(_named(each) for each in old[:NAMED])
    return _(
        "The register is old: %(sources)s. Companies may have closed, moved or asked not to be contacted since."
        " Check a company before you approach it, and have a newer file brought in."
    ) % {"sources": named}


def old_answer(day: str, *, today: date) -> str:
    """Return what to say of a stored ranking whose register is old by now; `day` is the index's own, perhaps empty."""
    if not day or not is_stale(date.fromisoformat(day), today=today):
        return ""
    made_from = date.fromisoformat(day)
    return _(
        "This ranking was made from register data of %(date)s, now %(age)s. Companies may have closed, moved or asked"
        " not to be contacted since. Ask the same again today."
    ) % {"date": date_format(made_from, "DATE_FORMAT"), "age": days_text((today - made_from).days)}


def days_text(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(days)s day old", "%(days)s days old", days) % {"days": days}


def _named(old: OldSource) -> str:
    day = date_format(old.date, "DATE_FORMAT")
    return _("“%(source)s” is of %(date)s, %(age)s") % {
        "source": old.name,
        "date": day,
        "age": days_text(old.age_days),
    }
