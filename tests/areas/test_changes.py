"""Changing a record: history from old to new, nobody's text lost, one record for a double click."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from medspil.accounts.models import HistoryEntry, User
from medspil.areas import services
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def need(area: Area) -> Need:
    return places.need(area, text="En uge på arbejde")


@pytest.fixture
def bo(vejle: Organisation) -> User:
    return people.member(vejle, Role.CASE_WORKER, name="Bo")


def history(record: Area | Challenge | Need) -> list[tuple[str, dict[str, object]]]:
    return [(entry.action, entry.changes) for entry in HistoryEntry.objects.of(record)]


def test_a_change_tells_old_and_new_and_raises_the_version(area: Area, anna: User, now: datetime) -> None:
    saved = services.edit_area(
        area=area, expected_version=1, by=anna, now=now, name="Nørremarken Vest", programme_from=date(2026, 1, 1)
    )
    assert (saved.name, saved.version, saved.updated_at) == ("Nørremarken Vest", 2, now)
    assert history(saved) == [
        (
            "changed",
            {
                "name": ["Nørremarken", "Nørremarken Vest"],
                "programme_from": [None, "2026-01-01"],
                "version": [1, 2],
            },
        )
    ]


def test_saving_the_same_again_changes_nothing_and_tells_nothing(area: Area, anna: User, now: datetime) -> None:
    saved = services.edit_area(area=area, expected_version=1, by=anna, now=now, name=area.name)
    assert saved.version == 1
    assert history(area) == []


def test_two_people_who_change_one_section_do_not_overwrite_each_other(
    need: Need, anna: User, bo: User, now: datetime
) -> None:
    services.edit_need(need=need, expected_version=1, by=bo, now=now, title="En uge på brandstationen")
    with pytest.raises(EditConflict):
        services.edit_need(need=need, expected_version=1, by=anna, now=now, title="Praktik", text=need.text)
    need.refresh_from_db()
    assert (need.title, need.version) == ("En uge på brandstationen", 2)
    assert len(history(need)) == 1


def test_two_people_in_different_sections_do_not_disturb_each_other(
    need: Need, anna: User, bo: User, now: datetime
) -> None:
    services.edit_need(need=need, expected_version=1, by=bo, now=now, place="Brandstationen")
    saved = services.edit_need(need=need, expected_version=1, by=anna, now=now, title="Praktik")
    assert (saved.title, saved.place, saved.version) == ("Praktik", "Brandstationen", 3)


def test_two_people_who_write_the_same_are_of_one_mind(need: Need, anna: User, bo: User, now: datetime) -> None:
    services.edit_need(need=need, expected_version=1, by=bo, now=now, title="Praktik")
    saved = services.edit_need(need=need, expected_version=1, by=anna, now=now, title="Praktik")
    assert saved.version == 2


def test_a_draft_that_saved_itself_is_no_conflict_with_the_same_person(need: Need, anna: User, now: datetime) -> None:
    services.edit_need(need=need, expected_version=1, by=anna, now=now, title="Pra")
    saved = services.edit_need(need=need, expected_version=1, by=anna, now=now, title="Praktik")
    assert (saved.title, saved.version) == ("Praktik", 3)
    assert history(saved)[0][1]["title"] == ["Pra", "Praktik"]


def test_a_version_the_history_knows_nothing_of_counts_as_a_conflict(need: Need, anna: User, now: datetime) -> None:
    need.save_changes(expected_version=1, now=now, title="Skrevet af en anden vej")
    with pytest.raises(EditConflict):
        services.edit_need(need=need, expected_version=1, by=anna, now=now, place="Skolen")


def test_kinds_chosen_by_two_people_conflict_too(need: Need, anna: User, bo: User, now: datetime) -> None:
    services.set_kinds(need=need, kinds=["transport"], expected_version=1, by=bo, now=now)
    with pytest.raises(EditConflict):
        services.set_kinds(need=need, kinds=["mentoring"], expected_version=1, by=anna, now=now)
    assert [one.kind for one in need.resources.all()] == ["transport"]


def test_values_that_cannot_stand_are_refused_and_nothing_is_told(need: Need, anna: User, now: datetime) -> None:
    wrong: list[dict[str, object]] = [
        {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 1)},
        {"age_from": 16, "age_to": 13},
        {"helpers": 0},
        {"title": ""},
        {"title": "x" * 161},
    ]
    for fields in wrong:
        with pytest.raises(ValidationError):
            services.edit_need(need=need, expected_version=1, by=anna, now=now, **fields)
    need.refresh_from_db()
    assert need.version == 1
    assert history(need) == []


def test_a_double_click_makes_one_area_with_one_line_of_history(vejle: Organisation, anna: User, now: datetime) -> None:
    key = uuid4()
    first = services.create_area(owner=vejle, name=" Løget ", creation_key=key, by=anna, now=now)
    again = services.create_area(owner=vejle, name="Løget", creation_key=key, by=anna, now=now + timedelta(seconds=1))
    assert first == again
    assert first.name == "Løget"
    assert [action for action, _changes in history(first)] == ["created"]
    other = services.create_area(owner=vejle, name="Løget", creation_key=uuid4(), by=anna, now=now)
    assert other != first


def test_a_challenge_and_a_need_are_made_once_too(area: Area, anna: User, now: datetime) -> None:
    key = uuid4()
    challenges = {
        services.create_challenge(area=area, title="Ro i gården", creation_key=key, by=anna, now=now).pk
        for _click in range(2)
    }
    reason = "Beboerne bad om det på mødet"
    needs = {
        services.create_need(area=area, title="Ro", no_challenge_reason=reason, creation_key=key, by=anna, now=now).pk
        for _click in range(2)
    }
    assert (len(challenges), len(needs)) == (1, 1)


def test_archiving_twice_is_told_once_and_can_be_undone(area: Area, anna: User, now: datetime) -> None:
    assert services.set_archived(record=area, away=True, by=anna, now=now)
    assert not services.set_archived(record=area, away=True, by=anna, now=now)
    assert list(Area.objects.visible_to(anna).current()) == []
    assert list(Area.objects.visible_to(anna).archived()) == [area]
    assert services.set_archived(record=area, away=False, by=anna, now=now)
    assert [action for action, _changes in history(area)] == ["restored", "archived"]
    assert list(Area.objects.visible_to(anna).current()) == [area]


CPR = "Ring til Sofie, 010190-1234"


def test_numbers_of_persons_are_stopped_wherever_text_is_written(area: Area, anna: User, now: datetime) -> None:
    need = places.need(area)
    challenge = places.challenge(area)
    with pytest.raises(CprNumberFound):
        services.edit_area(area=area, expected_version=1, by=anna, now=now, description=CPR)
    with pytest.raises(CprNumberFound):
        services.create_need(
            area=area, title="Ro", text=CPR, challenge=challenge, creation_key=uuid4(), by=anna, now=now
        )
    with pytest.raises(CprNumberFound):
        services.edit_need(need=need, expected_version=1, by=anna, now=now, place=CPR)
    with pytest.raises(CprNumberFound):
        services.edit_challenge(challenge=challenge, expected_version=1, by=anna, now=now, seen=CPR)
    with pytest.raises(CprNumberFound):
        services.set_amounts(
            need=need, amounts={"transport": services.Amount(unit=CPR)}, expected_version=1, by=anna, now=now
        )
    with pytest.raises(CprNumberFound):
        services.set_figures(
            area=area, counted_on=now.date(), source=CPR, values={}, expected_version=1, by=anna, now=now
        )
    with pytest.raises(CprNumberFound):
        services.add_status(area=area, kind="deprived_area", listed_on=now.date(), source=CPR, by=anna, now=now)
    assert HistoryEntry.objects.count() == 0
