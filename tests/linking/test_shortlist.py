"""Decisions about companies: once however often they are sent, never over somebody else's, always undoable."""

from datetime import date, datetime, timedelta

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking import shortlist
from medspil.linking.models import Candidate, Decision, Run
from medspil.linking.services import ask
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import people


@pytest.fixture
def bo(vejle: Organisation) -> User:
    """Return Bo, who works with the same shortlist."""
    return people.member(vejle, Role.CASE_WORKER, name="Bo")


@pytest.fixture
def kept(units: dict[str, Unit], need: Need, anna: User, now: datetime) -> Candidate:
    """Return the photo studio, kept by Anna."""
    return shortlist.keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=now)


def test_a_kept_company_keeps_the_reasons_of_that_day(kept: Candidate, need: Need, anna: User, now: datetime) -> None:
    assert kept.grounds["row"] == ask(need=need, by=anna, now=now).answer["units"][0]
    assert kept.run == Run.objects.get()


def test_keeping_twice_is_keeping_once(kept: Candidate, need: Need, anna: User, now: datetime) -> None:
    again = shortlist.keep(need=need, number=kept.unit.number, expected_version=0, by=anna, now=now)
    assert again == kept
    assert Candidate.objects.count() == Run.objects.count() == 1
    assert HistoryEntry.objects.of(kept).count() == 1


