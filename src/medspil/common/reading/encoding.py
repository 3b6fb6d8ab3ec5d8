"""Finds the encoding of a text file: UTF-8, UTF-16, or an eight-bit one that offices left behind."""

import codecs
import io
from pathlib import Path

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from medspil.common.reading.packed import opened
from medspil.common.reading.problems import UnreadableFile

CHUNK = 1 << 20
SAMPLE = 1 << 18
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Windows first: it is by far the commonest. A wrong one shows as signs between letters that no Danish word has.
_EIGHT_BIT = ("cp1252", "cp850", "mac_roman")
_EXPECTED = frozenset("æøåÆØÅéÉüÜöÖäÄèàáíóúñçë§°½²³´–—’‘“”»«•…€ \u00a0ß")
_TYPOGRAPHIC = frozenset("‘›†’“”‹„…•§½°´")


def guess_encoding(path: Path, *, name: str = "") -> str:
    """Return an encoding that can decode the whole file, or raise `UnreadableFile`."""
    with opened(path, name=name) as inside, io.BufferedReader(inside) as file:
        sample = file.read(SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    wide = _utf16_without_mark(sample)
    if wide:
        return wide
    if _decodes(path, "utf-8", name):
        return "utf-8-sig"  # reads files without the mark as well
    best = max(_EIGHT_BIT, key=lambda encoding: _plausible(sample, encoding))
    if _plausible(sample, best) > 0 and _decodes(path, best, name):
        return best
    guess = from_bytes(sample[: 1 << 16]).best()
    if guess is not None and _decodes(path, guess.encoding, name):
        return guess.encoding
    raise UnreadableFile(_("The letters of this file cannot be read. Save it again as “CSV UTF-8” and try once more."))


def _utf16_without_mark(sample: bytes) -> str:
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    many = len(sample) // 5
    if odd > many and even < odd // 10:
        return "utf-16-le"
    if even > many and odd < even // 10:
        return "utf-16-be"
    return ""


def _decodes(path: Path, encoding: str, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with opened(path, name=name) as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True  # a letter cut in half at the very end is a cut file, not another encoding: the last row tells


def _plausible(sample: bytes, encoding: str) -> float:
    """Score an eight-bit encoding by the share of its non-ASCII letters that Danish texts have."""
    text = sample.decode(encoding, "replace")
    foreign = [sign for sign in text if ord(sign) > 127]
    if not foreign:
        return 1.0
    letters = sum(
        1.0 if sign in _EXPECTED and sign not in _TYPOGRAPHIC else 0.2 * (sign in _TYPOGRAPHIC) for sign in foreign
    )
    score = letters / len(foreign)
    return score if score > 0.3 else 0.0
