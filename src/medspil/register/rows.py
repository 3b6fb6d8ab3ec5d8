"""Checks one row of a file and turns it into facts of a unit. All rules about rows stand here, one function each."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from medspil.register import cells, placing
from medspil.register.forms import form_code, is_one_person
from medspil.register.models import CodeSystem, PointQuality, UnitFacts, UnitStatus
from medspil.register.notes import Note
from medspil.register.people import WITHOUT_PEOPLE, address_without_person, without_person
from medspil.register.reading.layout import XLSX, Layout
from medspil.register.reading.tally import Tally
from medspil.register.remembered import Facts, Remembered
from medspil.register.statuses import status_of

# Texts are cut to what their columns hold; numbers and codes are read whole and must fit by themselves.
_TEXTS = ("name", "company_name", "industry_text", "address", "city")
LONGEST: dict[str, int] = {
    field.name: field.max_length
    for field in UnitFacts._meta.fields
    if field.name in _TEXTS and field.max_length is not None
} | {"purpose": 4_000, "street": 150}
_QUALITIES = {PointQuality.ADDRESS, PointQuality.STREET, PointQuality.POSTCODE}
_CONTACT: dict[str, Callable[[str], str]] = {
    "phone": cells.phone,
    "email": cells.email,
    "website": cells.website,
}


class Checked(NamedTuple):
    """A row after the check: facts (None when it is rejected), its number (0 when unreadable) and the notes."""

    number: int
    facts: Facts | None
    notes: list[Note]


class RowChecker:
    """Checks the rows of one file with one mapping.

    The facts hold only what the file has columns for: what a source does not tell is not overwritten.
    """

    def __init__(
        self, *, layout: Layout, columns: Mapping[str, str], source_date: date, tally: Tally | None = None
    ) -> None:
        self.layout = layout
        self.tally = tally or Tally()
        self.source_date = source_date
        self.width = len(layout.header)
        places = {heading: at for at, heading in enumerate(layout.header)}
        self.at = {field: places[heading] for field, heading in columns.items() if heading in places}
        self._raw: list[str] = []
        self._notes: list[Note] = []
        self._same_name = "company_name" not in self.at or self.at["company_name"] == self.at.get("name")
        life = Remembered(self._life, ("started_on", "ended_on", "status"), self.at)
        self._life_of = life.of
        parts = (
            Remembered(self._form, ("company_form",), self.at),
            Remembered(self._trade, ("industry", "industry_text", "code_system"), self.at),
            Remembered(self._area, ("postcode", "city", "municipality", "municipality_name"), self.at),
            Remembered(self._size, ("employees", "employees_from", "employees_to"), self.at),
            Remembered(self._flags, ("protected", "social_enterprise"), self.at),
            life,
        )
        self._parts = [part.of for part in parts if part.told]

    def number_of(self, row: list[str]) -> int:
        """Return only the P-number of a row, 0 when it cannot be read."""
        at = self.at["number"]
        if at >= len(row):
            return 0
        text = row[at]
        if len(text) == 10 and text.isascii() and text.isdigit() and text[0] != "0":  # as nearly all of them are
            return int(text)
        try:
            return cells.unit_number(cells.clean(text))
        except cells.Unfit:
            return 0

    def has_ceased(self, row: list[str]) -> bool:
        """Return only whether a row of the right width tells of a unit that has ceased."""
        if len(row) != self.width:
            return False
        self._raw, self._notes = row, []
        return bool(self._life_of(row, self._notes).get("status") == UnitStatus.CEASED)

    def check(self, row: list[str]) -> Checked:
        """Check one row. Never raises: what is wrong becomes a note."""
        self._notes = []
        if len(row) < self.width:
            if self.layout.kind != XLSX:
                return self._rejected("", "too_few_cells", f"{len(row)}/{self.width}")
            row = row + [""] * (self.width - len(row))
        elif any(cell.strip() for cell in row[self.width :]):
            return self._rejected("", "too_many_cells", f"{len(row)}/{self.width}")
        self._raw = row
        number = self.number_of(row)
        if not number:
            return self._without_number()
        facts = self._names()
        if not facts["name"]:
            return Checked(number, None, [Note("name", "name_missing", "", True)])
        for facts_of in self._parts:
            facts.update(facts_of(row, self._notes))
        self._company(facts)
        self._place(facts)
        self._contact(facts)
        return Checked(number, facts, self._notes)

    def _without_number(self) -> Checked:
        text = self._text("number")
        try:
            cells.unit_number(text)
        except cells.Unfit as unfit:
            return self._rejected("number", unfit.code, text)
        raise AssertionError(text)  # number_of reads it by the same rule

    def _rejected(self, field: str, code: str, value: str) -> Checked:
        return Checked(0, None, [Note(field, code, value[:200], True)])

    def _warn(self, field: str, code: str, value: str) -> None:
        self._notes.append(Note(field, code, WITHOUT_PEOPLE.get(field, str)(value)[:200], False))

    def _text(self, field: str) -> str:
        at = self.at.get(field)
        if at is None:
            return ""
        raw = self._raw[at]
        if not raw:
            return ""
        text = cells.clean(raw)
        if (not raw.isprintable() and "\x00" in raw) or "\ufffd" in raw:
            self._warn(field, "control", text)
        longest = LONGEST.get(field, 400)
        if len(text) > longest:
            self._warn(field, "too_long", text)
            text = text[:longest].rstrip()
        return text

    def _fit(self, field: str, read: Callable[[str], Any], blank: Any) -> Any:
        text = self._text(field)
        try:
            return read(text)
        except cells.Unfit as unfit:
            self._warn(field, unfit.code if unfit.code != "code" else field, text)
            return blank

    def _names(self) -> Facts:
        alone = self._may_be_one_person()
        facts: Facts = {"name": without_person(self._text("name"), one_person=alone)}
        if not self._same_name:
            same = self._raw[self.at["company_name"]] == self._raw[self.at["name"]]
            told = facts["name"] if same else without_person(self._text("company_name"), one_person=alone)
            facts["company_name"] = told
        if not facts["name"] and self._text("name"):  # nothing but a person: any other word for the unit will do
            trade = without_person(self._text("industry_text"), one_person=alone)
            facts["name"] = facts.get("company_name") or trade
        return facts

    def _may_be_one_person(self) -> bool:
        at = self.at.get("company_form")
        return at is not None and is_one_person(form_code(cells.clean(self._raw[at])))

    def _company(self, facts: Facts) -> None:
        if "cvr" in self.at:
            facts["cvr"] = self._fit("cvr", cells.cvr_number, "")
            if facts["cvr"] and not cells.cvr_fits(facts["cvr"]):
                self._warn("cvr", "cvr_check", facts["cvr"])
        if "purpose" in self.at:
            facts["purpose"] = self._text("purpose")

    def _form(self) -> Facts:
        text = self._text("company_form")
        code = form_code(text)
        if text and not code:
            self._warn("company_form", "company_form", text)
        return {"company_form": code}

    def _trade(self) -> Facts:
        facts: Facts = {}
        if "industry" in self.at:
            facts["industry"] = self._fit("industry", cells.industry_code, "")
            facts["code_system"] = self.layout.code_system
        if "industry_text" in self.at:
            facts["industry_text"] = self._text("industry_text")
        if "code_system" in self.at and "industry" in facts:
            written = self._text("code_system").upper()
            if written in CodeSystem.values:
                facts["code_system"] = written
            elif written:
                self._warn("code_system", "code_system", written)
        return facts

    def _place(self, facts: Facts) -> None:
        if "address" in self.at:
            facts["address"] = address_without_person(self._text("address"))
        elif "street" in self.at:
            house = self._text("house_number").lstrip("0") + self._text("house_letter")
            facts["address"] = address_without_person(f"{self._text('street')} {house}".strip())
        if "address_id" in self.at:
            facts["address_id"] = self._fit("address_id", cells.uuid, "")
        spot = self._spot()
        if spot is not None:
            facts.update(x=spot.x, y=spot.y, point_quality=str(spot.quality))
        elif "x" in self.at and "postcode" not in self.at:
            facts.update(x=None, y=None, point_quality=str(PointQuality.NONE))

    def _area(self) -> Facts:
        """Return what a postal code tells: town, municipality, and its centre for rows without a point of their own."""
        facts: Facts = {}
        if "postcode" in self.at:
            facts["postcode"] = self._fit("postcode", lambda text: cells.short_code(text, 4), "")
            spot = placing.centre(facts["postcode"])
            facts |= {"x": spot.x, "y": spot.y, "point_quality": str(spot.quality)}
        code = facts.get("postcode", "")
        if "city" in self.at or code:
            facts["city"] = self._text("city") or placing.town(code)
        return facts | self._municipality(code)

    def _municipality(self, postal_code: str) -> Facts:
        if not {"municipality", "municipality_name", "postcode"} & self.at.keys():
            return {}
        given = self._fit("municipality", lambda text: cells.short_code(text, 4), "").removeprefix("0000")
        name = self._text("municipality_name")
        code, sensible = placing.municipality_code(code=given, name=name, postal_code=postal_code)
        if not sensible:
            self._warn("municipality", "municipality", given or name)
        return {"municipality": code}

    def _spot(self) -> placing.Spot | None:
        if not {"x", "y"} <= self.at.keys():
            return None
        first, second = (
            self._fit(field, lambda text: cells.decimal(text, self.layout.decimal), None) for field in ("x", "y")
        )
        if first is None or second is None or (first == 0 and second == 0):
            return None
        found = placing.point(first, second)
        if found is None:
            self._warn("x", "outside_denmark", f"{first} {second}")
            return None
        told = self._text("point_quality")
        quality = PointQuality(told) if told in _QUALITIES else PointQuality.ADDRESS
        return placing.Spot(found[0], found[1], quality)

    def _size(self) -> Facts:
        if "employees" in self.at:
            low, high = self._fit("employees", cells.employees, (None, None))
        elif "employees_from" in self.at:
            low = self._fit("employees_from", cells.employees, (None, None))[0]
            high = self._fit("employees_to", cells.employees, (None, None))[1] if "employees_to" in self.at else low
            high = None if low is None or (high is not None and (high < low or high >= 99_999)) else high
        else:
            return {}
        return {"employees_from": low, "employees_to": high}

    def _life(self) -> Facts:
        facts: Facts = {}
        for field in ("started_on", "ended_on"):
            if field in self.at:
                facts[field] = self._fit(field, lambda text: cells.day(text, day_first=self.layout.day_first), None)
        if {"status", "ended_on"} & self.at.keys():
            ended = facts.get("ended_on")
            status = self._status()
            facts["status"] = str(UnitStatus.CEASED if ended and ended <= self.source_date else status)
        return facts

    def _status(self) -> UnitStatus:
        word = self._text("status")
        found = status_of(word)
        if found is None:
            self._warn("status", "status", word)
        return found or UnitStatus.ACTIVE

    def _flags(self) -> Facts:
        facts: Facts = {}
        if "protected" in self.at:
            facts["protected"] = self._fit("protected", cells.flag, True)
        if "social_enterprise" in self.at:
            facts["social_enterprise"] = self._fit("social_enterprise", cells.flag, False)
        return facts

    def _contact(self, facts: Facts) -> None:
        """Add the contact points of a company. Those of a person are not kept, and what was kept of one is taken away;
        a file that does not tell the company form tells no contact points either."""
        told = [field for field in _CONTACT if field in self.at]
        known = "company_form" in facts
        if known and not is_one_person(facts["company_form"]):
            facts.update({field: self._fit(field, _CONTACT[field], "") for field in told})
            return
        if any(self._raw[self.at[field]] for field in told):
            self.tally.add("contact_of_person_dropped")
        if known:
            facts.update(dict.fromkeys(_CONTACT, ""))
