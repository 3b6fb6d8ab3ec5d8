"""`medspil register`: bring register files in, look at the register, build its index, search it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
from django.core.files import File
from django.utils import timezone, translation

from medspil.register import services
from medspil.register.index import RegisterNotReady, index_state, rebuild_index
from medspil.register.models import ImportRun, Unit
from medspil.register.notes import reason
from medspil.register.search import search_units
from medspil.register.sizes import size_text
from medspil.register.status import register_status

PHASES = {"reading": "Reading", "comparing": "Comparing", "applying": "Applying", "indexing": "Indexing"}


class Bar:
    """A progress bar that starts anew with each phase; on a terminal only, so that logs stay short."""

    def __init__(self) -> None:
        self._phase = ""
        self._stream = sys.stderr

    def tell(self, phase: str, done: int, total: int) -> None:
        """Draw how far a phase got."""
        if not self._stream.isatty():
            return
        if self._phase and phase != self._phase:
            click.echo(err=True)
        self._phase = phase
        share = f"{'█' * (done * 30 // total):<30} {done * 100 // total:3} %" if total else f"{done} rows"
        click.echo(f"\r{PHASES[phase]:<10} {share}", nl=False, err=True)

    def finish(self) -> None:
        """Leave the line."""
        if self._phase:
            click.echo(err=True)


@contextmanager
def _progress() -> Iterator[Bar]:
    bar = Bar()
    try:
        yield bar
    finally:
        bar.finish()


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """Turn expected trouble into one sentence and exit code 1."""
    try:
        yield
    except (services.ImportTroubled, services.UnreadableFile, RegisterNotReady) as trouble:
        raise click.ClickException(str(trouble)) from None


@click.group()
@click.pass_context
def register(context: click.Context) -> None:
    """Import, index and search the register of companies."""
    context.with_resource(translation.override("en"))


@register.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help='Where it comes from, for example "CVR-udtræk, Vejle".')
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d", "%d-%m-%Y"]), help="Date of the data.")
@click.option("--mapping", help="Name of a saved column mapping; found by the heading when left out.")
@click.option("--apply", "apply_", is_flag=True, help="Change the register; without it the file is only compared.")
@click.option("--part", is_flag=True, help="The file is a part of its source: units missing in it have not ceased.")
@click.option("--accept-gone", is_flag=True, help="It is right that many units are missing in the file.")
@click.option("--made-up", is_flag=True, help="The units are made up for an example, and are marked so.")
@click.option("--no-index", is_flag=True, help="Do not build the index afterwards.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(
    *,
    file: Path,
    source: str,
    day: datetime,
    mapping: str | None,
    apply_: bool,
    part: bool,
    accept_gone: bool,
    made_up: bool,
    no_index: bool,
    as_json: bool,
) -> None:
    """Compare FILE (CSV or XLSX) with the register, and apply it if asked to."""
    with _plain_refusals(), _progress() as bar:
        with file.open("rb") as content:
            run = services.receive_file(
                creation_key=uuid4(),
                file=File(content, name=file.name),
                file_name=file.name,
                source=source,
                source_date=day.date(),
                complete=not part,
                made_up=made_up,
                by_name="medspil register import",
                now=timezone.now(),
            )
        try:
            if mapping:
                services.use_mapping(run=run, name=mapping)
            services.compare(run=run, clock=timezone.now, tell=bar.tell)
            if apply_:
                services.apply(run=run, clock=timezone.now, accept_gone=accept_gone, tell=bar.tell)
                services.forget_files(run=run)
                if not no_index and not index_state().current:
                    rebuild_index(tell=bar.tell)
        finally:
            told = _told(run)
            if told["state"] != "applied":
                services.discard(run=run, clock=timezone.now)  # a trial leaves nothing behind
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _as_text(told))


def _told(run: ImportRun) -> dict[str, Any]:
    names = ("rows_total", "added", "changed", "unchanged", "gone", "rejected", "warned", "state", "problem", "columns")
    return {name: getattr(run, name) for name in names} | {
        "reasons": run.findings.get("reasons", {}),
        "silent_on_protection": run.findings.get("silent_on_protection", False),
        "many_gone": run.findings.get("many_gone", False),
    }


def _as_text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['rows_total']} rows: {told['added']} added, {told['changed']} changed, {told['unchanged']} unchanged,"
        f" {told['gone']} gone, {told['rejected']} rejected, {told['warned']} with a warning."
    ]
    lines += [f"  {count:>8}  {reason(code).problem} {reason(code).advice}" for code, count in told["reasons"].items()]
    if told["silent_on_protection"]:
        lines.append("The file does not tell of advertising protection: new units count as protected.")
    if told["many_gone"]:
        lines.append("Many units are missing in the file. If that is right, apply it with --accept-gone.")
    applied = told["state"] == "applied"
    lines.append("The register is changed." if applied else "Nothing was changed. Add --apply to change the register.")
    return "\n".join(lines)


@register.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status(as_json: bool) -> None:
    """Say what is in the register, from where and when, and whether it can be searched."""
    state = register_status(today=timezone.localdate())
    if as_json:
        click.echo(json.dumps(state.as_json(), ensure_ascii=False))
        return
    click.echo(f"{state.units} units, of which {state.active} active and {state.protected} protected")
    for source in state.sources:
        click.echo(f"  {source.name}: {source.units} units, {source.date:%d-%m-%Y} ({source.age_days} days old)")
    index = state.index
    if index.info is None:
        click.echo(index.problem)
    else:
        click.echo(f"Index: {index.info.rows} units, {'current' if index.current else 'older than the register'}")


@register.command()
def index() -> None:
    """Build the search index from the register as it is now."""
    with _plain_refusals(), _progress() as bar:
        info = rebuild_index(tell=bar.tell)
    click.echo(f"The index holds {info.rows} units.")


@register.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--municipality", default="", help="Municipality code of four digits.")
@click.option("--all", "everything", is_flag=True, help="Also units that have ceased.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def search(words: tuple[str, ...], municipality: str, everything: bool, limit: int, as_json: bool) -> None:
    """Find units by name, number, industry or place."""
    if municipality and not (municipality.isascii() and municipality.isdigit() and len(municipality) == 4):
        raise click.BadParameter("use four digits, for example 0630", param_hint="--municipality")
    found = search_units(text=" ".join(words), municipality=municipality, active_only=not everything, limit=limit)
    if found.notice:
        click.echo(found.notice, err=True)
    if as_json:
        click.echo(json.dumps([_unit(unit) for unit in found.units], ensure_ascii=False))
        return
    for word, read in found.read_as.items():
        click.echo(f"“{word}” was read as {', '.join(read)}", err=True)
    for unit in found.units:
        mark = "  [protected]" if unit.protected else ""
        click.echo(f"P {unit.number}  {unit.name}  {unit.postcode} {unit.city}  {unit.industry_text}{mark}")
    if not found.units:
        raise click.ClickException("No unit was found.")


def _unit(unit: Unit) -> dict[str, Any]:
    names = ("number", "cvr", "name", "industry", "industry_text", "address", "postcode", "city", "municipality",
             "status", "protected", "made_up", "source")  # fmt: skip
    return {name: getattr(unit, name) for name in names} | {
        "employees": size_text(unit.employees_from, unit.employees_to)
    }
