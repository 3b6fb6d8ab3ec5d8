"""Takes out of one record of a unit or company what we keep. Everything else in it is never looked at: the people
behind a company (`deltagerRelation`) are only counted, c/o names and free texts of addresses are passed over.

A record may lack anything and hold anything: what is not what it should be counts as not told.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from medspil.register.reading.tally import Tally

_INTERVAL = re.compile(r"ANTAL_(\d{1,6})_(\d{0,7})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NO = frozenset({"", "false", "0", "nej", "n", "no"})
OPEN_END = 99_999
_MOST = 10_000_000_000
_CONTACTS = {"phone": "telefonNummer", "email": "elektroniskPost", "website": "hjemmeside"}
_COUNTS = ("ErstMaanedsbeskaeftigelse", "Maanedsbeskaeftigelse", "Kvartalsbeskaeftigelse", "Aarsbeskaeftigelse")
_LONGEST = 8_000
Told = dict[str, Any]


def unit_of(record: Told, tally: Tally) -> Told:
    """Return what a unit's record tells of it."""
    metadata = _dict(record.get("produktionsEnhedMetadata"))
    relation = text(metadata.get("nyesteCvrNummerRelation")) or _told(
        _current(record, "virksomhedsrelation"), "cvrNummer"
    )
    return _common(record, metadata, tally) | {"number": text(record.get("pNummer")), "cvr": _cvr(relation)}


def company_of(record: Told, tally: Tally) -> Told:
    """Return what a company's record tells: what its units share, and what it would be as their only unit."""
    metadata = _dict(record.get("virksomhedMetadata"))
    form = _dict(metadata.get("nyesteVirksomhedsform")) or _current(record, "virksomhedsform")
    units = [_told(unit, "pNummer") for unit in _in_force(record, "penheder")]
    return _common(record, metadata, tally) | {
        "cvr": _cvr(text(record.get("cvrNummer"))),
        "company_form": _told(form, "virksomhedsformkode"),
        "purpose": " ".join(_attribute(record, "FORMÅL")),
        "social_enterprise": any(word.lower() not in _NO for word in _attribute(record, "SOCIAL_ØKONOMISK_VIRKSOMHED")),
        "units": len(units),
        "only": units[0] if len(units) == 1 else "",
    }


def _common(record: Told, metadata: Told, tally: Tally) -> Told:
    industry = _dict(metadata.get("nyesteHovedbranche")) or _current(record, "hovedbranche")
    life = _newest(record, "livsforloeb")
    tally.add("participants_skipped", len(_list(record.get("deltagerRelation"))))
    guarded = record.get("reklamebeskyttet")
    return {
        "version": _whole(record.get("samtId")) or 0,
        "day": max(_day(record.get("sidstIndlaest")), _day(record.get("sidstOpdateret"))),
        "name": _told(_dict(metadata.get("nyesteNavn")) or _current(record, "navne"), "navn"),
        "industry": _told(industry, "branchekode"),
        "industry_text": _told(industry, "branchetekst"),
        "industry_since": _day(_dict(industry.get("periode")).get("gyldigFra")),
        "counted": _employment(record, metadata),
        "started": _day(_dict(life.get("periode")).get("gyldigFra")),
        "ended": _day(_dict(life.get("periode")).get("gyldigTil")),
        "status": text(metadata.get("sammensatStatus")) or _told(_current(record, "virksomhedsstatus"), "status"),
        "protected": guarded if isinstance(guarded, bool) else None,
        **_address(_dict(metadata.get("nyesteBeliggenhedsadresse")) or _current(record, "beliggenhedsadresse")),
        **_contacts(record, tally),
    }


def _address(address: Told) -> Told:
    country = text(address.get("landekode")).upper()
    if country not in ("", "DK"):
        return {"abroad": True}
    first = _told(address, "husnummerFra") + _told(address, "bogstavFra")
    last = _told(address, "husnummerTil") + _told(address, "bogstavTil")
    house = "-".join(part for part in (first, last if last != first else "") if part)
    floor = ". ".join(part for part in (_told(address, "etage"), _told(address, "sidedoer")) if part)
    street = " ".join(part for part in (_told(address, "vejnavn"), house) if part)
    return {
        "address": ", ".join(part for part in (street, floor) if part) if _told(address, "vejnavn") else "",
        "address_id": _told(address, "adresseId"),
        "postcode": _told(address, "postnummer"),
        "city": _told(address, "postdistrikt"),
        "municipality": _told(_dict(address.get("kommune")), "kommuneKode"),
    }


