"""The pages of a partnership: the area leads it, the sides see it and do their own part, strangers see nothing."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.partnerships.models import Part, Partner, PartnerGain, PartnerPerson, Partnership, Question
from medspil.progress.models import Moment, MomentKind
from medspil.walks.models import Walk, WalkState
from tests.factories import links, people
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
TODAY = "2026-11-22"


@pytest.fixture
def as_sanne(sanne: User) -> Client:
    """Return a browser in which Sanne of the company is signed in."""
    return people.signed_in(sanne)


def get(client: Client, name: str, /, *args: object, status: int = 200) -> str:
    response = client.get(reverse(f"partnerships:{name}", args=args), headers=ENGLISH)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def post(client: Client, name: str, /, *args: object, status: int = 302, **data: Any) -> str:
    response = client.post(reverse(f"partnerships:{name}", args=args), data, headers=ENGLISH)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_the_area_and_those_who_take_part_see_it_and_strangers_do_not(
    together: Partnership, as_anna: Client, as_sanne: Client, as_carl: Client
) -> None:
    for client in (as_anna, as_sanne):
        listed = get(client, "list")
        assert reverse("partnerships:detail", args=[together.pk]) in listed
        assert "going on" in listed
        assert "4 of 8: Begun" in listed
        html = get(client, "detail", together.pk)
        for told in (together.name, "Vejle Kommune", "public sector", "private sector", "en dag om måneden"):
            assert told in html, told
        for told in ("Parties of at least two sectors", "within 5 working days", "Became a partnership"):
            assert told in html, told
    get(as_carl, "detail", together.pk, status=404)
    assert together.name not in get(as_carl, "list")


def test_the_page_of_the_link_leads_to_it_and_the_menu_to_all(together: Partnership, as_anna: Client) -> None:
    html = as_anna.get(reverse("linking:link", args=[together.link.pk]), headers=ENGLISH).content.decode()
    assert reverse("partnerships:detail", args=[together.pk]) in html
    assert f'href="{reverse("partnerships:list")}"' in html


def test_name_idea_model_and_promise_are_the_areas_to_change(
    together: Partnership, as_anna: Client, as_sanne: Client
) -> None:
    assert "The data propose: Add-on." in get(as_anna, "edit", together.pk)
    said: dict[str, Any] = {
        "name": "Gennem Ild og Vand",
        "idea": "De ser hinanden.",
        "model": "add_on",
        "answer_days": 3,
        "version": 1,
    }
    post(as_anna, "edit", together.pk, **said)
    html = get(as_anna, "detail", together.pk)
    for told in ("Gennem Ild og Vand", "De ser hinanden.", "Add-on", "within 3 working days"):
        assert told in html, told
    assert "Somebody else" in post(as_anna, "edit", together.pk, status=409, **said | {"name": "Et andet"})
    post(as_sanne, "edit", together.pk, status=403, **said)


def test_it_pauses_ends_and_is_taken_up_again(together: Partnership, as_anna: Client) -> None:
    post(as_anna, "pause", together.pk, version=1, on=TODAY, why="Hallen er brændt")
    assert "Hallen er brændt" in get(as_anna, "detail", together.pk)
    ended: dict[str, Any] = {"version": 2, "on": TODAY, "reason": "reached", "worked": "Ugerne", "again": "Ja"}
    post(as_anna, "end", together.pk, **ended)
    html = get(as_anna, "detail", together.pk)
    assert "What we wanted is reached." in html
    assert reverse("partnerships:question_new", args=[together.pk]) not in html
    post(as_anna, "take_up", together.pk, version=3, on=TODAY)
    post(as_anna, "pause", together.pk, status=422, version=4, on=TODAY, why="")
    post(as_anna, "put_away", together.pk)
    assert "was put away" in get(as_anna, "detail", together.pk)
    post(as_anna, "bring_back", together.pk)


def test_one_more_takes_part_found_by_search(together: Partnership, need: Need, as_anna: Client) -> None:
    club = links.resource(need, "Byens Fotoklub")
    html = post(as_anna, "join", together.pk, status=200, find="1", q="Byens Fotoklub")
    (offered,) = re.findall(rf'value="(r-{club.pk}[^"]*)"', html)
    assert "Tick who is to take part" in post(as_anna, "join", together.pk, status=422)
    post(as_anna, "join", together.pk, party=offered)
    assert "Byens Fotoklub" in get(as_anna, "detail", together.pk)


def test_a_side_names_its_own_people_and_no_others(
    together: Partnership, smithy: Partner, harbour: Partner, as_sanne: Client, as_anna: Client
) -> None:
    sanne = User.objects.get(name="Sanne")
    get(as_sanne, "side", together.pk, harbour.pk, status=403)
    post(
        as_sanne, "person_new", together.pk, smithy.pk, "contact", version=1, user=sanne.pk, from_on=TODAY,
        may_decide_kroner=5000, may_decide_topics="besøg",
    )  # fmt: skip
    post(
        as_sanne,
        "person_new",
        together.pk,
        smithy.pk,
        "chief",
        status=422,
        version=2,
        from_on=TODAY,
        name="",
        function="",
    )
    html = get(as_anna, "detail", together.pk)
    assert "Sanne" in html
    assert "up to 5,000 kr." in html
    hers = PartnerPerson.objects.get()
    assert "Nobody of the management" in get(as_anna, "side", together.pk, smithy.pk)
    post(as_sanne, "person_end", together.pk, smithy.pk, hers.pk, version=1, on=TODAY, handover="Ring til Per")
    hers.refresh_from_db()
    assert (hers.to_on.isoformat() if hers.to_on else "", hers.handover) == (TODAY, "Ring til Per")
    get(as_sanne, "person_new", together.pk, smithy.pk, "queen", status=404)


def test_what_a_side_brings_is_written_by_its_people_and_by_those_who_lead_where_it_has_none(
    together: Partnership, smithy: Partner, harbour: Partner, as_sanne: Client, as_anna: Client
) -> None:
    said: dict[str, Any] = {"bring-version": together.link.version, "bring-brings": "et værksted om torsdagen"}
    post(as_anna, "brings", together.pk, smithy.pk, status=403, **said)
    post(as_sanne, "brings", together.pk, smithy.pk, **said)
    assert "et værksted om torsdagen" in get(as_anna, "detail", together.pk)
    post(as_anna, "brings", together.pk, harbour.pk, status=422, **said)  # the link has been changed since
    later = said | {"bring-version": together.link.version + 1, "bring-brings": "en svend"}
    post(as_anna, "brings", together.pk, harbour.pk, **later)
    assert "en svend" in get(as_sanne, "detail", together.pk)


def test_gains_are_confirmed_by_the_side_alone(
    together: Partnership, smithy: Partner, as_sanne: Client, as_anna: Client
) -> None:
    note: dict[str, Any] = {"gain-when": "expected", "gain-code": "recruitment", "gain-words": ""}
    post(as_anna, "gain", together.pk, smithy.pk, **note)
    assert "not confirmed" in get(as_sanne, "detail", together.pk)
    one = PartnerGain.objects.get()
    post(as_anna, "gain_confirm", together.pk, smithy.pk, one.pk, status=403)
    post(as_sanne, "gain_confirm", together.pk, smithy.pk, one.pk)
    post(as_anna, "gain_remove", together.pk, smithy.pk, one.pk, status=422)
    assert "confirmed by the side itself" in get(as_anna, "detail", together.pk)
    empty: dict[str, Any] = {"gain-when": "expected", "gain-code": "", "gain-words": ""}
    assert "Choose a gain" in post(as_anna, "gain", together.pk, smithy.pk, status=422, **empty)


def test_a_side_withdraws_itself_and_comes_back(
    together: Partnership, smithy: Partner, as_sanne: Client, as_anna: Client
) -> None:
    said: dict[str, Any] = {"leave-version": 1, "leave-on": TODAY, "leave-why": "Vi har for travlt"}
    post(as_sanne, "leave", together.pk, smithy.pk, **said)
    assert "Vi har for travlt" in get(as_anna, "detail", together.pk)
    get(as_sanne, "side", together.pk, smithy.pk, status=403)
    post(as_anna, "come_back", together.pk, smithy.pk)
    assert "Has withdrawn" not in get(as_anna, "side", together.pk, smithy.pk)


def test_a_question_between_two_sides_is_asked_answered_and_hidden_from_the_third(
    together: Partnership, as_sanne: Client, as_anna: Client, anna: User
) -> None:
    area_side, smithy, harbour = together.partners.all()
    ask: dict[str, Any] = {
        "put_by": area_side.pk,
        "asked_of": harbour.pk,
        "text": "Kan I tirsdag?",
        "creation_key": together.creation_key,
    }
    assert "Say first who" in post(as_anna, "question_new", together.pk, status=422, **ask)
    named(harbour, by=anna)
    post(as_anna, "question_new", together.pk, **ask)
    question = Question.objects.get()
    assert "Kan I tirsdag?" in get(as_anna, "detail", together.pk)
    assert "Kan I tirsdag?" not in get(as_sanne, "detail", together.pk)
    get(as_sanne, "question", question.pk, status=404)
    post(as_anna, "question", question.pk, version=1, text="De ringede: ja", on=TODAY)
    assert "De ringede: ja" in get(as_anna, "question", question.pk)
    hers: dict[str, Any] = {
        "put_by": smithy.pk,
        "asked_of": area_side.pk,
        "text": "Hvornår?",
        "creation_key": smithy.creation_key,
    }
    named(area_side, user=anna, by=anna)
    post(as_sanne, "question_new", together.pk, **hers)
    post(as_sanne, "question_new", together.pk, status=422, **hers | {"put_by": area_side.pk})
    second = Question.objects.latest("pk")
    assert (second.put_by, second.asked_of) == (smithy, area_side)
    post(as_sanne, "question", second.pk, status=403, version=1, text="Nu", on=TODAY)
    post(as_sanne, "question_drop", second.pk, version=1)


def test_what_hangs_on_one_person_is_told_to_the_side_and_to_those_who_lead(
    together: Partnership, smithy: Partner, as_anna: Client, anna: User
) -> None:
    for part in (Part.CONTACT, Part.CHAMPION):
        named(smithy, "Per Smed", part, by=anna)
    html = get(as_anna, "side", together.pk, smithy.pk)
    assert "Everything hangs on one person." in html
    assert "what happens when those who carry it leave" in html
    assert NOW.date().isoformat() == TODAY


def test_what_happened_is_told_from_all_rooms(
    together: Partnership, harbour: Partner, as_anna: Client, as_sanne: Client, anna: User
) -> None:
    stamps = {"created_at": NOW, "updated_at": NOW}
    walk = Walk.objects.create(
        link=together.link, starts_at=NOW, meeting_place="Torvet", planned_by=anna, state=WalkState.HELD, **stamps
    )
    Moment.objects.create(
        partnership=together, kind=MomentKind.TOLD, on=NOW.date(), words="Avisen skrev", by=anna, **stamps
    )
    named(harbour, by=anna)
    for client in (as_anna, as_sanne):
        told = get(client, "detail", together.pk).split('id="timeline"')[1]
        assert reverse("walks:walk", args=[walk.pk]) in told
        assert "Avisen skrev" in told
        assert "Became a partnership" in told
