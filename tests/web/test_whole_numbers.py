"""What stands for a number in an address or a form: anything may, and no page fails of it."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.web.http import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("007", 7),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        ("²", 0),
        ("١", 0),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, 0),
    ],
)
def test_a_number_is_read_and_all_else_is_none(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.django_db
def test_a_small_two_in_an_address_breaks_no_page(as_anna: Client) -> None:
    assert as_anna.get(f"{reverse('rounds:create')}?efter=²").status_code == 200
