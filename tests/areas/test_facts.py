"""Figures, official lists, partners, borders and resources of areas and needs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas import figures, services
from medspil.areas.borders import BadBorder, PlaceNotFound, border_from, centre_from, outline
from medspil.areas.figures import FigureRefused
from medspil.areas.models import Area, Need
from medspil.areas.services import Amount
from medspil.organisations.models import Organisation
from tests.factories import people, places

DAY = date(2026, 1, 1)


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def need(area: Area) -> Need:
    return places.need(area)


def note(area: Area, by: User, now: datetime, day: date = DAY, **values: Any) -> Area:
    return services.set_figures(
        area=area, counted_on=day, source="LBF", values=values, expected_version=area.version, by=by, now=now
    )


def stated(area: Area) -> dict[str, Decimal]:
    loaded = Area.objects.for_overview().get(pk=area.pk)
    return {one.measure.code: one.figure.value for one in figures.latest(loaded) if one.figure}


def test_a_figure_nobody_stated_is_not_zero(area: Area, anna: User, now: datetime) -> None:
    note(area, anna, now, residents=Decimal(1200), households=None)
    assert stated(area) == {"residents": Decimal(1200)}


def test_zero_is_a_figure(area: Area, anna: User, now: datetime) -> None:
    note(area, anna, now, moved_out=Decimal(0))
    assert stated(area) == {"moved_out": Decimal(0)}


def test_the_latest_day_counts_and_a_figure_can_be_taken_back(area: Area, anna: User, now: datetime) -> None:
    area = note(area, anna, now, residents=Decimal(1200))
    area = note(area, anna, now, day=date(2025, 1, 1), residents=Decimal(1100))
    assert stated(area) == {"residents": Decimal(1200)}
    area = note(area, anna, now, residents=None)
    assert stated(area) == {"residents": Decimal(1100)}
    latest = HistoryEntry.objects.of(area)[0]
    assert latest.changes["figure.residents"] == [[1200.0, "2026-01-01", "LBF"], None]


@pytest.mark.parametrize(
    ("measure", "value"),
    [("under_18", "100.1"), ("residents", "-1"), ("residents", "4"), ("households", "1"), ("residents", "100001")],
)
def test_a_figure_that_cannot_be_right_or_tells_of_single_persons_is_refused(
    area: Area, anna: User, now: datetime, measure: str, value: str
) -> None:
    values: dict[str, Any] = {measure: Decimal(value)}
    with pytest.raises(FigureRefused) as caught:
        note(area, anna, now, **values)
    assert caught.value.measure == measure
    assert stated(area) == {}


def test_codes_of_measures_fit_their_column_and_come_once() -> None:
    codes = [measure.code for measure in figures.MEASURES]
    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= 40


def test_a_status_is_noted_once_a_day_and_can_be_taken_back(area: Area, anna: User, now: datetime) -> None:
    services.add_status(area=area, kind="deprived_area", listed_on=DAY, source="Liste", by=anna, now=now)
    with pytest.raises(services.AlreadyListed):
        services.add_status(area=area, kind="deprived_area", listed_on=DAY, by=anna, now=now)
    status = area.statuses.get()
    for _click in range(2):
        services.remove_status(status=status, by=anna, now=now)
    assert not area.statuses.exists()
    assert HistoryEntry.objects.of(area).count() == 2


def test_an_organisation_takes_part_once_and_the_owner_never(
    area: Area, vejle: Organisation, anna: User, now: datetime
) -> None:
    school = people.organisation("Nørremarksskolen", "school")
    for _click in range(2):
        services.add_partner(area=area, organisation=school, by=anna, now=now)
    assert list(area.partners.all()) == [school]
    with pytest.raises(services.OwnerIsNoPartner):
        services.add_partner(area=area, organisation=vejle, by=anna, now=now)
    for _click in range(2):
        services.remove_partner(area=area, organisation=school, by=anna, now=now)
    assert not area.partners.exists()
    assert HistoryEntry.objects.of(area).count() == 2


SQUARE = '{"type":"Polygon","coordinates":[[[9.52,55.71],[9.53,55.71],[9.53,55.715],[9.52,55.715],[9.52,55.71]]]}'


def test_a_border_replaces_a_circle_and_the_other_way_round(area: Area, anna: User, now: datetime) -> None:
    drawn = services.set_border(area=area, border=border_from(SQUARE), expected_version=1, by=anna, now=now)
    assert drawn.border is not None
    assert drawn.radius_m is None
    assert outline(drawn) == drawn.border
    centre = (533_600.0, 6_174_800.0)
    round_ = services.set_circle(area=drawn, centre=centre, radius_m=600, expected_version=2, by=anna, now=now)
    assert (round_.border, round_.x, round_.y, round_.radius_m) == (None, *centre, 600)
    shape: dict[str, Any] = outline(round_) or {}
    assert len(shape["coordinates"][0]) == 49


def test_an_area_without_a_place_has_no_outline(vejle: Organisation) -> None:
    assert outline(Area(owner=vejle)) is None


def test_a_bad_border_is_told_in_a_sentence() -> None:
    with pytest.raises(BadBorder, match="GeoJSON"):
        border_from("not a border")


@pytest.mark.parametrize("written", ["7100", "7100 Vejle", "Vejle", " vejle "])
def test_a_centre_is_found_by_postcode_or_town(written: str) -> None:
    assert centre_from(written) == pytest.approx((534_000, 6_174_000), abs=6_000)


@pytest.mark.parametrize("written", ["55.71, 9.53", "55,71 9,53", "55,71; 9,53", "9.53,55.71", "55.71 9.53"])
def test_a_centre_is_read_from_coordinates_either_way_round(written: str) -> None:
    assert centre_from(written) == pytest.approx((533_300, 6_174_200), abs=500)


@pytest.mark.parametrize("written", ["", "Atlantis", "9999", "1, 2", "nan, nan", "55.71, 9.53, 3", "1e400 1e400"])
def test_a_place_nobody_knows_is_told_in_a_sentence(written: str) -> None:
    with pytest.raises(PlaceNotFound):
        centre_from(written)


def test_a_kind_that_stays_keeps_its_amount(need: Need, anna: User, now: datetime) -> None:
    need = services.set_kinds(need=need, kinds=["transport", "mentoring"], expected_version=1, by=anna, now=now)
    amounts = {"mentoring": Amount(4, "mentorer", "monthly"), "sports": Amount(1)}
    need = services.set_amounts(need=need, amounts=amounts, expected_version=2, by=anna, now=now)
    need = services.set_kinds(need=need, kinds=["mentoring", "sports"], expected_version=3, by=anna, now=now)
    rows = {row.kind: (row.quantity, row.unit, row.rhythm) for row in need.resources.all()}
    assert rows == {"mentoring": (4, "mentorer", "monthly"), "sports": (None, "", "")}
    told = [entry.changes for entry in HistoryEntry.objects.of(need)]
    assert told[0]["resources"] == [["mentoring", "transport"], ["mentoring", "sports"]]
    assert told[1] == {"amount.mentoring": [[None, "", ""], [4, "mentorer", "monthly"]], "version": [2, 3]}


def test_an_unknown_kind_is_refused_but_a_retired_one_may_stay(need: Need, anna: User, now: datetime) -> None:
    with pytest.raises(services.UnknownKind):
        services.set_kinds(need=need, kinds=["magic"], expected_version=1, by=anna, now=now)
    need.resources.create(kind="magic")
    kept = services.set_kinds(need=need, kinds=["magic", "transport"], expected_version=1, by=anna, now=now)
    assert kept.resources.count() == 2


def test_a_need_answers_a_challenge_of_its_own_area_only(
    need: Need, vejle: Organisation, anna: User, now: datetime
) -> None:
    elsewhere = places.challenge(places.area(vejle, "Løget"))
    with pytest.raises(services.ChallengeElsewhere):
        services.edit_need(need=need, challenge=elsewhere, expected_version=1, by=anna, now=now)
    own = places.challenge(need.area)
    saved = services.edit_need(need=need, challenge=own, expected_version=1, by=anna, now=now)
    assert saved.challenge == own
    said = {"challenge": None, "no_challenge_reason": "Beboerne bad om det"}
    assert services.edit_need(need=need, expected_version=2, by=anna, now=now, **said).challenge is None


def test_reach_is_one_of_three_and_can_be_taken_back(need: Need, anna: User, now: datetime) -> None:
    need = services.set_reach(need=need, reach_km=20, expected_version=1, by=anna, now=now)
    need = services.set_reach(need=need, whole_country=True, expected_version=2, by=anna, now=now)
    assert (need.reach_km, need.whole_country, need.own_municipality_only) == (None, True, False)
    need = services.set_reach(need=need, expected_version=3, by=anna, now=now)
    assert (need.reach_km, need.whole_country, need.own_municipality_only) == (None, False, False)
