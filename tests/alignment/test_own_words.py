"""A side writes its own words: drafts lose nothing, what is handed in is whole, and one reads others after that."""

from datetime import timedelta
from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.alignment.comparing import marked, stems
from medspil.alignment.models import Edition, HandedIn, Sheet
from medspil.alignment.questions import questions
from medspil.alignment.readiness import What, ready
from medspil.alignment.seeing import Viewer, reads_others, viewer_of, words_of
from medspil.alignment.sheets import (
    AnswerMissing,
    AnswerTooLong,
    NothingToConfirm,
    WhoSaidIt,
    Writer,
    confirm,
    hand_in,
    save_draft,
    sheet_of,
)
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.linking.models import LinkParty
from medspil.partnerships.definition import Mark, definition
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partner, Partnership, Standing
from tests.factories import companies
from tests.factories.alignment import AREA, COMPANY, of_area, of_company, say
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
LINK = Writer(how=HandedIn.LINK)


@pytest.fixture
def smithy(need: Need, anna: User) -> Partnership:
    """Return a partnership of the municipality and a company without accounts."""
    return partnership(need, companies.unit(), by=anna)


def draft(partner: Partner, answers: dict[str, str], version: int) -> Sheet:
    return save_draft(partner=partner, answers=answers, expected_version=version, writer=LINK, now=NOW)


def test_every_question_has_its_words_in_both_languages() -> None:
    for question in questions().values():
        for language in ("da", "en"):
            assert question.name(language)
            assert question.help(language)
            assert question.example(language)


def test_of_two_people_of_a_side_who_write_at_once_the_second_is_told_and_overwrites_nothing(
    smithy: Partnership,
) -> None:
    company = of_company(smithy)
    first = draft(company, {"focus": "Lærlinge"}, 0)
    with pytest.raises(EditConflict):
        draft(company, {"focus": "Noget helt andet"}, 0)
    draft(company, {"focus": "Lærlinge i huset"}, first.version)
    with pytest.raises(EditConflict):
        say_at(company, first.version)
    there = sheet_of(company)
    assert there
    assert there.answers["focus"] == "Lærlinge i huset"
    assert not Edition.objects.exists()


def say_at(partner: Partner, version: int) -> Edition:
    return hand_in(partner=partner, answers=COMPANY, expected_version=version, writer=LINK, now=NOW)


def test_five_thousand_words_are_kept_as_a_draft_and_the_sentence_says_how_long_they_may_be(
    smithy: Partnership,
) -> None:
    company, long = of_company(smithy), "svejsning " * 5_000
    with pytest.raises(AnswerTooLong, match="49999"):
        say(company, COMPANY | {"focus": long})
    draft(company, COMPANY | {"focus": long}, 0)
    there = sheet_of(company)
    assert there
    assert there.answers["focus"] == long.strip()


def test_what_is_handed_in_is_whole_and_holds_no_cpr_number(smithy: Partnership) -> None:
    company = of_company(smithy)
    with pytest.raises(AnswerMissing):
        say(company, COMPANY | {"horizon": "for ever"})
    with pytest.raises(CprNumberFound):
        draft(company, {"focus": "Ring til 010203-1234"}, 0)
    assert not Edition.objects.exists()


def test_a_double_click_hands_in_once_and_a_change_tells_what_is_other(smithy: Partnership) -> None:
    company = of_company(smithy)
    for _click in range(2):
        say_at(company, 0)
    assert Edition.objects.count() == 1
    say(company, COMPANY | {"horizon": "longer"})
    side = next(one for one in words_of(smithy, Viewer(own=frozenset({company.pk}))) if one.own)
    assert side.changed == ["horizon"]
    assert "svejsning" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_nobody_reads_others_before_its_own_side_has_spoken(smithy: Partnership, anna: User, carl: User) -> None:
    area, company = of_area(smithy), of_company(smithy)
    say(company, COMPANY)
    annas = viewer_of(anna, smithy)
    seen = {one.partner.pk: one for one in words_of(smithy, annas)}
    assert (seen[company.pk].visible, seen[company.pk].handed_in) == (False, True)
    say(area, AREA, by=anna)
    assert reads_others(words_of(smithy, annas))
    stranger = viewer_of(carl, smithy)
    assert not any(one.visible for one in words_of(smithy, stranger))


def test_what_the_areas_people_note_waits_for_the_side_to_say_yes(smithy: Partnership, anna: User) -> None:
    area, company = of_area(smithy), of_company(smithy)
    say(area, AREA, by=anna)
    noted: dict[str, Any] = {"by": anna, "how": HandedIn.BEHALF}
    with pytest.raises(WhoSaidIt):
        say(company, COMPANY, **noted)
    edition = say(company, COMPANY, **noted, said_by="Per Smed", said_on=NOW.date())
    assert What.CONFIRMED in {one.what for one in ready(smithy)}
    # The company has said nothing itself yet: it reads its own words, and not the others'.
    seen = {one.partner.pk: one.visible for one in words_of(smithy, Viewer(own=frozenset({company.pk})))}
    assert seen == {area.pk: False, company.pk: True}
    confirm(edition=edition, writer=LINK, now=NOW)
    assert What.CONFIRMED not in {one.what for one in ready(smithy)}
    with pytest.raises(NothingToConfirm):
        confirm(edition=edition, writer=LINK, now=NOW)


def test_a_sides_own_draft_is_not_touched_when_somebody_notes_for_it(smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    draft(company, {"focus": "Mit eget"}, 0)
    say(company, COMPANY, by=anna, how=HandedIn.BEHALF, said_by="Per", said_on=NOW.date())
    own = sheet_of(company)
    assert own
    assert own.answers["focus"] == "Mit eget"


@pytest.mark.parametrize("standing", [Standing.PAUSED, Standing.ENDED])
def test_nothing_is_written_while_a_partnership_does_not_go_on(smithy: Partnership, standing: Standing) -> None:
    Partnership.objects.filter(pk=smithy.pk).update(standing=standing)
    with pytest.raises(NotNow):
        draft(of_company(smithy), {"focus": "x"}, 0)


def test_a_side_that_leaves_is_not_waited_for(smithy: Partnership, anna: User) -> None:
    company = of_company(smithy)
    say(of_area(smithy), AREA, by=anna)
    assert {one.what for one in ready(smithy)} == {What.WORDS}
    Partner.objects.filter(pk=company.pk).update(left_on=NOW.date() + timedelta(days=1))
    assert ready(smithy) == []
    with pytest.raises(NotNow):
        say(company, COMPANY)


def test_words_are_marked_where_they_stand_however_they_are_bent() -> None:
    pieces = list(marked("Lærlinge, og en lærling.", stems("lærlingene")))
    assert pieces == [("Lærlinge", True), (", og en ", False), ("lærling", True), (".", False)]


def test_what_a_side_says_it_brings_counts_among_the_marks_of_a_partnership_once_it_is_its_own_word(
    smithy: Partnership, anna: User
) -> None:
    def bringing() -> set[int]:
        whole = Partnership.objects.for_page().get(pk=smithy.pk)
        [mark] = [one for one in definition(whole) if one.mark is Mark.RESOURCES]
        return {one.pk for one in mark.shown_by}

    LinkParty.objects.update(brings="")
    company, area = of_company(smithy), of_area(smithy)
    assert bringing() == set()
    say(area, AREA, by=anna)
    say(company, COMPANY, by=anna, how=HandedIn.BEHALF, said_by="Per Smed", said_on=NOW.date())
    assert bringing() == {area.pk}  # what the area's people noted for the company waits for its yes
    say(company, COMPANY)
    assert bringing() == {area.pk, company.pk}
