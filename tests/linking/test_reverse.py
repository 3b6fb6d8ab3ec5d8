"""Which needs fit a company: the same figures as the ranking of each need, only what one may see, few queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil import matching
from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import shortlist
from medspil.linking.affinities import affinities
from medspil.linking.models import Candidate
from medspil.linking.question import need_of, question_of, weights_of
from medspil.linking.reverse import FittingNeeds, needs_for
from medspil.matching import Filters, Gate, RankedUnit
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.subjects import of_unit
from medspil.register.index import open_index
from medspil.register.models import Unit
from tests.factories import places, rankings
from tests.factories.people import NOW
from tests.factories.profiles import answer, partnership, themes

pytestmark = pytest.mark.django_db


def everything(unit: Unit) -> FittingNeeds:
    return needs_for(unit=unit, among=Need.objects.all(), now=NOW, k=100)


def other_way_round(need: Need, unit: Unit) -> RankedUnit | Gate:
    question = question_of(need=need, now=NOW, filters=Filters(), k=50)
    return matching.explain_unit(
        open_index(), need_of(question), affinities(), unit.number, weights=weights_of(question)
    )


@pytest.fixture
def needs(need: Need, vejle: Organisation) -> list[Need]:
    """Return needs that differ in area, words, kinds, reach and challenge."""
    elsewhere = places.area(vejle, name="Havnen", x=rankings.CENTRE[0] + 30_000, y=rankings.CENTRE[1])
    challenge = places.challenge(need.area, theme="education")
    return [
        need,
        places.need(need.area, title="Lektiehjælp i banken", kinds=("mentors",), challenge=challenge),
        places.need(elsewhere, title="Film om havnen", kinds=("photo_film", "premises"), reach_km=50),
        places.need(elsewhere, title="Naboer", kinds=("premises",), own_municipality_only=True),
    ]


def test_every_need_has_the_score_and_the_reasons_that_its_own_ranking_gives(
    units: dict[str, Unit], needs: list[Need], anna: User, vejle: Organisation
) -> None:
    company = of_unit(units["photo"])
    answer(company, vejle, Topic.CSR, anna, "yes", text="Vi lærer børn at fotografere")
    answer(company, vejle, Topic.THEMES, anna, details=themes(education="Skoler"))
    answer(company, vejle, Topic.PARTNERSHIPS, anna, details={"partnerships": [partnership()]})
    for unit in (units["photo"], units["bank"], units["far"]):
        kept = shortlist.keep(need=needs[1], number=unit.number, expected_version=0, by=anna, now=NOW)
        Candidate.objects.filter(pk=kept.pk).update(next_step="Ring op")
    for unit in units.values():
        found = everything(unit)
        stood = {one.need.pk: one.ranked for one in found.needs}
        for need in needs:
            expected = other_way_round(need, unit)
            if isinstance(expected, Gate):
                assert need.pk not in stood
            else:
                assert stood[need.pk].score == expected.score
                assert stood[need.pk].parts == expected.parts
                assert stood[need.pk].words == expected.words
        assert found.considered == len(needs)
        assert found.eligible + sum(found.left_out.values()) == len(needs)


def test_only_needs_that_may_be_seen_are_ranked_and_counted(units: dict[str, Unit], needs: list[Need]) -> None:
    shown = Need.objects.filter(pk__in=[needs[0].pk, needs[2].pk])
    found = needs_for(unit=units["photo"], among=shown, now=NOW)
    assert {one.need.pk for one in found.needs} == {needs[0].pk, needs[2].pk}
    assert found.considered == 2


def test_needs_that_are_over_or_put_away_are_not_open(units: dict[str, Unit], needs: list[Need]) -> None:
    Need.objects.filter(pk=needs[0].pk).update(ends_on=NOW.date() - timedelta(days=1), version=2)
    needs[2].area.archived_at = NOW
    needs[2].area.save()
    assert {one.need.pk for one in everything(units["photo"]).needs} <= {needs[1].pk}


def test_a_change_of_a_need_counts_at_once(units: dict[str, Unit], needs: list[Need]) -> None:
    before = everything(units["bank"])
    needs[0].save_changes(expected_version=1, now=NOW + timedelta(minutes=1), title="Lån og budget i banken")
    after = {one.need.pk: one.ranked.score for one in everything(units["bank"]).needs}
    assert after[needs[0].pk] > {one.need.pk: one.ranked.score for one in before.needs}[needs[0].pk]


def test_a_company_that_turned_protected_after_the_index_was_built_is_told_nothing(
    units: dict[str, Unit], needs: list[Need]
) -> None:
    units["photo"].protected = True
    units["photo"].save()
    found = everything(units["photo"])
    assert not found.needs
    assert found.left_out[Gate.PROTECTED] >= 1


def test_more_needs_cost_no_more_queries(units: dict[str, Unit], needs: list[Need], vejle: Organisation) -> None:
    everything(units["photo"])
    with CaptureQueriesContext(
        connection,
    ) as few:
        everything(units["photo"])
    for number in range(30):
        places.need(needs[0].area, title=f"Fotoskole {number}", kinds=("photo_film",))
    everything(units["photo"])
    with CaptureQueriesContext(connection) as many:
        assert len(everything(units["photo"]).needs) >= 30
    assert len(many) == len(few)
