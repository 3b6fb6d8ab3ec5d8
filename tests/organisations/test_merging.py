"""Two records of one organisation become one and two again: everything moves, and both keep their history."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from medspil.accounts.merging import Pointer
from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.organisations.merging import MergeRefused, MergeStands, merge, successor, take_back
from medspil.organisations.models import Membership, Merge, Organisation, Profile, Topic
from medspil.organisations.pointing import counts, pointers
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject
from tests.factories import companies, people, places
from tests.factories.people import NOW
from tests.factories.pointing import TO_ORGANISATIONS
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db
CVR = "25052943"
Pair = tuple[Organisation, Organisation]


@pytest.fixture
def pair(db: None) -> Pair:
    """Return two records of one club: the one to stay and the one to go."""
    kept, gone = people.organisation("Nordre Boldklub", "association"), people.organisation("Nordre BK", "association")
    Organisation.objects.filter(pk=gone.pk).update(municipality="0630")
    return Organisation.objects.get(pk=kept.pk), Organisation.objects.get(pk=gone.pk)


def merged(pair: Pair, anna: User, **other: Any) -> Merge:
    kept, gone = (Organisation.objects.get(pk=one.pk) for one in pair)
    told: dict[str, Any] = {"from_gone": frozenset[str](), "versions": (kept.version, gone.version), "now": NOW} | other
    return merge(kept=kept, gone=gone, by=anna, **told)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of ours but histories and merges, without the versions that a merge counts up."""
    untold = {"version", "updated_at"}
    found = {}
    kinds: set[type[models.Model]] = {Organisation, *(one.model for one in pointers())}
    for model in kinds:
        if model is not Merge:
            rows = [{k: v for k, v in row.items() if k not in untold} for row in model._default_manager.values()]
            found[model._meta.label] = sorted(rows, key=lambda row: int(row["id"]))
    return found


def name_of(pointer: Pointer) -> str:
    return f"{pointer.model._meta.label}.{pointer.field}"


def test_every_kind_of_row_that_points_at_an_organisation_has_an_example() -> None:
    assert {name_of(pointer) for pointer in pointers()} == set(TO_ORGANISATIONS), (
        "add an example row, and see that it moves"
    )


@pytest.mark.parametrize("name", sorted(TO_ORGANISATIONS))
def test_it_moves_and_comes_back(pair: Pair, anna: User, name: str) -> None:
    kept, gone = pair
    TO_ORGANISATIONS[name](gone)
    pointer = next(one for one in pointers() if name_of(one) == name)
    before = everything()
    made = merged(pair, anna)
    assert not pointer.rows.filter(**{pointer.field: gone}).exists()
    assert pointer.rows.filter(**{pointer.field: kept}).count() == 1
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


@pytest.mark.parametrize("name", sorted(TO_ORGANISATIONS))
def test_what_both_have_loses_nothing_and_comes_back(pair: Pair, anna: User, name: str) -> None:
    for one in pair:
        TO_ORGANISATIONS[name](one)
    before = everything()
    made = merged(pair, anna)
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


def test_a_person_with_the_same_role_in_both_has_it_once(pair: Pair, anna: User) -> None:
    kept, gone = pair
    bo = people.member(kept, Role.READER, name="Bo")
    Membership.objects.create(user=bo, organisation=gone, role=Role.READER, started_on=NOW.date())
    before = everything()
    made = merged(pair, anna)
    assert list(Organisation.objects.of(bo)) == [kept]
    assert Membership.objects.get(organisation=gone).ended_on == timezone.localdate(NOW)
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


def test_who_took_part_in_an_area_that_the_other_owns_takes_no_part_besides(pair: Pair, anna: User) -> None:
    kept, gone = pair
    places.area(kept).partners.add(gone)
    places.area(gone).partners.add(kept)
    both = places.area(people.organisation("Ejer"))
    both.partners.add(kept, gone)
    before = everything()
    made = merged(pair, anna)
    assert [list(area.partners.all()) for area in Area.objects.order_by("pk").prefetch_related("partners")] == [
        [], [], [kept],
    ]  # fmt: skip
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


