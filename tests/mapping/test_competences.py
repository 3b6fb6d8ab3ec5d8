"""What a challenge takes is said by people, changed like any section, and made into a need with one click."""

from typing import Any

import pytest
from django.utils import translation

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import CprNumberFound
from medspil.areas.services import UnknownKind, set_archived
from medspil.common.models import EditConflict
from medspil.mapping.competences import NotTaken, need_for, set_competences
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import people, places
from tests.factories.people import NOW


@pytest.fixture
def challenge(vejle: Organisation) -> Challenge:
    """Return a challenge of Anna's area."""
    return places.challenge(places.area(vejle), "Kvarteret omtales kun for det dårlige", theme="image")


def say(challenge: Challenge, by: User, version: int = 1, **chosen: str) -> Challenge:
    return set_competences(challenge=challenge, chosen=chosen, expected_version=version, by=by, now=NOW)


def stored(challenge: Challenge) -> dict[str, str]:
    return dict(Competence.objects.filter(challenge=challenge).values_list("kind", "note"))


def test_competences_are_said_changed_and_taken_off_with_a_history(challenge: Challenge, anna: User) -> None:
    say(challenge, anna, photo_film="En, der kan undervise  børn", journalism="")
    assert stored(challenge) == {"photo_film": "En, der kan undervise børn", "journalism": ""}
    say(challenge, anna, 2, photo_film="En fotograf")
    assert stored(challenge) == {"photo_film": "En fotograf"}
    entry = HistoryEntry.objects.of(challenge)[0]
    assert entry.changes["competences"] == [["journalism", "photo_film"], ["photo_film"]]
    assert entry.changes["competence.photo_film"] == ["En, der kan undervise børn", "En fotograf"]
    assert say(challenge, anna, 3, photo_film="En fotograf").version == 3


def test_two_people_who_say_it_at_once_do_not_overwrite_each_other(
    challenge: Challenge, anna: User, vejle: Organisation
) -> None:
    bo = people.member(vejle, Role.CASE_WORKER, name="Bo")
    say(challenge, bo, photo_film="")
    with pytest.raises(EditConflict):
        say(challenge, anna, journalism="")
    assert stored(challenge) == {"photo_film": ""}


@pytest.mark.parametrize(
    ("chosen", "trouble"), [({"magic": ""}, UnknownKind), ({"photo_film": "Ring 010190-1234"}, CprNumberFound)]
)
def test_what_cannot_stand_is_refused(
    challenge: Challenge, anna: User, chosen: dict[str, str], trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        say(challenge, anna, 1, **chosen)
    assert stored(challenge) == {}


def test_a_kind_that_went_out_of_the_vocabulary_stays_until_it_is_taken_off(challenge: Challenge, anna: User) -> None:
    Competence.objects.create(challenge=challenge, kind="gone", note="gammel")
    say(challenge, anna, gone="gammel", journalism="")
    assert set(stored(challenge)) == {"gone", "journalism"}


def missing(challenge: Challenge, by: User, kind: str = "photo_film") -> tuple[Need, bool]:
    return need_for(challenge=challenge, kind=kind, by=by, now=NOW)


@pytest.mark.parametrize(("language", "words"), [("da", "børn"), ("en", "Photography and film for children")])
def test_a_need_begins_with_challenge_kind_title_and_text(
    challenge: Challenge, anna: User, language: str, words: str
) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(target_groups=["children"], seen="Avisen skriver kun om uro.")
    challenge.refresh_from_db()
    say(challenge, anna, photo_film="En, der kan undervise børn")
    with translation.override(language):
        need, new = missing(challenge, anna)
    assert new
    assert (need.challenge, need.area, need.target_group) == (challenge, challenge.area, "children")
    assert words.lower() in need.title.lower()
    assert challenge.title in need.text
    assert "Avisen skriver kun om uro." in need.text
    assert "En, der kan undervise børn" in need.text
    assert [one.kind for one in need.resources.all()] == ["photo_film"]
    assert [entry.action for entry in HistoryEntry.objects.of(need)] == ["changed", "created"]


def test_a_second_click_finds_the_need_that_is_there(challenge: Challenge, anna: User) -> None:
    say(challenge, anna, photo_film="", journalism="")
    first, _new = missing(challenge, anna)
    Need.objects.filter(pk=first.pk).update(title="Anna skrev videre")
    assert missing(challenge, anna) == (first, False)
    assert missing(challenge, anna, "journalism")[0] != first


@pytest.mark.parametrize("over", [{"ends_on": "2026-01-01"}, {"archived_at": NOW}])
def test_a_need_that_is_over_or_put_away_does_not_stand_in_the_way(
    challenge: Challenge, anna: User, over: dict[str, Any]
) -> None:
    say(challenge, anna, photo_film="")
    first, _new = missing(challenge, anna)
    Need.objects.filter(pk=first.pk).update(**over)
    assert missing(challenge, anna)[1]


def test_a_long_name_still_gives_a_title_that_fits_and_nobody_named_is_the_area(
    challenge: Challenge, anna: User
) -> None:
    Area.objects.filter(pk=challenge.area_id).update(name="Å" * 120)
    Challenge.objects.filter(pk=challenge.pk).update(target_groups=[])
    challenge = Challenge.objects.get(pk=challenge.pk)
    say(challenge, anna, photo_film="")
    title = missing(challenge, anna)[0].title
    assert len(title) <= 160
    assert "ÅÅÅ" in title


def test_only_what_the_challenge_takes_is_made_a_need(challenge: Challenge, anna: User) -> None:
    with pytest.raises(NotTaken):
        missing(challenge, anna)
    assert not Need.objects.exists()


def test_competences_are_seen_by_those_who_see_the_area(
    challenge: Challenge, anna: User, carl: User, vejle: Organisation
) -> None:
    say(challenge, anna, photo_film="")
    assert Competence.objects.visible_to(anna).current().count() == 1
    assert not Competence.objects.visible_to(carl).exists()
    set_archived(record=challenge, away=True, by=anna, now=NOW)
    assert not Competence.objects.visible_to(anna).current().exists()
