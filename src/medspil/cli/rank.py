"""`medspil rank`: the ranking of a need in the terminal, the same answer as on the page; or of all open needs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError
from django.utils import timezone, translation

from medspil.areas.models import Need
from medspil.cli.rank_all import rank_all_needs
from medspil.cli.seeing import seen_by
from medspil.linking.batch import ENDINGS
from medspil.linking.models import Run
from medspil.linking.narrowing import SECTORS, SIZES, narrowed
from medspil.linking.services import SHOWN, ask
from medspil.matching import IndexUnusable, Model
from medspil.register.freshness import stale_sentence

# Words of the terminal, which speaks English; the page has its own in the person's language.
GATES = {
    "ceased": "have ceased",
    "outside": "lie outside the reach of the need",
    "protected": "are protected from advertising and left out",
    "turned_down": "were set aside for this need",
}
NOTES = {
    "no_centre": "The area has no centre, so nobody is near or far.",
    "no_municipality": "The area has no municipality, so the whole country is ranked.",
    "no_kinds": "The need names no kind of resource.",
    "kinds_unknown": "A kind of resource is not in the affinity table and was not asked for.",
}
WORTH_NAMING = 0.3
OF_EACH, MOST = 100, 1_000


@click.command()
@click.argument("need", type=click.IntRange(min=1), metavar="[NEED]", required=False)
@click.option("--all", "everything", is_flag=True, help="Every open need instead of one, into a file.")
@click.option("--json", "as_json", is_flag=True, help="Print the question, the versions and the answer as JSON.")
@click.option(
    "--limit", type=click.IntRange(1, MOST), help=f"Companies of each need: 10, at most {SHOWN}; with --all {OF_EACH}."
)
@click.option("--within", type=click.IntRange(1, 500), metavar="KM", help="Only companies this near.")
@click.option("--model", type=click.Choice([model.value for model in Model]), help="Only this proposed model.")
@click.option(
    "--sector", "sectors", multiple=True, type=click.Choice(list(SECTORS)), help="Only this sector; can be repeated."
)
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="Only this size; can be repeated.")
@click.option("--as", "email", metavar="EMAIL", help="See only what this person may see.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="With --all: the file, .ndjson or .csv.")
@click.option("--processes", type=click.IntRange(1, 64), help="With --all: how many work at the same time.")
def rank(
    *,
    need: int | None,
    everything: bool,
    as_json: bool,
    limit: int | None,
    within: int | None,
    model: str | None,
    sectors: tuple[str, ...],
    sizes: tuple[str, ...],
    email: str | None,
    out: Path | None,
    processes: int | None,
) -> None:
    """Show which companies of the register fit a need, and why.

    NEED is the number in the address of the need's page. With --all every open need is ranked, and the companies of
    each are written to a file; stop it when you like, the same command goes on where it stopped. The terminal is the
    operator's: it sees all needs unless --as names a person. Nothing is stored.
    """
    narrowing = as_json or within or model or sectors or sizes
    _check_usage(need=need, everything=everything, narrowing=bool(narrowing), limit=limit, out=out, processes=processes)
    with translation.override("en"), _plain_trouble():
        old = stale_sentence(today=timezone.localdate())
        if out is not None:
            _warn(old)
            needs = seen_by(Need.objects.open(timezone.localdate()), email)
            rank_all_needs(needs, out=out, limit=limit or OF_EACH, processes=processes or 1, now=timezone.now())
            return
        filters = narrowed(sectors=[SECTORS[code] for code in sectors], sizes=sizes, model=model, within_km=within)
        run = ask(need=_need(need or 0, email), by=None, now=timezone.now(), filters=filters)
    if as_json:
        click.echo(json.dumps(_plain(run) | {"old": old}, ensure_ascii=False, indent=2))
        return
    _warn(old)
    _print_table(run, limit or 10)


def _check_usage(
    *, need: int | None, everything: bool, narrowing: bool, limit: int | None, out: Path | None, processes: int | None
) -> None:
    """Refuse what does not go together: one need is printed, all of them go into a file."""
    if everything == (need is not None):
        raise click.UsageError("Give the number of one NEED, or --all.")
    if everything and narrowing:
        raise click.UsageError("--all takes every open need as it is: leave --json and the filters out.")
    if everything and (out is None or out.suffix not in ENDINGS):
        raise click.UsageError(f"--all needs --out with a file that ends in {' or '.join(ENDINGS)}.")
    if not everything and (out is not None or processes is not None):
        raise click.UsageError("--out and --processes go with --all.")
    if not everything and (limit or 0) > SHOWN:
        raise click.UsageError(f"One need shows at most {SHOWN} companies.")


@contextmanager
def _plain_trouble() -> Iterator[None]:
    try:
        yield
    except IndexUnusable as problem:
        raise click.ClickException(str(problem)) from None
    except DatabaseError as problem:
        raise click.ClickException(f"The database is not ready ({problem}); `medspil doctor` says why.") from None


def _warn(old: str) -> None:
    if old:
        click.echo(f"OLD: {old}")


def _need(number: int, email: str | None) -> Need:
    need = seen_by(Need.objects.select_related("area__owner", "challenge"), email).filter(pk=number).first()
    if need is None:
        raise click.ClickException(f"There is no need number {number}{f' that {email} may see' if email else ''}.")
    return need


def _plain(run: Run) -> dict[str, Any]:
    return {
        "need": {"number": run.need.pk, "title": run.need.title, "area": run.need.area.name},
        "at": run.at.isoformat(),
        "question": run.question,
        "versions": run.versions,
        "fingerprint": run.fingerprint,
        "answer": run.answer,
    }


def _print_table(run: Run, limit: int) -> None:
    answer, versions = run.answer, run.versions
    click.echo(f"{run.need.title} – {run.need.area.name}")
    for note in run.question["notes"]:
        click.echo(NOTES.get(note, note))
    click.echo()
    for row in answer["units"][:limit]:
        _print_row(row)
    if not answer["units"]:
        click.echo("No company is left.")
    click.echo(
        f"\n{answer['eligible']} of {answer['considered']} units can be asked; {answer['filtered_out']} filtered out."
    )
    for gate, count in answer["left_out"].items():
        if count:
            click.echo(f"  {count} {GATES.get(gate, gate)}")
    click.echo(
        f"Register: {versions['index_source']}, {versions['index_date']}. Engine {versions['engine']},"
        f" analyser {versions['analyser']}, affinities {versions['affinities']}, index {versions['index']}."
    )


def _print_row(row: dict[str, Any]) -> None:
    unit = row["unit"]
    away = "distance not known" if row["distance_m"] is None else f"{row['distance_m'] / 1000:.1f} km"
    click.echo(f"{row['rank']:>3}  {row['score'] * 100:5.1f}  {unit.get('name', row['number'])}")
    click.echo(f"{'':12}{unit.get('industry_text', '')} · {away} · {row['model'].replace('_', ' ')}")
    points = ", ".join(f"{part['criterion']} {part['points'] * 100:.1f}" for part in row["parts"])
    click.echo(f"{'':12}{points}")
    kinds = ", ".join(f"{kind} {value:.1f}" for kind, value in row["kinds"] if value >= WORTH_NAMING)
    words = ", ".join(term for term, _points in row["words"])
    click.echo(f"{'':12}gives: {kinds or '–'} · words: {words or '–'}")
