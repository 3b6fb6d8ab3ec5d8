"""The ranking page: who fits and why, whom the gates left out, the same list and map for the same filters."""

import json
import re
from datetime import datetime

import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.rank import rank
from medspil.linking import narrowing
from medspil.linking.models import Candidate, Decision, Run
from medspil.linking.services import rank_need
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Ability, Role
from medspil.register.index import rebuild_index
from medspil.register.models import RegisterVersion, Unit
from medspil.web.linking import wording
from tests.factories import companies, people, rankings

ENGLISH = {"accept-language": "en"}


def page(client: Client, need: Need, query: str = "", **headers: str) -> str:
    response = client.get(reverse("linking:ranking", args=[need.pk]) + query, headers={**ENGLISH, **headers})
    assert response.status_code == 200
    return response.content.decode()


def listed(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="unit-(\d+)"', html)]


def mapped(html: str) -> set[int]:
    return {int(number) for number in re.findall(r'"ident": "unit-(\d+)"', html)}


def test_the_page_says_who_fits_and_why(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    html = page(as_anna, need)
    assert listed(html)[0] == units["photo"].number
    for reason in (
        "Photography → Photography and film",
        "900 m as the crow flies",
        "5–9 employees",
        "Strategically integrated",
        "Source: prøve, 1 November 2026",
        "Made up for the example",
        "the centre of the postal code",
        "The size is not known, which counts as the middle.",
    ):
        assert reason in html, reason


def test_the_page_says_whom_the_gates_left_out(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    html = page(as_anna, need)
    assert "1 company is protected from advertising and is left out." in html
    assert "2 companies lie outside the reach of the need." in html
    assert units["protected"].name not in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sector=2", {"club"}),
        ("?size=small", {"bank"}),
        ("?size=unknown&sector=2", {"club"}),
        ("?distance=1", {"photo", "club"}),
        ("?model=strategically_integrated", {"photo", "film", "formula"}),
        ("?model=nonsense&distance=x", {"photo", "film", "bank", "smith", "club", "formula"}),
    ],
)
def test_list_and_map_follow_the_same_filter(
    units: dict[str, Unit], need: Need, as_anna: Client, query: str, expected: set[str]
) -> None:
    html = page(as_anna, need, query)
    assert set(listed(html)) == mapped(html) == {units[name].number for name in expected}


def test_htmx_gets_the_list_alone_with_the_same_answer(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    whole, part = page(as_anna, need), page(as_anna, need, **{"HX-Request": "true"})
    assert "<html" in whole
    assert part.strip().startswith('<div id="results"')
    assert listed(part) == listed(whole)


def test_looking_writes_nothing(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    for _time in range(2):
        page(as_anna, need)
    assert not Run.objects.exists()


def test_ten_companies_cost_as_many_queries_as_one(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User, now: datetime
) -> None:
    other = rankings.photo_need(need.area.owner)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(as_anna, need, "?all=1")
        return len(asked.captured_queries)

    few = queries()
    made = [companies.unit(f"Foto {nth}", industry="742000", x=533_700.0 + nth, y=6_174_800.0) for nth in range(10)]
    rebuild_index()
    for unit in made:
        for where in (need, other):
            Candidate.objects.create(
                need=where, unit=unit, decision=Decision.KEPT, decided_by=anna, created_at=now, updated_at=now
            )
    assert queries() == few
    assert few <= 24


def test_a_stranger_finds_no_such_page(units: dict[str, Unit], need: Need, as_carl: Client) -> None:
    assert as_carl.get(reverse("linking:ranking", args=[need.pk])).status_code == 404


def test_a_reader_may_not_rank(units: dict[str, Unit], need: Need, vejle: Organisation) -> None:
    reader = people.signed_in(people.member(vejle, Role.READER, name="Bo"))
    assert reader.get(reverse("linking:ranking", args=[need.pk])).status_code == 403


@pytest.mark.parametrize(("role", "told"), [(Role.READER, False), (Role.CASE_WORKER, True)])
def test_what_others_decided_is_told_to_those_who_may_open_their_shortlist(
    units: dict[str, Unit], need: Need, carl: User, role: Role, told: bool
) -> None:
    now = people.NOW
    Candidate.objects.create(
        need=need,
        unit=units["photo"],
        decision=Decision.KEPT,
        next_step="Ring til ejeren",
        created_at=now,
        updated_at=now,
    )
    Membership.objects.create(user=carl, organisation=need.area.owner, role=role, started_on=now.date())
    his = rankings.photo_need(Organisation.objects.where(carl, Ability.EDIT_AREA).get())
    html = page(people.signed_in(carl), his, "?all=1")
    assert units["photo"].number in listed(html)
    assert ("Ring til ejeren" in html) is told


def test_the_page_is_for_reading(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    assert as_anna.post(reverse("linking:ranking", args=[need.pk])).status_code == 405
    assert as_anna.get(reverse("linking:save", args=[need.pk])).status_code == 405


def test_asking_for_companies_stores_the_run_once_and_shows_the_list(
    units: dict[str, Unit], need: Need, as_anna: Client
) -> None:
    for _ in range(2):
        response = as_anna.post(reverse("linking:find", args=[need.pk]))
        assert response.headers["Location"] == reverse("linking:ranking", args=[need.pk])
    assert Run.objects.get().need == need


def test_without_an_index_the_page_says_what_to_do_and_a_file_is_refused(
    units: dict[str, Unit], need: Need, as_anna: Client, settings: Settings
) -> None:
    settings.INDEX_DIR = settings.INDEX_DIR / "gone"
    assert "medspil register index" in page(as_anna, need)
    response = as_anna.get(reverse("linking:export", args=[need.pk, "csv"]))
    assert response.status_code == 503
    assert "medspil register index" in response.content.decode()
    for name in ("linking:save", "linking:find"):
        saved = as_anna.post(reverse(name, args=[need.pk]), follow=True)
        assert saved.status_code == 200
        assert "medspil register index" in saved.content.decode()
    assert not Run.objects.exists()


def test_a_damaged_index_is_told_and_never_an_error_page(
    units: dict[str, Unit], need: Need, as_anna: Client, settings: Settings
) -> None:
    data = next(settings.INDEX_DIR.glob("index-*/data"))
    data.write_bytes(data.read_bytes()[:100])
    settings.INDEX_DIR = settings.INDEX_DIR.rename(settings.INDEX_DIR.with_name("moved"))
    assert "medspil register index" in page(as_anna, need)


def test_an_index_that_lags_behind_the_register_is_told(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    notice = "The register has changed since the index was built"
    assert notice not in page(as_anna, need)
    RegisterVersion.objects.update(version=F("version") + 1)
    assert notice in page(as_anna, need)


def test_an_area_without_a_centre_has_a_list_and_no_map(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    need.area.x = need.area.y = None
    need.area.save()
    html = page(as_anna, need)
    assert listed(html)
    assert "data-map" not in html
    assert "The area has no centre yet" in html


def test_the_terminal_gives_the_same_answer(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    told = CliRunner().invoke(rank, [str(need.pk), "--json"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.output)["answer"]
    assert [row["number"] for row in answer["units"]] == listed(page(as_anna, need, "?all=1"))


def test_a_saved_ranking_shows_what_it_showed(units: dict[str, Unit], need: Need, as_anna: Client) -> None:
    save = reverse("linking:save", args=[need.pk]) + "?model=strategically_integrated"
    first, second = as_anna.post(save), as_anna.post(save)
    assert first["Location"] == second["Location"]
    Unit.objects.filter(pk=units["photo"].pk).update(name="Nyt navn", status="ceased")
    rebuild_index()
    html = as_anna.get(first["Location"], headers=ENGLISH).content.decode()
    assert "Lysets Fotostudie ApS" in html
    assert len(listed(html)) == 3


def test_asking_again_tells_what_has_changed(
    units: dict[str, Unit], need: Need, as_anna: Client, anna: User, now: datetime
) -> None:
    run = rank_need(need=need, by=anna, now=now)
    again = as_anna.post(reverse("linking:repeat", args=[run.pk]))
    assert again["Location"] == reverse("linking:run", args=[run.pk])
    Unit.objects.filter(pk=units["photo"].pk).update(status="ceased")
    rebuild_index()
    html = as_anna.post(reverse("linking:repeat", args=[run.pk]), follow=True, headers=ENGLISH).content.decode()
    assert "Lysets Fotostudie ApS is out; it was number 1." in html


def test_a_stranger_sees_no_saved_ranking(
    units: dict[str, Unit], need: Need, anna: User, as_carl: Client, now: datetime
) -> None:
    run = rank_need(need=need, by=anna, now=now)
    assert as_carl.get(reverse("linking:run", args=[run.pk])).status_code == 404
    assert as_carl.post(reverse("linking:repeat", args=[run.pk])).status_code == 404


def test_every_code_to_narrow_by_has_words_and_the_other_way_round() -> None:
    assert set(wording.SIZES) == set(narrowing.SIZES)
    assert set(wording.SECTORS) == set(narrowing.SECTORS.values())
