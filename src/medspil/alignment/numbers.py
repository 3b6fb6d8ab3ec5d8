"""How many of what a text names: “24 unge” is 24 of one stem. Rules over words alone, for comparing what people wrote.

Days, times of day, years of the calendar, ages and the numbers of houses count nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from medspil.language import WHOLE_WEIGHT, analyse

_WRITTEN: Mapping[str, int] = {
    word: number
    for words in (
        "to tre fire fem seks syv otte ni ti elleve tolv",
        "two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), 2)
}
_PASSED_OVER = frozenset("af de nye store små andre hele of the new more other whole".split())
"""Words between a number and what it counts."""
_NAMES_NO_NUMBER = frozenset("kl klokken nr nummer side fra mellem at o'clock number page from between".split())
"""Words after which a number is a time, an age or a name."""
_YEARS = frozenset(("år", "year", "years"))
_OLDEST_DURATION = 10
"""More years than this are how old somebody is."""
_CALENDAR = range(1900, 2101)
_TOKEN = re.compile(r"\d+(?:\.\d{3})+(?!\d)|\d+|[^\W\d_]+(?:['’-][^\W\d_]+)*|[.,:/–-]")


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of something, and the words that say so."""

    number: int
    stem: str
    words: str


def counted(text: str) -> Iterator[Counted]:
    """Yield what a text counts, in its order.

    Examples
    --------
    >>> [(one.number, one.words) for one in counted("Otte af de unge er med fra klokken 22, i alt 24 elever.")]
    [(8, 'Otte af de unge'), (24, '24 elever')]
    """
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        number = _number(token[0])
        if number is None or _names(tokens[max(at - 2, 0) : at], token):
            continue
        head = next((one for one in tokens[at + 1 : at + 4] if one[0].casefold() not in _PASSED_OVER), None)
        stem = _stem(head[0]) if head else ""
        if head and stem and not (stem == "år" and number > _OLDEST_DURATION):
            yield Counted(number, stem, text[token.start() : head.end()])


def _number(word: str) -> int | None:
    plain = word.replace(".", "")
    if plain.isdecimal():
        number = int(plain)
        return None if len(word) == len("2026") and number in _CALENDAR else number
    return _WRITTEN.get(word.casefold())


def _names(before: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether a number counts nothing after these words and signs: a day, a part of a sum, a time."""
    if before and before[-1].end() == token.start() and before[-1][0] in ".,/:–-":
        return True
    words = [one[0] for one in before]
    word = words[-1] if words and words[-1] != "." else words[0] if words else ""  # “kl.” is a word with a dot
    return word.casefold() in _NAMES_NO_NUMBER


def _stem(word: str) -> str:
    if word.casefold() in _YEARS:
        return "år"
    found = [one.term for one in analyse(word) if one.weight == WHOLE_WEIGHT and len(one.term) > 2]
    return found[0] if found and word[0].isalpha() else ""