def _contacts(record: Told, tally: Tally) -> Told:
    """Return contact points in force; a secret one is counted and left where it is."""
    found: Told = {}
    for field, name in _CONTACTS.items():
        for contact in reversed(list(_in_force(record, name))):
            if contact.get("hemmelig") is not False:  # only what says that it is not secret is kept
                tally.add("secret_contact_dropped")
            elif field not in found and (told := _told(contact, "kontaktoplysning")):
                found[field] = told
    return found


def _employment(record: Told, metadata: Told) -> list[int] | None:
    """Return [months since year 0, from, to] of the newest count; of the same month the exact one."""
    found: list[tuple[int, bool, int, int]] = []
    for name in _COUNTS:
        own = name[0].lower() + name[1:]
        for count in (_dict(metadata.get(f"nyeste{name}")), *map(_dict, _list(record.get(own)))):
            year, month = _whole(count.get("aar")), _whole(count.get("maaned"))
            quarter = _whole(count.get("kvartal"))
            if year is None or not 1900 <= year <= 2200:
                continue
            last = year * 12 + (month if month is not None else quarter * 3 if quarter is not None else 12)
            exact = _whole(count.get("antalAnsatte"))
            interval = _INTERVAL.fullmatch(text(count.get("intervalKodeAntalAnsatte")))
            if exact is not None and 0 <= exact < 10_000_000:
                found.append((last, True, exact, exact))
            elif interval:
                found.append((last, False, int(interval[1]), int(interval[2] or OPEN_END)))
    if not found:
        return None
    month, _exact, low, high = max(found)
    return [month, low, high]


def _attribute(record: Told, kind: str) -> list[str]:
    """Return the values in force of an attribute, in the order of their sequence."""
    wanted = unicodedata.normalize("NFC", kind)
    found = [
        (_whole(attribute.get("sekvensnr")) or 0, _told(value, "vaerdi"))
        for attribute in map(_dict, _list(record.get("attributter")))
        if unicodedata.normalize("NFC", text(attribute.get("type"))) == wanted
        for value in _in_force(attribute, "vaerdier")
    ]
    return [value for _sequence, value in sorted(found) if value]


def _in_force(record: Told, name: str) -> Iterator[Told]:
    """Yield the entries of a list whose period has no end."""
    for entry in map(_dict, _list(record.get(name))):
        if entry and not _day(_dict(entry.get("periode")).get("gyldigTil")):
            yield entry


def _newest(record: Told, name: str) -> Told:
    entries = [entry for entry in map(_dict, _list(record.get(name))) if entry]
    return max(entries, key=lambda entry: _day(_dict(entry.get("periode")).get("gyldigFra")), default={})


def _current(record: Told, name: str) -> Told:
    """Return the newest entry in force; when none is, the newest of all: what was last known of a unit that ceased."""
    in_force = list(_in_force(record, name))
    return _newest({name: in_force} if in_force else record, name)


def text(value: Any) -> str:
    """Return a text or number as text; anything else is not told."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str):
        return value[:_LONGEST].strip()
    return str(value)[:40] if isinstance(value, int | float | Decimal) else ""


def _told(entry: Told, name: str) -> str:
    return text(entry.get(name))


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return int(value) if -_MOST < value < _MOST else None  # also false for what is no number at all


def _day(value: Any) -> str:
    """Return a day as yyyy-mm-dd; blank for anything else."""
    start = value[:10] if isinstance(value, str) else ""
    if not _DAY.fullmatch(start):
        return ""
    try:
        return date.fromisoformat(start).isoformat()
    except ValueError:
        return ""


def _cvr(number: str) -> str:
    return number.zfill(8) if number.isascii() and number.isdigit() else number


def _dict(value: Any) -> Told:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