def test_setting_aside_leaves_the_company_out_of_the_next_ranking(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    number = units["photo"].number
    for _click in range(2):
        aside = shortlist.set_aside(
            need=need, number=number, reason="too_far", note="", expected_version=0, by=anna, now=now
        )
    assert Candidate.objects.get() == aside
    answer = ask(need=need, by=anna, now=now).answer
    assert answer["left_out"]["turned_down"] == 1
    assert number not in [row["number"] for row in answer["units"]]


@pytest.mark.parametrize("said", [("", "x"), ("other", "  ")])
def test_setting_aside_takes_a_reason(
    units: dict[str, Unit], need: Need, anna: User, now: datetime, said: tuple[str, str]
) -> None:
    number, (reason, note) = units["photo"].number, said
    with pytest.raises(shortlist.ReasonMissing):
        shortlist.set_aside(need=need, number=number, reason=reason, note=note, expected_version=0, by=anna, now=now)
    assert not Candidate.objects.exists()


def test_two_who_decide_differently_lose_nothing(
    kept: Candidate, need: Need, anna: User, bo: User, now: datetime
) -> None:
    with pytest.raises(EditConflict):
        shortlist.set_aside(
            need=need, number=kept.unit.number, reason="too_far", note="", expected_version=0, by=bo, now=now
        )
    assert Candidate.objects.get().decision == Decision.KEPT


def test_a_second_reason_is_not_swallowed_as_a_double_click(
    units: dict[str, Unit], need: Need, anna: User, bo: User, now: datetime
) -> None:
    number = units["bank"].number
    shortlist.set_aside(need=need, number=number, reason="too_far", note="", expected_version=0, by=anna, now=now)
    with pytest.raises(EditConflict):
        shortlist.set_aside(need=need, number=number, reason="bad_time", note="", expected_version=0, by=bo, now=now)


def test_undo_goes_back_and_keeps_what_was_written(kept: Candidate, anna: User, now: datetime) -> None:
    shortlist.change(
        candidate=kept, expected_version=1, by=anna, now=now, owner=anna, next_step="Ring", next_step_on=None, note="Ja"
    )
    for _click in range(2):
        shortlist.undo(candidate=kept, to=Decision.OPEN, expected_version=2, by=anna, now=now)
    gone = Candidate.objects.get()
    assert (gone.decision, gone.decision_before, gone.note, gone.next_step) == ("open", "kept", "Ja", "Ring")
    assert not Candidate.objects.kept().exists()


def test_after_an_undo_the_company_can_be_kept_from_an_old_page(
    kept: Candidate, need: Need, anna: User, now: datetime
) -> None:
    shortlist.undo(candidate=kept, to=Decision.OPEN, expected_version=1, by=anna, now=now)
    again = shortlist.keep(need=need, number=kept.unit.number, expected_version=0, by=anna, now=now)
    assert (again.pk, again.decision, again.version) == (kept.pk, Decision.KEPT, 3)


def test_set_aside_after_keeping_can_be_undone_to_kept(kept: Candidate, need: Need, anna: User, now: datetime) -> None:
    aside = shortlist.set_aside(
        need=need, number=kept.unit.number, reason="bad_time", note="", expected_version=1, by=anna, now=now
    )
    assert aside.decision_before == Decision.KEPT
    back = shortlist.undo(candidate=aside, to=Decision.KEPT, expected_version=2, by=anna, now=now)
    assert back.decision == Decision.KEPT


def test_a_company_that_is_being_wound_up_cannot_be_kept(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    Unit.objects.filter(pk=units["photo"].pk).update(status="closing")
    with pytest.raises(shortlist.CompanyClosedToUs):
        shortlist.keep(need=need, number=units["photo"].number, expected_version=0, by=anna, now=now)
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("which", ["protected", "ceased"])
def test_a_company_that_is_closed_to_us_cannot_be_kept(
    units: dict[str, Unit], need: Need, anna: User, now: datetime, which: str
) -> None:
    with pytest.raises(shortlist.CompanyClosedToUs):
        shortlist.keep(need=need, number=units[which].number, expected_version=0, by=anna, now=now)
    assert not Run.objects.exists()


def test_undoing_does_not_bring_a_protected_company_onto_the_list(
    kept: Candidate, units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    number = kept.unit.number
    aside = shortlist.set_aside(
        need=need, number=number, reason="bad_time", note="", expected_version=kept.version, by=anna, now=now
    )
    Unit.objects.filter(number=number).update(protected=True)
    aside = Candidate.objects.select_related("unit", "need").get(pk=aside.pk)
    with pytest.raises(shortlist.CompanyClosedToUs):
        shortlist.undo(candidate=aside, to=Decision.KEPT, expected_version=aside.version, by=anna, now=now)
    assert Candidate.objects.get().decision == Decision.SET_ASIDE


def test_a_number_the_register_does_not_have_is_refused(
    units: dict[str, Unit], need: Need, anna: User, now: datetime
) -> None:
    with pytest.raises(shortlist.UnknownCompany):
        shortlist.keep(need=need, number=42, expected_version=0, by=anna, now=now)


def test_two_who_write_at_once_the_second_is_told(kept: Candidate, anna: User, bo: User, now: datetime) -> None:
    hers, his = Candidate.objects.get(), Candidate.objects.get()

    def write(candidate: Candidate, by: User, step: str) -> None:
        shortlist.change(
            candidate=candidate, expected_version=1, by=by, now=now, owner=None, next_step=step,
            next_step_on=date(2026, 12, 1), note="",
        )  # fmt: skip

    write(hers, anna, "Ring")
    with pytest.raises(EditConflict):
        write(his, bo, "Skriv")
    assert Candidate.objects.get().next_step == "Ring"


def test_saving_what_stands_there_writes_nothing(kept: Candidate, anna: User, now: datetime) -> None:
    shortlist.change(
        candidate=kept, expected_version=1, by=anna, now=now + timedelta(1), owner=None, next_step="",
        next_step_on=None, note="",
    )  # fmt: skip
    assert Candidate.objects.get().version == 1


def test_a_stranger_cannot_be_given_the_next_step(kept: Candidate, anna: User, carl: User, now: datetime) -> None:
    with pytest.raises(shortlist.OwnerOutside):
        shortlist.change(
            candidate=kept, expected_version=1, by=anna, now=now, owner=carl, next_step="", next_step_on=None, note=""
        )
