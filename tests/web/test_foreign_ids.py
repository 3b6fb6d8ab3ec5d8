"""A form takes no record of somebody else, even when its number is written into the form by hand."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.areas.models import Area, Need
from medspil.linking.models import Candidate
from medspil.rounds.models import Round
from tests.factories import registers
from tests.web.matrix.world import World


@dataclass(frozen=True)
class Field:
    """A field of a form that names a record: its address, what else the form must say, and what the field may name."""

    route: str
    of: str
    name: str
    record: str
    rest: dict[str, object]


KEY = "7d2b3c1e-5f4a-4b6d-8e9f-0a1b2c3d4e5f"
FIELDS = [
    Field("areas:create", "", "owner", "organisation", {"name": "Nyt område", "creation_key": KEY}),
    Field("areas:need_create", "area", "challenge", "challenge", {"title": "Nyt behov", "creation_key": KEY}),
    Field("areas:need_edit_what", "need", "challenge", "challenge", {"title": "Behov", "text": "x", "version": 1}),
    Field("areas:need_edit_host", "need", "host", "organisation", {"host_capacity": "2", "version": 1}),
    Field(
        "rounds:create",
        "",
        "organisation",
        "organisation",
        {"programme": "classes", "title": "Ny", "creation_key": KEY},
    ),
    Field("linking:change", "candidate", "owner", "person", {"version": 1, "next_step": "Ring"}),
]


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    """Return two of everything."""
    registers.use_folder(settings, tmp_path / "data")
    return World(tmp_path)


def send(world: World, field: Field, letter: str) -> int:
    """Send the form of side A with a record of one side in the field; return the status of the answer."""
    client = Client()
    coordinator = world.actors["coordinator"].user
    assert coordinator
    client.force_login(coordinator)
    args = [world.sides["A"].records[field.of].pk] if field.of else []
    data = field.rest | {field.name: world.sides[letter].records[field.record].pk}
    return client.post(reverse(field.route, args=args), data).status_code


def pointers() -> list[object]:
    """Return everything that the fields of the table can change."""
    return [
        sorted(Area.objects.values_list("pk", "owner")),
        sorted(Need.objects.values_list("pk", "challenge", "version")),
        sorted(Candidate.objects.values_list("pk", "version")),
        sorted(Round.objects.values_list("pk", "version")),
    ]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.route} {field.name}")
def test_a_record_of_ones_own_is_taken(world: World, field: Field) -> None:
    before = pointers()
    assert send(world, field, "A") == 302
    assert pointers() != before


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.route} {field.name}")
def test_a_record_of_strangers_is_refused_and_nothing_changes(world: World, field: Field) -> None:
    before = pointers()
    assert send(world, field, "B") == 422
    assert pointers() == before
