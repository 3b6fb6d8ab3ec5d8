"""A broker who stops sees what will happen to each of her links, and hands them all over on one page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking import brokers
from medspil.linking.models import Brokerage, Link
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.conftest import NOW
from tests.factories import companies, links, people, places
from tests.web.links.conftest import page, send
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db


@pytest.fixture
def eva(vejle: Organisation) -> User:
    """Return a broker in Anna's municipality."""
    return people.member(vejle, Role.BROKER, name="Eva")


@pytest.fixture
def bridges(link: Link, need: Need, eva: User, anna: User, vejle: Organisation) -> list[Brokerage]:
    """Return three links of hers; the last one she leaves already."""
    two = [links.link(places.need(need.area, title=f"Behov {at}"), companies.unit(), by=anna) for at in range(2)]
    found = [brokers.come(link=one, user=eva, organisation=vejle, by=anna, now=NOW) for one in (link, *two)]
    brokers.plan_leaving(
        brokerage=found[2],
        leaves_on=timezone.localdate() + timedelta(days=3),
        to_the_parties=True,
        expected_version=found[2].version,
        by=eva,
        now=timezone.now(),
    )
    return found


def test_all_that_stand_are_handed_over_and_what_is_planned_stays_so(
    bridges: list[Brokerage], eva: User, anna: User
) -> None:
    as_eva, day = people.signed_in(eva), timezone.localdate() + timedelta(days=30)
    html = page(as_eva, "brokers_leave")
    assert troubles(html) == []
    assert html.count("whoever you choose goes on") == 2
    assert html.count("Planned already, and stays so") == 1
    seen = f"{bridges[0].pk} {bridges[1].pk}"
    plan: dict[str, Any] = {"seen": seen, "leaves_on": day.isoformat(), "to": anna.pk, "handover": "Ring før jul."}
    assert send(as_eva, "brokers_leave", **plan).status_code == 302
    found = {one.pk: (one.leaves_on, one.handed_to) for one in Brokerage.objects.filter(user=eva)}
    planned = timezone.localdate() + timedelta(days=3)
    assert found == {
        bridges[0].pk: (day, anna),
        bridges[1].pk: (day, anna),
        bridges[2].pk: (planned, None),
    }
    html = page(as_eva, "brokers_leave")
    assert "All of them are planned" in html
    assert send(as_eva, "brokers_leave", **plan).status_code == 302  # sent twice
    assert Brokerage.objects.filter(follows__isnull=False).count() == 2


def test_whoever_may_go_on_in_all_links_or_in_an_area_is_offered(
    bridges: list[Brokerage], eva: User, anna: User, vejle: Organisation
) -> None:
    other = people.organisation("Esbjerg Kommune")
    ida = people.member(other, Role.BROKER, name="Ida")
    far = links.link(places.need(places.area(other, "Stengårdsvej")), companies.unit(), by=ida)
    there = brokers.come(link=far, user=eva, organisation=vejle, by=ida, now=NOW)
    as_eva, day = people.signed_in(eva), timezone.localdate() + timedelta(days=30)
    html = page(as_eva, "brokers_leave")
    assert troubles(html) == []
    assert f'name="in_{far.area_id}"' in html
    # Anna may go on everywhere, Ida only in the area of her own organisation.
    offered = {name: html.split(f'name="{name}"')[1].split("</select>")[0] for name in ("to", f"in_{far.area_id}")}
    assert {name: ("Anna" in part, "Ida" in part) for name, part in offered.items()} == {
        "to": (True, False),
        f"in_{far.area_id}": (True, True),
    }
    seen = " ".join(str(one.pk) for one in sorted((*bridges[:2], there), key=lambda one: (one.link.area.name, one.pk)))
    plan: dict[str, Any] = {"seen": seen, "leaves_on": day.isoformat(), "to": "", f"in_{far.area_id}": ida.pk}
    assert send(as_eva, "brokers_leave", **plan, handover="").status_code == 302
    assert Brokerage.objects.get(pk=there.pk).handed_to == ida
    assert Brokerage.objects.get(user=ida).organisation == other
    assert Brokerage.objects.get(pk=bridges[0].pk).to_the_parties


@pytest.mark.parametrize(
    ("said", "status"),
    [({"seen": "1 2 3 4"}, 409), ({"leaves_on": "2026-01-01"}, 422), ({"leaves_on": ""}, 422), ({"to": "eva"}, 422)],
)
def test_what_is_wrong_hands_nothing_over(
    bridges: list[Brokerage], eva: User, said: dict[str, str], status: int
) -> None:
    plan: dict[str, Any] = {
        "seen": f"{bridges[0].pk} {bridges[1].pk}",
        "leaves_on": timezone.localdate().isoformat(),
        "to": "",
        "handover": "",
    }
    said = said | ({"to": str(eva.pk)} if "to" in said else {})
    answer = send(people.signed_in(eva), "brokers_leave", **plan | said)
    assert answer.status_code == status
    assert troubles(answer.content.decode()) == []
    assert Brokerage.objects.filter(leaves_on=None).count() == 2


def test_the_way_there_stands_where_a_broker_works_and_nowhere_else(
    bridges: list[Brokerage], eva: User, as_anna: Client
) -> None:
    way, as_eva = reverse("linking:brokers_leave"), people.signed_in(eva)
    area = bridges[0].link.area_id
    for name, key in (("links", area), ("link", bridges[0].link_id)):
        assert way in page(as_eva, name, key)
        assert way not in page(as_anna, name, key)
    assert "You build no bridges" in page(as_anna, "brokers_leave")
