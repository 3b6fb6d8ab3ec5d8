"""A need becomes a question that JSON can carry and that is read back as it was."""

import json
from datetime import datetime

import pytest

from medspil.areas.models import Area, Need, NeededResource
from medspil.linking.models import Candidate, Decision
from medspil.linking.question import filters_of, need_of, question_of, weights_of
from medspil.linking.words import KIND_WORD_WEIGHT
from medspil.matching import DEFAULT_WEIGHTS, Filters, Model
from medspil.organisations.models import Organisation
from tests.factories import companies, places, rankings

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-22T10:00:00+00:00")


def question(need: Need, filters: Filters = Filters()) -> dict[str, object]:  # noqa: B008
    return question_of(need=need, now=NOW, filters=filters, k=50)


def test_a_question_survives_json(need: Need) -> None:
    filters = Filters(sectors=frozenset({0}), sizes=frozenset({-1, 4}), model=Model.ADD_ON, max_distance_m=5_000)
    asked = question(need, filters)
    back = json.loads(json.dumps(asked))
    assert back == asked
    assert filters_of(back) == filters
    assert weights_of(back).capability == pytest.approx(DEFAULT_WEIGHTS.capability)
    found = need_of(back)
    assert (found.x, found.y, found.radius_m, found.effort) == (*rankings.CENTRE, 20_000.0, 2)


def test_a_kinds_words_widen_the_query_at_half_weight(need: Need) -> None:
    terms = need_of(question(need)).terms
    assert terms["kamera"] == KIND_WORD_WEIGHT
    assert terms["barn"] > KIND_WORD_WEIGHT


def test_words_that_tell_no_company_from_another_are_not_asked(need: Need) -> None:
    need.title, need.text = "Virksomheder til boligområdet", "En virksomhed med et trykkeri"
    terms = need_of(question(need)).terms
    assert "virksomhed" not in terms
    assert "boligområde" not in terms
    assert terms["trykkeri"] > KIND_WORD_WEIGHT


def test_words_that_only_lie_within_such_words_are_asked(need: Need) -> None:
    need.title, need.text = "Plads til lærlinge", "Arbejde med boliger"
    terms = need_of(question(need)).terms
    assert {"plads", "lærling", "arbejde", "bolig"} <= set(terms)


@pytest.mark.parametrize(
    ("reach_km", "scale", "radius"),
    [(None, 10_000, None), (1, 1_000, 1_000), (20, 10_000, 20_000), (300, 25_000, 300_000)],
)
def test_the_reach_sets_radius_and_scale(vejle: Organisation, reach_km: int | None, scale: int, radius: int) -> None:
    found = need_of(question(rankings.photo_need(vejle, reach_km=reach_km)))
    assert (found.scale_m, found.radius_m) == (scale, radius)


def test_an_area_without_a_centre_is_asked_without_distance_and_says_so(need: Need) -> None:
    Area.objects.update(x=None, y=None)
    asked = question(Need.objects.get(pk=need.pk))
    assert asked["notes"] == ["no_centre"]
    found = need_of(asked)
    assert (found.place, found.radius_m) == (None, None)


def test_own_municipality_is_a_gate_and_says_so_when_it_is_unknown(vejle: Organisation) -> None:
    need = rankings.photo_need(vejle, own_municipality_only=True)
    assert need_of(question(need)).municipalities == frozenset({630})
    Area.objects.update(municipality="")
    asked = question(Need.objects.get(pk=need.pk))
    assert asked["notes"] == ["no_municipality"]
    assert need_of(asked).municipalities is None


def test_a_kind_the_table_does_not_know_is_left_out_and_told(need: Need) -> None:
    NeededResource.objects.create(need=need, kind="moon_dust")
    asked = question(need)
    assert asked["notes"] == ["kinds_unknown"]
    assert [wanted.kind for wanted in need_of(asked).wanted] == ["photo_film"]


def test_a_need_without_kinds_is_told(vejle: Organisation) -> None:
    bare = places.need(places.area(vejle))
    assert question(bare)["notes"] == ["no_kinds"]


def test_themes_come_from_the_challenge(need: Need) -> None:
    need.challenge = places.challenge(need.area, theme="education")
    assert need_of(question(need)).themes == {"education"}


def test_companies_set_aside_are_turned_down_until_undone(need: Need) -> None:
    unit = companies.unit()
    candidate = Candidate.objects.create(
        need=need, unit=unit, decision=Decision.SET_ASIDE, reason="too_far", created_at=NOW, updated_at=NOW
    )
    assert need_of(question(need)).turned_down == {unit.number}
    candidate.decision = Decision.OPEN
    candidate.save()
    assert need_of(question(need)).turned_down == frozenset()
