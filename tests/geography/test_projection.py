"""Degrees and metres: known points, there and back."""

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.geography.places import postcode
from medspil.geography.projection import in_denmark, looks_like_metres, to_degrees, to_metres


def test_the_central_meridian_lies_500_km_east_of_the_zone_s_origin() -> None:
    x, y = to_metres(9.0, 56.0)
    assert x == pytest.approx(500_000, abs=0.01)
    assert 6_205_000 < y < 6_208_000


def test_the_centre_of_vejle_s_postal_area_lies_in_vejle_on_the_map() -> None:
    vejle = postcode("7100")
    assert vejle is not None
    longitude, latitude = to_degrees(vejle.x, vejle.y)
    assert (longitude, latitude) == pytest.approx((9.53, 55.71), abs=0.08)


@given(longitude=st.floats(7.5, 15.5), latitude=st.floats(54.4, 58.0))
def test_a_point_comes_back_to_where_it_was(longitude: float, latitude: float) -> None:
    assert to_degrees(*to_metres(longitude, latitude)) == pytest.approx((longitude, latitude), abs=1e-7)


def test_two_threads_get_the_same_answer() -> None:
    answers: list[tuple[float, float]] = []
    threads = [Thread(target=lambda: answers.append(to_metres(9.5, 55.7))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [to_metres(9.5, 55.7)] * 4


def test_denmark_has_bounds() -> None:
    assert in_denmark(14.9, 55.1)
    assert not in_denmark(18.07, 59.33)
    assert looks_like_metres(533_600, 6_174_800)
    assert not looks_like_metres(9.5, 55.7)
