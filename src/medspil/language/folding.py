"""Folding: brings two spellings of one name to the same text, without any word list."""

import re
import unicodedata

# Control characters and invisible marks stand inside words copied from forms and PDF files (NUL, soft
# hyphen, zero-width space). Those that Python counts as white space (tab, newline, 0x1c-0x1f, 0x85) are
# left for the white space rule. Lone surrogates cannot be stored or sent, so they go too.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Return `text` lower-cased and composed, without control characters; "aa" is left alone.

    Parameters
    ----------
    text : str
        Any text, also with NUL characters and lone surrogates.

    Returns
    -------
    str
        The text in Unicode form NFC, case-folded.

    Examples
    --------
    >>> clean("Lær\\x00linge\\u00adplads i AARHUS")
    'lærlingeplads i aarhus'
    """
    text = _UNWANTED.sub("", text)
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


def fold(text: str) -> str:
    """Return `text` in the form used for comparing names.

    Lower case, Unicode form NFC, "aa" read as "å" everywhere, and every run of white space made one space.
    The result is for comparing, not for reading: "Afrikaans" becomes "afrikåns" here, while `analyse`
    knows better. Folding a folded text changes nothing.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The folded text.

    Examples
    --------
    >>> fold("  Aarhus   KOMMUNE ")
    'århus kommune'
    >>> fold("Nørgaard & Søn") == fold("NØRGÅRD  &  SØN")
    True
    """
    return " ".join(fold_word(clean(text)).split())


def fold_word(cleaned: str) -> str:
    """Return an already cleaned text with "aa" read as "å".

    Parameters
    ----------
    cleaned : str
        A text from `clean`.

    Returns
    -------
    str
        The text with "å", again in form NFC (a mark may have followed the last "a").

    Examples
    --------
    >>> fold_word("aabenraa")
    'åbenrå'
    """
    if "aa" not in cleaned:
        return cleaned
    return unicodedata.normalize("NFC", cleaned.replace("aa", "å"))
