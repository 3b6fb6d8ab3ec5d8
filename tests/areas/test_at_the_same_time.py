"""Real simultaneity: two threads with connections of their own, as two requests have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import TypeVar
from uuid import uuid4

import pytest
from django.db import connection

from medspil.accounts.models import HistoryEntry, User
from medspil.areas import services
from medspil.areas.models import Area, Need
from medspil.common.models import EditConflict
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places

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


def test_both_halves_of_a_double_click_get_the_same_area(vejle: Organisation, anna: User, now: datetime) -> None:
    key = uuid4()

    def create() -> int:
        return services.create_area(owner=vejle, name="Løget", creation_key=key, by=anna, now=now).pk

    assert len(set(together(create, create, create, create))) == 1
    assert (Area.objects.count(), HistoryEntry.objects.count()) == (1, 1)


def test_of_two_people_who_save_at_once_one_wins_and_the_other_is_told(
    vejle: Organisation, anna: User, now: datetime
) -> None:
    bo = people.member(vejle, Role.CASE_WORKER, name="Bo")
    need = places.need(places.area(vejle))

    def save(person: User) -> Callable[[], str]:
        def deed() -> str:
            try:
                services.edit_need(need=need, expected_version=1, by=person, now=now, title=person.name)
            except EditConflict:
                return "told"
            return person.name

        return deed

    answers = together(save(anna), save(bo))
    saved = Need.objects.get()
    assert sorted(answers) == sorted(["told", saved.title])
    assert saved.version == 2
    assert HistoryEntry.objects.of(saved).count() == 1
