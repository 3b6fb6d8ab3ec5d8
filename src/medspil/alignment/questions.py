"""What each side is asked, read from data/questions.toml: the question, a word of help and an example, twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from medspil.common.datafiles import DataError, package_text, read_tables, table_lines

SOURCE = "questions.toml"
FOCUS, RESOURCES, HORIZON, NEVER, SUCCESS = "focus", "resources", "horizon", "never", "success"
"""The questions that answers are compared by; the table may hold more."""
HORIZON_WORDS = "horizon_words"
"""What a side wants to say about the time besides; an agreement has it beside the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to choose from."""

    code: str
    name_da: str
    name_en: str

    def name(self, language: str) -> str:
        """Return its name in a language."""
        return self.name_en if language == "en" else self.name_da


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing that each side is asked."""

    code: str
    kind: str
    name_da: str
    name_en: str
    help_da: str
    help_en: str
    example_da: str
    example_en: str
    optional: bool = False
    short: bool = False
    options: tuple[Option, ...] = ()

    def name(self, language: str) -> str:
        """Return the question in a language."""
        return self.name_en if language == "en" else self.name_da

    def help(self, language: str) -> str:
        """Return the word of help in a language."""
        return self.help_en if language == "en" else self.help_da

    def example(self, language: str) -> str:
        """Return the example in a language."""
        return self.example_en if language == "en" else self.example_da

    def shown(self, answer: str, language: str) -> str:
        """Return an answer as people read it: of a choice its name, else the words themselves."""
        return next((one.name(language) for one in self.options if one.code == answer), answer)


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by their codes, in their order. Raises `DataError` with file and line."""
    text = package_text("medspil.alignment", SOURCE)
    rows = read_tables(text, source=SOURCE).get("question", [])
    found = {}
    for row, line in zip(rows, table_lines(text, "question"), strict=True):
        try:
            one = _question(row)
        except (TypeError, KeyError) as fault:
            raise DataError(source=SOURCE, line=line, field=str(row.get("code", "")), problem=str(fault)) from fault
        if one.code in found or one.kind not in ("text", "choice") or (one.kind == "choice") != bool(one.options):
            raise DataError(source=SOURCE, line=line, field=one.code, problem="is there twice, or of no known kind")
        found[one.code] = one
    if missing := {FOCUS, RESOURCES, HORIZON, NEVER, SUCCESS} - found.keys():
        raise DataError(source=SOURCE, line=1, field=sorted(missing)[0], problem="is compared and must be asked")
    return found


def _question(row: dict[str, Any]) -> Question:
    options = tuple(Option(**option) for option in row.pop("option", ()))
    return Question(**row, options=options)
