"""The pages of what an area lacks: totals that follow the filter, picture, table, file, and a need with one click."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from medspil.accounts.models import User
from medspil.areas.models import Area, Challenge, Need
from medspil.mapping.coverage import Cover
from medspil.mapping.holders import Holder, Source, Standing
from medspil.mapping.models import Competence, Scope
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from medspil.web.mapping.coverage_words import holders
from tests.factories import offering, people, places
from tests.factories.resources import TODAY, consent, person, resource
from tests.web.pages import troubles

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def challenge(area: Area, anna: User) -> Challenge:
    """Return a challenge that takes four things: one is here, one not confirmed, one asked for, one missing."""
    made = places.challenge(area, "Kvarteret omtales kun for det dårlige", theme="image")
    for kind, note in (("photo_film", "En, der underviser"), ("premises", ""), ("journalism", ""), ("transport", "")):
        Competence.objects.create(challenge=made, kind=kind, note=note)
    resource(area, anna, "Fotoklubben", kinds=["photo_film"], confirmed_on=TODAY)
    resource(area, anna, "Kælderen", "place", kinds=["premises"])
    places.need(area, "En journalist", kinds=("journalism",), challenge=made)
    return made


def page(area: Area, query: str = "") -> str:
    return reverse("mapping:coverage", args=[area.pk]) + query


def look(client: Client, area: Area, query: str = "") -> Any:
    return client.get(page(area, query), headers=ENGLISH)


def standings(response: Any) -> list[Cover]:
    return [row.cover for row in response.context["rows"]]


def test_the_page_shows_who_has_what_and_what_nobody_has(as_anna: Client, area: Area, challenge: Challenge) -> None:
    response = look(as_anna, area)
    text = response.content.decode()
    assert response.status_code == 200
    assert troubles(text) == []
    assert standings(response) == [Cover.ASKED, Cover.HERE, Cover.UNSURE, Cover.NOBODY]
    shown = [line.row.cover for line in response.context["table"].records]
    assert shown == [Cover.NOBODY, Cover.ASKED, Cover.UNSURE, Cover.HERE]  # what nobody has stands first
    for said in ("Fotoklubben", "Kælderen", "En journalist", "En, der underviser", "Nobody has it", "<svg"):
        assert said in text
    assert reverse("mapping:coverage_need", args=[challenge.pk, "transport"]) in text
    assert reverse("mapping:coverage_need", args=[challenge.pk, "journalism"]) not in text
    assert reverse("mapping:coverage_need", args=[challenge.pk, "photo_film"]) not in text


def test_totals_and_picture_follow_the_filter(as_anna: Client, area: Area, challenge: Challenge) -> None:
    other = places.challenge(area, "Uro i gården")
    Competence.objects.create(challenge=other, kind="transport")
    response = look(as_anna, area, f"?challenge={other.pk}")
    assert standings(response) == [Cover.NOBODY]
    assert {chip.cover: chip.count for chip in response.context["chips"]} == {None: 1, Cover.NOBODY: 1}
    response = look(as_anna, area, "?cover=nobody")
    assert standings(response) == [Cover.NOBODY, Cover.NOBODY]
    assert {chip.cover: chip.count for chip in response.context["chips"]}[None] == 5
    assert all(
        [cell.cover for line in matrix.lines for cell in line.cells] == [Cover.NOBODY] * 2
        for matrix in response.context["matrices"]
    )


@pytest.mark.parametrize("query", ["?cover=x", "?challenge=0", "?challenge=x", "?km=999", "?km=²", "?cover=&km="])
def test_what_is_no_choice_shows_everything(as_anna: Client, area: Area, challenge: Challenge, query: str) -> None:
    assert len(look(as_anna, area, query).context["rows"]) == 4


def test_an_area_without_challenges_and_one_without_competences_say_what_to_do(as_anna: Client, area: Area) -> None:
    empty = look(as_anna, area).content.decode()
    assert reverse("areas:challenge_create", args=[area.pk]) in empty
    challenge = places.challenge(area)
    unsaid = look(as_anna, area).content.decode()
    assert reverse("mapping:competences", args=[challenge.pk]) in unsaid
    assert troubles(empty) == troubles(unsaid) == []


def test_where_nothing_is_mapped_the_page_says_that_nobody_can_tell(as_anna: Client, area: Area) -> None:
    Competence.objects.create(challenge=places.challenge(area), kind="transport")
    response = look(as_anna, area)
    assert standings(response) == [Cover.UNKNOWN]
    assert "nobody can tell" in response.content.decode()


def test_companies_near_by_are_counted_for_those_who_may_look_them_up(
    as_anna: Client, area: Area, challenge: Challenge, units: dict[str, Unit], vejle: Organisation
) -> None:
    def near(client: Client, query: str = "") -> str:
        return str(look(client, area, query).context["table"].records[3].near)

    assert (near(as_anna), near(as_anna, "?km=20")) == ("2", "3")
    school = people.organisation("Skolen", "school")
    area.partners.add(school)
    contact = people.signed_in(people.member(school, Role.ASSOCIATION_CONTACT, name="Bo"))
    assert near(contact) == "not known"


def read(client: Client, area: Area, query: str = "") -> list[list[str]]:
    response = client.get(reverse("mapping:coverage_export", args=[area.pk]) + query, headers=ENGLISH)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_says_the_same_with_the_same_filter(as_anna: Client, area: Area, challenge: Challenge) -> None:
    silent = places.challenge(area, "=1+1 ingen ved det")
    header, *rows = read(as_anna, area)
    assert len({len(row) for row in [header, *rows]}) == 1
    assert [row[3] for row in rows][:4] == ["A need asks for it", "The area has it", "Not confirmed", "Nobody has it"]
    assert rows[1][:5] == [
        challenge.title,
        "Photography and film",
        "En, der underviser",
        "The area has it",
        "Fotoklubben",
    ]
    assert rows[-1][0] == f"'{silent.title}"
    assert len(read(as_anna, area, "?cover=nobody")) == 2


def test_people_who_did_not_agree_to_stand_in_files_are_not_named_there(
    as_anna: Client, anna: User, area: Area, challenge: Challenge
) -> None:
    person(area, anna, "Fatima Nielsen", kinds=["transport"], consent=consent(Scope.ON_MAP), confirmed_on=TODAY)
    assert "Fatima" in look(as_anna, area).content.decode()
    text = str(read(as_anna, area))
    assert "Fatima" not in text
    assert "name not given" in text


def test_a_need_is_made_with_one_click_and_the_second_finds_it(
    as_anna: Client, area: Area, challenge: Challenge
) -> None:
    send = reverse("mapping:coverage_need", args=[challenge.pk, "transport"])
    assert as_anna.get(send).status_code == 405
    first = as_anna.post(send)
    need = Need.objects.get(resources__kind="transport")
    assert first["Location"] == reverse("areas:need_edit_what", args=[need.pk])
    assert as_anna.post(send)["Location"] == reverse("areas:need", args=[need.pk])
    assert Need.objects.filter(resources__kind="transport").count() == 1
    assert (need.challenge, need.area) == (challenge, area)
    response = look(as_anna, area)
    assert standings(response)[-1] is Cover.ASKED
    assert send not in response.content.decode()


@pytest.mark.parametrize("kind", ["sports", "magic"])
def test_what_the_challenge_does_not_take_makes_no_need(as_anna: Client, challenge: Challenge, kind: str) -> None:
    response = as_anna.post(reverse("mapping:coverage_need", args=[challenge.pk, kind]), follow=True)
    assert len(list(response.context["messages"])) == 1
    assert Need.objects.count() == 1


def test_who_may_only_look_gets_no_buttons_and_strangers_get_nothing(
    as_carl: Client, area: Area, challenge: Challenge, vejle: Organisation
) -> None:
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    send, say = (
        reverse("mapping:coverage_need", args=[challenge.pk, "transport"]),
        reverse("mapping:competences", args=[challenge.pk]),
    )
    text = look(reader, area).content.decode()
    assert send not in text
    assert say not in text
    assert (reader.post(send).status_code, reader.get(say).status_code) == (403, 403)
    for address in (page(area), reverse("mapping:coverage_export", args=[area.pk]), say):
        assert as_carl.get(address).status_code == 404
    assert as_carl.post(send).status_code == 404


def test_the_page_asks_no_more_questions_when_there_is_more_to_show(
    as_anna: Client, anna: User, area: Area, challenge: Challenge
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as found:
            assert look(as_anna, area).status_code == 200
        return len(found)

    offering.offer(offering.company("Firma"), area)
    questions()
    few = questions()
    for number in range(8):
        more = places.challenge(area, f"Udfordring {number}")
        Competence.objects.bulk_create(Competence(challenge=more, kind=kind) for kind in ("sports", "photo_film"))
        places.need(area, f"Behov {number}", kinds=("sports",), challenge=more)
        resource(area, anna, f"Klub {number}", kinds=["sports", "photo_film"])
        person(area, anna, f"Person {number}", kinds=["sports"])
        offering.offer(offering.company(f"Firma {number}"), area)
    assert questions() == few


def test_an_offer_says_where_it_is_and_leads_to_a_link(
    as_anna: Client, area: Area, challenge: Challenge, vejle: Organisation
) -> None:
    far = offering.offer(
        offering.company("Esbjerg Foto"), kind="transport", municipality="0561", x=465_000.0, y=6_148_000.0
    )
    near = offering.offer(offering.company("Avisen"), kind="journalism")
    lines = {line.row.kind: line for line in look(as_anna, area).context["table"].records}
    assert "Esbjerg, 7" in lines["transport"].held[0].note
    assert "km away: ask whether it can be given here" in lines["transport"].held[0].note
    assert lines["transport"].offer_url == f"{reverse('linking:link_create')}?area={area.pk}&offer={far.pk}"
    need = Need.objects.get()
    assert lines["journalism"].offer_url.endswith(f"?area={area.pk}&offer={near.pk}&need={need.pk}")
    assert lines["photo_film"].offer_url == ""
    text = look(as_anna, area).content.decode()
    assert "Ask for it" in text
    assert "Link it" in text
    assert all(as_anna.get(lines[kind].offer_url).status_code == 200 for kind in ("transport", "journalism"))
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    assert "Ask for it" not in look(reader, area).content.decode()


def test_a_yes_in_a_link_stands_alone_beside_links_that_are_not_agreed() -> None:
    agreed, open_one = (
        Holder(Source.LINK, standing, "Skolen", "linking.link", number)
        for number, standing in enumerate((Standing.SURE, Standing.MAYBE), start=1)
    )
    with override("en"):
        assert [one.note for one in holders([agreed, open_one])] == ["said yes in a link"]
        assert [one.note for one in holders([open_one])] == ["in a link that is not agreed yet"]
