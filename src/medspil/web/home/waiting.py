"""The first of what waits for a person, for her first page; all of it has a page of its own."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from medspil.accounts.models import User
from medspil.progress.waiting import Waiting, waiting_for

MOST = 3


@dataclass(frozen=True, slots=True)
class First:
    """The first things that wait, each with its address, and how many more there are."""

    items: list[tuple[Waiting, str]]
    more: int


def first_of(user: User, *, now: datetime) -> First:
    """Return what waits for a person first."""
    found = waiting_for(user, now=now)
    items = [(one, reverse(one.page, args=list(one.keys))) for one in found[:MOST]]
    return First(items, max(len(found) - MOST, 0))
