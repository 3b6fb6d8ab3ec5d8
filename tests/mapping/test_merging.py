"""Two rows of one resource become one with all they had, and two again when that was wrong."""

from datetime import date

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.mapping.alike import alike_pairs
from medspil.mapping.merging import (
    MergeRefused,
    MergeStands,
    differing,
    merge_resources,
    pointers,
    successor,
    take_back,
)
from medspil.mapping.models import Resource, ResourceContact, ResourceMerge, Scope
from medspil.mapping.services import edit_resource
from medspil.organisations.models import Organisation
from tests.factories import companies, places
from tests.factories.pointing import TO_RESOURCES
from tests.factories.resources import NOW, consent, contact, person, resource


def state() -> list[dict[str, object]]:
    """Return all that resources and contacts hold, but for the counters that every change moves."""
    moving = {"version", "updated_at"}
    rows = [*Resource.objects.order_by("pk").values(), *ResourceContact.objects.order_by("pk").values()]
    return [{name: value for name, value in row.items() if name not in moving} for row in rows]


def test_what_one_lacks_it_takes_from_the_other_and_all_comes_back(anna: User, area: Area) -> None:
    kept = resource(area, anna, "IF Nord", can_do="Fodbold", kinds=["sports"], confirmed_on=date(2026, 1, 1))
    gone = resource(
        area, anna, "Nord IF", can_do="Håndbold", kinds=["premises"], when="tirsdage", place="7100 Vejle",
        unit=companies.unit(), confirmed_on=date(2026, 6, 1),
    )  # fmt: skip
    contact(gone, anna)
    before = state()
    assert differing(kept, gone) == ["name", "can_do"]
    merged = merge_resources(kept=kept, gone=gone, by=anna, now=NOW, from_gone=frozenset({"can_do"}), versions=(1, 1))
    now = Resource.objects.visible_to(anna).get()
    assert (now.pk, now.name, now.can_do, now.when) == (kept.pk, "IF Nord", "Håndbold", "tirsdage")
    assert (now.kinds, now.address, now.unit) == (["sports", "premises"], "7100 Vejle", gone.unit)
    assert now.confirmed_on == date(2026, 6, 1)
    assert ResourceContact.objects.get().resource == kept
    assert successor(Resource.objects.get(pk=gone.pk)) == kept
    assert merge_resources(kept=kept, gone=gone, by=anna, now=NOW) == merged  # sent twice
    take_back(merged=merged, by=anna, now=NOW)
    assert state() == before
    take_back(merged=merged, by=anna, now=NOW)
    assert not ResourceMerge.objects.standing().exists()
    assert merge_resources(kept=kept, gone=gone, by=anna, now=NOW) != merged


def test_every_kind_of_row_that_points_at_a_resource_has_an_example() -> None:
    named = {f"{one.model._meta.label}.{one.field}" for one in pointers()}
    assert named == set(TO_RESOURCES), "add an example row, and see that it moves"


@pytest.mark.parametrize("name", sorted(TO_RESOURCES))
def test_what_points_at_it_moves_and_comes_back(anna: User, area: Area, name: str) -> None:
    kept, gone = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF")
    TO_RESOURCES[name](gone)
    pointer = next(one for one in pointers() if name == f"{one.model._meta.label}.{one.field}")
    rows, column = pointer.rows, pointer.column
    before = list(rows.values())
    merged = merge_resources(kept=kept, gone=gone, by=anna, now=NOW)
    assert [getattr(row, column) for row in rows.all()] == [kept.pk]
    take_back(merged=merged, by=anna, now=NOW)
    assert list(rows.all().values()) == before


def test_both_keep_their_history(anna: User, area: Area) -> None:
    kept, gone = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF")
    merge_resources(kept=kept, gone=gone, by=anna, now=NOW)
    for one, other, word in ((kept, gone, "merged_in"), (gone, kept, "merged_into")):
        entries = list(HistoryEntry.objects.of(one))
        assert [entry.action for entry in entries] == ["merged", "created"]
        assert entries[0].changes == {word: other.name}


def test_an_old_page_merges_nothing(anna: User, area: Area) -> None:
    kept, gone = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF")
    edit_resource(resource=gone, expected_version=1, by=anna, now=NOW, when="onsdage")
    with pytest.raises(EditConflict):
        merge_resources(kept=kept, gone=gone, by=anna, now=NOW, versions=(1, 1))


def test_what_cannot_be_one_is_refused(anna: User, area: Area, vejle: Organisation) -> None:
    club = resource(area, anna)
    shy = person(area, anna, consent=consent(Scope.ON_MAP))
    for other in (club, resource(places.area(vejle, "Løget"), anna), shy):
        with pytest.raises(MergeRefused):
            merge_resources(kept=club, gone=other, by=anna, now=NOW)
    with pytest.raises(MergeRefused):
        merge_resources(kept=shy, gone=person(area, anna), by=anna, now=NOW)
    merge_resources(kept=club, gone=(second := resource(area, anna, "Anden")), by=anna, now=NOW)
    with pytest.raises(MergeRefused):
        merge_resources(kept=resource(area, anna, "Tredje"), gone=second, by=anna, now=NOW)


def test_a_merge_whose_result_was_changed_since_stands(anna: User, area: Area) -> None:
    kept, gone = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF", when="tirsdage")
    merged = merge_resources(kept=kept, gone=gone, by=anna, now=NOW)
    edit_resource(resource=kept, expected_version=2, by=anna, now=NOW, when="onsdage")
    with pytest.raises(MergeStands):
        take_back(merged=merged, by=anna, now=NOW)
    assert Resource.objects.visible_to(anna).get().when == "onsdage"


def test_a_chain_is_taken_back_from_its_end(anna: User, area: Area) -> None:
    first, second, third = (resource(area, anna, name) for name in ("A Nord", "B Nord", "C Nord"))
    inner = merge_resources(kept=second, gone=third, by=anna, now=NOW)
    outer = merge_resources(kept=first, gone=second, by=anna, now=NOW)
    assert successor(Resource.objects.get(pk=third.pk)) == first
    with pytest.raises(MergeStands):
        take_back(merged=inner, by=anna, now=NOW)
    take_back(merged=outer, by=anna, now=NOW)
    take_back(merged=inner, by=anna, now=NOW)
    assert Resource.objects.visible_to(anna).count() == 3


def test_pairs_that_may_be_one_are_found_later_too_but_no_person_with_a_thing(anna: User, area: Area) -> None:
    one, other = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF")
    person(area, anna, "Nord")
    [pair] = alike_pairs(Resource.objects.visible_to(anna).current())
    assert (pair.one, pair.other) == (one, other)
