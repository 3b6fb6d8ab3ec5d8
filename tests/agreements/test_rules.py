"""What law asks: every question has rule and source, a warning says which, and support counts for three years."""

from datetime import timedelta

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.agreements.models import Agreement
from medspil.agreements.rules import KRONER_PER_EURO, Answer, checks, warning_of
from medspil.agreements.support import earlier_support
from medspil.agreements.writing import AnswerRefused, answer_check, sides_of
from medspil.areas.models import Need
from medspil.partnerships.models import Partnership
from medspil.register.models import Unit
from tests.factories import agreements, companies
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

TODAY = NOW.date()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_question_names_its_rule_and_where_it_is_from(language: str) -> None:
    with translation.override(language):
        for check in checks().values():
            assert all((check.question, check.warning, check.rule, check.source)), check.code
            assert warning_of(check, "", {}) is None
            assert all(one.label for one in check.amounts)
            assert check.doubt(check.looked_at) == ""
    assert {"buys", "pending", "gift", "sponsor", "equal", "support", "data"} <= checks().keys()


@pytest.mark.parametrize("code", checks())
def test_not_being_sure_always_warns_and_one_clear_answer_never_does(code: str) -> None:
    check = checks()[code]
    assert warning_of(check, Answer.UNSURE, {}) is not None
    assert warning_of(check, check.calm, {}) is None


def test_a_rule_that_ran_out_or_that_nobody_looked_at_for_a_year_says_so() -> None:
    buys, gift = checks()["buys"], checks()["gift"]
    assert buys.until
    with translation.override("en"):
        assert "31 December 2027" in buys.doubt(buys.until + timedelta(days=1))
        assert "Nobody has looked" in gift.doubt(gift.looked_at + timedelta(days=367))
    assert gift.doubt(gift.looked_at + timedelta(days=366)) == ""


@pytest.mark.parametrize(("value", "tender"), [(None, False), (1_611_359, False), (1_611_360, True)])
def test_what_reaches_the_threshold_goes_to_tender_and_less_is_still_a_purchase(
    value: int | None, tender: bool
) -> None:
    check = checks()["buys"]
    with translation.override("en"):
        found = warning_of(check, "yes", {} if value is None else {"value": value})
        assert found
        assert check.warning in found.sentence
        assert ("EU tender" in found.sentence) is tender


def test_a_sponsorship_is_fine_when_the_public_side_gets_as_much_as_it_gives() -> None:
    check = checks()["sponsor"]
    assert warning_of(check, "yes", {"value_in": 10_000, "value_out": 10_000}) is None
    assert warning_of(check, "yes", {"value_in": 10_000, "value_out": 10_001}) is not None
    assert warning_of(check, "yes", {"value_in": 10_000}) is not None


@pytest.mark.parametrize(("over", "expected"), [(0, False), (1, True)])
def test_the_limit_of_de_minimis_aid_counts_all_of_it(over: int, expected: bool) -> None:
    limit = round(checks()["support"].limit * KRONER_PER_EURO)
    amounts = {"support": limit - 300, "declared": 200}
    with translation.override("en"):
        found = warning_of(checks()["support"], "yes", amounts, earlier=100 + over)
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
