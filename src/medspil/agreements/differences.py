"""What differs between two texts, word by word, in pieces that a page marks up and that read aloud in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row with one fate."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Return the pieces of which both texts consist, what was taken out before what was added.

    Without what was added they spell the old text, without what was taken out the new one.

    Examples
    --------
    >>> [(one.change.value, one.text) for one in word_diff("to timer om ugen", "tre timer om ugen")]
    [('taken_out', 'to'), ('added', 'tre'), ('same', ' timer om ugen')]
    """
    before, after = _words(old), _words(new)
    return list(_joined(_pieces(before, after)))


def _words(text: str) -> list[str]:
    """Return words, runs of blanks and signs one by one: a comma that moved is no changed word."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for what, old_from, old_to, new_from, new_to in found:
        if what == "equal":
            yield Piece(Change.SAME, "".join(before[old_from:old_to]))
            continue
        yield Piece(Change.TAKEN_OUT, "".join(before[old_from:old_to]))
        yield Piece(Change.ADDED, "".join(after[new_from:new_to]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield pieces with words between two changes left out where they are blanks alone: three marks are one."""
    shown = [one for one in pieces if one.text]
    at = 0
    while at < len(shown):
        out, added = "", ""
        while at < len(shown) and (shown[at].change is not Change.SAME or _only_blank_between(shown, at, out, added)):
            one = shown[at]
            out += one.text if one.change is not Change.ADDED else ""
            added += one.text if one.change is not Change.TAKEN_OUT else ""
            at += 1
        if out:
            yield Piece(Change.TAKEN_OUT, out)
        if added:
            yield Piece(Change.ADDED, added)
        if at < len(shown):
            yield shown[at]
            at += 1


def _only_blank_between(shown: list[Piece], at: int, out: str, added: str) -> bool:
    """Tell whether a piece that stayed is one blank between two changes."""
    inside = bool(out or added) and at + 1 < len(shown) and shown[at + 1].change is not Change.SAME
    return inside and shown[at].text.isspace() and "\n" not in shown[at].text
