"""Where the words of sides differ: rules over texts, without records. A proposal for people; words, not meaning.

Only what carries something is proposed: times, numbers, and what one promises or is glad of and another does not want.
That a side writes words that no other has is how people write, and is proposed to nobody.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from medspil.alignment.models import DifferenceKind
from medspil.alignment.numbers import counted
from medspil.alignment.questions import FOCUS, HORIZON, HORIZON_WORDS, NEVER, RESOURCES, SUCCESS
from medspil.catalogue.vocabulary import vocabulary
from medspil.language import WHOLE_WEIGHT, analyse
from medspil.linking.words import SAYS_NOTHING

MOST_WORDS = 6
LONGEST_KEY = 80
NUMBER, PROMISED = "number", "promised"
"""How the keys begin of what is worth a word and holds nobody up."""
COUNTING = (SUCCESS, FOCUS, HORIZON_WORDS)
"""Where a number means the same for all sides; what each brings is its own."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON = """
blive få give gøre have holde kunne komme møde sige skulle stå tage ville være se god ny stor år uge måned time dag
gang del ting to tre fire fem hver flere mange anden første dansk kende kender vælge vælger mangle
behøve bruge vide sætte finde sammen
become come get give good have hold make meet more new one people see take the that and our are not with they want
year month day hour two three four five from this know choose need use find together
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """The answers of one side."""

    partner: int
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A difference that the words show: whose answers, and the words or the kind of resource it is about.

    Of numbers the words are what each of them says, in the order of whom it is about.
    """

    kind: DifferenceKind
    key: str
    about: tuple[tuple[int, str], ...]
    words: tuple[str, ...] = ()
    resource: str = ""

    @property
    def must_be_looked_at(self) -> bool:
        """Whether an agreement waits until somebody has looked at it."""
        return self.kind != DifferenceKind.ONLY and self.about_what != PROMISED

    @property
    def about_what(self) -> str:
        """Return how its key begins."""
        return self.key.partition(":")[0]


def proposals(sides: Iterable[Compared], *, asked_for: Collection[str] = (), talked_of: str = "") -> Iterator[Proposal]:
    """Yield the differences of sides that have handed in, in a fixed order; of one side alone there are none.

    `asked_for` are the codes of the kinds of resource that the need asks for; `talked_of` is what the whole
    partnership is about: its words stand with all sides and tell none from another.
    """
    here = sorted(sides, key=lambda one: one.partner)
    if len(here) < 2:
        return
    if len({one.answers.get(HORIZON, "") for one in here}) > 1:
        yield Proposal(DifferenceKind.HORIZON, "horizon", tuple((one.partner, HORIZON) for one in here))
    silent = _silent() | stems(talked_of)
    yield from _against(here, silent)
    yield from _nobody(here, asked_for)
    yield from _promised(here, silent)
    yield from _numbers(here)


def _against(here: list[Compared], silent: frozenset[str]) -> Iterator[Proposal]:
    """Yield each pair in which one calls success what the other says must not happen, by the words they share."""
    yield from _not_wanted(here, silent, SUCCESS, "against")


def _promised(here: list[Compared], silent: frozenset[str]) -> Iterator[Proposal]:
    """Yield each pair in which one brings what the other says must not happen, by the words they share."""
    yield from _not_wanted(here, silent, RESOURCES, PROMISED)


def _not_wanted(here: list[Compared], silent: frozenset[str], question: str, name: str) -> Iterator[Proposal]:
    for one in here:
        for sorry in here:
            if one is sorry:
                continue
            said = one.answers.get(question, "")
            shared = (stems(said) & stems(sorry.answers.get(NEVER, ""))) - silent
            if shared:
                about = ((one.partner, question), (sorry.partner, NEVER))
                words = tuple(_as_written(said, shared))[:MOST_WORDS]
                yield Proposal(DifferenceKind.AGAINST, f"{name}:{one.partner}:{sorry.partner}", about, words)


def _numbers(here: list[Compared]) -> Iterator[Proposal]:
    """Yield each thing of which sides say how many, and no two of them say the same number."""
    said: dict[str, list[tuple[int, str, int, str]]] = {}
    for one in here:
        seen = set()
        for question in COUNTING:
            for each in counted(one.answers.get(question, "")):
                if each.stem not in seen:
                    seen.add(each.stem)
                    said.setdefault(each.stem, []).append((one.partner, question, each.number, each.words))
    for stem, rows in sorted(said.items()):
        if len({number for _partner, _question, number, _words in rows}) > 1:
            about = tuple((partner, question) for partner, question, _number, _words in rows)
            yield Proposal(DifferenceKind.ONLY, f"{NUMBER}:{stem}"[:LONGEST_KEY], about, tuple(row[3] for row in rows))


def _nobody(here: list[Compared], asked_for: Collection[str]) -> Iterator[Proposal]:
    """Yield each kind of resource that the need asks for and whose words stand with no side."""
    brought = {term for one in here for term in _all_terms(one.answers.get(RESOURCES, ""))}
    kinds = vocabulary().resource_kinds
    about = tuple((one.partner, RESOURCES) for one in here)
    for code in sorted(set(asked_for) & kinds.keys()):
        kind = kinds[code]
        sought = _all_terms(" . ".join((kind.name_da, kind.name_en, *kind.words_da))) - _silent()
        if not sought & brought:
            yield Proposal(DifferenceKind.NOBODY, f"nobody:{code}", about, resource=code)


def marked(text: str, terms: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield a text in pieces, each with whether it is a word of one of these stems."""
    at = 0
    for found in _WORD.finditer(text):
        if stems(found[0]) & set(terms):
            if found.start() > at:
                yield text[at : found.start()], False
            yield found[0], True
            at = found.end()
    if at < len(text):
        yield text[at:], False


def stems(text: str) -> frozenset[str]:
    """Return the whole words of a text as the analyser writes them, without those too short to tell anything."""
    return frozenset(token.term for token in analyse(text) if token.weight == WHOLE_WEIGHT and len(token.term) > 2)


def _all_terms(text: str) -> frozenset[str]:
    return frozenset(token.term for token in analyse(text) if len(token.term) > 2)


def _as_written(text: str, terms: Collection[str]) -> Iterator[str]:
    """Yield the words of a text whose stems are among some, each once, as they were written."""
    seen = set()
    for found in _WORD.finditer(text):
        word = found[0]
        if word.casefold() not in seen and stems(word) & set(terms):
            seen.add(word.casefold())
            yield word


@cache
def _silent() -> frozenset[str]:
    """The words that everybody writes here, and those for whom it is all done."""
    groups = " ".join(f"{one.name_da} {one.name_en}" for one in vocabulary().target_groups.values())
    return stems(f"{SAYS_NOTHING} {_COMMON} {groups} unge børn borger nabo forening partnerskab samarbejde projekt")
