"""`medspil organisation`: make an organisation with its first administrator, list what is here, name the kinds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone, translation

from medspil.accounts.links import password_path
from medspil.catalogue.vocabulary import vocabulary
from medspil.organisations.facts import FactRefused, cvr_is_doubtful, lookalikes
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.organisations.services import Added, create_with_administrator

OPTIONS = {"name": "NAME", "kind": "--kind", "cvr": "--cvr", "municipality": "--municipality"}


@contextmanager
def _plain_refusals() -> Iterator[None]:
    """Turn expected trouble into one sentence: exit code 2 for a wrong word, 1 for a database that is not ready."""
    try:
        yield
    except FactRefused as refused:
        hint = " `medspil organisation kinds` lists them." if refused.field == "kind" else ""
        raise click.BadParameter(f"{refused}{hint}", param_hint=OPTIONS[refused.field]) from None
    except DatabaseError as problem:
        raise click.ClickException(f"The database is not ready ({problem}); `medspil doctor` says why.") from None


def _email(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Refuse what is no e-mail address."""
    try:
        validate_email(value.strip())
    except ValidationError:
        raise click.BadParameter("this is no e-mail address, such as eva@example.org") from None
    return value.strip()


@click.group()
@click.pass_context
def organisation(context: click.Context) -> None:
    """Make organisations with their first administrator."""
    context.with_resource(translation.override("en"))


@organisation.command()
@click.argument("name")
@click.option("--kind", required=True, help="Code of the kind; `medspil organisation kinds` lists them.")
@click.option("--cvr", default="", help="CVR number of eight digits.")
@click.option("--municipality", default="", help="Municipality code of four digits, for example 0630.")
@click.option(
    "--administrator",
    required=True,
    metavar="EMAIL",
    callback=_email,
    help="Who adds the other people. Somebody new gets a link to choose a password.",
)
@click.option("--anyway", is_flag=True, help="Also if an organisation with this name or CVR number is here.")
def add(*, name: str, kind: str, cvr: str, municipality: str, administrator: str, anyway: bool) -> None:
    """Make the organisation NAME and its first administrator.

    Without a mail server (MEDSPIL_SMTP_HOST) the administrator's link is printed, for you to hand over.
    """
    with _plain_refusals():
        if not anyway:
            _refuse_lookalikes(name, cvr)
        added = create_with_administrator(
            name=name,
            kind=kind,
            cvr=cvr,
            municipality=municipality,
            creation_key=uuid4(),
            email=administrator,
            now=timezone.now(),
            sign_in_link=site() + reverse("account_login"),
            password_link=lambda user: site() + password_path(user),
            mail=bool(settings.EMAIL_HOST),
        )
    if cvr_is_doubtful(cvr):
        click.echo(f"The CVR number {cvr} fails the check of modulus 11: see whether it is right.", err=True)
    _tell(added)


def _refuse_lookalikes(name: str, cvr: str) -> None:
    found = lookalikes(name=name, cvr=cvr, unit=None)
    if found:
        here = ", ".join(f"{one.name} (number {one.pk})" for one in found)
        raise click.ClickException(f"There may already be one: {here}. Add --anyway if this is another.")


def site() -> str:
    """Return the address of the site as its settings tell it; a terminal has no request to ask."""
    origins = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin]
    return origins[0].rstrip("/") if origins else "http://127.0.0.1:8000"


def _tell(added: Added) -> None:
    made, person = added.membership.organisation, added.membership.user
    click.echo(f"{made.name} is here (number {made.pk}), with {person.email} as its administrator.")
    if added.mailed:
        click.echo(f"A mail to {person.email} says how to sign in; `medspil mail status` tells whether it has gone.")
        return
    if person.has_usable_password():
        click.echo(f"{person.email} signs in with the password she or he has: {added.link}")
    else:
        click.echo(f"Hand this link over; it works once, for three days, and opens the account:\n{added.link}")


@organisation.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_(as_json: bool) -> None:
    """List the organisations and who administers each."""
    with _plain_refusals():
        told = _told()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in told:
        who = ", ".join(one["administrators"]) or "no administrator"
        click.echo(f"{one['number']:>5}  {one['name']}  [{one['kind']}]  people: {one['people']}; {who}")
    if not told:
        click.echo("There is no organisation yet: make one with `medspil organisation add`.", err=True)


def _told() -> list[dict[str, Any]]:
    by_organisation: dict[int, list[str]] = {}
    administrators = Membership.objects.current().filter(role=Role.ADMINISTRATOR).order_by("started_on", "pk")
    for organisation_pk, email in administrators.values_list("organisation", "user__email"):
        by_organisation.setdefault(organisation_pk, []).append(email)
    names = ("name", "kind", "cvr", "municipality", "people")
    return [
        {"number": one["pk"]}
        | {name: one[name] for name in names}
        | {"administrators": by_organisation.get(one["pk"], [])}
        for one in Organisation.objects.for_list().values("pk", *names)
    ]


@organisation.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def kinds(as_json: bool) -> None:
    """List the kinds of organisation: code and name."""
    found = [kind for kind in vocabulary().organisation_kinds.values() if not kind.retired]
    if as_json:
        told = [{"code": kind.code, "name_da": kind.name_da, "name_en": kind.name_en} for kind in found]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for kind in found:
        click.echo(f"{kind.code:<24} {kind.name_en} ({kind.name_da})")
