"""Better places for units that only their postal code places: the middle of their street, or their own address."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from medspil.register import services
from medspil.register.lookup import LookupTroubled
from medspil.register.models import RegisterVersion, Unit
from medspil.register.placement import Placed, place_by_address, place_by_street
from tests.factories.net import Question, Service, service
from tests.factories.registers import NOW, applied, clock, compared, csv_file, row

pytestmark = pytest.mark.django_db
TOKEN = "made-up-token"
HOUSE = "0a3f508d-40c5-32b8-e044-0003ba298018"


def coarse(number: int, address: str, **changed: str) -> list[str]:
    """Return a row that tells no point."""
    return row(1_000_000_000 + number, Adresse=address, X="", Y="", **changed)


def exact(number: int, address: str, x: str, y: str = "6174000,0", **changed: str) -> list[str]:
    """Return a row that tells its point."""
    return row(1_000_000_000 + number, Adresse=address, X=x, Y=y, **changed)


def place(number: int) -> tuple[float | None, float | None, str]:
    unit = Unit.objects.get(number=1_000_000_000 + number)
    return unit.x, unit.y, unit.point_quality


# --- The middle of the street


def test_a_unit_is_placed_in_the_middle_of_the_known_addresses_of_its_street(tmp_path: Path) -> None:
    applied(
        csv_file(
            tmp_path,
            [
                exact(1, "Aagade 2", "533000,0"),
                exact(2, "Ågade 4", "533200,0", "6174200,0"),
                exact(3, "Ågade 4", "500000,0", Postnr="7000"),
                coarse(4, "Ågade 9, 1. tv"),
                coarse(5, "Havnegade 1"),
            ],
        )
    )
    assert place_by_street(now=NOW) == 1
    assert place(4) == (533_100.0, 6_174_100.0, "street")
    assert place(5)[2] == "postcode"
    assert place(1) == (533_000.0, 6_174_000.0, "address")


def test_placing_counts_the_register_one_on_so_that_an_older_comparison_is_not_applied(tmp_path: Path) -> None:
    applied(csv_file(tmp_path, [exact(1, "Ågade 2", "533000,0"), coarse(2, "Ågade 9")]))
    waiting = compared(csv_file(tmp_path, [exact(1, "Ågade 2", "533000,0"), coarse(2, "Ågade 9", Navn="Ny")]))
    assert place_by_street(now=NOW) == 1
    with pytest.raises(services.RegisterChanged):
        services.apply(run=waiting, clock=clock)
    version = RegisterVersion.objects.get().version
    assert place_by_street(now=NOW) == 0
    assert RegisterVersion.objects.get().version == version


def test_a_file_that_only_tells_the_postal_code_again_does_not_take_the_better_place_away(tmp_path: Path) -> None:
    rows = [exact(1, "Ågade 2", "533000,0"), coarse(2, "Ågade 9")]
    applied(csv_file(tmp_path, rows))
    place_by_street(now=NOW)
    assert applied(csv_file(tmp_path, rows)).unchanged == 2
    applied(csv_file(tmp_path, [rows[0], coarse(2, "Ågade 9", Navn="Nyt navn")]))
    assert place(2)[2] == "street"
    applied(csv_file(tmp_path, [rows[0], coarse(2, "Havnegade 9")]))  # it moved
    assert place(2)[2] == "postcode"


# --- The address service


class Addresses:
    """An address service that finds all it knows, whatever it is asked: all of it sounds alike."""

    def __init__(self) -> None:
        self.houses: dict[str, tuple[str, str, Any, Any]] = {}

    def add(self, ident: str, title: str, postcode: str, x: Any, y: Any = 6_174_000.5) -> None:
        self.houses[ident] = (title, postcode, x, y)

    def answer(self, question: Question) -> tuple[int, Any]:
        if question.query.get("token") != TOKEN:
            return 400, {"status": "fejl"}
        if question.path == "/adresser/soeg":
            hits = [
                {"type": "husnummer", "id": ident, "titel": f"{title}, {postcode} Vejle", "vejnavn": title.split()[0],
                 "postnr": postcode, "postdistrikt": "Vejle"}
                for ident, (title, postcode, _x, _y) in self.houses.items()
            ]  # fmt: skip
            return 200, {"status": "ok", "fund": hits}
        kind, ident = re.fullmatch(r"/(adresser|husnumre)/(.*)", question.path).groups()  # type: ignore[union-attr]
        if kind == "adresser" or ident not in self.houses:
            return 404, {"status": "fejl", "besked": "findes ikke"}
        title, _postcode, x, y = self.houses[ident]
        point = {"koordinater": {"x": x, "y": y}}
        return 200, {"status": "ok", "husnummer": {"vejnavn": title, "adgangspunkt": point}}


@pytest.fixture
def known() -> Addresses:
    return Addresses()


@pytest.fixture
def running(known: Addresses, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with service(known.answer) as one:
        settings.ADDRESSES_URL, settings.ADDRESSES_TOKEN = one.address, TOKEN
        settings.LOOKUP_AGENT = "Medspil Vejle, it@vejle.example"
        yield one


def ask(limit: int = 100, wait: Callable[[float], None] = lambda seconds: None) -> Placed:
    return place_by_address(limit=limit, clock=clock, wait=wait)


def test_without_a_service_in_the_settings_nothing_is_asked() -> None:
    with pytest.raises(LookupTroubled, match="MEDSPIL_ADDRESSES"):
        ask()


def test_an_address_is_searched_for_and_its_point_taken(tmp_path: Path, running: Service, known: Addresses) -> None:
    applied(csv_file(tmp_path, [coarse(1, "Aagade 9 b, 1. tv"), exact(2, "Havnegade 1", "533000,0")]))
    known.add(HOUSE, "Ågade 9B", "7100", 533_123.46)
    pauses: list[float] = []
    assert ask(wait=pauses.append) == Placed(asked=1, found=1, finished=True)
    assert place(1) == (533_123.5, 6_174_000.5, "address")
    search = running.asked[0]
    assert (search.query["tekst"], search.query["kommuneKode"]) == ("Aagade 9B, 7100", "0630")
    assert search.agent == "Medspil Vejle, it@vejle.example"
    assert pauses == []


def test_what_only_sounds_alike_or_lies_elsewhere_is_not_taken(
    tmp_path: Path, running: Service, known: Addresses
) -> None:
    applied(csv_file(tmp_path, [coarse(1, "Ågade 9"), coarse(2, "Ågade"), coarse(3, "Havnegade 4")]))
    known.add(HOUSE, "Ågade 9", "7000", 533_000.0)
    known.add(HOUSE.replace("0a", "1a"), "Ågade 91", "7100", 533_000.0)
    known.add(HOUSE.replace("0a", "2a"), "Havnegade 4", "7100", 12.5, 55.6)  # degrees are no surprise either
    known.add(HOUSE.replace("0a", "3a"), "Havnevej 4", "7100", 533_000.0)
    assert ask() == Placed(asked=3, found=1, finished=True)
    assert [place(number)[2] for number in (1, 2, 3)] == ["postcode", "postcode", "address"]


@pytest.mark.parametrize("x", [None, "533000", True, 9e9, []])
def test_a_point_that_is_none_is_not_taken(tmp_path: Path, running: Service, known: Addresses, x: Any) -> None:
    applied(csv_file(tmp_path, [coarse(1, "Ågade 9")]))
    known.add(HOUSE, "Ågade 9", "7100", x)
    assert ask().found == 0
    assert place(1)[2] == "postcode"


def test_an_id_in_dar_is_asked_for_first(tmp_path: Path, running: Service, known: Addresses) -> None:
    applied(csv_file(tmp_path, [coarse(1, "Ågade 9")]))
    Unit.objects.update(address_id=HOUSE)
    known.add(HOUSE, "Ågade 9", "7100", 533_000.0)
    assert ask().found == 1
    assert [one.path for one in running.asked] == [f"/adresser/{HOUSE}", f"/husnumre/{HOUSE}"]


def test_asking_is_paced_and_goes_on_where_it_stopped(tmp_path: Path, running: Service, known: Addresses) -> None:
    applied(csv_file(tmp_path, [coarse(number, f"Ågade {number}") for number in range(1, 6)]))
    known.add(HOUSE, "Ågade 5", "7100", 533_000.0)
    pauses: list[float] = []
    assert ask(2, pauses.append) == Placed(asked=2, found=0, finished=False)
    assert pauses == [0.5]
    assert ask(2) == Placed(asked=2, found=0, finished=False)
    assert ask(2) == Placed(asked=1, found=1, finished=True)
    assert [one.query["tekst"] for one in running.asked if "tekst" in one.query] == [
        f"Ågade {number}, 7100" for number in range(1, 6)
    ]
    assert ask(2) == Placed(asked=2, found=0, finished=False)  # from the start again


def test_trouble_on_the_way_keeps_what_was_found(
    tmp_path: Path, running: Service, known: Addresses, settings: Settings
) -> None:
    applied(csv_file(tmp_path, [coarse(number, f"Ågade {number}") for number in range(1, 4)]))
    known.add(HOUSE, "Ågade 1", "7100", 533_000.0)
    running.answer = lambda question: (
        (503, {}) if question.query.get("tekst", "").startswith("Ågade 2") else known.answer(question)
    )
    stopped = ask()
    assert (stopped.asked, stopped.found, stopped.finished) == (1, 1, False)
    assert "out of order" in stopped.problem
    assert place(1)[2] == "address"
    running.answer = known.answer
    assert ask().asked == 2
    settings.ADDRESSES_TOKEN = "another"
    assert "does not accept the token" in ask().problem


def test_a_unit_that_moved_while_the_service_was_asked_is_not_placed_at_its_former_address(
    tmp_path: Path, running: Service, known: Addresses
) -> None:
    applied(csv_file(tmp_path, [coarse(1, "Ågade 9")]))
    known.add(HOUSE, "Ågade 9", "7100", 533_000.0)

    def moves() -> datetime:
        Unit.objects.update(address="Havnegade 1")
        return NOW

    found = place_by_address(limit=9, clock=moves, wait=lambda seconds: None)
    assert (found.asked, found.found) == (1, 0)
    assert place(1)[2] == "postcode"
