"""`medspil rank --all`: every open need against the whole register, into a file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medspil.cli.long_work import progress_bar
from medspil.linking.batch import Batch, BatchBusy, rank_everything
from medspil.matching import BatchOfAnother

if TYPE_CHECKING:
    from medspil.areas.models.need import NeedQuerySet


def rank_all_needs(needs: "NeedQuerySet", *, out: Path, limit: int, processes: int, now: datetime) -> None:
    """Rank the needs, show how far it got, and say at the end how fast it was."""
    rows = needs.select_related("area__owner", "challenge").prefetch_related("resources").order_by("pk")
    try:
        with progress_bar() as bar:
            done = rank_everything(needs=rows, out=out, now=now, tell=bar.tell, k=limit, processes=processes)
    except (BatchBusy, BatchOfAnother) as trouble:
        raise click.ClickException(str(trouble)) from None
    except OSError as trouble:
        raise click.ClickException(f"{out} cannot be written ({trouble.strerror}).") from None
    except KeyboardInterrupt:
        raise click.ClickException("Stopped. The same command goes on where this one stopped.") from None
    _tell(done, out)


def _tell(done: Batch, out: Path) -> None:
    if done.anew:
        click.echo("The needs, the register or the affinities have changed since the last try: it was begun anew.")
    elif done.before:
        click.echo(f"{done.before} needs were finished before.")
    ranked = done.needs - done.before
    speed = f"{ranked} needs ranked in {done.seconds:.1f} s: {done.per_second:.1f} needs/s." if ranked else ""
    click.echo(f"{done.needs} needs × {done.units} units: {done.rows} rows in {out}. {speed}".rstrip())
