"""The history in words: codes as people read them, days as days, and texts that only look like a day."""

import pytest
from django.utils import translation

from medspil.accounts.models import User, record_history
from medspil.linking.models import Candidate
from medspil.organisations.models import Organisation
from medspil.web.history import as_day, told
from tests.conftest import NOW
from tests.factories import companies, places


@pytest.fixture
def candidate(vejle: Organisation, anna: User) -> Candidate:
    """Return a company that was set aside."""
    return Candidate.objects.create(
        need=places.need(places.area(vejle)),
        unit=companies.unit(),
        decision="set_aside",
        reason="too_far",
        decided_by=anna,
        created_at=NOW,
        updated_at=NOW,
    )


def lines(candidate: Candidate, anna: User, **changes: object) -> list[str]:
    record_history(record=candidate, action="changed", by=anna, now=NOW, changes=changes)
    with translation.override("en"):
        return told(candidate)[0].changes


def test_codes_of_a_choice_are_told_in_its_words(candidate: Candidate, anna: User) -> None:
    assert lines(candidate, anna, reason=["", "too_far"]) == ["Reason: “too far away”"]


def test_a_day_is_told_as_a_day(candidate: Candidate, anna: User) -> None:
    told_lines = lines(candidate, anna, next_step_on=["2026-12-01", "2026-12-08"])
    assert told_lines == ["When: from 1 December 2026 to 8 December 2026"]


@pytest.mark.parametrize("text", ["2026-99-99", "abcd-ef-gh", "Mentor 24/", ""])
def test_a_text_that_looks_like_a_day_stays_a_text(text: str) -> None:
    assert as_day(text) is None
