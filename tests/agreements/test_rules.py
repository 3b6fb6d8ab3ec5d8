"""What law asks: every question has rule and source, a warning says which, and support counts for three years."""

from datetime import timedelta

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.agreements.models import Agreement
from medspil.agreements.rules import BY_CODE, CHECKS, DE_MINIMIS_EURO, KRONER_PER_EURO, Answer, warning_of
from medspil.agreements.support import earlier_support
from medspil.agreements.writing import AnswerRefused, answer_check, sides_of
from medspil.areas.models import Need
from medspil.partnerships.models import Partnership
from medspil.register.models import Unit
from tests.factories import agreements, companies
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

TODAY = NOW.date()


def test_every_question_names_its_rule_and_where_it_is_from() -> None:
    for check in CHECKS:
        assert all(str(words) for words in (check.question, check.warning, check.rule, check.source)), check.code
        assert check.warns
        assert warning_of(check, "", {}) is None
    assert len(BY_CODE) == len(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_not_being_sure_always_warns_and_one_clear_answer_never_does(check: object) -> None:
    one = next(each for each in CHECKS if each is check)
    assert warning_of(one, Answer.UNSURE, {}) is not None
    calm = Answer.YES if Answer.NO in one.warns else Answer.NO
    assert warning_of(one, calm, {}) is None


def test_a_sponsorship_is_fine_when_the_public_side_gets_as_much_as_it_gives() -> None:
    check = BY_CODE["sponsor"]
    assert warning_of(check, "yes", {"value_in": 10_000, "value_out": 10_000}) is None
    assert warning_of(check, "yes", {"value_in": 10_000, "value_out": 10_001}) is not None
    assert warning_of(check, "yes", {"value_in": 10_000}) is not None


@pytest.mark.parametrize(("over", "expected"), [(0, False), (1, True)])
def test_the_limit_of_de_minimis_aid_counts_all_of_it(over: int, expected: bool) -> None:
    limit = round(DE_MINIMIS_EURO * KRONER_PER_EURO)
    amounts = {"support": limit - 300, "declared": 200}
    with translation.override("en"):
        found = warning_of(BY_CODE["support"], "yes", amounts, earlier=100 + over)
    assert found is not None
    assert ("more than the 300,000 EUR" in found.sentence) is expected


@pytest.mark.django_db
def test_support_under_our_own_agreements_counts_for_three_years_and_once(
    made: Partnership, need: Need, anna: User
) -> None:
    Unit.objects.update(cvr="12345678")
    draft = agreements.fill(agreements.draft(made, by=anna), by=anna)
    answer_check(
        agreement=draft, code="support", answer="yes", amounts={"support": 50_000}, why="Lokaler", by=anna, now=NOW
    )
    with pytest.raises(AnswerRefused):
        answer_check(agreement=draft, code="support", answer="yes", amounts={"support": -1}, why="", by=anna, now=NOW)
    for one in (draft, None):
        whole = one or agreements.draft(made, by=anna)
        Agreement.objects.filter(pk=whole.pk).update(state="confirmed", starts_on=TODAY, confirmed_at=NOW)
    other = partnership(need, companies.unit("Afdelingen", cvr="12345678"), by=anna, sentence="Noget andet")
    new = agreements.draft(other, by=anna)
    assert earlier_support(new, sides_of(other), on=TODAY) == 50_000
    assert earlier_support(new, sides_of(other), on=TODAY + timedelta(days=366 * 3 + 1)) == 0
    assert earlier_support(agreements.draft(made, by=anna), sides_of(made), on=TODAY) == 0
