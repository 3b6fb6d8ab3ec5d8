"""`medspil register import`: bring one file, several files or a folder of files in; dry unless told to apply."""

import json
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
from django.core.files import File
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from medspil.cli.long_work import Bar, plain_refusals, progress_bar
from medspil.register import services
from medspil.register.index import index_state, rebuild_index
from medspil.register.models import ImportRun
from medspil.register.notes import reason
from medspil.register.placement import place_after_import
from medspil.register.reading import asks_columns
from medspil.register.reading.tally import counted

BY_NAME = "medspil register import"
EXAMPLES = 3  # rows named for each reason; all of them stand on the page and in the file of rejected rows


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--source", required=True, help='Where it comes from, for example "CVR-udtræk, Vejle".')
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d", "%d-%m-%Y"]), help="Date of the data.")
@click.option("--mapping", help="Name of a saved column mapping; found by the heading when left out.")
@click.option("--apply", "apply_", is_flag=True, help="Change the register; without it the files are only compared.")
@click.option(
    "--part", is_flag=True, help="The files are a part of their source: units missing in them have not ceased."
)
@click.option("--accept-gone", is_flag=True, help="It is right that many units are missing in the files.")
@click.option("--made-up", is_flag=True, help="The units are made up for an example, and are marked so.")
@click.option("--no-index", is_flag=True, help="Do not build the index afterwards.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def import_(
    *,
    paths: tuple[Path, ...],
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
    """Compare PATHS with the register, and apply them if asked to.

    One table (CSV or XLSX), or the files of one download of the business register: several files, or their folder.
    Zip and gzip are read as they are.
    """
    with plain_refusals(), progress_bar() as bar:
        services.discard_left_lying(by_name=BY_NAME, clock=timezone.now)
        with ExitStack() as stack:
            run = services.receive_files(
                creation_key=uuid4(),
                files=[(path.name, File(stack.enter_context(path.open("rb")))) for path in _files_of(paths)],
                source=source,
                source_date=day.date(),
                complete=not part,
                made_up=made_up,
                by_name=BY_NAME,
                now=timezone.now(),
            )
        try:
            if mapping:
                services.use_mapping(run=run, name=mapping)
            services.compare(run=run, clock=timezone.now, tell=bar.tell)
            if apply_:
                _apply(run, bar, accept_gone=accept_gone, index=not no_index)
        finally:
            told = _told(run)
            if told["state"] != "applied":
                # A trial leaves nothing behind. Where that cannot be done now, the next import does it.
                with suppress(DatabaseError, InterfaceError, services.ImportBusy):
                    services.discard(run=run, clock=timezone.now)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _as_text(told))


def _files_of(paths: Iterable[Path]) -> list[Path]:
    """Return the files, and those in the folders; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
        if not inside:
            raise click.ClickException(f"There is no file in {path}.")
        found += inside
    return found


def _apply(run: ImportRun, bar: Bar, *, accept_gone: bool, index: bool) -> None:
    services.apply(run=run, clock=timezone.now, accept_gone=accept_gone, tell=bar.tell)
    services.forget_files(run=run)
    place_after_import(run=run, now=timezone.now())
    if index and not index_state().current:
        rebuild_index(tell=bar.tell)


def _told(run: ImportRun) -> dict[str, Any]:
    names = ("rows_total", "added", "changed", "unchanged", "gone", "rejected", "warned", "state", "problem", "columns")
    return {name: getattr(run, name) for name in names} | {
        "shape": run.layout.get("kind", ""),
        "reasons": run.findings.get("reasons", {}),
        "examples": {code: _examples(run, code) for code in run.findings.get("reasons", {})},
        "left_out": run.findings.get("left_out", {}),
        "left_out_examples": run.findings.get("left_out_examples", {}),
        "silent_on_protection": run.findings.get("silent_on_protection", False),
        "many_gone": run.findings.get("many_gone", False),
    }


def _examples(run: ImportRun, code: str) -> list[dict[str, Any]]:
    """Return where a reason was first met: the row of a table; otherwise the value tells the P-number."""
    tells_rows = asks_columns(run.layout["kind"])
    notes = run.notes.filter(code=code).order_by("pk").values("row", "value")[:EXAMPLES]
    return [{"row": note["row"] if tells_rows else None, "value": note["value"]} for note in notes]


def _where(examples: list[dict[str, Any]]) -> str:
    places = [(f"row {one['row']}: " if one["row"] else "") + one["value"] for one in examples]
    return f" (for example {'; '.join(place.strip(' :') for place in places)})" if any(places) else ""


def _as_text(told: dict[str, Any]) -> str:
    lines = [
        f"{told['rows_total']} rows: {told['added']} added, {told['changed']} changed, {told['unchanged']} unchanged,"
        f" {told['gone']} gone, {told['rejected']} rejected, {told['warned']} with a warning."
    ]
    for code, count in told["reasons"].items():
        why = reason(code)
        lines.append(f"  {count:>8}  {why.problem} {why.advice}{_where(told['examples'][code])}")
    for heading, left_out in (("Left out:", True), ("Noticed:", False)):
        counts = {code: count for code, count in told["left_out"].items() if counted(code).left_out == left_out}
        lines += [heading] if counts else []
        for code, count in counts.items():
            example = next(iter(told["left_out_examples"].get(code, [])), "")
            lines.append(f"  {count:>8}  {counted(code).sentence}" + (f" (for example {example})" if example else ""))
    if told["unchanged"] and told["warned"]:
        lines.append("Warnings are told of new and changed rows only.")
    if told["silent_on_protection"]:
        lines.append("The file does not tell of advertising protection: new units count as protected.")
    if told["many_gone"]:
        lines.append("Many units are missing in the file. If that is right, apply it with --accept-gone.")
    if told["state"] != "applied":
        lines.append("Nothing was changed. Add --apply to change the register.")
    else:
        new = told["added"] or told["changed"] or told["gone"]
        lines.append(
            "The register is changed." if new else "There was nothing to change: the register stands as it was."
        )
    return "\n".join(lines)
