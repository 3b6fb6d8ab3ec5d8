"""Differences are proposed by words, settled by every side for itself, and open again where the words change."""

from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.alignment.comparing import Compared, proposals
from medspil.alignment.differences import (
    DifferenceGone,
    OwnFirst,
    SentenceMissing,
    add,
    agree,
    bring_back,
    compared,
    propose,
    put_aside,
    take_back,
    take_up,
)
from medspil.alignment.models import Difference, Outcome
from medspil.alignment.numbers import counted
from medspil.alignment.readiness import Missing, What, agreed_words, ready
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.partnerships.beginning import WorkInIt
from medspil.partnerships.beginning import take_back as take_partnership_back
from medspil.partnerships.models import Partner, Partnership
from tests.factories import companies
from tests.factories.alignment import AREA, COMPANY, of_area, of_company, say
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
SENTENCE = "Vi begynder med et år og taler sammen igen i maj."


@pytest.fixture
def smithy(need: Need, anna: User) -> Partnership:
    """Return a partnership whose two sides have both spoken."""
    made = partnership(need, companies.unit(), by=anna)
    say(of_area(made), AREA, by=anna)
    say(of_company(made), COMPANY)
    return made


def settle(partner: Partner, key: str = "horizon", version: int = 0, **fields: object) -> Difference:
    facts = {"outcome": Outcome.SETTLED, "sentence": SENTENCE, "by": None, "now": NOW} | fields
    return propose(partner=partner, key=key, expected_version=version, **facts)  # type: ignore[arg-type]


def keys(partnership: Partnership) -> set[str]:
    return {one.key for one in compared(partnership) if one.must_be_looked_at}


def test_time_and_what_nobody_brings_are_found(smithy: Partnership) -> None:
    assert keys(smithy) == {"horizon", "nobody:photo_film"}
    say(of_company(smithy), COMPANY | {"resources": "To kameraer og en fotograf.", "horizon": "two_years"})
    assert keys(smithy) == set()


def test_a_success_that_another_does_not_want_is_found_by_its_word_however_it_is_bent() -> None:
    glad = Compared(1, {"success": "En stor reklame i avisen", "horizon": "year"})
    sorry = Compared(2, {"never": "At de unge bruges i reklamer", "horizon": "year"})
    [found] = [one for one in proposals([sorry, glad]) if one.kind == "against"]
    assert (found.key, found.words) == ("against:1:2", ("reklame",))
    # What all of it is about tells nothing.
    assert [one for one in proposals([sorry, glad], talked_of="Reklame for bydelen") if one.kind == "against"] == []


def test_words_that_only_one_side_has_are_no_difference(smithy: Partnership) -> None:
    say(of_company(smithy), COMPANY | {"focus": "Svejsning, drejebænk, smedejern og lærlinge."})
    assert all(one.must_be_looked_at for one in compared(smithy))


def test_other_numbers_of_the_same_and_what_is_promised_and_not_wanted_are_worth_a_word_and_hold_nobody_up(
    smithy: Partnership, anna: User
) -> None:
    say(
        of_area(smithy), AREA | {"success": "24 unge om året med diplom, fra klokken 22.", "never": "Rygning."}, by=anna
    )
    says = {"success": "Mindst otte af de unge, i 2027 endda 22 elever.", "resources": "Et rum til rygning."}
    say(of_company(smithy), COMPANY | says)
    hints = {one.key.split(":")[0]: one for one in compared(smithy) if not one.must_be_looked_at}
    assert hints.keys() == {"number", "promised"}
    assert set(hints["number"].words) == {"24 unge", "otte af de unge"}
    assert hints["promised"].words == ("rygning",)
    one = take_up(partnership=smithy, key=hints["number"].key, by=anna, now=NOW)
    assert (one.question, Missing(What.SETTLED, differences=1) in ready(smithy)) == ("success", True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("24 unge og to år", [(24, "ung"), (2, "år")]),
        ("1.200 beboere", [(1200, "beboer")]),
        ("Unge mellem 13 og 16 år, den 3. juni 2027 kl. 8, 50 %", []),
        ("nr 7 på vejen, 10/12 dage, kl. 8 børn", []),
        ("Mål: 32 unge", [(32, "ung")]),
    ],
)
def test_what_a_text_counts(text: str, found: list[tuple[int, str]]) -> None:
    assert [(one.number, one.stem) for one in counted(text)] == found


