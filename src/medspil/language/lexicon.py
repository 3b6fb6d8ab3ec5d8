"""The word list: simplemma's Danish forms and lemmas in a small table that processes share.

As a Python dictionary the 788,000 forms take about 90 MB in every process. Here each form is a 64-bit
hash in a sorted array with a 32-bit code beside it (how much to cut off, which ending to add, three
flags): under 10 MB, memory-mapped from a file in the user's cache folder. The file is only a convenience: when it
cannot be written or is damaged, the table is built again in memory.
"""

import mmap
import os
import struct
import sys
import tempfile
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from medspil.language.folding import clean, fold_word

TABLE_VERSION = 1
_HEAD = struct.Struct("=8sIIQ")  # magic, checksum of the rest, count of forms, length of the endings
_MAGIC = b"medspil" + bytes([TABLE_VERSION])
_NAME, _LEMMA, _NOUN = 1 << 31, 1 << 30, 1 << 29
_ENDING_BITS = 23  # the six bits between the flags and the ending say how many letters to cut off
# Only nouns have a definite genitive, so a word with such a form can stand in a compound.
_NOUN_FORMS = ("ens", "ets", "nes")


class Entry(NamedTuple):
    """What the word list knows about one form."""

    lemma: str
    is_lemma: bool
    is_noun: bool
    is_name: bool


class Lexicon:
    """Look-up of folded word forms.

    Parameters
    ----------
    blob : bytes-like
        A table as written by `build`.

    Raises
    ------
    ValueError
        If the table is damaged or has another format.
    """

    def __init__(self, blob: bytes | mmap.mmap) -> None:
        view = memoryview(blob)
        if len(view) < _HEAD.size:
            raise ValueError("the word table is cut short")
        magic, checksum, count, length = _HEAD.unpack_from(view)
        keys_end = _HEAD.size + 8 * count
        codes_end = keys_end + 4 * count
        if magic != _MAGIC or len(view) != codes_end + length or zlib.crc32(view[_HEAD.size :]) != checksum:
            raise ValueError("the word table is damaged or of another format")
        self._keys = view[_HEAD.size : keys_end].cast("Q")
        self._codes = view[keys_end:codes_end].cast("I")
        self._endings = bytes(view[codes_end:]).decode().split("\n")

    def __len__(self) -> int:
        """Return the number of forms."""
        return len(self._keys)

    def get(self, word: str) -> Entry | None:
        """Return what is known about a folded form, or None."""
        key = _hash(word)
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return None
        code = self._codes[at]
        keep = len(word) - (code >> _ENDING_BITS & 0x3F)
        lemma = word[:keep] + self._endings[code & (1 << _ENDING_BITS) - 1]
        return Entry(lemma, bool(code & _LEMMA), bool(code & _NOUN), bool(code & _NAME))


@cache
def lexicon() -> Lexicon:
    """Return the process-wide word list, reading or building it on the first call."""
    with suppress(OSError, ValueError):
        return Lexicon(_mapped(cache_file()))
    blob = build(_simplemma_forms())
    with suppress(OSError):
        _write(cache_file(), blob)
        return Lexicon(_mapped(cache_file()))
    return Lexicon(blob)


def cache_file() -> Path:
    """Return where the table is kept: the user's cache folder, named after every version it depends on."""
    root = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    name = f"danish-{TABLE_VERSION}-simplemma-{version('simplemma')}-{sys.byteorder}.table"
    with suppress(RuntimeError):  # an account without a home folder
        return Path(root).expanduser() / "medspil" / name
    raise OSError("no home folder to keep the word table in")


def build(forms: Mapping[str, str]) -> bytes:
    """Return the table for a mapping from form to lemma.

    Parameters
    ----------
    forms : Mapping[str, str]
        Forms and lemmas as the dictionary spells them, names with a capital.

    Returns
    -------
    bytes
        A table that `Lexicon` reads.

    Examples
    --------
    >>> table = Lexicon(build({"plads": "plads", "pladsens": "plads", "Aalborg": "Aalborg"}))
    >>> table.get("pladsens").lemma, table.get("plads").is_noun, table.get("ålborg").is_name
    ('plads', True, True)
    >>> table.get("vej") is None
    True
    """
    lemmas = dict.fromkeys(forms.values(), False)
    for form, lemma in forms.items():
        if form.endswith(_NOUN_FORMS) and form != lemma:
            lemmas[lemma] = True
    keys, codes, endings = array("Q"), array("I"), {"": 0}
    for word, entry in _entries(forms, lemmas):
        shared = _shared(word, entry.lemma)
        ending = endings.setdefault(entry.lemma[shared:], len(endings))
        flags = _LEMMA * entry.is_lemma | _NOUN * entry.is_noun | _NAME * entry.is_name
        keys.append(_hash(word))
        codes.append(flags | (len(word) - shared) << _ENDING_BITS | ending)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    body = b"".join(
        (
            array("Q", (keys[at] for at in order)).tobytes(),
            array("I", (codes[at] for at in order)).tobytes(),
            (tail := "\n".join(endings).encode()),
        )
    )
    return _HEAD.pack(_MAGIC, zlib.crc32(body), len(keys), len(tail)) + body


def _entries(forms: Mapping[str, str], lemmas: Mapping[str, bool]) -> Iterator[tuple[str, Entry]]:
    """Yield each folded form once; a word spelled in lower case goes before a name spelled the same."""
    seen: set[str] = set()
    for form, lemma in sorted(forms.items(), key=lambda item: item[0] != item[0].lower()):
        written = clean(form)
        word = fold_word(written)
        if len(word) > 0x3F or (word != form and (word in forms or word in seen)):
            continue
        if word != form:
            seen.add(word)
        is_name = form[0] != written[0]
        target = clean(lemma)
        if is_name or not _has_boundary(written, forms):
            target = fold_word(target)
        if form != lemma and form in lemmas and (_is_doer(form, forms) or _is_bare_noun(form, lemma, lemmas)):
            target = word
        yield word, Entry(target, form in lemmas, lemmas.get(form if target == word else lemma, False), is_name)


def _has_boundary(word: str, forms: Mapping[str, str]) -> bool:
    """Tell if some "aa" in the word is the seam between two known words, as in dataaftale."""
    seams: Iterable[int] = (at + 1 for at in range(2, len(word) - 3) if word[at : at + 2] == "aa")
    return word.startswith("afrika") or any(word[:at] in forms and word[at:] in forms for at in seams)


def _is_doer(form: str, forms: Mapping[str, str]) -> bool:
    """Tell if a verb's present tense is also the name of who does it: murer (mureren), not only mure."""
    return form.endswith("er") and forms.get(form + "en") == form


def _is_bare_noun(form: str, lemma: str, lemmas: Mapping[str, bool]) -> bool:
    """Tell if a verb's imperative is also a noun: hal (hallen), not only hale."""
    return lemmas[form] and lemma in {form + "e", form + form[-1] + "e"}


def _shared(word: str, lemma: str) -> int:
    """Return how many letters two words begin with alike."""
    pairs = enumerate(zip(word, lemma, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(word), len(lemma)))


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _simplemma_forms() -> Mapping[str, str]:
    """Read simplemma's dictionary through a factory of our own, so that it is freed after the build."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415 – read only to build

    return dict(DefaultDictionaryFactory().get_dictionary("da").items())


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _write(path: Path, blob: bytes) -> None:
    """Write beside the target and rename, so that no other process ever sees half a table."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(blob)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
