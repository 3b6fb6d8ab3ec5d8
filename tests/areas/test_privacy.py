"""Numbers of persons in free text: found however written, and other numbers left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.areas.privacy import looks_like_cpr


@given(before=st.sampled_from(["", " ", "nr. ", "(", "æ"]), number=st.from_regex(r"[0-9]{6}-?[0-9]{4}", fullmatch=True))
def test_ten_digits_like_a_cpr_number_are_found_anywhere_in_a_text(before: str, number: str) -> None:
    assert looks_like_cpr(f"{before}{number} og mere")


@pytest.mark.parametrize(
    "text", ["", "12345678", "+4512345678", "12 34 56 78", "120000 2026", "01234567890123", "1234-5678"]
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not looks_like_cpr(text)
