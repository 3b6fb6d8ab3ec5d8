"""`medspil register status`: what is in the register, from where, how old, what changed last, and by what it counts."""

import json
from collections.abc import Iterator
from datetime import date

import click
from django.utils import timezone

from medspil.catalogue.industries import title
from medspil.cli.long_work import plain_refusals
from medspil.geography.places import municipality
from medspil.register.counts import UnitCounts
from medspil.register.models import ChangeKind
from medspil.register.status import RegisterStatus, SourceStatus, register_status

SHOWN = 10
PHRASES: dict[str, str] = {
    ChangeKind.NEW: "new",
    ChangeKind.BACK: "in business again",
    ChangeKind.MOVED: "moved",
    ChangeKind.CEASED: "ceased",
    ChangeKind.GONE: "no longer in the register",
    ChangeKind.CLOSING: "bankrupt or being wound up",
    ChangeKind.PROTECTED: "turned protected",
    ChangeKind.LIFTED: "no longer protected",
    ChangeKind.RENAMED: "renamed",
    ChangeKind.TRADE: "changed industry",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--all", "everything", is_flag=True, help="All municipalities and industries, not only the largest.")
def status(as_json: bool, everything: bool) -> None:
    """Say what is in the register, from where and when, what changed last, and whether it can be searched."""
    today = timezone.localdate()
    with plain_refusals():
        state = register_status(today=today)
    if as_json:
        click.echo(json.dumps(state.as_json(), ensure_ascii=False))
        return
    for line in _told(state, today=today, everything=everything):
        click.echo(line)


def _told(state: RegisterStatus, *, today: date, everything: bool) -> Iterator[str]:
    all_ = state.counts.all
    yield f"{state.units} units, of which {state.active} active and {state.protected} protected"
    yield (
        f"  {all_.closed} ceased or closing, {all_.size_unknown} of unknown size,"
        f" {all_.at_address} at their exact address"
    )
    if state.stale:
        yield f"OLD: {state.stale}"
    for source in state.sources:
        yield from _source(source, today=today)
    yield from _index(state)
    towns = {_town(code): counts for code, counts in state.counts.by_municipality.items()}
    industries = {_industry(*key): counts for key, counts in state.counts.by_industry.items()}
    yield from _counted("municipality", towns, everything=everything)
    yield from _counted("industry", industries, everything=everything)


def _source(source: SourceStatus, *, today: date) -> Iterator[str]:
    old = ", OLD" if source.stale else ""
    yield f"  {source.name}: {source.units} units, {source.date:%d-%m-%Y} ({source.age_days} days old{old})"
    last = source.last
    if last is None:
        return
    for part, day in sorted(last.parts.items()):
        yield f"    {part}: {day:%d-%m-%Y} ({(today - day).days} days old)"
    yield f"    last import: {last.added} added, {last.changed} changed, {last.gone} gone, {last.unchanged} unchanged"
    kinds = ", ".join(f"{last.kinds[kind]} {words}" for kind, words in PHRASES.items() if last.kinds.get(kind))
    if kinds:
        yield f"    of which: {kinds}"


def _index(state: RegisterStatus) -> Iterator[str]:
    index = state.index
    if index.info is None:
        yield index.problem
    elif index.current:
        yield f"Index: {index.info.rows} units, current"
    else:
        yield f"Index: {index.info.rows} units, not current. {index.reason} Run: medspil register index"


def _counted(by: str, counts: dict[str, UnitCounts], *, everything: bool) -> Iterator[str]:
    if not counts:
        return
    rows = sorted(counts.items(), key=lambda item: (-item[1].active, item[0]))
    yield f"Active units by {by}:"
    for name, each in rows if everything else rows[:SHOWN]:
        yield f"  {each.active:>9}  {name}  ({each.protected} protected, {each.size_unknown} of unknown size)"
    if not everything and len(rows) > SHOWN:
        yield f"  … and {len(rows) - SHOWN} more: medspil register status --all"


def _town(code: str) -> str:
    found = municipality(code) if code else None
    return found.name if found else code or "not known"


def _industry(system: str, division: str) -> str:
    return f"{division} {title(division, system, 'en')} ({system})" if division else "not known"
