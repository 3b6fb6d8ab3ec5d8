"""What somebody has begun to write of an offer, kept in her session until it is sent: nothing typed is lost.

A draft is nobody else's business and lives no longer than the sign-in. What looks like a CPR number is not kept.
"""

from typing import Any

from django.http import QueryDict

from medspil.areas.privacy import looks_like_cpr
from medspil.web.http import SignedInRequest
from medspil.web.offers.forms import NotedOfferForm

KEY = "offer_draft"
LONGEST = 4_000
_FIELDS = frozenset(NotedOfferForm.base_fields) - {"creation_key", "recorded_by"}
_LISTS = frozenset({"areas", "themes"})


def keep(request: SignedInRequest) -> bool:
    """Keep what was sent; returns False when a text of it is left out."""
    sent: QueryDict = request.POST
    said = {name: sent.getlist(name)[:100] for name in sorted(_FIELDS & set(sent))}
    plain = {name: values for name, values in said.items() if not any(map(_unkept, values))}
    request.session[KEY] = {name: values for name, values in plain.items() if any(values)}
    return plain == said


def kept(request: SignedInRequest) -> dict[str, Any]:
    """Return the draft as initial values of the form; empty where there is none."""
    found: dict[str, list[str]] = request.session.get(KEY, {})
    return {name: values if name in _LISTS else values[0] for name, values in found.items()}


def drop(request: SignedInRequest) -> None:
    """Forget the draft."""
    request.session.pop(KEY, None)


def _unkept(value: str) -> bool:
    return len(value) > LONGEST or looks_like_cpr(value)
