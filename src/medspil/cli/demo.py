"""`medspil demo`: the example, from an empty folder to a page in the browser."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.core.management import call_command
from django.db.utils import OperationalError
from django.utils import timezone

from medspil.cli.example.load import PASSWORD, example_is_there, load_example, people, somebody_works_here
from medspil.cli.serve import HOST, PORT, refuse_missing_parts, refuse_taken_port, run_site
from medspil.register.index import index_state, rebuild_index
from medspil.register.services import ImportTroubled


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    click.echo(f"{what} …", nl=False)
    began = time.monotonic()
    yield
    click.echo(f" {time.monotonic() - began:.1f} s")


def prepare_folder() -> None:
    """Make the data folder, or say in one sentence why that is not possible."""
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        probe = settings.DATA_DIR / ".may-write"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise click.ClickException(
            f"Cannot write in {settings.DATA_DIR} ({problem.strerror}); set MEDSPIL_DATA to a folder that is yours."
        ) from None


def prepare_site() -> None:
    """Bring the database and the static files up to date."""
    try:
        with step("Bringing the database up to date"):
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
    except OperationalError as problem:
        raise click.ClickException(f"The database cannot be opened ({problem}); look at MEDSPIL_DATABASE.") from None
    with step("Collecting style sheets and scripts"):
        call_command("collectstatic", "--noinput", verbosity=0)


def fill_example() -> None:
    """Load the example into an empty database; never into one that people work in."""
    if example_is_there():
        return
    if somebody_works_here():
        raise click.ClickException(
            "There are organisations in this database that are not the example's; the example is not mixed with them."
            " Set MEDSPIL_DATA to another folder, or use `medspil serve`."
        )
    try:
        load_example(now=timezone.now(), step=step)
    except ImportTroubled as problem:
        raise click.ClickException(f"{problem} (A start that was cut off lets go after two minutes.)") from None


def prepare_apart(host: str, port: int) -> None:
    """Get everything ready in a process of its own, as `demo --no-serve` does.

    Filling the example draws papers, and what draws them (Typst) keeps threads of its own. The web processes are
    forked from this one: they would get those threads broken, and wait for them for ever at the first paper.
    """
    command = [sys.executable, "-m", "medspil.cli.main", "demo", "--no-serve", "--host", host, "--port", str(port)]
    done = subprocess.run(command, check=False)  # noqa: S603  (our own command)
    if done.returncode:
        raise click.exceptions.Exit(abs(done.returncode))


def refresh_index() -> None:
    """Build the index anew where a newer version of Medspil no longer reads the old one."""
    if not index_state().current:
        with step("Building the search index anew"):
            rebuild_index()


def show_logins(address: str) -> None:
    """Print one login per role."""
    click.echo(f"\nMedspil {settings.VERSION} answers on {address}\n")
    click.echo(f"Sign in with one of these; the password of all of them is  {PASSWORD}\n")
    for email, name, roles in people():
        click.echo(f"  {email:<28} {name:<22} {roles}")
    click.echo("\nThe register is made up, and so are the people. Ctrl-C stops it.\n")


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--serve/--no-serve", default=True, help="Serve when the example is there (the default), or stop.")
def demo(host: str, port: int, serve: bool) -> None:
    """Load the example if the database is empty, print one login per role, and serve."""
    if serve:
        refuse_taken_port(host, port)
        refuse_missing_parts()
        prepare_apart(host, port)
        run_site(host=host, port=port, processes=2)
        return
    prepare_folder()
    prepare_site()
    fill_example()
    refresh_index()
    show_logins(f"http://{host}:{port}/")
