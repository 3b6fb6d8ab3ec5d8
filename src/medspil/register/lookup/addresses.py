"""Asks an address service (of the shape of adressevaelger.dk) for the point of one address."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from medspil.geography.streets import street_and_house, street_key
from medspil.register import placing
from medspil.register.lookup.asking import Answer, LookupTroubled, ask

SERVICE = "adressevaelger"
FOUND = "10"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_KINDS = {"adresse": "adresser", "husnummer": "husnumre"}
Point = tuple[float, float]


def is_on() -> bool:
    """Return whether the settings name an address service."""
    return bool(settings.ADDRESSES_URL)


def point_of(*, address: str, postcode: str, municipality: str, address_id: str) -> Point | None:
    """Return the point (EPSG:25832) of an address, None when the service does not know it for sure.

    By its id in DAR where there is one; else the address is searched for, and the street, house and postal code that
    come back must be those asked for. Raises `LookupTroubled` when the service cannot be asked any more.
    """
    if _UUID.fullmatch(address_id):
        point = _by_id("adresser", address_id) or _by_id("husnumre", address_id)
        if point is not None:
            return point
    street, house = street_and_house(address)
    if not (street and house and postcode):
        return None
    query = {"tekst": f"{street} {house}, {postcode}", "maksimum": FOUND}
    if municipality:
        query["kommuneKode"] = municipality
    answer = _ask("adresser/soeg", query)
    for hit in _list(_dict(answer.body).get("fund")):
        kind, ident = _KINDS.get(str(_dict(hit).get("type"))), str(_dict(hit).get("id"))
        if kind and _UUID.fullmatch(ident) and _is_meant(_dict(hit), street, house, postcode):
            return _by_id(kind, ident)
    return None


def _is_meant(hit: dict[str, Any], street: str, house: str, postcode: str) -> bool:
    """Whether a hit is the address asked for; the service also finds what only sounds alike."""
    told = street_and_house(str(hit.get("titel") or ""))
    same = (street_key(told[0]), told[1]) == (street_key(street), house)
    written = str(hit.get("postnr") or "") or str(hit.get("titel") or "")
    return same and re.search(rf"\b{re.escape(postcode)}\b", written) is not None


def _by_id(kind: str, ident: str) -> Point | None:
    answer = _ask(f"{kind}/{ident}", {})
    if answer.status == 404:
        return None
    told = _dict(answer.body)
    house = _dict(_dict(told.get("adresse")).get("husnummer")) or _dict(told.get("husnummer"))
    place = _dict(_dict(house.get("adgangspunkt")).get("koordinater"))
    x, y = place.get("x"), place.get("y")
    if not isinstance(x, int | float) or not isinstance(y, int | float):
        return None
    return placing.point(float(x), float(y))


def _ask(path: str, query: dict[str, str]) -> Answer:
    address = f"{settings.ADDRESSES_URL}/{path}"
    answer = ask(address, service=SERVICE, query=query | {"token": settings.ADDRESSES_TOKEN})
    if answer.status in (400, 401, 403):
        raise LookupTroubled(_("The address service does not accept the token. Set MEDSPIL_ADDRESSES_TOKEN to yours."))
    if answer.status == 429:
        raise LookupTroubled(_("The address service answers no more questions from here for now. Go on later."))
    if answer.status >= 500:
        raise LookupTroubled(_("The address service is out of order. Go on later."))
    return answer


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
