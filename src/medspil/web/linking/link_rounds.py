"""The allocations that brought a link about: named, with a way to them, and the pairs of theirs it stands for."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from medspil.accounts.models import User
from medspil.linking.models import Link
from medspil.rounds.models import Round
from medspil.rounds.naming import labels_among


@dataclass(frozen=True, slots=True)
class NamedRound:
    """An allocation by name; without an address for whoever may not see it."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StandsFor:
    """One pair of an allocation: who asked, how many, out of what."""

    asker: str
    amount: int
    giver: str


def rounds_of(link: Link, user: User) -> list[NamedRound]:
    """Return the allocations that a link came of, the first one first. One query, none where there is none."""
    titles = {told["number"]: told["title"] for each in _grounds(link) if (told := each.get("round"))}
    if not titles:
        return []
    seen = dict(Round.objects.visible_to(user).filter(pk__in=titles).values_list("pk", "title"))
    return [
        NamedRound(seen.get(number, title), reverse("rounds:board", args=[number]) if number in seen else "")
        for number, title in titles.items()
    ]


def stands_for(link: Link) -> list[StandsFor]:
    """Return the pairs a link stands for, where there are several, with the names that their rows have now."""
    pairs = [pair for each in _grounds(link) for pair in each.get("pairs", ())]
    if len(pairs) < 2:
        return []
    labels = labels_among(pairs)
    told = [
        StandsFor(labels.askers.get(one["asker"], ""), one["amount"], labels.givers.get(one["giver"], ""))
        for one in pairs
    ]
    return list(dict.fromkeys(told))


def _grounds(link: Link) -> list[dict[str, Any]]:
    return [link.grounds, *link.grounds.get("also", ())]
