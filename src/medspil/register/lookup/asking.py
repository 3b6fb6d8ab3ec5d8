"""Asks one address on the net, once, politely: our own name, a limit to time and size, no redirect to elsewhere."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from time import monotonic
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

MOST_BYTES = 8 << 20
_CHUNK = 1 << 16


class LookupTroubled(Exception):
    """A service on the net gave no answer that can be used; the message says why and what to do."""


class Answer(NamedTuple):
    """What a service said: whether it is a success, and the JSON."""

    status: int
    body: Any


class _Stay(HTTPRedirectHandler):
    """Follows no redirect: a key must not travel to another house."""

    def redirect_request(self, *args: Any) -> None:
        return None


def ask(
    address: str,
    *,
    service: str,
    query: Mapping[str, str] | None = None,
    send: Mapping[str, Any] | None = None,
    seconds: float | None = None,
) -> Answer:
    """Ask an address and return its JSON, also of a refusal. Raises `LookupTroubled`.

    `service` is the name shown to people; neither it nor the sentence tells the query, which may hold a key.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise LookupTroubled(
            _("The address of %(service)s in the settings is not one of the net.") % {"service": service}
        )
    seconds = settings.LOOKUP_SECONDS if seconds is None else seconds
    headers = {"User-Agent": settings.LOOKUP_AGENT, "Accept": "application/json"}
    data = None if send is None else json.dumps(send).encode()
    if data is not None:
        headers["Content-Type"] = "application/json"
    whole = f"{address}?{urlencode(query)}" if query else address
    try:
        status, content = _fetch(Request(whole, data=data, headers=headers), seconds)  # noqa: S310 - looked at above
    except TimeoutError as error:
        raise LookupTroubled(_silent(service, seconds)) from error
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise LookupTroubled(_silent(service, seconds)) from error
        raise LookupTroubled(_("%(service)s cannot be reached. Try again later.") % {"service": service}) from error
    try:
        return Answer(status, json.loads(content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise LookupTroubled(
            _("%(service)s answered with something that is not an answer (code %(status)s). Try again later.")
            % {"service": service, "status": status}
        ) from error


def _fetch(request: Request, seconds: float) -> tuple[int, bytes]:
    until = monotonic() + seconds
    try:
        response = build_opener(_Stay).open(request, timeout=seconds)
    except HTTPError as refusal:  # a refusal has a body as well, and it says why
        response = refusal
    with response:
        content = b""
        while chunk := response.read1(_CHUNK):
            content += chunk
            if monotonic() > until:
                raise TimeoutError
            if len(content) > MOST_BYTES:
                raise ValueError("too long")
        return int(response.status or 0), content


def _silent(service: str, seconds: float) -> str:
    return _("%(service)s did not answer within %(seconds)s seconds. Try again later.") % {
        "service": service,
        "seconds": round(seconds),
    }
