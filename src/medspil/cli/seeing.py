"""Whose eyes the terminal looks through: it is the operator's and sees all, unless a person is named."""

from typing import TYPE_CHECKING

import click

from medspil.accounts.models import User

if TYPE_CHECKING:
    from medspil.areas.models.need import NeedQuerySet


def seen_by(needs: "NeedQuerySet", email: str | None) -> "NeedQuerySet":
    """Return the needs that somebody who signs in with this address may see; all when none is given."""
    if email is None:
        return needs
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise click.ClickException(f"Nobody signs in as {email}.")
    return needs.visible_to(person)
