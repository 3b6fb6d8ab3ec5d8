"""`medspil register lookup` and `place`: one company from the net, and better places for units."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.utils import timezone

from medspil.cli.long_work import plain_refusals, progress_bar
from medspil.register.index import index_state, rebuild_index
from medspil.register.lookup import LookupTroubled, addresses, look_up_company
from medspil.register.placement import PACE, place_by_address, place_by_street


@contextmanager
def _plain_lookups() -> Iterator[None]:
    """Turn trouble with a service into one sentence and exit code 1."""
    try:
        yield
    except LookupTroubled as trouble:
        raise click.ClickException(str(trouble)) from None


@click.command()
@click.argument("cvr")
@click.option("--no-index", is_flag=True, help="Do not build the index afterwards.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def lookup(cvr: str, no_index: bool, as_json: bool) -> None:
    """Fetch the company with the number CVR from the service in the settings, and take it into the register."""
    with plain_refusals(), _plain_lookups(), progress_bar() as bar:
        found = look_up_company(cvr=cvr, clock=timezone.now, by_name="medspil register lookup")
        if not no_index and not index_state().current:
            rebuild_index(tell=bar.tell)
    if as_json:
        units = [{"number": unit.number, "name": unit.name, "protected": unit.protected} for unit in found.units]
        click.echo(json.dumps({"source": found.run.source, "units": units}, ensure_ascii=False))
        return
    for unit in found.units:
        mark = "  [protected]" if unit.protected else ""
        click.echo(f"P {unit.number}  {unit.name}  {unit.postcode} {unit.city}{mark}")
    click.echo(f"{found.run.added} added, {found.run.changed} changed. Source: {found.run.source}.")


@click.command()
@click.option("--limit", default=1_000, show_default=True, type=click.IntRange(1, 100_000), help="Units asked about.")
@click.option("--municipality", default="", help="Municipality code of four digits.")
@click.option("--pace", default=PACE, show_default=True, type=click.FloatRange(0.1, 60), help="Seconds between two.")
@click.option("--no-index", is_flag=True, help="Do not build the index afterwards.")
def place(limit: int, municipality: str, pace: float, no_index: bool) -> None:
    """Find better places for units that only their postal code places.

    First the middle of their street, where other units of it are known. Then, if an address service is named in the
    settings, their own address; stopped half way, the command goes on there the next time.
    """
    if municipality and not (municipality.isascii() and municipality.isdigit() and len(municipality) == 4):
        raise click.BadParameter("use four digits, for example 0630", param_hint="--municipality")
    with plain_refusals(), _plain_lookups(), progress_bar() as bar:
        click.echo(f"{place_by_street(now=timezone.now())} units placed in the middle of their street.")
        if addresses.is_on():
            done = place_by_address(
                limit=limit, municipality=municipality, pace=pace, clock=timezone.now, tell=bar.tell
            )
            click.echo(f"{done.found} of {done.asked} units placed at their address.")
            click.echo(done.problem or ("All have been asked about." if done.finished else "Run it again to go on."))
        else:
            click.echo("No address service is named in the settings, so none was asked.")
        if not no_index and not index_state().current:
            rebuild_index(tell=bar.tell)
