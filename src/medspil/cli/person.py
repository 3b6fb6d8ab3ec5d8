"""`medspil person`: what the operator does for one person."""

import click
from django.db import transaction
from django.utils import timezone, translation

from medspil.accounts.links import password_path
from medspil.accounts.models import User
from medspil.agreements.forgetting import forget_requests_to
from medspil.boards.forgetting import forget_members_at
from medspil.cli.organisation import site
from medspil.organisations.forgetting import forget_person
from medspil.organisations.services import LastAdministrator
from medspil.partnerships.forgetting import forget_letters_to
from medspil.partnerships.forgetting_people import forget_people_at
from medspil.walks.forgetting import forget_attendees_at


@click.group()
@click.pass_context
def person(context: click.Context) -> None:
    """Do something for one person."""
    context.with_resource(translation.override("en"))


@person.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a link by which the person with this EMAIL chooses a password, where no mail can bring it."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody here has the address {email}.")
    click.echo("Hand this link over; it works once, for three days, and opens the account:", err=True)
    click.echo(site() + password_path(user))


@person.command()
@click.argument("email")
@click.confirmation_option(prompt="Name, e-mail and password cannot be brought back. Forget this person?")
def forget(email: str) -> None:
    """Forget the person with this EMAIL: what she did stays in the history, without her name.

    Letters and invitations to the address and its part in partnerships are forgotten too, also where its owner
    never signed in.
    """
    user = User.objects.filter(email=email.strip().lower()).first()
    try:
        with transaction.atomic():
            letters = forget_letters_to(email=email, now=timezone.now())
            walks = forget_attendees_at(email=email, now=timezone.now())
            sides = forget_people_at(email=email, now=timezone.now())
            seats = forget_members_at(email=email, now=timezone.now())
            asked = forget_requests_to(email=email, now=timezone.now())
            if user is not None:
                forget_person(user=user, by=None, now=timezone.now())
    except LastAdministrator as problem:
        raise click.ClickException(str(problem)) from None
    if user is None and not any((letters, walks, sides, seats, asked)):
        raise click.ClickException(f"Nobody here has the address {email}.")
    if letters:
        click.echo(f"Letters forgotten: {letters}.")
    if asked:
        click.echo(f"Questions whether an agreement is confirmed forgotten: {asked}.")
    if walks:
        click.echo(f"Invitations to walks forgotten: {walks}.")
    if sides:
        click.echo(f"Parts in partnerships forgotten: {sides}.")
    if seats:
        click.echo(f"Seats on boards forgotten: {seats}.")
    if user is not None:
        click.echo("Forgotten.")
