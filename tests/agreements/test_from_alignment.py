"""What the sides settled stands in the draft where it belongs, and no time that was given up stands beside it."""

from uuid import uuid4

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.agreements.from_alignment import Agreed, Departure, agreed, departures
from medspil.agreements.writing import sides_of
from medspil.alignment.differences import add, agree, propose
from medspil.alignment.models import Outcome
from medspil.partnerships.models import Partnership
from tests.factories import agreements
from tests.factories.alignment import AREA, COMPANY, of_area, of_company, say
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def settle(made: Partnership, key: str, sentence: str) -> None:
    """Let both sides say yes to a sentence."""
    known = made.differences.filter(key=key).first()
    one = propose(
        partner=of_company(made), key=key, outcome=Outcome.SETTLED, sentence=sentence,
        expected_version=known.version if known else 0, by=None, now=NOW,
    )  # fmt: skip
    agree(partner=of_area(made), difference=one, wording=one.wording, by=None, now=NOW)


def draft(made: Partnership) -> Agreed:
    """Return what an agreement begins with."""
    with translation.override("en"):
        return agreed(made, sides_of(made))


def test_a_settled_sentence_stands_in_the_field_of_its_question(made: Partnership, anna: User) -> None:
    say(of_area(made), AREA | {"horizon_words": "Ikke i juli."}, by=anna)
    say(of_company(made), COMPANY | {"success": "Larm på værkstedet."})
    before = draft(made).timeline
    assert "Two years" in before
    assert "A year" in before
    settle(made, "horizon", "Vi begynder med et år.")
    settle(made, "nobody:photo_film", "Kommunen låner kameraer ud.")
    settle(made, f"against:{of_company(made).pk}:{of_area(made).pk}", "Der er larm til klokken 20.")
    for question, sentence in (("never", "Nøglen lånes ikke videre."), ("focus", "De unge vælger selv.")):
        key = uuid4()
        add(partnership=made, text="Set af os", question=question, creation_key=key, by=anna, now=NOW)
        settle(made, f"added:{key.hex}", sentence)
    found = draft(made)
    assert found.timeline.splitlines() == ["Vi begynder med et år.", "Vejle Kommune: Ikke i juli."]
    assert found.activities.splitlines()[-1] == "Kommunen låner kameraer ud."
    assert found.success.splitlines()[-1] == "Der er larm til klokken 20."
    effects = found.effects.splitlines()
    assert effects[effects.index("This is settled:") + 1] == "De unge vælger selv."
    assert effects.index("This must not happen:") < effects.index("Nøglen lånes ikke videre.")
    assert "et år" not in found.effects


def test_times_that_differ_and_are_accepted_both_stand(made: Partnership, anna: User) -> None:
    say(of_area(made), AREA, by=anna)
    say(of_company(made), COMPANY)
    one = propose(
        partner=of_company(made), key="horizon", outcome=Outcome.ACCEPTED, sentence="", expected_version=0, by=None,
        now=NOW,
    )  # fmt: skip
    agree(partner=of_area(made), difference=one, wording=one.wording, by=None, now=NOW)
    assert [line.partition(": ")[2] for line in draft(made).timeline.splitlines()] == ["Two years", "A year"]


def test_numbers_that_no_side_wrote_are_told_beside_what_was_written(made: Partnership, anna: User) -> None:
    say(of_area(made), AREA | {"success": "24 unge om året med diplom."}, by=anna)
    say(of_company(made), COMPANY)
    sides = sides_of(made)

    def told(effects: str) -> list[Departure]:
        one = agreements.draft(made, by=anna)
        one.fields.filter(code="effects").update(text=effects)
        one.fields.exclude(code="effects").update(text="")
        return departures(agreements.draft(made, by=anna), sides)

    assert told("Mål: 32 unge om året og fire fester.") == [Departure("Vejle Kommune", "24 unge", "32 unge")]
    assert told("Mål: 24 unge om året, otte ad gangen.") == []
