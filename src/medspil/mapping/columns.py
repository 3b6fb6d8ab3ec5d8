"""Which columns a file of resources may have, by which headings they are known, and how a row is understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from medspil.catalogue.vocabulary import Entry, vocabulary
from medspil.common.reading.headings import key
from medspil.language import fold
from medspil.mapping.drafts import LONGEST_NAME, NOTHING_CHOSEN, Choices, Chosen, Draft, Sentence
from medspil.mapping.kinds import kind_in, kind_said
from medspil.mapping.models import HowGiven, Scope
from medspil.mapping.pasting import NO_KIND, NO_NAME
from medspil.mapping.phones import is_phone
from medspil.mapping.services.resources import ConsentSaid
from medspil.register import placing


@dataclass(frozen=True, slots=True)
class Column:
    """One fact that a file may hold, and headings by which it is known, best first."""

    field: str
    label: "str | Promise"
    names: tuple[str, ...]


_LIST: tuple[tuple[str, "str | Promise", str], ...] = (
    ("name", _("Name"), "navn ressource titel forening organisation name resource title"),
    ("kind", _("Kind"), "slags type kategori art kind category"),
    ("address", _("Where"), "sted adresse hvor lokation place address where"),
    ("postcode", _("Postal code"), "postnr postnummer postcode zip"),
    ("city", _("Town"), "by bynavn postdistrikt city town"),
    ("latitude", _("Latitude, or north in metres"), "bredde breddegrad lat latitude y nord nordwgs84 northwgs84"),
    (
        "longitude",
        _("Longitude, or east in metres"),
        "længde længdegrad lon lng long longitude x øst østwgs84 eastwgs84",
    ),
    (
        "can_do",
        _("What it can do"),
        "kan kandet beskrivelse aktiviteter tilbud hvad description what hvaddenkan hvadkande hvadkan hvaddekan "
        "whatitcando whatcantheydo",
    ),
    ("kinds", _("What it can bring"), "kompetencer ressourcetyper bidrag competences kanbidragemed canbring"),
    ("themes", _("Themes"), "tema temaer emner theme themes"),
    ("target_groups", _("For whom"), "målgruppe målgrupper forhvem targetgroup audience forwhom"),
    ("when", _("When"), "hvornår tid tidspunkt åbningstid åbningstider when hours"),
    ("source", _("Where we know it from"), "kilde source"),
    (
        "confirmed_on",
        _("Last confirmed"),
        "bekræftet senestbekræftet opdateret confirmed updated sidstbekræftet lastconfirmed",
    ),
    ("contact", _("Contact person"), "kontakt kontaktperson kontaktnavn formand contact contactperson"),
    ("phone", _("Telephone"), "telefon tlf mobil phone mobile"),
    ("email", _("E-mail"), "email mail epost"),
    ("consent", _("Consent of a person: said or written"), "samtykke consent"),
    ("consent_on", _("Consent given on"), "samtykkedato samtykkeden consentdate"),
)
COLUMNS = tuple(Column(field, label, tuple(names.split())) for field, label, names in _LIST)
BY_FIELD = {column.field: column for column in COLUMNS}
REQUIRED = ("name",)
EXAMPLE = "Navn;Slags;Sted"
MOST_PARTS = 5  # so many pieces a name with commas may have
_KNOWN = frozenset(name for column in COLUMNS for name in column.names)
_SAID = {"mundtligt": HowGiven.SAID, "sagt": HowGiven.SAID, "said": HowGiven.SAID, "ja": HowGiven.SAID,
         "skriftligt": HowGiven.WRITTEN, "skrevet": HowGiven.WRITTEN, "written": HowGiven.WRITTEN}  # fmt: skip


def people_left_out(number: int) -> str:
    """Return the line under our own files that tells how many people are not in them."""
    return ngettext(
        "%(number)d person is left out: not agreed to be named in files.",
        "%(number)d people are left out: not agreed to be named in files.",
        number,
    ) % {"number": number}


def _tells_who_is_left_out(name: str) -> bool:
    """Whether a line is that one, in whichever language the file was made."""
    number = name.split(" ", 1)[0]
    if not (number.isascii() and number.isdigit() and len(number) < 7):
        return False
    for language, _name in settings.LANGUAGES:
        with override(language):
            if name == people_left_out(int(number)):
                return True
    return False


def known(heading: str) -> bool:
    """Return whether a heading is one we know."""
    return key(heading) in _KNOWN


def propose(header: Sequence[str]) -> dict[str, str]:
    """Return {field: heading} for headings we know; each is used once."""
    by_key: dict[str, str] = {}
    for heading in header:
        by_key.setdefault(key(heading), heading)
    found: dict[str, str] = {}
    for column in COLUMNS:
        match = next((by_key[name] for name in column.names if name in by_key), None)
        if match is not None and match not in found.values():
            found[column.field] = match
    return found


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one file are understood."""

    columns: Mapping[str, str]
    header: Sequence[str]
    choices: Choices = NOTHING_CHOSEN
    source: str = ""

    def draft(self, row: int, cells: Sequence[str]) -> Draft:
        """Return one row as it is understood, with what somebody chose where it does not say it, or left out."""
        chosen = self.choices.rows.get(row) or Chosen()
        draft = self._understood(row, cells, chosen)
        if chosen.leave_out and not draft.left_out:
            return replace(draft, problem="", left_out=_("You have left this row out."))
        return draft

    def _understood(self, row: int, cells: Sequence[str], chosen: Chosen) -> Draft:
        told = {field: self._cell(field, cells) for field in self.columns}

        def said(field: str) -> str:
            return told.get(field, "")

        text = "; ".join(cell.strip() for cell in cells if cell.strip())
        if _tells_who_is_left_out(said("name")):
            return Draft(row, text, left_out=_("This row of the file tells whom it leaves out; it is no resource."))
        problem: Sentence = ""
        asks_name = not 0 < len(said("name")) <= LONGEST_NAME
        name = (chosen.name if asks_name else "") or said("name")
        word = said("kind")
        own_kind = kind_said(word)
        asks_kind = not own_kind and bool(word or not kind_in(name))
        kind = own_kind or (chosen.kind or self.choices.by_word.get(fold(word), "") if asks_kind else "")
        if not name:
            problem = NO_NAME
        elif word and not kind:
            problem = _("We do not know the kind in this row. Write person, association, institution, company, "
                        "place, local economy or story.")  # fmt: skip
        kind = kind or kind_in(name) or self.choices.default_kind
        notes: list[Sentence] = []
        facts = self._facts(said, notes)
        consent = self._consent(said)
        contact = self._contact(said, notes)
        return Draft(
            row, text, name, kind, _place(said), facts, _point(said), consent, contact,
            problem or ("" if kind else NO_KIND), tuple(notes), asks_kind=asks_kind,
            kind_word=word if asks_kind else "", chosen_kind=chosen.kind if asks_kind else "",
            asks_name=asks_name, chosen_name=chosen.name if asks_name else "",
        )  # fmt: skip

    def _cell(self, field: str, cells: Sequence[str]) -> str:
        at = self.header.index(self.columns[field])
        return " ".join(cells[at].replace("\x00", "").split()) if at < len(cells) else ""

    def _facts(self, said: Callable[[str], str], notes: list[Sentence]) -> dict[str, Any]:
        facts: dict[str, Any] = {name: said(name) for name in ("can_do", "when", "source") if said(name)}
        tables: dict[str, Mapping[str, Entry]] = {
            "kinds": vocabulary().resource_kinds,
            "themes": vocabulary().themes,
            "target_groups": vocabulary().target_groups,
        }
        for field, table in tables.items():
            codes, unknown = _codes(said(field), table)
            if codes:
                facts[field] = codes
            if unknown:
                notes.append(_("Left out, as the list does not have it: %(words)s.") % {"words": ", ".join(unknown)})
        if said("confirmed_on"):
            if day := _day(said("confirmed_on")):
                facts["confirmed_on"] = day
            else:
                notes.append(_("The day of the last confirmation was not understood and is left out."))
        return facts

    def _consent(self, said: Callable[[str], str]) -> ConsentSaid | None:
        how, day = _SAID.get(fold(said("consent"))), _day(said("consent_on"))
        if how is None or day is None:
            return None
        scope = frozenset({Scope.ON_MAP, Scope.BY_CONTACT} if said("phone") or said("email") else {Scope.ON_MAP})
        return ConsentSaid(how=how, given_on=day, scope=scope)

    def _contact(self, said: Callable[[str], str], notes: list[Sentence]) -> dict[str, str]:
        phone, email = said("phone")[:20], said("email").lower()
        if not (phone or email):
            return {}
        if not self.choices.purpose:
            notes.append(_("Telephone and e-mail are left out: say first what they may be used for."))
            return {}
        if email and not _is_email(email):
            notes.append(_("The e-mail address was not understood and is left out."))
            email = ""
        if phone and not is_phone(phone):
            notes.append(_("The telephone number was not understood and is left out."))
            phone = ""
        told = {"name": said("contact")[:120], "phone": phone, "email": email}
        return told | {"source": self.source[:200], "purpose": self.choices.purpose[:200]} if phone or email else {}


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _place(said: Callable[[str], str]) -> str:
    town = " ".join(part for part in (said("postcode"), said("city")) if part)
    return ", ".join(part for part in (said("address"), town) if part)


