"""Prepared subqueries: whoever asks, and on whichever day, gets what the question as it is written would give."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from medspil.accounts.models import User
from medspil.areas.models import Need, areas_where
from medspil.common.prepared import Prepared, prepared
from medspil.linking.models import Brokerage, Link, links_seen
from medspil.organisations.models import Organisation, organisations_of, organisations_where
from medspil.organisations.roles import Ability
from medspil.partnerships.models import partnerships_seen
from tests.factories import companies, links
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WAYS: list[tuple[Any, tuple[Any, ...]]] = [
    (organisations_of, ()),
    (organisations_where, (Ability.LINK,)),
    (areas_where, (Ability.VIEW_AREA,)),
    (areas_where, (Ability.SEE_CONTACTS,)),
    (links_seen, (TODAY,)),
    (links_seen, (TODAY + timedelta(days=400),)),
    (partnerships_seen, (TODAY,)),
]


def asked(question: Prepared, model: type[models.Model]) -> set[int]:
    return set(model._default_manager.filter(pk__in=question).values_list("pk", flat=True))


def test_everybody_gets_what_the_question_itself_gives(need: Need, anna: User, carl: User) -> None:
    partnership(need, companies.unit(), by=anna)
    broker = links.link(need, companies.unit("Havnens Smedje ApS"), by=anna)
    Brokerage.objects.create(
        link=broker, user=carl, organisation=carl.memberships.get().organisation, started_on=TODAY,
        leaves_on=TODAY, to_the_parties=True, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    counts = []
    for way, rest in WAYS:
        for person in (anna, carl, anna):
            plain = way.__wrapped__(person, *rest)
            found = asked(way(person, *rest), plain.model)
            assert found == set(plain.values_list("pk", flat=True)), (way.__name__, person, rest)
            counts.append(len(found))
    # Anna's, Carl's, and Anna's again: Carl has his own municipality, and a link only while he is its broker.
    assert counts == [1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 2, 1, 2, 2, 0, 2, 1, 0, 1]


def test_the_question_is_built_once_for_all_who_ask(anna: User, carl: User) -> None:
    built = []

    @prepared
    def question(user: User, day: date) -> models.QuerySet[Any, Any]:
        built.append(user)
        return Organisation.objects.of(user).filter(memberships__started_on__lte=day).values("pk")

    days = (TODAY, date(2025, 1, 1))
    assert [len(asked(question(user, day), Organisation)) for user in (anna, carl) for day in days] == [1, 0, 1, 0]
    assert len(built) == 2  # twice the first time, to see that it is the same for all


def test_a_question_that_does_not_ask_for_the_person_is_refused(anna: User) -> None:
    @prepared
    def question(user: User) -> models.QuerySet[Any, Any]:
        return Link.objects.filter(seen_by=1).values("pk")

    with pytest.raises(ImproperlyConfigured, match="question"):
        asked(question(anna), Link)


def test_a_question_that_reads_more_of_the_person_than_the_key_is_refused(anna: User) -> None:
    @prepared
    def question(user: User) -> models.QuerySet[Any, Any]:
        hers = Organisation.objects.of(user)
        return (hers if user.language == "da" else hers.filter(cvr="")).values("pk")

    with pytest.raises(ImproperlyConfigured, match="question reads more"):
        asked(question(anna), Organisation)


@pytest.mark.parametrize("days", [0, 30])
def test_a_question_that_reckons_with_the_day_or_the_key_is_refused(anna: User, days: int) -> None:
    @prepared
    def question(user: User, day: date) -> models.QuerySet[Any, Any]:
        hers = Organisation.objects.of(user).filter(memberships__started_on__lte=day)
        since = hers.filter(memberships__started_on__gte=day - timedelta(days=days))
        return (since if days or day.month == 1 else hers).values("pk")

    with pytest.raises(ImproperlyConfigured, match="question asks differently"):
        asked(question(anna, TODAY), Organisation)
