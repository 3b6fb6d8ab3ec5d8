"""`medspil register index` cuts the words of profiles again after the analyser has changed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.cli.register import register
from medspil.organisations.models import Organisation, Profile, ProfileWord, Topic
from medspil.organisations.subjects import of_unit
from tests.factories import companies
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db


def test_words_are_cut_anew_once(settings: Settings, tmp_path: Path, anna: User, vejle: Organisation) -> None:
    settings.INDEX_DIR = tmp_path / "index"
    answer(of_unit(companies.unit(cvr="25052943")), vejle, Topic.CORE_SERVICES, anna, text="kamera")
    Profile.objects.update(facts={"core_services": {"known": ""}, "analyser": 0})
    ProfileWord.objects.all().delete()
    said = [CliRunner().invoke(register, ["index"]).output for _again in range(2)]
    assert ["cut anew" in one for one in said] == [True, False]
    assert ProfileWord.objects.get().term == "kamera"