def _point(said: Callable[[str], str]) -> tuple[float, float] | None:
    try:
        north, east = (float(said(name).replace(",", ".")) for name in ("latitude", "longitude"))
    except ValueError:
        return None
    return placing.point(east, north)


def _codes(text: str, table: Mapping[str, Entry]) -> tuple[list[str], list[str]]:
    """Return the codes of names in a cell, and the words that name none."""
    names = _names(tuple(table.values()))
    codes: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (part.strip() for part in text.replace("|", ";").replace("/", ";").split(";"))):
        for piece in _pieces(word, names):
            if code := names.get(fold(piece)):
                codes.append(code)
            elif piece:
                unknown.append(piece)
    return list(dict.fromkeys(codes)), unknown


def _pieces(text: str, names: Mapping[str, str]) -> list[str]:
    """Cut a text at its commas, but not within a name that has one: the longest name that is known counts."""
    parts = [part.strip() for part in text.split(",")]
    found: list[str] = []
    while parts:
        ends = range(min(len(parts), MOST_PARTS), 1, -1)
        end = next((end for end in ends if fold(", ".join(parts[:end])) in names), 1)
        found.append(", ".join(parts[:end]))
        parts = parts[end:]
    return found


@cache
def _names(entries: tuple[Entry, ...]) -> dict[str, str]:
    return {fold(name): one.code for one in entries for name in (one.code, one.name_da, one.name_en)}


def _day(text: str) -> date | None:
    """Return the day that a cell says, as ISO or as Danes write it."""
    parts = text.replace(".", "-").replace("/", "-").split(" ")[0].split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    first, month, last = (int(part) for part in parts)
    year, day = (first, last) if len(parts[0]) == 4 else (last, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
