"""How a name is read before it is compared with others: what tells it, of which sort it is, which places it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from medspil.geography.places import municipalities, municipality
from medspil.language import fold

# What a company form adds to a name says nothing about who it is.
_FORMS = re.compile(
    r"\b(?:aps|a/s|as|i/s|k/s|p/s|ivs|amba|a\.m\.b\.a\.?|f\.m\.b\.a\.?|smba|s/i|f\.m\.a\.?)(?=\s|$|,|\.)"
)
_OWNER = re.compile(r"\s(?:v/|v\s*/\s*).*$")
# Associations of those who live or garden somewhere are written short with a stroke: without one, gf is gymnastics.
_SHORT = {"h/f": "haveforening", "a/b": "andelsboligforening", "e/f": "ejerforening", "g/f": "grundejerforening"}
_STROKES = re.compile(r"\b[haeg]/[fb]\b")
# Short words of places; nr. before a number is a number.
_SHORT_WORDS = {"skt": "sankt", "sct": "sankt", "nr": "nørre", "sdr": "søndre", "gl": "gamle", "ll": "lille"}
_ABBREVIATED = re.compile(rf"\b({'|'.join(_SHORT_WORDS)})\.?\s+(?=[^\W\d])")
_HYPHEN = re.compile(r"(?<=\w)[-‐–](?=\w)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_NUMBER = re.compile(r"\d+")
_ENDING = re.compile(r"(?:s|en|et|ne|er)$")
_GENITIVE = re.compile(r"(?<=\w{2})(?:erne|ene|ne|en|et|er)?s$")
# Neighbours and residents have no ø in them: naboernes, beboerhus.
_OE = re.compile(r"(?<!nab)(?<!beb)oe")
# Danish doubles the last letter before such an ending: klub, klubbens.
_DOUBLED = re.compile(r"([bdfgklmnprst])\1$")
_SHORTEST_STEM = 4
_ACCENTS = str.maketrans("áàâãéèêëíìîïóòôõúùûüýÿñç", "aaaaeeeeiiiioooouuuuyync")

_BETWEEN = frozenset("den det de i og for af på ved v the of and under mod fra til".split())
# Words that say that it is an association, a club or a branch of one, and no more.
_ANY_SORT = frozenset(
    "afdeling afdelingen afd lokalafdeling lokalafdelingen udvalg udvalget selskab selskabet netværk netværket "
    "virksomheden firmaet selvejende institution institutionen".split()
)
ANY_CLUB = "*"
"""The sort of what calls itself a club or an association, and not which."""

# Words for one sort, in whatever form: names of two different sorts are two, however alike they are otherwise.
_CLUBS = {
    ANY_CLUB: "forening foreningen foreninger klub klubben gruppe gruppen laug lauget lokalforening lokalforeningen",
    "idræt": "if idrætsforening idrætsforeningen idrætsklub idrætsklubben",
    "bold": "bk boldklub boldklubben fodboldklub fodboldklubben fk",
    "gymnastik": "gf gymnastikforening gymnastikforeningen",
    "sport": "sk sportsklub sportsklubben",
    "beboer": "beboerforening beboerforeningen",
    "bolig": "boligforening boligforeningen andelsboligforening andelsboligforeningen ab",
    "grundejer": "grundejerforening grundejerforeningen",
    "have": "hf haveforening haveforeningen kolonihaveforening kolonihaveforeningen",
    "ejer": "ejerforening ejerforeningen",
}
_HOUSES = {
    "skole": "skole skolen",
    "børnehave": "børnehave børnehaven",
    "børnehus": "børnehus børnehuset",
    "vuggestue": "vuggestue vuggestuen",
    "bibliotek": "bibliotek biblioteket",
    "kirke": "kirke kirken",
    "sogn": "sogn sognet",
    "hal": "hal hallen",
    "kommune": "kommune kommunen",
}
_SORT_OF = {word: sort for sort, words in (_CLUBS | _HOUSES).items() for word in words.split()}
# Sorts that stand grown together with a name: Nordklubben, Nørremarksskolen. The longest first.
_GROWN = tuple(
    sorted(
        "klubben klub foreningen forening gruppen lauget skolen skole hallen kirken kirke".split(),
        key=len,
        reverse=True,
    )
)
_SHORTEST_BEFORE = 3
_DIRECTIONS = frozenset("nord syd øst vest midt".split())
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared. `words` tell it from others; where none is left, its sort and place have to.

    `joined` are the words grown together, as in Byhuset for Byens Hus; `stems` is every word without its ending,
    whatever it says.
    """

    words: tuple[str, ...]
    joined: str
    stems: str
    sorts: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[str]

    @property
    def core(self) -> str:
        """Return what is compared letter by letter, in one order."""
        return " ".join(sorted(self.words or self.sorts - {ANY_CLUB} or self.places))

    def is_of_another_sort(self, other: "Name") -> bool:
        """Return whether both say of which sort they are, and not the same; a club may be any sort of club, unless
        nothing but the end of a town tells who it is."""
        if not self.sorts or not other.sorts or self.sorts & other.sorts:
            return False
        if not all(one.sorts & _CLUBS.keys() for one in (self, other)) or ANY_CLUB not in self.sorts | other.sorts:
            return True
        return bool(self.words) and set(self.words) <= _DIRECTIONS


