"""Working days in Denmark: weekends, movable feasts, days on which offices are closed, and clocks that change."""

from datetime import date, timedelta

import pytest

from medspil.partnerships.working_days import after, between, easter, is_working_day


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2008, 3, 23), (2011, 4, 24), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)],
)  # fmt: skip
def test_easter_is_where_almanacs_have_it(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_free_days_of_2026_and_the_prayer_day_that_was() -> None:
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(365)]
    free = [one for one in days if one.weekday() < 5 and not is_working_day(one)]
    assert [f"{one:%d.%m}" for one in free] == [
        "01.01", "02.04", "03.04", "06.04", "14.05", "25.05", "05.06", "24.12", "25.12", "31.12",
    ]  # fmt: skip
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


def test_an_answer_is_due_so_many_working_days_on_also_where_clocks_change() -> None:
    assert after(date(2026, 3, 27), 1) == date(2026, 3, 30)  # the night in between has 23 hours
    assert after(date(2026, 10, 23), 5) == date(2026, 10, 30)  # and this one 25
    assert after(date(2026, 4, 1), 2) == date(2026, 4, 8)
    for start in (date(2026, 3, 27), date(2026, 12, 22)):
        assert all(between(start, after(start, days)) == days for days in range(30))
    assert between(date(2026, 11, 21), date(2026, 11, 22)) == 0