def test_two_checks_by_one_municipality_become_one_with_the_answers_of_both(
    pair: Pair, anna: User, vejle: Organisation
) -> None:
    kept, gone = pair
    answer(Subject(organisation=kept), vejle, Topic.CSR, anna, "no")
    answer(Subject(organisation=gone), vejle, Topic.CSR, anna, "yes")
    answer(Subject(organisation=gone), vejle, Topic.VOLUNTEERING, anna, "yes")
    before = everything()
    made = merged(pair, anna)
    profile = Profile.objects.standing().get()
    assert {one.topic: one.known for one in profile.answers.all()} == {"csr": "no", "volunteering": "yes"}
    assert set(profile.facts) == {"csr", "volunteering", "analyser"}
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


def test_own_words_stay_own_words(pair: Pair, anna: User) -> None:
    _kept, gone = pair
    answer(Subject(organisation=gone), gone, Topic.CSR, people.member(gone, Role.ASSOCIATION_CONTACT), "yes")
    merged(pair, anna)
    assert Profile.objects.standing().own_words().get().about == pair[0]


def test_what_one_wrote_of_the_other_does_not_become_its_own_words(pair: Pair, anna: User) -> None:
    kept, gone = pair
    answer(Subject(organisation=gone), kept, Topic.CSR, anna, "no")
    merged(pair, anna)
    assert not Profile.objects.standing().exists()


def test_the_chosen_facts_stay_and_the_others_come_back(pair: Pair, anna: User) -> None:
    kept, gone = pair
    unit = companies.unit("Nordre BK", cvr=CVR)
    Organisation.objects.filter(pk=gone.pk).update(unit=unit, cvr=CVR)
    before = everything()
    made = merged(pair, anna, from_gone=frozenset({"cvr", "unit", "municipality"}))
    kept.refresh_from_db()
    assert (kept.name, kept.cvr, kept.unit, kept.municipality) == ("Nordre Boldklub", CVR, unit, "0630")
    take_back(merged=made, by=anna, now=NOW)
    assert everything() == before


def test_how_everybody_reaches_it_is_what_the_one_that_stays_says_or_else_the_other(pair: Pair, anna: User) -> None:
    kept, gone = pair
    Organisation.objects.filter(pk=kept.pk).update(public_phone="76 81 00 00")
    Organisation.objects.filter(pk=gone.pk).update(public_phone="11 11 11 11", public_email="post@nbk.example")
    made = merged(pair, anna)
    said = Organisation.objects.values_list("public_phone", "public_email")
    assert said.get(pk=kept.pk) == ("76 81 00 00", "post@nbk.example")
    take_back(merged=made, by=anna, now=NOW)
    assert said.get(pk=kept.pk) == ("76 81 00 00", "")


def test_both_keep_their_history_and_both_are_told(pair: Pair, anna: User) -> None:
    made = merged(pair, anna)
    take_back(merged=made, by=anna, now=NOW)
    for one in pair:
        assert [entry.action for entry in HistoryEntry.objects.of(one)] == ["merge_undone", "merged"]


def test_a_second_click_merges_and_takes_back_once(pair: Pair, anna: User) -> None:
    made = merged(pair, anna)
    assert merged(pair, anna) == made
    assert take_back(merged=made, by=anna, now=NOW).undone_at == take_back(merged=made, by=anna, now=NOW).undone_at
    assert HistoryEntry.objects.filter(action__in=["merged", "merge_undone"]).count() == 4


def test_what_was_merged_is_in_no_list_and_leads_to_what_it_became(pair: Pair, anna: User, vejle: Organisation) -> None:
    kept, gone = pair
    Organisation.objects.filter(pk__in=[kept.pk, gone.pk]).update(created_by_organisation=vejle)
    merged(pair, anna)
    assert set(Organisation.objects.visible_to(anna)) == {vejle, kept}
    assert not Organisation.objects.named("Nordre BK").exists()
    assert successor(gone.pk) == kept
    assert successor(kept.pk) is None
    assert successor(0) is None


