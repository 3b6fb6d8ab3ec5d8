"""Reads single cells: numbers, dates, yes and no. Every function takes text and never raises anything but `Unfit`.

Most cells of a register say what thousands of others say, so what was read is remembered for a while.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul

from medspil.common.tables import plain_cell

_REMEMBERED = 1 << 14
_BLANK = frozenset({"", "null", "none", "n/a", "#n/a", "nan", "nil", "\\n"})
_DIGITS = re.compile(r"\d+", re.ASCII)
_YES = frozenset("1 ja j true sand yes y x t on beskyttet reklamebeskyttet".split())
_NO = frozenset(["", "0", "nej", "n", "false", "falsk", "no", "f", "off", "-", "ikke beskyttet"])
_EARLIEST, _LATEST = 1500, 2200


class Unfit(Exception):
    """The cell does not hold what its column should; `code` names the reason in the table of notes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean(cell: str) -> str:
    """Return the text with single blanks, without signs that cannot be stored; "NULL" and the like as blank."""
    text = cell.strip()
    if not text.isprintable() or "  " in text:
        text = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or sign.isprintable())
        text = " ".join(text.split())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if text[:1] == "'":
        text = plain_cell(text)
    return "" if len(text) < 5 and text.lower() in _BLANK else text


def unit_number(text: str) -> int:
    """Return a P-number of ten digits."""
    digits = _without_point_zero(text.replace(" ", "").replace("\u00a0", ""))
    if not digits:
        raise Unfit("number_missing")
    if re.fullmatch(r"\d[.,]\d*E\+?\d+", digits, re.IGNORECASE | re.ASCII):
        raise Unfit("number_rounded")
    digits = re.sub(r"^P(?:-?NR\.?)?:?(?=\d)", "", digits, flags=re.IGNORECASE)
    if not _DIGITS.fullmatch(digits):
        raise Unfit("number_letters")
    if len(digits) == 8:
        raise Unfit("number_is_cvr")
    if len(digits) != 10 or digits[0] == "0":
        raise Unfit("number_length")
    return int(digits)


def cvr_number(text: str) -> str:
    """Return a CVR number of eight digits; whether its check digit is right is asked elsewhere."""
    if len(text) == 8 and text.isascii() and text.isdigit():
        return text
    digits = _without_point_zero(re.sub(r"[\s\u00a0.-]", "", text.removesuffix(".0")).upper().removeprefix("DK"))
    if not digits:
        return ""
    if not _DIGITS.fullmatch(digits) or len(digits) != 8:
        raise Unfit("cvr_length")
    return digits


_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr_fits(number: str) -> bool:
    """Return whether the last digit of a CVR number fits the others (modulus 11)."""
    return number[0] != "0" and sum(map(mul, _CVR_WEIGHTS, map(int, number))) % 11 == 0


@lru_cache(maxsize=_REMEMBERED)
def industry_code(text: str) -> str:
    """Return a code of six digits, or of two or four where only the class is given; leading zeros come back."""
    if not text:
        return ""
    dotted = "." in text
    digits = re.sub(r"[.\s\u00a0]", "", _without_point_zero(text) if text.count(".") == 1 and len(text) > 6 else text)
    if not _DIGITS.fullmatch(digits) or len(digits) > 6:
        raise Unfit("industry_code")
    if len(digits) == 5 and not dotted:
        return digits.zfill(6)
    if len(digits) not in (2, 4, 6) or not int(digits):
        raise Unfit("industry_code")
    return digits


@lru_cache(maxsize=_REMEMBERED)
def short_code(text: str, width: int) -> str:
    """Return a postal code or municipality code with its leading zeros."""
    digits = _without_point_zero(text.removeprefix("DK-").replace(" ", ""))
    if not digits:
        return ""
    if not _DIGITS.fullmatch(digits) or len(digits) > width:
        raise Unfit("code")
    return digits.zfill(width)


def decimal(text: str, sign: str) -> float | None:
    """Return a decimal number, or None for a blank cell; `sign` is the file's decimal sign."""
    if not text:
        return None
    plain = text.replace(" ", "").replace("\u00a0", "")
    if "," in plain and "." in plain:
        sign = max(",.", key=plain.rfind)
    if sign == ",":
        # A file with decimal commas may still write 55.67: one point with something small before it.
        plain = plain.replace(".", "").replace(",", ".") if "," in plain or plain.count(".") > 1 else plain
    elif plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{0,20})?", plain, re.ASCII):
        raise Unfit("coordinate")
    return float(plain)


_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?(?:[-/. ]|- )\s?(\d{4})(?:[T ].*)?", re.ASCII)


