"""The page of one link: asking, answers, a no with its consequence, undo, and what each person may do."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.models import Answer, Link, LinkState, Refusal
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, links, offering, people
from tests.web.links.conftest import page, send, side

pytestmark = pytest.mark.django_db


def now_of(link: Link) -> Link:
    return Link.objects.get(pk=link.pk)


def act(client: Client, name: str, link: Link, who: str = "", **data: Any) -> Link:
    """Press a button and return the link as it stands."""
    args = [link.pk] + ([side(link, who).pk] if who else [])
    response = send(client, name, *args, version=now_of(link).version, **data)
    assert response.status_code == 302, response.content.decode()
    return now_of(link)


def test_a_link_goes_from_idea_to_partnership_by_buttons_and_back(link: Link, as_anna: Client) -> None:
    name = "Havnens Smedje ApS"
    assert act(as_anna, "link_ask", link, name).state == LinkState.ASKED
    assert act(as_anna, "link_yes", link, name).state == LinkState.INTERESTED
    html = page(as_anna, "link", link.pk)
    assert "It became a partnership" not in html
    assert "Still to say yes: Vejle Kommune." in html
    early = send(as_anna, "link_partnership", link.pk, version=now_of(link).version)
    assert early.status_code == 422
    assert "Still to say yes: Vejle Kommune." in early.content.decode()
    act(as_anna, "link_yes", link, "Vejle Kommune")
    html = page(as_anna, "link", link.pk)
    assert "It became a partnership" in html
    assert "Still to say yes" not in html
    adding = reverse("linking:link_add", args=[link.pk])
    assert adding in html
    begun = send(as_anna, "link_partnership", link.pk, version=now_of(link).version)
    made = Partnership.objects.get(link=link)
    assert begun["Location"] == reverse("partnerships:detail", args=[made.pk])
    assert now_of(link).state == LinkState.PARTNERSHIP
    html = page(as_anna, "link", link.pk)
    assert adding not in html
    assert "One more joins on the page of the partnership" in html
    assert act(as_anna, "link_partnership_undo", link).state == LinkState.INTERESTED
    html = page(as_anna, "link", link.pk)
    assert "Taken back a step" in html
    assert html.count("Havnens Smedje ApS") > 2


def test_asking_can_be_taken_back(link: Link, as_anna: Client) -> None:
    act(as_anna, "link_ask", link, "Havnens Smedje ApS")
    assert act(as_anna, "link_ask_undo", link, "Havnens Smedje ApS").state == LinkState.IDEA


def test_the_board_moves_by_a_button_and_shows_what_moved(link: Link, as_anna: Client) -> None:
    party = side(link, "Havnens Smedje ApS")
    response = send(as_anna, "link_ask", link.pk, party.pk, version=link.version, back="board")
    assert f"flyttet={link.pk}" in response["Location"]
    html = page(as_anna, "links", link.area_id, query=f"?flyttet={link.pk}")
    assert "is now: asked" in html
    assert "ms-board__card--moved" in html


def test_two_on_one_link_do_not_write_over_each_other(link: Link, as_anna: Client) -> None:
    party = side(link, "Havnens Smedje ApS")
    act(as_anna, "link_ask", link, "Havnens Smedje ApS")
    late = send(as_anna, "link_yes", link.pk, party.pk, version=1)
    assert late.status_code == 409
    assert "Somebody else changed this link" in late.content.decode()
    assert now_of(link).state == LinkState.ASKED


def test_a_company_that_turned_protected_is_not_asked(link: Link, smith: Unit, as_anna: Client) -> None:
    Unit.objects.filter(pk=smith.pk).update(protected=True)
    party = side(link, "Havnens Smedje ApS")
    refused = send(as_anna, "link_ask", link.pk, party.pk, version=link.version)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Havnens Smedje ApS is protected from advertising and may not be approached" in html
    where = reverse("linking:link_consent", args=[link.pk, party.pk])
    assert f'class="alert-link" href="{where}"' in html
    assert now_of(link).state == LinkState.IDEA
    pitch = reverse("partnerships:pitch", args=[link.pk, party.pk])
    assert f'href="{where}?fra=brev"' in as_anna.get(pitch, headers={"accept-language": "en"}).content.decode()
    assert f'href="{pitch}"' in as_anna.get(f"{where}?fra=brev", headers={"accept-language": "en"}).content.decode()
    act(as_anna, "link_consent", link, "Havnens Smedje ApS", how="Ejeren, på mødet", on="2026-11-01")
    assert act(as_anna, "link_ask", link, "Havnens Smedje ApS").state == LinkState.ASKED


def test_each_reason_says_beforehand_what_follows_from_it(link: Link, as_anna: Client) -> None:
    html = page(as_anna, "link_no", link.pk, side(link, "Havnens Smedje ApS").pk)
    for words in ("on that day you are reminded", "this kind of resource", "farther away", "with this theme",
                  "never suggested to Vejle Kommune again", "not suggested for this need again"):  # fmt: skip
        assert words in html
    assert html.count('aria-describedby="follows-') == 6


def test_a_no_needs_a_reason_and_what_the_reason_asks_for(link: Link, as_anna: Client) -> None:
    args = [link.pk, side(link, "Havnens Smedje ApS").pk]
    form: dict[str, Any] = {"version": link.version, "creation_key": str(uuid4())}
    assert "Choose why they said no" in send(as_anna, "link_no", *args, **form).content.decode()
    late = send(as_anna, "link_no", *args, reason="wrong_time", **form)
    assert late.status_code == 422
    assert "Say when to ask again" in late.content.decode()
    assert not Refusal.objects.exists()


def test_a_no_turns_the_link_down_and_is_taken_back(link: Link, as_anna: Client) -> None:
    until = timezone.localdate() + timedelta(days=30)
    key = str(uuid4())
    turned = act(
        as_anna, "link_no", link, "Havnens Smedje ApS", reason="wrong_time", until=until.isoformat(), creation_key=key
    )
    assert turned.state == LinkState.TURNED_DOWN
    html = page(as_anna, "link", link.pk)
    assert "Is suggested again from" in html
    assert "Asked again today" not in html  # the no still holds
    party = side(link, "Havnens Smedje ApS")
    early = send(as_anna, "link_ask", link.pk, party.pk, version=turned.version)
    assert early.status_code == 422
    assert "They have said no, and that still holds" in early.content.decode()
    response = send(as_anna, "refusal_undo", Refusal.objects.get().pk)
    assert response.status_code == 302
    assert now_of(link).state == LinkState.IDEA
    assert "Taken back on" in page(as_anna, "link", link.pk)


def test_a_no_written_while_somebody_else_asked_is_not_lost(link: Link, as_anna: Client) -> None:
    party = side(link, "Havnens Smedje ApS")
    act(as_anna, "link_ask", link, "Havnens Smedje ApS")
    form: dict[str, Any] = {"version": 1, "reason": "other", "words": "Har nok at se til", "creation_key": str(uuid4())}
    late = send(as_anna, "link_no", link.pk, party.pk, **form)
    assert late.status_code == 409
    html = late.content.decode()
    assert "Har nok at se til" in html
    assert 'name="version" value="2"' in html


def test_the_sentence_is_changed_and_conflicts_show_both(link: Link, as_anna: Client) -> None:
    assert act(as_anna, "link_edit", link, sentence="Smedjen og holdet bygger.").sentence == "Smedjen og holdet bygger."
    assert "Smedjen og holdet bygger." in page(as_anna, "link_edit", link.pk)


def test_one_more_comes_and_is_taken_off_again(link: Link, club: Resource, as_anna: Client) -> None:
    html = send(as_anna, "link_add", link.pk, find="1", q="fotoklub").content.decode()
    value = html.split('name="party" value="')[1].split('"')[0]
    send(as_anna, "link_add", link.pk, party=value)
    assert "Fotoklubben" in {str(one) for one in link.parties.for_page()}
    act(as_anna, "link_remove", link, "Fotoklubben")
    assert link.parties.count() == 2
    nobody = send(as_anna, "link_add", link.pk)
    assert nobody.status_code == 422


def test_a_link_is_put_away_and_brought_back(link: Link, as_anna: Client) -> None:
    act(as_anna, "link_archive", link)
    assert link.sentence not in page(as_anna, "links", link.area_id)
    act(as_anna, "link_restore", link)
    assert link.sentence in page(as_anna, "links", link.area_id)


def test_a_company_that_was_asked_answers_for_itself_and_for_nobody_else(link: Link, club: Resource) -> None:
    firm = offering.company("Fjordens Banken A/S")
    bo = offering.contact(firm)
    need = link.need
    assert need
    anna = need.area.owner.memberships.first().user  # type: ignore[union-attr]  # she made the link
    other = links.link(need, firm, club, by=anna, sentence="Banken holder lektiecafé.")
    as_bo = people.signed_in(bo)
    assert send(as_bo, "link_yes", other.pk, side(other, firm.name).pk, version=1).status_code == 404
    act(people.signed_in(anna), "link_ask", other, firm.name)
    html = page(as_bo, "link", other.pk)
    assert "We would like to" in html
    assert f"/omraader/{other.area_id}/" not in html
    assert send(as_bo, "link_yes", other.pk, side(other, "Fotoklubben").pk, version=2).status_code == 403
    assert send(as_bo, "link_partnership", other.pk, version=2).status_code == 403
    assert "Banken holder lektiecafé." in as_bo.get("/konto/venter/").content.decode()
    act(as_bo, "link_yes", other, firm.name)
    assert side(other, firm.name).answer == Answer.YES
    assert "Banken holder lektiecafé." not in as_bo.get("/konto/venter/").content.decode()
    act(as_bo, "link_no", other, firm.name, reason="other", words="Alligevel ikke.", creation_key=str(uuid4()))
    assert side(other, firm.name).answer == Answer.NO
    assert "Take the no back" in page(as_bo, "link", other.pk)
    assert send(as_bo, "refusal_undo", Refusal.objects.get().pk).status_code == 302
    assert side(other, firm.name).answer != Answer.NO


def test_a_company_takes_back_the_no_of_its_place_of_work(link: Link, smith: Unit, as_anna: Client) -> None:
    act(as_anna, "link_ask", link, "Havnens Smedje")
    as_bo = people.signed_in(offering.contact(offering.company(unit=smith)))
    act(as_bo, "link_no", link, "Havnens Smedje", creation_key=uuid4(), reason="never")
    refusal = Refusal.objects.get()
    assert f"/afslag/{refusal.pk}/fortryd" in page(as_bo, "link", link.pk)
    assert send(as_bo, "refusal_undo", refusal.pk).status_code == 302
    refusal.refresh_from_db()
    assert refusal.undone_at


def test_a_reader_sees_the_link_and_no_button(link: Link, vejle: Organisation) -> None:
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    html = page(reader, "link", link.pk)
    assert link.sentence in html
    assert "/spurgt" not in html
    assert send(reader, "link_ask", link.pk, side(link, "Havnens Smedje ApS").pk, version=1).status_code == 403


def test_a_person_is_named_only_to_those_who_may_see_her(link: Link, anna: User, vejle: Organisation) -> None:
    need = link.need
    assert need
    person = links.resource(need, "Fatima Nielsen", "person", consented_on=NOW.date())
    other = links.link(need, person, by=anna, sentence="Et strikkehold.")
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    for name, args in (("link", [other.pk]), ("links", [need.area_id]), ("network", [need.area_id])):
        html = page(reader, name, *args)
        assert "Fatima" not in html, name
        assert "A person in the area" in html, name
    assert "Fatima Nielsen" in page(people.signed_in(anna), "link", other.pk)


def test_a_stranger_finds_no_link(link: Link, as_carl: Client) -> None:
    assert as_carl.get(f"/koblinger/{link.pk}/").status_code == 404
    assert as_carl.get(f"/omraader/{link.area_id}/koblinger/").status_code == 404


def test_the_way_to_call_the_sides_costs_one_query_however_many_there_are(
    need: Need, anna: User, as_anna: Client
) -> None:
    many = links.link(need, *(companies.unit() for _side in range(4)), by=anna)
    with CaptureQueriesContext(connection) as asked:
        page(as_anna, "link", many.pk)
    assert sum('"partnerships_partner"."side_id" ' in one["sql"] for one in asked.captured_queries) == 1
