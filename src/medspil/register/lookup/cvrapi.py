"""Asks cvrapi.dk about one company: free, with a small quota, and it wants to know whose program asks."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.register.lookup.asking import LookupTroubled, ask

SOURCE = "cvrapi.dk"
ADDRESS = "https://cvrapi.dk/api"
_REFUSALS: dict[str, str | Promise] = {
    "QUOTA_EXCEEDED": gettext_lazy("cvrapi.dk answers no more questions from here today. Try again tomorrow."),
    "NOT_FOUND": gettext_lazy("There is no company with that CVR number."),
    "INVALID_UA": gettext_lazy(
        "cvrapi.dk wants to know who asks. Set MEDSPIL_LOOKUP_AGENT to the name of your site and a way to reach you."
    ),
    "BANNED": gettext_lazy("cvrapi.dk has shut this site out. Write to them, or choose another service."),
    "INVALID_VAT": gettext_lazy("cvrapi.dk does not take this for a CVR number."),
}


def fetch(cvr: str, *, now: datetime) -> list[tuple[str, bytes]]:
    """Return the answer about a company as a file of its own, without the owners. Raises `LookupTroubled`.

    It tells what is in force; `now` is not asked for.
    """
    query = {"vat": cvr, "country": "dk", "format": "json", "version": "6"}
    body = ask(settings.LOOKUP_URL or ADDRESS, service=SOURCE, query=query).body
    if not isinstance(body, dict):
        raise LookupTroubled(_("cvrapi.dk answered with something that is not an answer. Try again later."))
    if body.get("error"):
        raise LookupTroubled(_refusal(str(body["error"])[:60]))
    told = {name: value for name, value in body.items() if name != "owners"}  # people do not even get as far as a file
    if str(told.get("vat", "")).zfill(8) != cvr:
        raise LookupTroubled(_("cvrapi.dk answered about another company. Nothing was taken in."))
    return [(f"cvrapi-{cvr}.json", json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))]


def _refusal(code: str) -> str:
    known: Any = _REFUSALS.get(code)
    return str(known) if known else _("cvrapi.dk refused with the code %(code)s. Try again later.") % {"code": code}
