"""`medspil rank`: the ranking of a need in the terminal, the same answer as on the page."""

import json
from typing import Any

import click
from django.db import DatabaseError
from django.utils import timezone, translation

from medspil.accounts.models import User
from medspil.areas.models import Need
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


@click.command()
@click.argument("need", type=click.IntRange(min=1), metavar="NEED")
@click.option("--json", "as_json", is_flag=True, help="Print the question, the versions and the answer as JSON.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, SHOWN), help="Companies in the table.")
@click.option("--within", type=click.IntRange(1, 500), metavar="KM", help="Only companies this near.")
@click.option("--model", type=click.Choice([model.value for model in Model]), help="Only this proposed model.")
@click.option(
    "--sector", "sectors", multiple=True, type=click.Choice(list(SECTORS)), help="Only this sector; can be repeated."
)
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="Only this size; can be repeated.")
@click.option("--as", "email", metavar="EMAIL", help="See only what this person may see.")
def rank(
    *,
    need: int,
    as_json: bool,
    limit: int,
    within: int | None,
    model: str | None,
    sectors: tuple[str, ...],
    sizes: tuple[str, ...],
    email: str | None,
) -> None:
    """Show which companies of the register fit a need, and why.

    NEED is the number in the address of the need's page. The terminal is the operator's: it sees all needs unless
    --as names a person. Nothing is stored.
    """
    chosen = [SECTORS[code] for code in sectors]
    filters = narrowed(sectors=chosen, sizes=sizes, model=model, within_km=within)
    with translation.override("en"):
        try:
            run = ask(need=_need(need, email), by=None, now=timezone.now(), filters=filters)
            old = stale_sentence(today=timezone.localdate())
        except IndexUnusable as problem:
            raise click.ClickException(str(problem)) from None
        except DatabaseError as problem:
            raise click.ClickException(f"The database is not ready ({problem}); `medspil doctor` says why.") from None
    if as_json:
        click.echo(json.dumps(_plain(run) | {"old": old}, ensure_ascii=False, indent=2))
        return
    if old:
        click.echo(f"OLD: {old}")
    _print_table(run, limit)


def _need(number: int, email: str | None) -> Need:
    needs = Need.objects.select_related("area__owner", "challenge")
    if email is not None:
        person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            raise click.ClickException(f"Nobody signs in as {email}.")
        needs = needs.visible_to(person)
    need = needs.filter(pk=number).first()
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
