"""Names of rows: each stands on its row and nowhere else, as it may be that of a person.

Proposals and the history refer to rows by key and look the name up here, so a name that is deleted is gone everywhere.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat, Left, Length
from django.db.models.lookups import GreaterThan

from medspil.offers.models import Offer
from medspil.rounds.models import Demand, Proposal, Supply
from medspil.rounds.programmes import PROGRAMMES
from medspil.rounds.sentences import Names
from medspil.rounds.sheet import Labels

MOST_NAME = 160
_REFERENCE = re.compile(r"\[\[(demand|supply):(\d+)\]\]")


def labels_of(round_: int) -> Labels:
    """Return the names of all rows of a round, those that were taken out too. Two queries."""
    asking, giving = (
        {str(pk): label for pk, label in model._default_manager.filter(round=round_).values_list("pk", "label")}
        for model in (Demand, Supply)
    )
    return Labels(asking, giving)


def labels_among(pairs: Iterable[Mapping[str, Any]]) -> Labels:
    """Return the names of the rows of some pairs, of whichever rounds; volunteers are named in theirs alone."""
    told = list(pairs)
    asking = Demand.objects.filter(pk__in={pair["asker"] for pair in told}).values_list("pk", "label")
    people = [one.code for one in PROGRAMMES.values() if one.weekly]
    lots = Supply.objects.exclude(round__programme__in=people)
    giving = lots.filter(pk__in={pair["giver"] for pair in told}).values_list("pk", "label")
    return Labels({str(pk): label for pk, label in asking}, {str(pk): label for pk, label in giving})


def name_of_offer(offer: Offer) -> str:
    """Return what the row of an offer is called when it is chosen."""
    name = f"{offer.organisation.name}: {offer.title}"
    return name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"


def offer_name_in_database() -> Case:
    """Return the same of the offer of a row, as the database works it out."""
    whole = Concat(F("offer__organisation__name"), Value(": "), F("offer__title"), output_field=CharField())
    cut = Concat(Left(whole, MOST_NAME - 1), Value("…"), output_field=CharField())
    return Case(When(GreaterThan(Length(whole), MOST_NAME), then=cut), default=whole)


def names_of(proposal: Proposal, labels: Labels | None = None) -> Names:
    """Return the names for what a proposal says."""
    return Names(proposal.question, labels or labels_of(proposal.round_id))


def reference(row: Demand | Supply) -> str:
    """Return what the history writes instead of a row's name."""
    return refer(row.pk, asks=isinstance(row, Demand))


def refer(pk: int, *, asks: bool) -> str:
    """Return the same for a key."""
    return f"[[{'demand' if asks else 'supply'}:{pk}]]"


def mentions(text: str, rows: Iterable[str]) -> bool:
    """Return whether a text of the history refers to one of the rows."""
    return any(row in text for row in rows)


def referring(text: str) -> bool:
    """Return whether a text of the history refers to rows at all."""
    return _REFERENCE.search(text) is not None


def with_names(text: str, labels: Labels) -> str:
    """Return a text of the history with the names that rows have now."""

    def name(found: re.Match[str]) -> str:
        side = labels.askers if found[1] == "demand" else labels.givers
        return side.get(found[2], f"#{found[2]}")

    return _REFERENCE.sub(name, text)
