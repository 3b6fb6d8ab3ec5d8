"""`medspil register`: bring register files in, look at the register, build its index, search it."""

import json
from typing import Any

import click
from django.utils import translation

from medspil.cli.long_work import plain_refusals, progress_bar
from medspil.cli.register_export import export
from medspil.cli.register_import import import_
from medspil.cli.register_online import lookup, place
from medspil.cli.register_status import status
from medspil.organisations.digest import renew
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from medspil.register.search import search_units
from medspil.register.sizes import size_text


@click.group()
@click.pass_context
def register(context: click.Context) -> None:
    """Import, index and search the register of companies."""
    context.with_resource(translation.override("en"))


register.add_command(import_)
register.add_command(lookup)
register.add_command(place)
register.add_command(export)
register.add_command(status)


@register.command()
def index() -> None:
    """Build the search index from the register as it is now."""
    with plain_refusals(), progress_bar() as bar:
        info = rebuild_index(tell=bar.tell)
    click.echo(f"The index holds {info.rows} units.")
    if renewed := renew():  # their words were cut by an older analyser, as those of the index were
        click.echo(f"The words of {renewed} profiles were cut anew.")


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
    with plain_refusals():
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
