"""`medspil serve` and `medspil worker`: the site, with the worker for long jobs as its child."""

import io
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

import click
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.utils import OperationalError
from django.utils import timezone
from gunicorn.app.base import BaseApplication

from medspil.agreements.forgetting import forget_old_agreements, forget_old_requests
from medspil.alignment.forgetting import forget_old_alignment
from medspil.boards.forgetting import forget_old_members
from medspil.boards.meeting_forgetting import forget_old_meetings
from medspil.cli.mailing import MAILING
from medspil.mapping.forgetting import forget_what_is_silent
from medspil.notices.came_back import forget_came_back
from medspil.notices.forgetting import forget_old_mails
from medspil.notices.outbox import send_due
from medspil.partnerships.forgetting import forget_old_conversations, forget_old_letters
from medspil.partnerships.forgetting_people import forget_old_people_of_sides, forget_old_questions
from medspil.progress.forgetting import forget_old_referrals
from medspil.progress.patience import put_away_unanswered
from medspil.pulses.forgetting import forget_old_pulses
from medspil.register.changes import forget_old_changes
from medspil.register.services import forget_old_files
from medspil.register.tasks import reap
from medspil.rounds.services import forget_old_rows
from medspil.walks.forgetting import forget_old_walks

logger = logging.getLogger(__name__)
REAP_EVERY_S = 30
POST_EVERY_S = 3
HOST, PORT = "127.0.0.1", 8000
PARTS = ("dkfds/css/dkfds.min.css", "dkfds/js/dkfds.min.js", "htmx/htmx.min.js", "leaflet/leaflet.js")
"""One file of each front-end part that pages name."""


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn, told its options by us and not by files or the command line."""

    def __init__(self, *, host: str, port: int, processes: int) -> None:
        self.options = {
            "bind": f"{host}:{port}",
            "workers": processes,
            "threads": 4,
            "worker_class": "gthread",
            "timeout": 120,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn; names it does not know in this version are left out."""
        for name, value in self.options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Return the application that answers requests."""
        return get_wsgi_application()


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with one sentence if something else listens there already."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise click.ClickException(f"Port {port} needs more rights; choose one above 1023: PORT=8123.") from None
        except OSError:
            raise click.ClickException(f"Port {port} is taken; choose another, for example PORT=8123.") from None


def refuse_missing_parts() -> None:
    """Stop with one sentence if style sheets and scripts of others are not there: without them every page fails."""
    missing = [name for name in PARTS if not (settings.FRONTEND_PARTS / name).exists()]
    if missing:
        raise click.ClickException(
            f"The front-end parts are missing in {settings.FRONTEND_PARTS} ({missing[0]}); run `make demo`, which sets"
            " up what is missing, or `python scripts/front_end_parts.py` with the same MEDSPIL_DATA."
        )


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run the worker as a child process for as long as the block lasts."""
    # Its own session, so that Ctrl-C reaches it once, through us, after the site has closed.
    child = subprocess.Popen([sys.executable, "-m", "medspil.cli.main", "worker"], start_new_session=True)
    owner = os.getpid()
    try:
        yield
    finally:
        # gunicorn's own children leave through here too: only the process that started the worker may end it.
        if os.getpid() == owner:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(timeout=10)
            if child.poll() is None:
                child.kill()
        else:
            child.returncode = 0  # a copy, not its to wait for: Python would complain of it when Ctrl-C comes


def run_site(*, host: str, port: int, processes: int) -> None:
    """Serve until stopped, with the worker beside."""
    with worker_beside():
        Site(host=host, port=port, processes=processes).run()


@click.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def serve(host: str, port: int, processes: int) -> None:
    """Serve the site and run its long jobs."""
    refuse_taken_port(host, port)
    refuse_missing_parts()
    call_command("check", databases=["default"], stdout=io.StringIO())
    call_command("collectstatic", "--noinput", verbosity=0)
    click.echo(f"Medspil {settings.VERSION} answers on http://{host}:{port}/  (Ctrl-C stops it)")
    run_site(host=host, port=port, processes=processes)


TIDYING: tuple[Callable[..., object], ...] = (
    reap,
    forget_old_files,
    forget_old_changes,
    forget_what_is_silent,
    forget_old_rows,
    forget_old_mails,
    forget_came_back,
    forget_old_letters,
    forget_old_conversations,
    forget_old_agreements,
    forget_old_requests,
    forget_old_walks,
    forget_old_referrals,
    forget_old_alignment,
    forget_old_pulses,
    put_away_unanswered,
    forget_old_people_of_sides,
    forget_old_members,
    forget_old_meetings,
    forget_old_questions,
    *MAILING,
)


def tidy_once(job: Callable[..., object]) -> None:
    """Do one of the jobs of tidying up."""
    try:
        job(now=timezone.now())
    except OperationalError:
        logger.warning("tidying_postponed: the database did not answer")
    finally:
        connection.close()


def tidy(stop: threading.Event, every_s: float = REAP_EVERY_S) -> None:
    """Look again and again for jobs whose worker was killed, for what was kept long enough, and at night for offers
    whose givers should be asked. Each job has a thread of its own: a fault in one ends neither the others nor the next
    round, or nothing would be forgotten any more."""
    while True:
        for job in TIDYING:
            apart(partial(tidy_once, job), name="tidy")
        if stop.wait(every_s):
            return


def apart(work: Callable[[], object], *, name: str) -> None:
    """Do a piece of work in a thread of its own, and wait for it: a fault is told and goes no further."""
    thread = threading.Thread(target=work, daemon=True, name=name)
    thread.start()
    thread.join()


def deliver_once() -> None:
    """Send the mails that are due."""
    try:
        send_due(clock=timezone.now)
    except OperationalError:
        logger.warning("mails_postponed: the database did not answer")
    finally:
        connection.close()


def deliver(stop: threading.Event, every_s: float = POST_EVERY_S) -> None:
    """Send mails until told to stop. Each round has a thread of its own: a fault in one does not end the next."""
    while not stop.wait(every_s):
        apart(deliver_once, name="post")


@click.command()
def worker() -> None:
    """Do long jobs and send mails. `serve` starts one by itself."""
    stop = threading.Event()
    threading.Thread(target=tidy, args=(stop,), daemon=True, name="tidy").start()
    postman = threading.Thread(target=deliver, args=(stop,), daemon=True, name="postman")
    postman.start()
    try:
        call_command("db_worker", "--queue-name", "*", "--no-startup-delay", verbosity=0)
    finally:
        stop.set()
        postman.join(timeout=8)  # a mail on the line ends well; `worker_beside` has more patience than this