def without_asides(name: str, near: frozenset[str] | None = None) -> str:
    """Return a name without what stands in parentheses, unless that is a number or a place that is not near, or
    nothing else is left."""
    said = read(" ".join(_ASIDE.findall(name)), near)
    if said.numbers or said.years or said.places - (near or frozenset()):
        return name
    left = " ".join(_ASIDE.sub(" ", name).split())
    return left if bare(left) else name


def bare(name: str) -> str:
    """Return a name as it is written down: folded, without company form and signs."""
    return " ".join(re.sub(r"[^\w\s]", " ", _FORMS.sub(" ", fold(name))).split())


@lru_cache(maxsize=20_000)
def read(name: str, near: frozenset[str] | None = None) -> Name:
    """Return a name as it is compared; places of `near` say nothing and are left out where enough else is left."""
    known = place_words()
    text = _FORMS.sub(" ", fold(name))
    text = _OWNER.sub("", text) or text
    text = _ABBREVIATED.sub(lambda found: f"{_SHORT_WORDS[found[1]]} ", _STROKES.sub(_written_out, text))
    words: list[str] = []
    roots: list[str] = []
    sorts, places = set(), set()
    for word in re.sub(r"[^\w\s]", " ", _HYPHEN.sub("", text)).split():
        spelt = _spelt(word)
        place = next((one for one in (spelt, spelt.removesuffix("s")) if one in known or one in (near or ())), None)
        if place:
            places.add(place)
        elif sort := _SORT_OF.get(word) or _SORT_OF.get(spelt):
            sorts.add(sort)
        elif spelt not in _BETWEEN and spelt not in _ANY_SORT and not _NUMBER.fullmatch(spelt):
            words.append(_grown(spelt, sorts))
            roots.append(_DOUBLED.sub(r"\1", _GENITIVE.sub("", spelt)) if spelt.endswith("s") else words[-1])
    numbers = frozenset(_NUMBER.findall(text))
    years = frozenset(one for one in numbers if _YEAR.fullmatch(one))
    if words or sorts - {ANY_CLUB}:
        places -= near or frozenset()
    return Name(
        words=tuple(words),
        joined=_stem("".join([*roots[:-1], *words[-1:]])),
        stems=" ".join(sorted(_stem(_spelt(word)) for word in bare(name).split() if word not in _BETWEEN)),
        sorts=frozenset(sorts),
        places=frozenset(places),
        numbers=numbers - years,
        years=years,
    )


def places_of(*texts: str, codes: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of places by their names, and by the codes of municipalities."""
    towns = [found.name for code in codes if code and (found := municipality(code))]
    return frozenset(_spelt(word) for text in (*texts, *towns) for word in _words(text))


@cache
def place_words() -> frozenset[str]:
    """Return the words that the names of municipalities are made of, but those that are words besides."""
    return places_of(*(found.name for found in municipalities())) - {"høje", "vejen", "syd", "nord"}


def _written_out(found: re.Match[str]) -> str:
    return _SHORT.get(found[0], found[0])


def _words(text: str) -> list[str]:
    found = re.sub(r"[^\w\s]", " ", fold(text)).split()
    return [word for word in found if word not in _BETWEEN and len(word) > 2]


def _grown(word: str, sorts: set[str]) -> str:
    """Return what stands before a sort that a word ends with, and note the sort; else the word without its ending."""
    for sort in _GROWN:
        if word.endswith(sort) and len(word) - len(sort) >= _SHORTEST_BEFORE:
            sorts.add(_SORT_OF[sort])
            return _stem(word.removesuffix(sort))
    return _stem(word)


def _stem(word: str) -> str:
    """Return a word without genitive, article and plural, as long as enough of it is left: ungdommens is ungdom."""
    while len(shorter := _ENDING.sub("", word)) >= _SHORTEST_STEM and shorter != word:
        word = shorter
    return _DOUBLED.sub(r"\1", word)


def _spelt(word: str) -> str:
    """Return a folded word with æ and ø, however they were written, and without accents."""
    word = _OE.sub("ø", word.replace("ae", "æ"))
    return word if word.isascii() else word.translate(_ACCENTS)