def test_a_difference_is_settled_when_every_side_has_said_yes_to_the_same_sentence(
    smithy: Partnership, anna: User
) -> None:
    area, company = of_area(smithy), of_company(smithy)
    put_aside(partnership=smithy, key="nobody:photo_film", by=anna, now=NOW)
    one = settle(company)
    assert ready(smithy) == [Missing(What.SETTLED, differences=1)]
    agree(partner=area, difference=one, wording=one.wording, by=anna, now=NOW)
    assert ready(smithy) == []
    answers, sentences = agreed_words(smithy)
    assert [(each.question, each.sentence) for each in sentences] == [("horizon", SENTENCE)]
    assert answers[company.pk]["success"] == COMPANY["success"]
    take_back(partner=area, difference=one, by=anna, now=NOW)
    assert ready(smithy) == [Missing(What.SETTLED, differences=1)]


def test_another_sentence_asks_all_sides_again(smithy: Partnership, anna: User) -> None:
    area, company = of_area(smithy), of_company(smithy)
    one = settle(company)
    other = settle(area, version=one.version, sentence="Et halvt år.", by=anna)
    with pytest.raises(EditConflict):  # the company still reads its own sentence
        agree(partner=company, difference=one, wording=one.wording, by=None, now=NOW)
    with pytest.raises(EditConflict):
        settle(company, version=one.version, sentence="To år.")
    assert Difference.objects.get(key="horizon").sentence == "Et halvt år."
    agree(partner=company, difference=other, wording=other.wording, by=None, now=NOW)
    assert What.SETTLED not in {each.what for each in ready(smithy)}


def test_accepted_as_it_is_needs_no_sentence_and_settled_needs_one(smithy: Partnership) -> None:
    with pytest.raises(SentenceMissing):
        settle(of_company(smithy), sentence=" ")
    assert settle(of_company(smithy), outcome=Outcome.ACCEPTED).outcome == Outcome.ACCEPTED


def test_other_words_open_what_was_settled_or_put_aside_about_them_and_nothing_else(
    smithy: Partnership, anna: User
) -> None:
    area, company = of_area(smithy), of_company(smithy)
    one = settle(company)
    agree(partner=area, difference=one, wording=one.wording, by=anna, now=NOW)
    put_aside(partnership=smithy, key="nobody:photo_film", by=anna, now=NOW)
    say(company, COMPANY | {"focus": "Noget andet."})
    assert ready(smithy) == []
    say(company, COMPANY | {"horizon": "half_year", "resources": "En svend."})
    found = {each.key: each for each in Difference.objects.all()}
    assert all(each.reopened_at == NOW and not each.outcome for each in found.values())
    assert ready(smithy) == [Missing(What.SETTLED, differences=2)]
    assert found["horizon"].sentence == SENTENCE  # to begin from


def test_a_difference_that_the_words_no_longer_show_holds_nobody_up(smithy: Partnership, anna: User) -> None:
    put_aside(partnership=smithy, key="nobody:photo_film", by=anna, now=NOW)
    settle(of_company(smithy))
    say(of_company(smithy), COMPANY | {"horizon": "two_years"})
    assert ready(smithy) == []


def test_people_add_a_difference_put_it_aside_and_bring_it_back(smithy: Partnership, anna: User) -> None:
    key = uuid4()
    for _click in range(2):
        one = add(partnership=smithy, text="Nøglen", question="never", creation_key=key, by=anna, now=NOW)
    assert Difference.objects.count() == 1
    put_aside(partnership=smithy, key=one.key, by=anna, now=NOW)
    assert Missing(What.SETTLED, differences=1) not in ready(smithy)
    bring_back(partnership=smithy, key=one.key, by=anna, now=NOW)
    assert Missing(What.SETTLED, differences=1) in ready(smithy)
    with pytest.raises(DifferenceGone):
        put_aside(partnership=smithy, key="against:1:2", by=anna, now=NOW)


def test_nobody_settles_before_its_own_side_has_spoken(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    say(of_area(made), AREA, by=anna)
    with pytest.raises(OwnFirst):
        settle(of_company(made))


def test_a_partnership_in_which_a_side_has_spoken_is_ended_not_taken_back(smithy: Partnership, anna: User) -> None:
    with pytest.raises(WorkInIt):
        take_partnership_back(link=smithy.link, expected_version=smithy.link.version, by=anna, now=NOW)
