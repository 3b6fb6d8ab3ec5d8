"""What commands with long work share: a progress bar, and refusals as one sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from medspil.register import services
from medspil.register.index import RegisterNotReady

PHASES = {
    "reading": "Reading",
    "comparing": "Comparing",
    "applying": "Applying",
    "indexing": "Indexing",
    "placing": "Placing",
    "asking": "Questions",
    "ranking": "Ranking",
    "writing": "Writing",
    "pairing": "Pairing",
    "sharing": "Sharing",
}


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
def progress_bar() -> Iterator[Bar]:
    """Show how far a piece of work got while the block lasts."""
    bar = Bar()
    try:
        yield bar
    finally:
        bar.finish()


@contextmanager
def plain_refusals() -> Iterator[None]:
    """Turn expected trouble into one sentence and exit code 1."""
    try:
        yield
    except (services.ImportTroubled, services.UnreadableFile, RegisterNotReady) as trouble:
        raise click.ClickException(str(trouble)) from None
    except DatabaseError as error:
        if _database_stands():
            raise
        raise click.ClickException(
            "The database cannot be reached, or is not set up. `medspil doctor` tells what is missing."
        ) from error


def _database_stands() -> bool:
    """Return whether the database answers and has all its tables."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return False
