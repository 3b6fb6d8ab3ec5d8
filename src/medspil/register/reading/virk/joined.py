"""Makes one row of a unit and its company, under the names of our own fields, and counts what was noticed.

The rules are those of the Datafordeler download: a unit whose company has ceased has ceased, protection of either is
protection, a count of employees that is years old tells nothing.
"""

from typing import Any

from medspil.register.reading.datafordeler.joined import EMPLOYMENT_KEPT_YEARS, FIRST_DAY_OF_DB25
from medspil.register.reading.tally import Tally
from medspil.register.reading.virk.facts import OPEN_END, Told

_OWN = (
    "number", "cvr", "name", "industry", "industry_text", "code_system", "address", "address_id", "postcode", "city",
    "municipality", "employees_from", "employees_to", "started_on", "ended_on", "status", "protected",
)  # fmt: skip
# Contact points stand here: whether they may be kept depends on the company's form.
_SHARED = ("company_name", "company_form", "purpose", "social_enterprise", "phone", "email", "website")
_GONE = ("ophørt", "opløst", "tvangsopløst", "slettet", "ikke i drift")
_DB07_ONLY = "45"  # a division that the later edition no longer has


def heading(*, companies: bool) -> tuple[str, ...]:
    """Return the fields these files can tell: what they do not tell is not overwritten in the register."""
    return _OWN + (_SHARED if companies else ())


class Joiner:
    """Makes rows, and knows the newest day any record was written: that is what "today" means in these files."""

    def __init__(self, header: tuple[str, ...], tally: Tally) -> None:
        self.header, self.tally = header, tally
        self.day = ""

    def saw(self, day: str) -> None:
        """Take notice of the day a record was written."""
        self.day = max(self.day, day)

    def has_ceased(self, told: Told) -> bool:
        """Return whether a unit or company had ceased when its record was written."""
        status = str(told["status"]).lower()
        return bool(told["ended"] and told["ended"] <= (told["day"] or self.day)) or status.startswith(_GONE)

    def cells(self, number: str, unit: Told, company: Told | None) -> list[str]:
        """Return the cells of one unit."""
        row = self._life(unit, company) | self._counted(unit, company) | self._protection(unit, company)
        row |= {name: unit.get(name, "") for name in ("industry", "industry_text", "cvr")}
        row |= {name: unit.get(name, "") for name in ("address", "address_id", "postcode", "city", "municipality")}
        shared = company or {}
        row |= {
            "number": number,
            "name": unit["name"] or shared.get("name", ""),
            "code_system": self._code_system(unit),
            "started_on": unit["started"],
            "company_name": shared.get("name", ""),
            "company_form": shared.get("company_form", ""),
            "purpose": shared.get("purpose", ""),
            "social_enterprise": "1" if shared.get("social_enterprise") else "0",
            **{name: unit.get(name) or shared.get(name, "") for name in ("phone", "email", "website")},
        }
        if row["status"] != _GONE[0]:
            self._count(unit, company, row)
        return [str(row[name]) for name in self.header]

    def _life(self, unit: Told, company: Told | None) -> dict[str, str]:
        if self.has_ceased(unit):
            return {"status": _GONE[0], "ended_on": unit["ended"]}
        if company is not None and self.has_ceased(company):
            self.tally.add("company_ceased")
            return {"status": _GONE[0], "ended_on": company["ended"]}
        own, firm = str(unit["status"]), str(company["status"]) if company else ""
        troubled = firm if firm.lower().startswith("under ") else own
        return {"status": troubled or "aktiv", "ended_on": unit["ended"]}

    def _counted(self, unit: Told, company: Told | None) -> dict[str, str]:
        """Return how many work there; all of a company's people when it has no other unit."""
        tellers = [unit, company] if company and company["units"] == 1 else [unit]
        found = [told["counted"] for told in tellers if told and told["counted"]]
        if not found:
            return {"employees_from": "", "employees_to": ""}
        month, low, high = max(found, key=lambda counted: int(counted[0]))
        if self.day and month < (int(self.day[:4]) - EMPLOYMENT_KEPT_YEARS) * 12 + int(self.day[5:7]):
            return {"employees_from": "", "employees_to": "", "old": "1"}
        return {"employees_from": str(low), "employees_to": "" if high >= OPEN_END and high != low else str(high)}

    def _protection(self, unit: Told, company: Told | None) -> dict[str, str]:
        told = [unit["protected"], company["protected"] if company else None]
        known = [one for one in told if one is not None]
        return {"protected": "1" if any(known) or not known else "0", **({} if known else {"silent": "1"})}

    def _code_system(self, unit: Told) -> str:
        """Return the edition of the industry code: every code in force was given anew on the first day of the later."""
        day = unit["industry_since"] or unit["ended"] or self.day
        return "DB07" if (day and day < FIRST_DAY_OF_DB25) or str(unit["industry"]).startswith(_DB07_ONLY) else "DB25"

    def _count(self, unit: Told, company: Told | None, row: dict[str, Any]) -> None:
        """Count what was noticed, of the units in business."""
        noticed = {
            "unit_without_company": company is None and "company_name" in self.header,
            "unit_without_name": not unit["name"],
            "foreign_address": bool(unit.get("abroad")),
            "address_missing": not (unit.get("abroad") or row["address"] or row["postcode"]),
            "employment_unknown": not row["employees_from"],
            "employment_old": "old" in row,
            "industry_missing": not row["industry"],
            "code_system_db07": bool(row["industry"]) and row["code_system"] == "DB07",
            "code_system_db25": bool(row["industry"]) and row["code_system"] == "DB25",
            "protection_unknown": "silent" in row,
        }
        for code, seen in noticed.items():
            self.tally.add(code, int(seen))
