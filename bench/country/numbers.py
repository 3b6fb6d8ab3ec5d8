"""Numbers that nobody real has: P-numbers and CVR numbers from ranges that the true register does not use, and ids."""

from typing import Final

import numpy as np

from bench.country.draws import Ints

_FIRST_UNIT: Final = 9_200_000_000
_UNIT_STEP: Final = 3
_FIRST_COMPANY: Final = 500_000  # the first six digits; real numbers begin below 50
_WEIGHTS: Final = (2, 7, 6, 5, 4, 3, 2)
_FIRST_ID: Final = {"company": 4_000_000_000, "unit": 4_100_000_000, "person": 4_200_000_000}
_SCATTER: Final = 4_194_304  # ids of units go another way than their numbers: 2**22


def unit_number(unit: Ints) -> Ints:
    """Return P-numbers, ascending."""
    return _FIRST_UNIT + unit * _UNIT_STEP


def cvr_number(company: Ints) -> Ints:
    """Return eight digits that pass modulus 11; five companies share the first six digits."""
    seven = (_FIRST_COMPANY + company // 5) * 10 + company % 5 * 2
    check = _check_digit(seven)
    seven = np.where(check == 10, seven + 1, seven)  # one more in the seventh digit always gives a usable check digit
    return seven * 10 + _check_digit(seven)


def _check_digit(seven: Ints) -> Ints:
    total = np.zeros_like(seven)
    for place, weight in enumerate(_WEIGHTS):
        total += seven // 10 ** (6 - place) % 10 * weight
    return (11 - total % 11) % 11


def subject_id(kind: str, at: Ints) -> Ints:
    """Return the id on which the files are joined (CVREnhedsId)."""
    return _FIRST_ID[kind] + (at * 1_664_525 + 1_013_904_223) % _SCATTER
