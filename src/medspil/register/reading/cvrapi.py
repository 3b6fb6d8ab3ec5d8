"""Reads the answer of cvrapi.dk (version 6) about one company with its places of work. The owners are never read."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from medspil.common.reading.packed import first_bytes, is_packed
from medspil.common.reading.problems import UnreadableFile
from medspil.register.reading.bundle import Bundle, Row, SourceFile
from medspil.register.reading.layout import Layout
from medspil.register.reading.tally import Tally

KIND = "cvrapi"
HEADER = (
    "number", "cvr", "name", "company_name", "company_form", "industry", "industry_text", "code_system", "address",
    "postcode", "city", "employees", "started_on", "ended_on", "status", "protected", "phone", "email",
)  # fmt: skip
MOST_BYTES = 8 << 20  # the largest companies have some thousand units
_LOOKED_AT = 1 << 16
_DB07_ONLY = "45"
_LONGEST = 2_000
_TRUE = (True, 1, "1", "true")


def recognises(file: SourceFile) -> bool:
    """Return whether a file is such an answer, with a company or with an error."""
    try:
        start = b"" if is_packed(file.path) else first_bytes(file.path, _LOOKED_AT)
    except (UnreadableFile, OSError):
        return False
    answer = b'"vat"' in start and (b'"productionunits"' in start or b'"companycode"' in start)
    error = b'"error"' in start and b'"version"' in start
    return answer or (error and start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{")


def look(bundle: Bundle) -> Layout:
    """Say which fields an answer tells. Raises `UnreadableFile` when it tells of an error instead of a company."""
    for file in bundle:
        companies_in(_content(file), name=file.name)
    return Layout(kind=KIND, encoding="utf-8", delimiter="", header=HEADER, day_first=True, silent_is_protected=True)


def rows(bundle: Bundle, layout: Layout, tally: Tally) -> Iterator[Row]:
    """Yield (row, cells) for each place of work."""
    row = 0
    for file in bundle:
        for company in companies_in(_content(file), name=file.name):
            for cells in unit_rows(company, tally):
                row += 1
                yield row, cells
    tally.share = 1.0


def companies_in(content: bytes, *, name: str) -> list[dict[str, Any]]:
    """Return the companies of an answer. Raises `UnreadableFile`."""
    try:
        answer = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            _("%(file)s is not the JSON it should be, or it breaks off. Fetch it again.") % {"file": name}
        ) from error
    found = [one for one in (answer if isinstance(answer, list) else [answer]) if isinstance(one, dict)]
    told = next((_text(one.get("error")) for one in found if one.get("error")), "")
    if told or not any("vat" in one for one in found):
        raise UnreadableFile(
            _("%(file)s holds no company, only this message: %(message)s") % {"file": name, "message": told or "–"}
        )
    return [one for one in found if "vat" in one]


def unit_rows(company: dict[str, Any], tally: Tally) -> Iterator[list[str]]:
    """Yield the cells of each place of work of a company."""
    units = [unit for unit in _list(company.get("productionunits")) if isinstance(unit, dict)]
    tally.add("participants_skipped", len(_list(company.get("owners"))))
    if not units:
        tally.add("company_without_units", example=_text(company.get("vat")))
    for unit in units:
        yield [_cells(unit, company, tally)[field] for field in HEADER]


def _cells(unit: dict[str, Any], company: dict[str, Any], tally: Tally) -> dict[str, str]:
    industry = _text(unit.get("industrycode")) or _text(company.get("industrycode"))
    guards = [guard for guard in (unit.get("protected"), company.get("protected")) if guard is not None]
    cells = {
        "number": _text(unit.get("pno")),
        "cvr": _text(company.get("vat")).zfill(8) if company.get("vat") else "",
        "name": _text(unit.get("name")) or _text(company.get("name")),
        "company_name": _text(company.get("name")),
        "company_form": _text(company.get("companycode")),
        "industry": industry.zfill(6) if industry.isdigit() else "",
        "industry_text": _text(unit.get("industrydesc")) or _text(company.get("industrydesc")),
        "code_system": "DB07" if industry.zfill(6).startswith(_DB07_ONLY) else "DB25",
        "address": _text(unit.get("address")),
        "postcode": _text(unit.get("zipcode")),
        "city": _text(unit.get("city")),
        "employees": _text(unit.get("employees")),
        "started_on": _text(unit.get("startdate")),
        "ended_on": _text(unit.get("enddate")) or _text(company.get("enddate")),
        "status": "under konkurs" if company.get("creditbankrupt") in _TRUE else "",
        "protected": "1" if not guards or any(guard in _TRUE for guard in guards) else "0",
        "phone": _text(unit.get("phone")) or _text(company.get("phone")),
        "email": _text(unit.get("email")) or _text(company.get("email")),
    }
    if not cells["ended_on"]:
        tally.add("employment_unknown", int(not cells["employees"]))
        tally.add("industry_missing", int(not cells["industry"]))
        tally.add("protection_unknown", int(not guards))
    return cells


def _content(file: SourceFile) -> bytes:
    if file.path.stat().st_size > MOST_BYTES:
        raise UnreadableFile(_("%(file)s is far too large to be the answer about one company.") % {"file": file.name})
    return file.path.read_bytes()


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return value[:_LONGEST].strip() if isinstance(value, str) else str(value)[:40]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
