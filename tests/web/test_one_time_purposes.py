"""Every kind of one-time link ends with the part of whoever it went to, or it is said here why it does not."""

import pytest
from django.urls import get_resolver

from medspil.accounts.one_time_links import purposes_asked
from medspil.web import one_time_pages

WITH_THE_PERSON = {
    "still_right": "asks the contact of what is mapped; it is taken back when that contact is deleted",
    "offer_renewal": "asks who gave an offer, and only as long as that person acts for the giver",
    "walk_answer": "asks a person by name whether she comes on a walk herself",
    "board_answer": "asks a member of a board, who has her seat whoever answers for her side",
    "board_minutes_answer": "asks who was at a meeting what she says to its minutes, whoever sits there now",
    "agreement_copy": "gives who said yes the copy of what she confirmed herself",
}


@pytest.fixture
def purposes() -> set[str]:
    """Return all purposes for which there are pages, once those are loaded."""
    assert get_resolver().url_patterns
    return one_time_pages.PURPOSES


def test_each_kind_of_link_follows_its_side_or_is_for_one_person(purposes: set[str]) -> None:
    assert purposes - purposes_asked() == set(WITH_THE_PERSON), "name whose link it is: partnerships/handing_over.py"
    assert purposes_asked() <= purposes
