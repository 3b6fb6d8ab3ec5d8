"""Counts Danish working days: knows no clock and no time zone, only days.

The rule. A working day is Monday to Friday, except the public holidays (without *store bededag*, which ended with 2023)
and except 5 June, 24 December and 31 December, on which public offices and most firms are closed. The day of the
question does not count: asked on a Friday with five working days, it is due the Friday after, and in time until that
day ends in Denmark. So clocks that change in between move nothing.
"""

from datetime import date, timedelta

# Days after Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday; Sundays are free.
_AROUND_EASTER = (-3, -2, 1, 39, 50)
_PRAYER_DAY, _LAST_PRAYER_DAY = 26, 2023
_FIXED = frozenset({(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)})
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Tell whether people in Denmark work on a day.

    Examples
    --------
    >>> is_working_day(date(2026, 11, 23)), is_working_day(date(2026, 5, 14)), is_working_day(date(2026, 5, 1))
    (True, False, True)
    """
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    after_easter = (day - easter(day.year)).days
    if after_easter == _PRAYER_DAY and day.year <= _LAST_PRAYER_DAY:
        return False
    return after_easter not in _AROUND_EASTER


def after(day: date, days: int) -> date:
    """Return the day that lies so many working days after another.

    Examples
    --------
    >>> after(date(2026, 12, 23), 2)  # 24 to 27 December are free
    datetime.date(2026, 12, 29)
    """
    found = day
    while days > 0:
        found += timedelta(days=1)
        days -= is_working_day(found)
    return found


def between(start: date, end: date) -> int:
    """Return how many working days passed from one day to another: none on the same day, one on the next working day.

    Examples
    --------
    >>> between(date(2026, 11, 20), date(2026, 11, 23)), between(date(2026, 11, 20), date(2026, 11, 22))
    (1, 0)
    """
    return sum(is_working_day(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar, by the golden number and the dominical letter."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leaps, centuries_left = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    quarter, years_left = divmod(in_century, 4)
    to_sunday = (32 + 2 * centuries_left + 2 * quarter - epact - years_left) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
