"""`medspil register export`: the register as CSV, to be read elsewhere or brought in again."""

from pathlib import Path

import click

from medspil.cli.long_work import plain_refusals
from medspil.geography.places import municipality
from medspil.register.exporting import export_file, units_to_export


def _codes(context: click.Context, parameter: click.Parameter, told: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [code for code in told if len(code) != 4 or municipality(code) is None]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} is no municipality code; use four digits, for example 0630")
    return told


@click.command("export")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--municipality", "municipalities", multiple=True, callback=_codes, help="Four digits; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Also units that have ceased.")
def export(*, out: Path, municipalities: tuple[str, ...], everything: bool) -> None:
    """Write the register as CSV; advertising protection is among the columns and must be respected."""
    units = units_to_export(municipalities=municipalities, ceased=everything)
    try:
        with plain_refusals():
            count = export_file(units=units, path=out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from None
    click.echo(f"{count} units were written to {out}.")