@lru_cache(maxsize=_REMEMBERED)
def day(text: str, *, day_first: bool) -> date | None:
    """Return a date written dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy, yyyy-mm-dd or yyyymmdd; None for a blank cell."""
    if not text or text in {"0", "-", "00-00-0000", "0000-00-00"}:
        return None
    iso = _ISO.fullmatch(text)
    if iso:
        year, month, number = int(iso[1]), int(iso[2]), int(iso[3])
    else:
        written = _WRITTEN.fullmatch(text)
        if not written:
            raise Unfit("date")
        number, month, year = int(written[1]), int(written[2]), int(written[3])
        if not day_first:
            number, month = month, number
    if not _EARLIEST <= year <= _LATEST:
        raise Unfit("date")
    try:
        return date(year, month, number)
    except ValueError as error:
        raise Unfit("date") from error


def flag(text: str) -> bool:
    """Return yes or no; a word that is neither is `Unfit`."""
    word = text.lower()
    if word in _NO:
        return False
    if word in _YES:
        return True
    raise Unfit("code")


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_PHONE = re.compile(r"\+?\d{5,15}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;/]{1,180}\.[^\s@<>\"(),:;./]{2,}")
_WEBSITE = re.compile(r"(?:https?://)?[^\s@<>\"'/:]+\.[^\s@<>\"'/:.]{2,}(?::\d+)?(?:/[^\s<>\"']*)?", re.IGNORECASE)


def uuid(text: str) -> str:
    """Return an identifier of the national address register in small letters."""
    found = text.lower()
    if found and not _UUID.fullmatch(found):
        raise Unfit("address_id")
    return found


def phone(text: str) -> str:
    """Return a telephone number without blanks and signs."""
    digits = re.sub(r"[\s\u00a0().-]", "", text)
    if digits and not _PHONE.fullmatch(digits):
        raise Unfit("phone")
    return digits


def email(text: str) -> str:
    """Return an e-mail address."""
    if text and (len(text) > 254 or not _EMAIL.fullmatch(text)):
        raise Unfit("email")
    return text


def website(text: str) -> str:
    """Return the address of a website as written, if it can be nothing else: it becomes a link."""
    if text and (len(text) > 200 or not _WEBSITE.fullmatch(text)):
        raise Unfit("website")
    return text


# A spreadsheet that was shown the interval 2-4 or 5-9 made a day of it: 2 April, 5 September.
_AS_A_DAY = {(1, 1): (1, 1), (2, 4): (2, 4), (4, 2): (2, 4), (5, 9): (5, 9), (9, 5): (5, 9)}
_MONTHS = {"jan": 1, "feb": 2, "apr": 4, "maj": 5, "may": 5, "sep": 9}
_UNKNOWN = frozenset({"", "-", "ukendt", "unknown", "uoplyst", "ikke oplyst", "?"})
_INTERVAL = re.compile(r"(\d{1,7})\s?(?:-|–|—|_|til|to)\s?(\d{1,7})", re.ASCII)
_OPEN_INTERVAL = re.compile(r"(\d{1,7})\s?(?:\+|-|–|_|og derover|eller flere|and more)", re.ASCII)


@lru_cache(maxsize=_REMEMBERED)
def employees(text: str) -> tuple[int | None, int | None]:
    """Return (from, to) of an interval or a number; (None, None) when unknown; no upper end is (from, None)."""
    word = text.lower().removeprefix("antal_").strip()
    if word in _UNKNOWN:
        return None, None
    thousands = word if word.isdigit() else re.sub(r"(?<=\d)[.\u00a0](?=\d{3}\b)", "", word)
    if thousands.isascii() and thousands.isdigit() and len(thousands) < 8:
        return int(thousands), int(thousands)
    interval = _INTERVAL.fullmatch(thousands)
    if interval:
        low, high = int(interval[1]), int(interval[2])
        if low <= high:
            return low, (None if high >= 99_999 else high)
    upwards = _OPEN_INTERVAL.fullmatch(thousands)
    if upwards:
        return int(upwards[1]), None
    count = re.fullmatch(r"(\d{1,7})[.,]\d{1,4}", thousands, re.ASCII)
    if count:
        return int(count[1]), int(count[1])
    return _interval_from_a_day(word)


def _interval_from_a_day(word: str) -> tuple[int, int]:
    iso = _ISO.fullmatch(word)
    if iso:
        pair = (int(iso[3]), int(iso[2]))
    else:
        named = re.fullmatch(r"0?(\d)[-. ]+([a-z]{3})\.?", word)
        other = re.fullmatch(r"([a-z]{3})\.?[-. ]+0?(\d)", word)
        number, month = (named[1], named[2]) if named else (other[2], other[1]) if other else ("0", "")
        pair = (int(number), _MONTHS.get(month, 0))
    if pair not in _AS_A_DAY:
        raise Unfit("employees")
    return _AS_A_DAY[pair]


def _without_point_zero(digits: str) -> str:
    return digits[:-2] if digits.endswith((".0", ",0")) else digits
