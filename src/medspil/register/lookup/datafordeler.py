"""Asks Datafordeler's GraphQL about one company and its units: one question for each entity, as its rules demand.

The answers are written down as files in the shape of a download, so that the reader of downloads does the rest.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from medspil.register.lookup.asking import Answer, LookupTroubled, ask
from medspil.register.reading.datafordeler import entities
from medspil.register.reading.datafordeler.entities import BY_CODE, COMPANY, EMPLOYMENT, PROTECTION, UNIT

SOURCE = "Datafordeler"
ADDRESS = "https://graphql.datafordeler.dk/CVR/v2"
MOST_IN_A_FILTER, PAGE, MOST_PAGES = 100, 500, 20
TOGETHER = 3  # times as long as one question may take
_FACTS = (
    entities.NAME,
    entities.ADDRESS,
    entities.INDUSTRY,
    entities.FORM,
    PROTECTION,
    EMPLOYMENT,
    entities.CREDIT,
    entities.PHONE,
    entities.EMAIL,
)
Node = Mapping[str, Any]


def fetch(cvr: str, *, now: datetime) -> list[tuple[str, bytes]]:
    """Return what Datafordeler tells of a company and its units, a file for each entity. Raises `LookupTroubled`."""
    if not settings.LOOKUP_KEY:
        raise LookupTroubled(_("Datafordeler asks for a key. Set MEDSPIL_LOOKUP_KEY to the one of your system there."))
    asking = _Asking(now)
    companies = asking.all(COMPANY, f"CVRNummer: {{eq: {int(cvr)}}}")
    if not companies:
        raise LookupTroubled(_("There is no company with that CVR number."))
    units = asking.all(UNIT, f"tilknyttetVirksomhedsCVRNummer: {{eq: {int(cvr)}}}")
    owners = sorted({str(node["id"]) for node in (*companies, *units) if node.get("id")})
    told = {COMPANY: companies, UNIT: units} | {
        entity: [node for some in _portions(owners) for node in asking.all(entity, f"CVREnhedsId: {{in: {some}}}")]
        for entity in _FACTS
    }
    return [
        (f"{entity}.json", json.dumps(nodes, ensure_ascii=False).encode("utf-8", "replace"))
        for entity, nodes in told.items()
        if nodes
    ]


class _Asking:
    """The questions about one company: together they may take some times as long as one, for a person waits."""

    def __init__(self, now: datetime) -> None:
        self._moment = now.isoformat(timespec="seconds")
        self._until = monotonic() + TOGETHER * settings.LOOKUP_SECONDS

    def all(self, entity: str, condition: str) -> list[Node]:
        """Return all nodes of an entity that fit a condition, page by page."""
        found: list[Node] = []
        after = ""
        for _page in range(MOST_PAGES):
            nodes, after = self._page(entity, condition, after)
            found += nodes
            if not after:
                return found
        raise LookupTroubled(_("Datafordeler tells of more about this company than can be looked up. Use a download."))

    def _page(self, entity: str, condition: str, after: str) -> tuple[list[Node], str]:
        root = f"CVR_{entity}"
        # Counts of employees have days of their own; of all else only what is in force now.
        moment = "" if entity == EMPLOYMENT else f', virkningstid: "{self._moment}"'
        place = f", after: {json.dumps(after)}" if after else ""
        # What the reader knows an entity by, and what it reads.
        fields = " ".join(dict.fromkeys((*BY_CODE[entity].marks, *BY_CODE[entity].reads)))
        question = (
            f"query {{ {root}(first: {PAGE}{place}{moment}, where: {{{condition}}})"
            f" {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
        answer = self._ask(question)
        told = answer.body if isinstance(answer.body, dict) else {}
        data = told.get("data")
        page = data.get(root) if isinstance(data, dict) else None
        if told.get("errors") or answer.status >= 400 or not isinstance(page, dict):
            raise LookupTroubled(_refusal(answer.status, told))
        nodes: list[Node] = [node for node in page.get("nodes") or [] if isinstance(node, dict)]
        info = page.get("pageInfo") or {}
        return nodes, str(info.get("endCursor") or "") if info.get("hasNextPage") else ""

    def _ask(self, question: str) -> Answer:
        left = self._until - monotonic()
        if left <= 0:
            raise LookupTroubled(_("Datafordeler is too slow just now. Try again later."))
        return ask(
            settings.LOOKUP_URL or ADDRESS,
            service=SOURCE,
            query={"apiKey": settings.LOOKUP_KEY},
            send={"query": question},
            seconds=min(left, settings.LOOKUP_SECONDS),
        )


def _refusal(status: int, told: Mapping[str, Any]) -> str:
    if status in (401, 403):
        return _("Datafordeler does not accept the key. A new one works after a quarter of an hour, and for two years.")
    if status == 429:
        return _("Datafordeler answers no more questions from here for now. Try again later.")
    errors = told.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    message = " ".join(str(first.get("message") or status).replace(settings.LOOKUP_KEY, "…").split())[:200]
    return _("Datafordeler refused: %(message)s") % {"message": message}


def _portions(owners: Iterable[str]) -> Iterator[str]:
    iterator = iter(owners)
    while some := list(islice(iterator, MOST_IN_A_FILTER)):
        yield json.dumps(some)
