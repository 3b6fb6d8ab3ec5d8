"""The preview of a list as the page shows it: what becomes of each line, and what somebody can choose of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext

from medspil.language import fold
from medspil.mapping.drafts import Fate, Line, Preview
from medspil.web.map_marks import Mark
from medspil.web.mapping import looks, words
from medspil.web.mapping.bringing_forms import possible_kinds

FATES: dict[Fate, tuple[str | Promise, str]] = {
    Fate.NEW: (gettext_lazy("New"), "success"),
    Fate.KNOWN: (gettext_lazy("Is here already"), "info"),
    Fate.TWICE: (gettext_lazy("Stands above"), "info"),
    Fate.LEFT_OUT: (gettext_lazy("Left out"), "warning"),
    Fate.BAD: (gettext_lazy("Not understood"), "error"),
}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the preview, with the choice where it may be the same as something else."""

    line: Line
    mark: Mark
    fate: str | Promise
    badge: str
    place: str | Promise
    chosen: str
    out: bool  # whether it is chosen to be left out

    @property
    def merged_with(self) -> str:
        """Return the name of what it goes into as chosen; until something else is chosen, that is what is proposed."""
        return next((like.name for like in self.line.alike if like.target == self.chosen), "")

    @property
    def field(self) -> str:
        """Return the name of the choice of this line."""
        return f"same-{self.line.draft.line}"

    @property
    def kind_field(self) -> str:
        """Return the name of the choice of a kind, for a line that does not say its own."""
        return f"kind-{self.line.draft.line}" if self.line.draft.asks_kind else ""

    @property
    def for_all(self) -> str:
        """Return the name of the kind that it has as long as none is chosen for this very line."""
        draft = self.line.draft
        return "" if draft.problem or draft.chosen_kind or not draft.kind else str(self.mark.label)

    @property
    def name_field(self) -> str:
        """Return the name of the field of a name, for a row of a file that has none."""
        return f"name-{self.line.draft.line}" if self.line.draft.asks_name else ""

    @property
    def out_field(self) -> str:
        """Return the name of the choice to leave a row out, for those that would come in or stop the others."""
        return f"out-{self.line.draft.line}" if self.out or self.line.fate in (Fate.BAD, Fate.NEW) else ""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word that rows of a file say instead of a kind we know: a kind can be chosen for all of them at once."""

    key: str
    word: str
    number: int
    chosen: str

    @property
    def field(self) -> str:
        """Return the name of its choice."""
        return f"word-{self.key}"


def shown(preview: Preview, said: QueryDict) -> dict[str, Any]:
    """Return the preview as the page shows it: counts, and a line for each."""
    lines = [_line(line, said) for line in preview.lines]
    merged = sum(1 for one in lines if one.merged_with)
    known = len(preview.of(Fate.KNOWN)) + len(preview.of(Fate.TWICE))
    left_out = [line.draft.line for line in preview.of(Fate.LEFT_OUT)]
    return {
        "counts": _counts(preview, merged),
        "outcome": outcome(added=len(preview.of(Fate.NEW)), merged=merged, known=known, left_out=left_out),
        "lines": lines,
        "proposed": sum(1 for one in lines if one.line.proposed),
        "bad": len(preview.bad),
        "warned": len(preview.warned),
        "kinds": possible_kinds(),
        "new": len(preview.of(Fate.NEW)),
        "words": list(_words_said(preview, said)),
        "silent": sum(1 for line in preview.bad if line.draft.asks_kind and not line.draft.kind_word),
    }


def outcome(*, added: int, merged: int, known: int, left_out: Sequence[int]) -> str:
    """Return on one line what becomes of the rows, in the same words before and after; `added` are all that come in,
    `merged` are those of them that go into another and are told of as such alone."""
    numbers = added - merged, merged, known, len(left_out)
    said = (
        ngettext("%(number)d added", "%(number)d added", numbers[0]),
        ngettext("%(number)d put into another", "%(number)d put into another", numbers[1]),
        ngettext("%(number)d known already", "%(number)d known already", numbers[2]),
        ngettext("%(number)d left out (row %(rows)s)", "%(number)d left out (rows %(rows)s)", numbers[3]),
    )
    rows = ", ".join(map(str, left_out))
    pairs = [(number, one) for number, one in zip(numbers, said, strict=True) if number] or [(0, said[0])]
    return ", ".join(one % {"number": number, "rows": rows} for number, one in pairs) + "."


def _counts(preview: Preview, merged: int) -> list[tuple[str | Promise, str, int]]:
    """Return how many lines there are of each fate; those that go into another are not counted as new."""
    numbers = {fate: len(preview.of(fate)) for fate in Fate}
    numbers[Fate.NEW] -= merged
    names = {fate: name for fate, (name, _badge) in FATES.items()}
    names[Fate.NEW] = npgettext("how many of a list", "New", "New", numbers[Fate.NEW])
    counts = [(names[fate], FATES[fate][1], number) for fate, number in numbers.items() if number]
    return [*counts[:1], (_("Go into another"), "warning", merged), *counts[1:]] if merged else counts


def _words_said(preview: Preview, said: QueryDict) -> Iterator[SaidWord]:
    """Yield the words that several rows say instead of a kind we know, those of most rows first."""
    rows = [line.draft.kind_word for line in preview.lines if line.draft.kind_word]
    written = {fold(word): word for word in reversed(rows)}
    for word, number in Counter(map(fold, rows)).most_common():
        if number > 1:
            yield SaidWord(word, written[word], number, said.get(f"word-{word}", ""))


def _line(line: Line, said: QueryDict) -> ShownLine:
    fate, badge = FATES[line.fate]
    place = words.PLACE_SHORT[line.placed.quality] if line.fate is Fate.NEW else ""
    return ShownLine(
        line=line,
        mark=looks.kind_mark(line.draft.kind),
        fate=fate,
        badge=badge,
        place=place,
        chosen=said.get(f"same-{line.draft.line}", line.proposed),
        out=f"out-{line.draft.line}" in said,
    )
