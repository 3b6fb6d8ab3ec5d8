"""A calendar of somebody else's in the matrix's world, with the secret of its address, which only she knows."""

from medspil.accounts.models import User
from medspil.progress.calendar import make_feed
from tests.factories import people


def feed() -> User:
    """Return a person with the secret of her calendar."""
    person = people.user("Kalenderejer")
    person.__dict__["feed_token"] = make_feed(user=person, now=people.NOW)
    return person
