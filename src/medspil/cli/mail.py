"""`medspil mail`: how the outbox is doing, and what the operator does with a mail that did not arrive."""

import json
from collections.abc import Callable
from typing import Any

import click
from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone, translation

from medspil.accounts.one_time_links import masked
from medspil.cli.long_work import plain_refusals
from medspil.notices import services
from medspil.notices.checks import label_of
from medspil.notices.models import Message, MessageState
from medspil.notices.transport import is_set_up

MOST = 50


@click.group()
@click.pass_context
def mail(context: click.Context) -> None:
    """Look after the mails: what waits, what failed."""
    context.with_resource(translation.override("en"))


@mail.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def status(as_json: bool) -> None:
    """Tell how many mails wait, went and failed, and why; exit code 1 if somebody should look."""
    with plain_refusals():
        told = _told()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _print(told)
    if told["troubled"] or told["overdue"] or not told["server"]:
        raise SystemExit(1)


@mail.command()
@click.argument("number", type=int)
def again(number: int) -> None:
    """Have the mail NUMBER tried again now."""
    _act(number, services.send_again, "The worker tries it now.")


@mail.command()
@click.argument("number", type=int)
def stop(number: int) -> None:
    """Send the mail NUMBER no more."""
    _act(number, services.stop, "Stopped.")


def _act(number: int, service: Callable[..., None], said: str) -> None:
    with plain_refusals():
        found = Message.objects.filter(pk=number).first()
        if found is None:
            raise click.ClickException(f"There is no mail {number}.")
        try:
            service(message=found, seen=found.state, by=None, now=timezone.now())
        except services.NotPossibleNow as trouble:
            raise click.ClickException(str(trouble)) from None
    click.echo(said)


def _told() -> dict[str, Any]:
    now, mails = timezone.now(), Message.objects.all()
    counted = dict(mails.values_list("state").annotate(number=Count("pk")).order_by())
    oldest = mails.on_their_way().aggregate(oldest=Min("created_at"))["oldest"]
    return {
        "server": settings.EMAIL_HOST or ("printed" if is_set_up() else ""),
        "counts": {state.value: counted.get(state, 0) for state in MessageState},
        "oldest_waiting": oldest.isoformat() if oldest else None,
        "overdue": mails.overdue(now).count(),
        "troubled": [_mail_told(one) for one in mails.troubled().filter(forgotten_at=None)[:MOST]],
    }


def _mail_told(one: Message) -> dict[str, Any]:
    return {
        "number": one.pk,
        "purpose": one.purpose,
        "to": masked(one.to_email),
        "on_behalf_of": one.on_behalf_of_name,
        "state": one.state,
        "written": one.created_at.isoformat(),
        "problem": one.problem,
    }


def _print(told: dict[str, Any]) -> None:
    server = told["server"] or "none: set MEDSPIL_SMTP_HOST; until then everything waits"
    click.echo(f"Mail server: {server}")
    counts = (f"{number} {MessageState(state).label.lower()}" for state, number in told["counts"].items())
    click.echo(f"Mails: {', '.join(counts)}")
    if told["oldest_waiting"]:
        click.echo(f"The oldest that waits was written at {told['oldest_waiting']}.")
    if told["overdue"]:
        click.echo(f"{told['overdue']} should have gone a while ago: does `medspil worker` run?")
    for one in told["troubled"]:
        state, label = MessageState(one["state"]).label, label_of(one["purpose"])
        sender = f" for {one['on_behalf_of']}" if one["on_behalf_of"] else ""
        click.echo(f"{one['number']:>6}  {state}: {label}{sender}, to {one['to']}: {one['problem']}")
