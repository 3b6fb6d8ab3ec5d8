"""Mails on the first page of an administrator: those of her organisations that did not arrive, or perhaps did not."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.notices.models import Message
from medspil.organisations.merging import standing_for
from medspil.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class TroubledMails:
    """One organisation whose mails somebody should look at."""

    sentence: str
    url: str


def troubled_mails_of(user: User) -> list[TroubledMails]:
    """Return the organisations that a person manages and whose mails need somebody, by name.

    With those of organisations that went into them. Three queries, and one more for each merge in a row.
    """
    managed = Organisation.objects.managed_by(user).order_by("name", "pk")
    names: dict[int, str] = dict(managed.values_list("pk", "name"))
    home = standing_for(names)
    counted = Message.objects.sent_for(*home).troubled().order_by().values_list("on_behalf_of").annotate(Count("pk"))
    numbers: Counter[int] = Counter()
    for key, number in counted:
        numbers[home[key or 0]] += number
    return [
        TroubledMails(_sentence(name, numbers[key]), reverse("organisations:mails", args=[key]))
        for key, name in names.items()
        if numbers[key]
    ]


def _sentence(name: str, number: int) -> str:
    words = ngettext(
        "%(number)s mail of %(name)s did not arrive, or perhaps did not.",
        "%(number)s mails of %(name)s did not arrive, or perhaps did not.",
        number,
    )
    return words % {"number": number, "name": name}
