"""What the operator does for a person from the terminal: forget her, and the letters to her address."""

import pytest
from click.testing import CliRunner

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.cli.person import person
from medspil.partnerships.models import Pitch
from tests.factories import companies, links
from tests.factories.pitches import ADDRESS, addressed, draft

pytestmark = pytest.mark.django_db


def test_letters_to_somebody_who_never_signed_in_are_forgotten(need: Need, anna: User) -> None:
    addressed(draft(links.link(need, companies.unit(), by=anna), by=anna), by=anna)
    done = CliRunner().invoke(person, ["forget", ADDRESS, "--yes"])
    assert done.exit_code == 0, done.output
    assert "Letters forgotten: 1." in done.output
    assert Pitch.objects.get().text == ""


def test_an_address_that_nobody_knows_is_told(anna: User) -> None:
    done = CliRunner().invoke(person, ["forget", "ingen@example.org", "--yes"])
    assert done.exit_code == 1
    assert "Nobody here has the address" in done.output
