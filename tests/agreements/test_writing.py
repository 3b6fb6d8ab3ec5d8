"""An agreement is drafted from the data, saved field by field, and loses no word that somebody wrote."""

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.agreements.models import LONGEST_TEXT, Agreement, FieldCode
from medspil.agreements.proposing import NotReady, lacking, propose
from medspil.agreements.rows import RowRefused, TooManyRows
from medspil.agreements.rules import checks
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.writing import TextTooLong, answer_check, begin, put_away, save_field, sides_of
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.partnerships.models import Part, PartnerPerson, Partnership
from tests.factories import agreements
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def test_the_first_draft_says_what_the_data_say(made: Partnership, need: Need, anna: User) -> None:
    draft = agreements.draft(made, by=anna)
    fields = {one.code: one for one in draft.fields.all()}
    assert list(fields) == [code.value for code in FieldCode]
    assert made.link.sentence in fields["effects"].text
    assert len(fields["activities"].rows) == need.resources.count()
    assert [row["partner"] for row in fields["decides"].rows] == [one.pk for one in made.partners.order_by("pk")]
    assert fields["budget"].empty


def test_who_decides_is_proposed_from_the_contact_persons(made: Partnership, anna: User) -> None:
    company = sides_of(made)[1]
    PartnerPerson.objects.create(
        partner=company, part=Part.CONTACT, name="Per Smed", function="mester", may_decide_kroner=5_000,
        may_decide_topics="tider", from_on=NOW.date(), created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    rows = agreements.draft(made, by=anna).fields.get(code="decides").rows
    said = {row["partner"]: (row["who"], row["what"]) for row in rows}
    assert said[company.pk][0] == "Per Smed, mester"
    assert "5.000 kr." in said[company.pk][1]
    assert "tider" in said[company.pk][1]


def test_two_who_begin_get_the_same_draft(made: Partnership, anna: User) -> None:
    assert begin(partnership=made, by=anna, now=NOW) == begin(partnership=made, by=anna, now=NOW)


def test_each_field_is_saved_by_itself_and_an_older_page_overwrites_nothing(made: Partnership, anna: User) -> None:
    draft = agreements.draft(made, by=anna)
    effects, success = draft.fields.get(code="effects"), draft.fields.get(code="success")
    opened_elsewhere = draft.fields.get(code="effects")
    save_field(field=effects, expected_version=effects.version, text="Ro om aftenen", by=anna, now=NOW)
    save_field(field=success, expected_version=success.version, text="12 unge", by=anna, now=NOW)
    with pytest.raises(EditConflict):
        save_field(field=opened_elsewhere, expected_version=opened_elsewhere.version, text="Andet", by=anna, now=NOW)
    assert agreements.text_of(draft, FieldCode.EFFECTS) == "Ro om aftenen"
    assert "Ro om aftenen" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize(
    ("code", "rows", "trouble"),
    [
        ("activities", [{"what": "x" * 201}], RowRefused),
        ("activities", [{"what": "Besøg", "hours": "mange"}], RowRefused),
        ("activities", [{"what": "Besøg", "hours": -1}], RowRefused),
        ("activities", [{"what": "Besøg", "partner": 0}], RowRefused),
        ("timeline", [{"on": "i morgen", "what": "Start"}], RowRefused),
        ("budget", [{"what": "Ring til 010203-1234", "kroner": 1}], CprNumberFound),
        ("activities", [{"what": str(at)} for at in range(13)], TooManyRows),
        ("effects", [{"what": "Ingen rækker her"}], None),
    ],
)
def test_a_row_that_cannot_be_stored_says_why_or_is_left_out(
    made: Partnership, anna: User, code: str, rows: list[dict[str, object]], trouble: type[Exception] | None
) -> None:
    field = agreements.draft(made, by=anna).fields.get(code=code)
    before = field.rows
    if trouble is None:
        save_field(field=field, expected_version=1, text="Mål", rows=rows, by=anna, now=NOW)
        assert field.rows == []
        return
    with pytest.raises(trouble):
        save_field(field=field, expected_version=1, text="", rows=rows, by=anna, now=NOW)
    assert type(field).objects.get(pk=field.pk).rows == before


def test_a_text_of_five_thousand_words_is_refused_with_its_length(made: Partnership, anna: User) -> None:
    field = agreements.draft(made, by=anna).fields.get(code="effects")
    with pytest.raises(TextTooLong, match=str(LONGEST_TEXT + 1)):
        save_field(field=field, expected_version=1, text="o" * (LONGEST_TEXT + 1), by=anna, now=NOW)
    save_field(field=field, expected_version=1, text="o" * LONGEST_TEXT, by=anna, now=NOW)


def test_what_is_missing_is_named_and_keeps_it_from_being_proposed(made: Partnership, anna: User) -> None:
    draft = agreements.draft(made, by=anna)
    missing = lacking(draft, now=NOW)
    open_fields = {one.code for one in draft.fields.all() if one.empty} | {"decides", "responsible"}
    assert {one.field for one in missing if one.field} == open_fields
    assert {one.check for one in missing if one.check} == set(checks())
    assert [one.place for one in missing if one.place] == ["walk", "alignment", "days"]
    with pytest.raises(NotReady):
        propose(agreement=draft, expected_version=draft.version, by=anna, now=NOW)
    assert not lacking(agreements.fill(draft, by=anna), now=NOW)


def test_a_warning_lets_on_whoever_says_why(made: Partnership, anna: User) -> None:
    draft = agreements.fill(agreements.draft(made, by=anna), by=anna)
    answer_check(agreement=draft, code="buys", answer="unsure", amounts={}, why="", by=anna, now=NOW)
    assert [one.check for one in lacking(draft, now=NOW)] == ["buys"]
    answer_check(agreement=draft, code="buys", answer="unsure", amounts={}, why="Indkøb er spurgt", by=anna, now=NOW)
    assert propose(agreement=draft, expected_version=draft.version, by=anna, now=NOW).state == "proposed"


def test_a_draft_is_put_away_and_brought_back_but_not_beside_a_newer_one(made: Partnership, anna: User) -> None:
    draft = agreements.draft(made, by=anna)
    away = put_away(agreement=draft, away=True, expected_version=draft.version, by=anna, now=NOW)
    back = put_away(agreement=away, away=False, expected_version=away.version, by=anna, now=NOW)
    put_away(agreement=back, away=True, expected_version=back.version, by=anna, now=NOW)
    assert begin(partnership=made, by=anna, now=NOW).number == 2
    with pytest.raises(StepNotAllowed):
        put_away(agreement=Agreement.objects.get(number=1), away=False, expected_version=4, by=anna, now=NOW)
