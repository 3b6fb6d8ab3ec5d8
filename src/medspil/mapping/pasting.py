"""Reads a pasted list: one resource a line, "name; kind; place" in whatever form people write it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from medspil.geography.places import places_named
from medspil.geography.streets import street_key
from medspil.language import fold
from medspil.mapping.drafts import Draft
from medspil.mapping.kinds import kind_in, kind_named, kind_said

_BULLET = re.compile(r"^\s*(?:[-*•–·]\s+|\d{1,3}[.)]\s+)")
_STRONG = (";", "\t", "|")
_WEAK = (" – ", " - ", " — ", ", ")
_HEADINGS = frozenset(
    "navn name type slags kind sted place adresse address hvor where hvad ressource resource titel beskrivelse".split()
)
NO_NAME = _("There is no name in this row.")
NO_KIND = _("Say which kind it is, as in “Nordklubben; forening; Vejle”, or choose one for all rows.")


def understand(text: str, *, default_kind: str = "") -> list[Draft]:
    """Return the lines of a list as they are understood; `default_kind` is for those that do not say their kind.

    Blank lines and a heading are left out; lines keep the number they have in the text.
    """
    found: list[Draft] = []
    for number, raw in enumerate(text.replace("\x00", "").splitlines(), start=1):
        line = _BULLET.sub("", raw).strip()
        if not line or not re.search(r"\w", line):
            continue
        if not found and _is_heading(line):
            continue
        found.append(_draft(number, line, default_kind))
    return found


def with_kinds(drafts: Iterable[Draft], kinds: Mapping[tuple[int, str], str]) -> list[Draft]:
    """Return the lines with the kinds that somebody said of those that do not say theirs, by number and text."""
    return [
        replace(draft, kind=kind, chosen_kind=kind, problem="")
        if draft.asks_kind and (kind := kinds.get((draft.line, draft.text), ""))
        else draft
        for draft in drafts
    ]


def _draft(number: int, line: str, default_kind: str) -> Draft:
    pieces = _pieces(line)
    at, kind = _kind_among(pieces)
    rest = [piece for place, piece in enumerate(pieces) if place != at]
    name = " ".join(rest[0].split()) if rest else ""
    if not name:
        return Draft(number, line, kind=kind, problem=NO_NAME)
    said = kind or kind_in(name)
    kind = said or default_kind
    place, more = _place_and_more(rest[1:])
    facts = {"can_do": more} if more else {}
    return Draft(number, line, name, kind, place, facts, problem="" if kind else NO_KIND, asks_kind=not said)


def _pieces(line: str) -> list[str]:
    """Cut a line where it says that something new begins; by commas and dashes only when there is no clearer sign."""
    sign = next((sign for sign in _STRONG if sign in line), "")
    if sign:
        return [piece.strip(" \"'“”") for piece in line.split(sign) if piece.strip(" \"'“”")]
    pieces = [line]
    for weak in _WEAK:
        pieces = [part for piece in pieces for part in piece.split(weak)]
    return [piece.strip(" ,\"'“”") for piece in pieces if piece.strip(" ,\"'“”")]


def _kind_among(pieces: list[str]) -> tuple[int, str]:
    """Return where the kind stands and which it is: (-1, "") when no piece says one."""
    for at, piece in enumerate(pieces):
        if (kind := kind_named(piece)) and (at or len(pieces) > 1):
            return at, kind
    # "Klubben; boldklub; Vejle": not the first, which is a name, nor one that is a place.
    for at, piece in enumerate(pieces[1:], start=1):
        if (kind := kind_said(piece)) and not re.search(r"\d", piece):
            return at, kind
    return -1, ""


def _place_and_more(pieces: list[str]) -> tuple[str, str]:
    """Return the place and what else is said: the first piece is the place unless only a later one looks like it."""
    if not pieces:
        return "", ""
    looks = [at for at, piece in enumerate(pieces) if _is_place(piece)]
    first = looks[0] if looks else 0
    end = first + 1
    while end < len(pieces) and end in looks:
        end += 1
    return ", ".join(pieces[first:end]), "; ".join(_others(pieces, first, end))


def _others(pieces: list[str], first: int, end: int) -> Iterator[str]:
    yield from pieces[:first]
    yield from pieces[end:]


def _is_place(piece: str) -> bool:
    """Tell whether a piece has a house number, a postal code or a position in it, or is a town."""
    if re.search(r"[^\W\d_]\s+\d{1,3}\s?[a-zA-Z]?\b", piece) or re.search(r"\b\d{4}\b", piece):
        return True
    if re.fullmatch(r"-?\d+[.,]\d+[ ,]+-?\d+[.,]\d+", piece):
        return True
    return any(street_key(town.name) == street_key(piece) for town in places_named(piece))


def _is_heading(line: str) -> bool:
    words = [fold(piece) for piece in _pieces(line)]
    return len(words) > 1 and all(word in _HEADINGS for word in words)