def test_an_organisation_cannot_go_into_itself_or_twice(pair: Pair, anna: User, vejle: Organisation) -> None:
    kept, gone = pair
    with pytest.raises(MergeRefused):
        merged((kept, kept), anna)
    merged(pair, anna)
    with pytest.raises(MergeRefused):
        merged((vejle, gone), anna)
    with pytest.raises(MergeRefused):
        merged((gone, vejle), anna)


def test_a_merge_of_what_somebody_changed_meanwhile_is_shown_again(pair: Pair, anna: User) -> None:
    kept, gone = pair
    with pytest.raises(EditConflict):
        merged(pair, anna, versions=(kept.version, gone.version + 1))
    assert not Merge.objects.exists()


def test_nothing_is_taken_back_that_would_undo_what_came_since(pair: Pair, anna: User) -> None:
    _kept, gone = pair
    made = merged(pair, anna, from_gone=frozenset({"municipality"}))
    kept = Organisation.objects.get(pk=pair[0].pk)
    kept.save_changes(expected_version=kept.version, now=NOW, municipality="0101")
    with pytest.raises(MergeStands, match="Nordre Boldklub"):
        take_back(merged=made, by=anna, now=NOW)
    assert Merge.objects.get().undone_at is None
    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_what_has_moved_on_since_stands_in_the_way(pair: Pair, anna: User, vejle: Organisation) -> None:
    area = places.area(pair[1])
    made = merged(pair, anna)
    Area.objects.filter(pk=area.pk).update(owner=vejle)
    with pytest.raises(MergeStands, match=area.name):
        take_back(merged=made, by=anna, now=NOW)
    area.delete()
    with pytest.raises(MergeStands):
        take_back(merged=made, by=anna, now=NOW)


def test_a_later_merge_has_to_be_taken_back_first(pair: Pair, anna: User, vejle: Organisation) -> None:
    kept, gone = pair
    places.area(gone)
    first, later = merged(pair, anna), merged((vejle, kept), anna)
    assert successor(gone.pk) == vejle
    with pytest.raises(MergeStands):
        take_back(merged=first, by=anna, now=NOW)
    take_back(merged=later, by=anna, now=NOW)
    take_back(merged=first, by=anna, now=NOW)
    assert Area.objects.get().owner == gone


def test_what_cannot_go_back_stops_everything(pair: Pair, anna: User) -> None:
    kept, gone = pair
    bo = people.member(gone, Role.READER, name="Bo")
    made = merged(pair, anna)
    Membership.objects.create(user=bo, organisation=gone, role=Role.READER, started_on=NOW.date())
    with pytest.raises(MergeStands):
        take_back(merged=made, by=anna, now=NOW)
    assert Membership.objects.filter(organisation=kept, user=bo).exists()


def test_what_came_since_stays_where_it_came(pair: Pair, anna: User) -> None:
    kept, gone = pair
    made = merged(pair, anna)
    later = places.area(kept, name="Ny")
    take_back(merged=made, by=anna, now=NOW)
    assert Area.objects.get(pk=later.pk).owner == kept
    assert counts(kept) != []
    assert counts(gone) == []


def test_a_merge_that_fails_half_way_leaves_nothing(pair: Pair, anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    places.area(pair[1])
    before = everything()

    def stop(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "INSERT" in sql and "organisations_merge" in sql:
            raise OSError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(stop), pytest.raises(OSError, match="full"):
        merged(pair, anna)
    assert everything() == before
    assert not HistoryEntry.objects.filter(action="merged").exists()


def test_a_relation_that_nobody_handled_would_be_seen() -> None:
    assert {one.model._meta.label for one in pointers()} >= {"areas.Area", "areas.Area_partners"}
    assert all(issubclass(pointer.model, models.Model) for pointer in pointers())
