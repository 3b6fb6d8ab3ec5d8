"""What a broker sees of the people between whom she stands, and that plans are told apart from what happened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.linking import brokers
from medspil.linking.models import Brokerage
from medspil.notices.came_back import known_by
from medspil.notices.models import CameBack
from medspil.organisations.roles import Role
from medspil.partnerships.models import Channel, Conversation, Part, Partner, Partnership
from medspil.walks.models import Walk, WalkState
from tests.factories import people, walks
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def brokerage(together: Partnership, anna: User) -> Brokerage:
    """Let Bea of a business network be the broker between the sides."""
    network = people.organisation("Virksomhedsnetværket", "business_network")
    bea = people.member(network, Role.BROKER, name="Bea")
    return brokers.come(link=together.link, user=bea, organisation=network, by=anna, now=NOW)


def page(client: Client, of: Partnership) -> str:
    response = client.get(reverse("partnerships:detail", args=[of.pk]), headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_a_broker_is_told_whom_to_reach_on_each_side_and_nothing_else_of_them(
    together: Partnership, harbour: Partner, brokerage: Brokerage, anna: User
) -> None:
    named(harbour, by=anna, phone="75 11 22 33", may_decide_topics="indkøb af maling")
    named(harbour, "Dorte Vikar", Part.DEPUTY, by=anna, to_on=NOW.date() + 30 * DAY)
    named(harbour, "Karl Chef", Part.CHIEF, by=anna, function="direktør")
    named(harbour, "Ida Ildsjæl", Part.CHAMPION, by=anna, if_leaves="Så står alt stille")
    html = page(people.signed_in(brokerage.user), together)
    for told in ("Per Smed", "per@firma.example", "75 11 22 33", "Dorte Vikar", "May be used for: partnerskabet"):
        assert told in html, told
    for hidden in ("Karl Chef", "Ida Ildsjæl", "indkøb af maling", "står alt stille", "Nobody is contact person"):
        assert hidden not in html, hidden
    side = reverse("partnerships:side", args=[together.pk, harbour.pk])
    assert people.signed_in(brokerage.user).get(side).status_code == 403


def test_an_address_from_which_mails_come_back_is_marked(
    together: Partnership, harbour: Partner, as_anna: Client, anna: User
) -> None:
    named(harbour, by=anna)
    assert "mails come back" not in page(as_anna, together)
    facts = {"known_by": known_by("per@firma.example"), "since": NOW}
    CameBack.objects.create(organisation=together.link.area.owner_id, **facts)
    assert page(as_anna, together).count("mails come back") == 1


def test_who_was_the_broker_until_yesterday_reaches_nobody(
    together: Partnership, harbour: Partner, brokerage: Brokerage, anna: User
) -> None:
    named(harbour, by=anna)
    assert "Per Smed" in page(people.signed_in(brokerage.user), together)
    left = {"leaves_on": timezone.localdate() - DAY, "to_the_parties": True}
    Brokerage.objects.filter(pk=brokerage.pk).update(**left)
    response = people.signed_in(brokerage.user).get(reverse("partnerships:detail", args=[together.pk]))
    assert response.status_code == 404


def test_what_is_planned_stands_apart_from_what_happened(
    together: Partnership, brokerage: Brokerage, as_anna: Client, anna: User
) -> None:
    now, stamps = timezone.now(), {"created_at": NOW, "updated_at": NOW}
    to_come = walks.walk(together.link, by=anna, starts_at=now + 7 * DAY, now=now)
    held = Walk.objects.create(
        link=together.link, starts_at=now - DAY, meeting_place="Torvet", planned_by=anna, state=WalkState.HELD, **stamps
    )
    unheard = Conversation.objects.create(
        link=together.link, channel=Channel.MEETING, at=now - 2 * DAY, planned=True, by=anna, **stamps
    )
    brokers.plan_leaving(
        brokerage=brokerage, leaves_on=now.date() + 14 * DAY, to_the_parties=True, expected_version=1, by=anna, now=now
    )  # fmt: skip
    planned, happened = page(as_anna, together).split('id="planned"')[1].split('id="timeline"')
    there = [reverse("walks:walk", args=[to_come.pk]), reverse("partnerships:conversation", args=[unheard.pk])]
    for each in (*there, "nobody has noted yet how it went", "The broker will leave"):
        assert each in planned, each
        assert each not in happened.split("ms-buttons")[0].split("All changes")[0], each
    assert planned.index(there[1]) < planned.index(there[0])  # the next one first
    assert reverse("walks:walk", args=[held.pk]) in happened
    brokerage.refresh_from_db()
    brokers.stay(brokerage=brokerage, expected_version=brokerage.version, by=anna, now=now)
    assert "The broker will leave" not in page(as_anna, together).split('id="planned"')[1].split('id="timeline"')[0]
