"""`medspil needs-for`: which open needs fit one company, the ranking the other way round."""

import json
from typing import Any

import click
from django.db import DatabaseError
from django.utils import timezone, translation

from medspil.areas.models import Need
from medspil.cli.seeing import seen_by
from medspil.linking.reverse import FittingNeed, FittingNeeds, needs_for
from medspil.matching import Gate, IndexUnusable
from medspil.register.models import Unit

WORTH_NAMING = 0.3
GATES = {
    Gate.CEASED: "cannot be asked of it: it has ceased",
    Gate.OUTSIDE: "do not reach so far",
    Gate.PROTECTED: "may not be brought to it: it is protected from advertising",
    Gate.TURNED_DOWN: "have set it aside",
}


@click.command("needs-for")
@click.argument("number", type=click.IntRange(min=1), metavar="P-NUMBER")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1_000), help="Needs in the table.")
@click.option("--json", "as_json", is_flag=True, help="Print the needs with their points as JSON.")
@click.option("--as", "email", metavar="EMAIL", help="See only what this person may see.")
def needs_for_command(*, number: int, limit: int, as_json: bool, email: str | None) -> None:
    """Show which open needs fit a company of the register best, and why.

    The points are the same as in the rankings of those needs. Nothing is stored.
    """
    with translation.override("en"):
        try:
            unit = Unit.objects.filter(number=number).first()
            if unit is None:
                raise click.ClickException(f"The register has no unit with P-number {number}.")
            found = needs_for(unit=unit, among=seen_by(Need.objects.all(), email), now=timezone.now(), k=limit)
        except IndexUnusable as problem:
            raise click.ClickException(str(problem)) from None
        except DatabaseError as problem:
            raise click.ClickException(f"The database is not ready ({problem}); `medspil doctor` says why.") from None
    if as_json:
        click.echo(json.dumps(_plain(unit, found), ensure_ascii=False, indent=2))
    else:
        _print(unit, found)


def _plain(unit: Unit, found: FittingNeeds) -> dict[str, Any]:
    return {
        "number": unit.number,
        "name": unit.name,
        "considered": found.considered,
        "eligible": found.eligible,
        "left_out": {gate.value: count for gate, count in found.left_out.items()},
        "needs": [_plain_need(rank, one) for rank, one in enumerate(found.needs, start=1)],
    }


def _plain_need(rank: int, one: FittingNeed) -> dict[str, Any]:
    return {
        "rank": rank,
        "need": one.need.pk,
        "title": one.need.title,
        "area": one.need.area.name,
        "score": one.ranked.score,
        "points": {part.criterion.value: part.points for part in one.ranked.parts},
        "distance_m": one.ranked.distance_m,
        "kinds": [list(kind) for kind in one.ranked.kinds],
        "words": [term for term, _points in one.ranked.words],
        "model": one.ranked.model.value,
    }


def _print(unit: Unit, found: FittingNeeds) -> None:
    click.echo(f"{unit.name} – {unit.industry_text}\n")
    for rank, one in enumerate(found.needs, start=1):
        _print_need(rank, one)
    if not found.needs:
        click.echo("No open need is left.")
    click.echo(f"\n{found.eligible} of {found.considered} open needs can be brought to it.")
    for gate, count in found.left_out.items():
        if count:
            click.echo(f"  {count} {GATES[gate]}")


def _print_need(rank: int, one: FittingNeed) -> None:
    ranked = one.ranked
    away = "distance not known" if ranked.distance_m is None else f"{ranked.distance_m / 1000:.1f} km"
    click.echo(f"{rank:>3}  {ranked.score * 100:5.1f}  {one.need.title}")
    click.echo(f"{'':12}need {one.need.pk}, {one.need.area.name} · {away} · {ranked.model.replace('_', ' ')}")
    points = ", ".join(f"{part.criterion} {part.points * 100:.1f}" for part in ranked.parts)
    click.echo(f"{'':12}{points}")
    kinds = ", ".join(f"{kind} {value:.1f}" for kind, value in ranked.kinds if value >= WORTH_NAMING)
    words = ", ".join(term for term, _points in ranked.words)
    click.echo(f"{'':12}gives: {kinds or '–'} · words: {words or '–'}")
