"""Merges that were stored before all merges had one form of steps are still taken back."""

from typing import Any

import pytest

from medspil.accounts.merging import Step
from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.organisations.merging import MergeStands, merge, take_back
from medspil.organisations.models import Membership, Merge, Organisation, Profile, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject
from tests.factories import people, places
from tests.factories.people import NOW
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db


def one_column_each(steps: list[Step]) -> list[dict[str, Any]]:
    """Return steps in the form of version 0.1: one entry for each column, what was removed as it is."""
    found: list[dict[str, Any]] = []
    for step in steps:
        if "removed" in step:
            found.append(step)
            continue
        for name in step["old"]:
            head = {"model": step["model"], "pk": step["pk"], "field": name}
            found.append(head | {"old": step["old"][name], "new": step["new"][name]})
    return found


def all_rows() -> list[dict[str, Any]]:
    untold = {"version", "updated_at", "facts"}
    models = (Organisation, Membership, Area, Profile, Area.partners.through)
    return [
        {name: value for name, value in row.items() if name not in untold}
        for model in models
        for row in model._default_manager.order_by("pk").values()
    ]


@pytest.fixture
def stored(anna: User, vejle: Organisation) -> tuple[Merge, list[dict[str, Any]]]:
    """Return a merge in the old form, with what stood before it: facts, roles, an area, partners and profiles."""
    kept, gone = people.organisation("Nordre Boldklub", "association"), people.organisation("Nordre BK", "association")
    Organisation.objects.filter(pk=gone.pk).update(municipality="0630")
    bo = people.member(kept, Role.READER, name="Bo")
    Membership.objects.create(user=bo, organisation=gone, role=Role.READER, started_on=NOW.date())
    places.area(gone).partners.add(kept)
    for one in (kept, gone):
        answer(Subject(organisation=one), vejle, Topic.CSR, anna, "no")
    answer(Subject(organisation=gone), vejle, Topic.VOLUNTEERING, anna, "yes")
    before = all_rows()
    kept, gone = Organisation.objects.get(pk=kept.pk), Organisation.objects.get(pk=gone.pk)
    made = merge(kept=kept, gone=gone, from_gone=frozenset({"municipality"}), versions=(1, 1), by=anna, now=NOW)
    old = one_column_each(made.steps)
    assert any("field" in step for step in old)
    assert any("removed" in step for step in old)
    Merge.objects.filter(pk=made.pk).update(steps=old)
    return Merge.objects.get(pk=made.pk), before


def test_everything_comes_back(stored: tuple[Merge, list[dict[str, Any]]], anna: User) -> None:
    made, before = stored
    assert all_rows() != before
    assert take_back(merged=made, by=anna, now=NOW).undone_at == NOW
    assert all_rows() == before


def test_what_has_changed_since_stands_in_the_way(stored: tuple[Merge, list[dict[str, Any]]], anna: User) -> None:
    made, _before = stored
    Organisation.objects.filter(pk=made.kept_id).update(municipality="0101")
    with pytest.raises(MergeStands, match="Nordre Boldklub"):
        take_back(merged=made, by=anna, now=NOW)
