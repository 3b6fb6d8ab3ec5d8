"""What is confirmed, letter by letter: the content of a version, the one text that follows from it, and its hash.

The text has headings by code and no language, so that the same content gives the same hash wherever it is made. Lines
that people wrote are set in by two spaces: nobody can write a heading.
"""

import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from medspil.agreements.models import Agreement, FieldCode
from medspil.agreements.rows import SHAPES, Kind
from medspil.linking.deleted_sentences import heading_of
from medspil.linking.parties import name_of
from medspil.partnerships.models import Partner

FORMAT = "medspil-agreement/1"
PERSON = "–"
"""Stands for a resident who takes part as a person: her name stands in no agreement."""
Content = dict[str, Any]


def content_of(agreement: Agreement, partners: list[Partner]) -> Content:
    """Return all that a version says, with the names of those who take part as they are now."""
    link = agreement.partnership.link
    fields = {one.code: one for one in agreement.fields.all()}
    return {
        "format": FORMAT,
        "partnership": _line(agreement.partnership.name),
        "area": _line(link.area.name),
        "about": _line(link.need.title if link.need else heading_of(link)),
        "number": agreement.number,
        "changed_from": agreement.based_on.number if agreement.based_on else None,
        "starts_on": _day(agreement.starts_on),
        "ends_on": _day(agreement.ends_on),
        "look_again_on": _day(agreement.look_again_on),
        "parties": [{"key": one.pk, "name": party_name(one)} for one in partners],
        "fields": {
            code.value: {
                "text": _clean(fields[code].text) if code in fields else "",
                "rows": list(fields[code].rows) if code in fields else [],
            }
            for code in FieldCode
        },
    }


def party_name(partner: Partner) -> str:
    """Return what a partner is called in an agreement; a resident by no name."""
    resource = partner.side.resource
    return PERSON if resource is not None and resource.is_person else _line(name_of(partner.side))


def canonical(content: Mapping[str, Any]) -> str:
    """Return the text that the hash is taken of: NFC, one line feed, no blanks at the ends of lines."""
    names = {one["key"]: one["name"] for one in content["parties"]}
    lines = [str(content["format"])]
    for name in ("partnership", "area", "about", "number", "changed_from", "starts_on", "ends_on", "look_again_on"):
        value = content[name]
        lines.append(f"{name}: {'' if value is None else value}")
    lines.append("[parties]")
    lines += [f"  {one['key']}: {one['name']}" for one in content["parties"]]
    for code in FieldCode:
        field = content["fields"][code.value]
        lines.append(f"[{code.value}]")
        lines += [f"  {_row(code, row, names)}" for row in field["rows"]]
        lines += [f"  {line}" for line in str(field["text"]).splitlines()]
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines) + "\n")


def digest(text: str) -> str:
    """Return the SHA-256 of a canonical text."""
    return sha256(text.encode("utf-8")).hexdigest()


def _row(code: FieldCode, row: Mapping[str, Any], names: Mapping[int, str]) -> str:
    parts = []
    for col in SHAPES[code]:
        value = row.get(col.name)
        if value in (None, ""):
            continue
        shown = names.get(value, value) if col.kind is Kind.PARTNER else value
        parts.append(f"{col.name}: {shown}")
    return f"- {' | '.join(parts)}"


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _line(text: str) -> str:
    """Return a text on one line: what stands beside a name must not be able to look like a heading."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _clean(text: str) -> str:
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines).strip())
