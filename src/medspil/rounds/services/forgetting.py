"""Forget what a row says: its name, place and facts may be those of a person.

The name stands on the row alone, see `rounds.naming`. What else may tell of her goes with it: where she is in the
questions of proposals, reasons of locks and bans, and what links that were made of the row say by its name.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.changes import Part, change
from medspil.language import fold
from medspil.linking.models import Link, LinkParty
from medspil.rounds.models import Demand, PairRule, Proposal, Round, Supply
from medspil.rounds.naming import mentions, offer_name_in_database, reference, referring
from medspil.rounds.services.applying import links_made

KEPT = timedelta(days=730)  # the privacy page and the glossary tell this number
Row = Demand | Supply


@transaction.atomic
def forget_row(*, row: Row, by: User | None, now: datetime) -> None:
    """Delete what a row says, for good and in every round it came from or went to; a second call changes nothing.

    In a round that is in the making the row is taken out as well: nobody knows any more what it stands for.
    """
    for one in _family(row):
        if one.forgotten_at is None:
            _forget(one.round, [one], by=by, now=now)


def forget_old_rows(*, now: datetime) -> int:
    """Forget rows that people typed or pasted, two years after the last change of their round; return how many.

    Rows that were chosen say what their need or offer says, and stay, unless somebody called them otherwise.
    """
    forgotten = 0
    old = Q(forgotten_at=None, round__updated_at__lt=now - KEPT)
    asking = Demand.objects.filter(old).filter(Q(need=None) | ~Q(label=F("need__title")))
    giving = (
        Supply.objects.filter(old)
        .annotate(chosen_as=offer_name_in_database())
        .filter(Q(offer=None) | ~Q(label=F("chosen_as")))
    )
    rounds = set(asking.values_list("round", flat=True)) | set(giving.values_list("round", flat=True))
    for round_ in Round.objects.filter(pk__in=rounds).order_by("pk"):
        with transaction.atomic():
            rows: list[Row] = [*asking.filter(round=round_), *giving.filter(round=round_)]
            _forget(round_, rows, by=None, now=now)
            forgotten += len(rows)
    return forgotten


def _family(row: Row) -> list[Row]:
    """Return a row with the rows of earlier and later rounds that are the same one."""
    rows = type(row)._default_manager
    keys: set[int] = set()
    fresh = {row.pk}
    while fresh:
        keys |= fresh
        found = rows.filter(Q(pk__in=fresh) | Q(follows__in=fresh)).values_list("pk", "follows")
        fresh = {key for pair in found for key in pair if key} - keys
    return list(rows.filter(pk__in=keys).select_related("round").order_by("pk"))


def _forget(round_: Round, rows: list[Row], *, by: User | None, now: datetime) -> None:
    def parts(current: Round) -> Mapping[str, Part]:
        def write() -> None:
            _in_links(current, rows, now=now)
            _in_proposals(current, rows)
            _in_reasons(current, rows)
            for one in rows:
                out = {"archived_at": one.archived_at or now} if current.open else {}
                type(one)._default_manager.filter(pk=one.pk).update(**_nothing(one), forgotten_at=now, **out)

        return {"forgotten": Part([], [reference(one) for one in rows], write)} if rows else {}

    change(round_, expected_version=None, by=by, now=now, parts=parts)


def _nothing(row: Row) -> dict[str, Any]:
    return {"label": f"#{row.pk}", "place": "", "x": None, "y": None, "facts": {}}


def _in_proposals(round_: Round, rows: Iterable[Row]) -> None:
    """Forget where the rows are and what they can in the questions, and the reasons of their locks."""
    asking = {str(one.pk) for one in rows if isinstance(one, Demand)}
    giving = {str(one.pk) for one in rows if isinstance(one, Supply)}
    for proposal in Proposal.objects.filter(round=round_).select_for_update():
        question = proposal.question
        for side, keys in (("askers", asking), ("givers", giving)):
            for line in question[side]:
                if line["ident"] in keys:
                    line |= {"x": None, "y": None, "facts": {}}
        for rule in proposal.pair_rules:
            if str(rule["demand"]) in asking or str(rule["supply"]) in giving:
                rule["reason"] = ""
        Proposal.objects.filter(pk=proposal.pk).update(question=question, pair_rules=proposal.pair_rules)


def _in_reasons(round_: Round, rows: Iterable[Row]) -> None:
    """Forget why the rows were locked or banned: people write names there."""
    told = list(rows)
    asking = [one.pk for one in told if isinstance(one, Demand)]
    giving = [one.pk for one in told if isinstance(one, Supply)]
    PairRule.objects.filter(Q(demand__in=asking) | Q(supply__in=giving), round=round_).update(reason="")
    references = [reference(one) for one in told]
    for entry in HistoryEntry.objects.of(round_).filter(changes__pairs__isnull=False):
        old, new = entry.changes["pairs"]
        if any(mentions(str(side), references) for side in (old, new)):
            kept = [line for line in new if referring(line)] if isinstance(new, list) else new
            HistoryEntry.objects.filter(pk=entry.pk).update(changes=entry.changes | {"pairs": [old, kept]})


def _in_links(round_: Round, rows: Iterable[Row], *, now: datetime) -> None:
    """Take the names out of what links say that were made of the rows: what they are for, and what a side brings."""
    asking = {str(one.pk): one for one in rows if isinstance(one, Demand)}
    giving = {str(one.pk): one for one in rows if isinstance(one, Supply)}
    of_link: dict[int, list[tuple[Row | None, Row | None]]] = {}
    for pair, key in links_made(round_).items():
        asker, _dash, giver = pair.partition("-")
        if asker in asking or giver in giving:
            of_link.setdefault(key, []).append((asking.get(asker), giving.get(giver)))
    for link in Link.objects.filter(pk__in=of_link):
        for one in {giver for _asker, giver in of_link[link.pk] if giver}:
            for side in LinkParty.objects.filter(link=link, brings__contains=one.label):
                LinkParty.objects.filter(pk=side.pk).update(brings=side.brings.replace(one.label, f"#{one.pk}"))
        _rename(link, {asker for asker, _giver in of_link[link.pk] if asker}, now=now)
        HistoryEntry.objects.of(link).filter(action="created").update(changes={})


def _rename(link: Link, rows: Iterable[Row], *, now: datetime) -> None:
    sentence, subject = link.sentence, link.subject
    for one in rows:
        sentence = sentence.replace(one.label, f"#{one.pk}")
        subject = f"#{one.pk}" if _is_of(subject, one.label) else subject
    if (sentence, subject) != (link.sentence, link.subject):
        Link.objects.filter(pk=link.pk).update(
            sentence=sentence, subject=subject, version=F("version") + 1, updated_at=now
        )


def _is_of(subject: str, label: str) -> bool:
    """Return whether a link is for the row of a name, also with what tells it apart: "Lektiecafé (man 15-17)"."""
    name, told, _more = subject.rpartition(" (")
    return fold(subject) == fold(label) or bool(told and name and label.startswith(name))
