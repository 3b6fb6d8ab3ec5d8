"""A ranking is asked without a trace, stored once, shown as it was, and asked again."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.linking import services
from medspil.linking.answer import row_of
from medspil.linking.models import Candidate, Decision, Run
from medspil.linking.services import ask, changes_between, rank_need, repeat
from medspil.matching import Filters, Model
from medspil.organisations.models import Organisation
from medspil.register.index import rebuild_index
from medspil.register.models import Unit
from tests.factories import people, rankings


def names(run: Run) -> list[str]:
    return [row["unit"]["name"] for row in run.answer["units"]]


def test_the_photographers_come_first(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    run = ask(need=need, by=anna, now=now)
    assert names(run)[0] == "Lysets Fotostudie ApS"
    assert set(names(run)[:3]) == {"Lysets Fotostudie ApS", "Rullerne", "=1+1 Foto"}
    assert run.answer["units"][0]["model"] == "strategically_integrated"


def test_asking_writes_nothing(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        run = ask(need=need, by=anna, now=now)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert not Run.objects.filter(pk=run.pk).exists()


def test_the_gates_count_whom_they_leave_out(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    run = ask(need=need, by=anna, now=now)
    # The far one and the one without a place are outside; the rest of ten can be asked.
    assert run.answer["left_out"] == {"ceased": 1, "outside": 2, "protected": 1, "turned_down": 0}
    assert run.answer["eligible"] == 6
    assert "Fredet Foto" not in names(run)


@pytest.mark.parametrize("closing", [("protected", True), ("status", "ceased")], ids=["protected", "ceased"])
def test_a_company_that_closed_since_the_index_was_built_is_left_out_and_counted(
    units: dict[str, Unit], need: Need, anna: User, now: datetime, closing: tuple[str, object]
) -> None:
    field, value = closing
    gate = "protected" if field == "protected" else "ceased"
    before = ask(need=need, by=anna, now=now).answer
    best = before["units"][0]["number"]
    Unit.objects.filter(number=best).update(**{field: value})
    after = ask(need=need, by=anna, now=now).answer
    assert best not in [row["number"] for row in after["units"]]
    assert after["units"][0]["rank"] == 1
    assert after["left_out"][gate] == before["left_out"][gate] + 1
    assert after["eligible"] == before["eligible"] - 1


def test_the_points_add_up_to_the_score(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    for row in ask(need=need, by=anna, now=now).answer["units"]:
        assert sum(part["points"] for part in row["parts"]) == pytest.approx(row["score"], abs=1e-5)


def test_filters_narrow_the_list_and_are_counted(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    run = ask(need=need, by=anna, now=now, filters=Filters(model=Model.STRATEGICALLY_INTEGRATED))
    assert set(names(run)) == {"Lysets Fotostudie ApS", "Rullerne", "=1+1 Foto"}
    assert run.answer["filtered_out"] == 3


def test_the_same_ranking_is_stored_once(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    first = rank_need(need=need, by=anna, now=now)
    again = rank_need(need=need, by=anna, now=now + timedelta(hours=1))
    assert first.pk == again.pk
    assert Run.objects.count() == 1
    assert HistoryEntry.objects.of(first).count() == 1


def test_another_question_is_another_run(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    rank_need(need=need, by=anna, now=now)
    rank_need(need=need, by=anna, now=now, filters=Filters(max_distance_m=2_000))
    assert Run.objects.count() == 2


def test_what_is_stored_is_what_was_asked(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    asked = ask(need=need, by=anna, now=now)
    stored = Run.objects.get(pk=rank_need(need=need, by=anna, now=now).pk)
    for field in ("question", "versions", "answer"):
        assert json.loads(json.dumps(getattr(asked, field))) == getattr(stored, field)


def test_an_old_run_keeps_the_facts_of_its_day(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> None:
    run = rank_need(need=need, by=anna, now=now)
    Unit.objects.filter(pk=units["photo"].pk).update(name="Nyt navn")
    assert names(Run.objects.get(pk=run.pk))[0] == "Lysets Fotostudie ApS"


def test_repeating_with_nothing_new_gives_the_same_run(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    run = rank_need(need=need, by=anna, now=now)
    assert repeat(run=run, by=anna, now=now + timedelta(days=1)) == run


def test_repeating_tells_what_came_went_and_moved(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    run = rank_need(need=need, by=anna, now=now)
    Unit.objects.filter(pk=units["photo"].pk).update(status="ceased")
    Unit.objects.filter(pk=units["protected"].pk).update(protected=False)
    rebuild_index()
    again = repeat(run=run, by=anna, now=now + timedelta(days=1))
    assert again.repeats == run
    found = changes_between(run, again)
    assert [row["unit"]["name"] for row in found.came] == ["Fredet Foto"]
    assert [row["unit"]["name"] for row in found.went] == ["Lysets Fotostudie ApS"]
    assert not found.none
    assert "index" in [name for name, _before, _after in found.versions]


def test_a_question_of_another_version_is_refused_in_words(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    run = Run.objects.create(need=need, by=anna, at=now, question={"need": {}}, versions={}, answer={})
    with pytest.raises(services.QuestionOutdated):
        repeat(run=run, by=anna, now=now)


def test_contacts_and_approaches_come_from_other_needs(
    units: dict[str, Unit], need: Need, vejle: Organisation, anna: User, now: datetime
) -> None:
    ours = rankings.photo_need(vejle)
    strangers = rankings.photo_need(people.organisation("Esbjerg Kommune"))
    for other, unit, day in ((ours, "photo", now), (strangers, "film", now), (strangers, "bank", OLD)):
        Candidate.objects.create(
            need=other, unit=units[unit], decision=Decision.KEPT, next_step="Ring", created_at=day, updated_at=day
        )
    profiles = ask(need=need, by=anna, now=now).question["need"]["profiles"]
    # A stranger's contacts are not ours; that a company was approached counts, whoever did it, while it is recent.
    assert profiles == {
        str(units["photo"].number): {"in_contact": True, "recent_approaches": 1},
        str(units["film"].number): {"recent_approaches": 1},
    }


def test_a_company_that_is_an_organisation_here_is_in_contact(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    place = people.organisation("Fjordbanken", kind="company")
    place.unit = units["bank"]
    place.save()
    row = row_of(ask(need=need, by=anna, now=now).answer, units["bank"].number)
    assert row is not None
    assert row["profile"] == {"in_contact": True}


def test_the_answer_does_not_depend_on_who_asks(
    units: dict[str, Unit], need: Need, anna: User, carl: User, now: datetime
) -> None:
    assert ask(need=need, by=anna, now=now).answer == ask(need=need, by=carl, now=now).answer


OLD = datetime.fromisoformat("2025-11-01T10:00:00+00:00")
