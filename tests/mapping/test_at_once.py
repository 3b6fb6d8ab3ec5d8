"""Two at the same moment, each with a connection of their own: nothing doubled, nobody brought back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection

from medspil.accounts.models import User
from medspil.accounts.one_time_links import LinkUsed
from medspil.areas.models import Area
from medspil.common.models import EditConflict
from medspil.mapping.bringing import bring_in
from medspil.mapping.companies import pick_up
from medspil.mapping.merging import MergeRefused, merge_resources
from medspil.mapping.models import Answer, Consent, HowEnded, Inquiry, Resource, ResourceContact, ResourceMerge
from medspil.mapping.pasting import understand
from medspil.mapping.services import (
    AlreadyWithdrawn,
    add_contact,
    answer_inquiry,
    ask_still_right,
    edit_resource,
    withdraw_consent,
)
from tests.factories import companies
from tests.factories.resources import NOW, contact, person, resource

pytestmark = pytest.mark.django_db(transaction=True)
_Answer = TypeVar("_Answer")


def together(*deeds: Callable[[], _Answer]) -> list[_Answer]:
    """Do all at once and return the answers."""
    gate = Barrier(len(deeds))

    def one(deed: Callable[[], _Answer]) -> _Answer:
        try:
            gate.wait(timeout=20)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(one, deeds))


def test_both_halves_of_a_double_click_make_one_person_with_one_consent(anna: User, area: Area) -> None:
    key = uuid4()
    made = together(*[lambda: person(area, anna, creation_key=key).pk] * 3)
    assert len(set(made)) == 1
    assert (Resource.objects.count(), Consent.objects.count()) == (1, 1)


def test_two_who_pick_a_company_up_get_the_same_resource(anna: User, area: Area) -> None:
    unit = companies.unit()
    made = together(*[lambda: pick_up(area=area, unit=unit, creation_key=uuid4(), by=anna, now=NOW).pk] * 3)
    assert len(set(made)) == 1
    assert Resource.objects.count() == 1


def test_a_list_sent_twice_at_once_is_there_once(anna: User, area: Area) -> None:
    drafts, key = understand("Haven; sted\nKlubben; forening"), uuid4()

    def bring() -> int:
        return bring_in(area=area, drafts=drafts, creation_key=key, by=anna, now=NOW).added

    assert sorted(together(bring, bring)) == [0, 2]
    assert Resource.objects.count() == 2


def test_of_two_answers_by_one_link_one_counts(anna: User, area: Area) -> None:
    reached = contact(resource(area, anna), anna)
    asked = ask_still_right(contact=reached, by=anna, now=NOW, address_of=lambda token: token)

    def answer(said: Answer) -> Callable[[], str]:
        def deed() -> str:
            try:
                answer_inquiry(token=asked.address, answer=said, now=NOW)
            except LinkUsed:
                return ""
            return said.value

        return deed

    said = together(answer(Answer.RIGHT), answer(Answer.WRONG))
    assert sorted(said) == ["", Inquiry.objects.get().answer]


def test_whoever_writes_while_a_person_withdraws_brings_nothing_of_her_back(anna: User, area: Area) -> None:
    fatima = person(area, anna)

    def withdraw() -> None:
        withdraw_consent(resource=Resource.objects.get(pk=fatima.pk), how=HowEnded.SAID, by=anna, now=NOW)

    def edit() -> None:
        try:
            edit_resource(resource=fatima, expected_version=1, by=anna, now=NOW, can_do="Fatima strikker")
        except EditConflict:
            return

    def reach() -> None:
        try:
            add_contact(resource=fatima, by=anna, now=NOW, phone="12345678", source="hende", purpose="aftaler")
        except AlreadyWithdrawn:
            return

    together(withdraw, edit, reach)
    left = Resource.objects.get()
    assert (left.name, left.can_do) == ("", "")
    assert not ResourceContact.objects.exists()


def test_two_merges_the_opposite_way_round_leave_one(anna: User, area: Area) -> None:
    one, other = resource(area, anna, "IF Nord"), resource(area, anna, "Nord IF")

    def merge(kept: Resource, gone: Resource) -> Callable[[], bool]:
        def deed() -> bool:
            try:
                merge_resources(kept=kept, gone=gone, by=anna, now=NOW)
            except MergeRefused:
                return False
            return True

        return deed

    assert sorted(together(merge(one, other), merge(other, one))) == [False, True]
    assert ResourceMerge.objects.standing().count() == 1
    assert Resource.objects.visible_to(anna).count() == 1
