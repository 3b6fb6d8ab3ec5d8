"""A broker comes, introduces, and leaves on a planned day; somebody goes on, and both sides can see it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking import brokers
from medspil.linking.models import Brokerage, Link
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import companies, links, people, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LAST = TODAY + timedelta(days=14)


@pytest.fixture
def network(db: None) -> Organisation:
    return people.organisation("Virksomhedsnetværket", "business_network")


@pytest.fixture
def bea(network: Organisation) -> User:
    return people.member(network, Role.BROKER, name="Bea")


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    return links.link(need, companies.unit(), by=anna)


@pytest.fixture
def brokerage(link: Link, bea: User, network: Organisation, anna: User) -> Brokerage:
    return brokers.come(link=link, user=bea, organisation=network, by=anna, now=NOW)


def told(link: Link) -> list[str]:
    return list(link.steps.order_by("pk").values_list("what", flat=True))


def test_who_comes_twice_is_there_once(link: Link, brokerage: Brokerage, bea: User, network: Organisation) -> None:
    assert brokers.come(link=link, user=bea, organisation=network, by=bea, now=NOW) == brokerage
    assert told(link) == ["created", "broker_came"]


@pytest.mark.parametrize("role", [Role.READER, Role.COMPANY_CONTACT, Role.ADMINISTRATOR])
def test_only_who_may_bring_parties_together_is_a_broker(
    link: Link, network: Organisation, anna: User, role: Role
) -> None:
    nobody = people.member(network, role, name="Rikke")
    with pytest.raises(brokers.NoBroker):
        brokers.come(link=link, user=nobody, organisation=network, by=anna, now=NOW)
    with pytest.raises(brokers.NoBroker):
        brokers.come(link=link, user=anna, organisation=network, by=anna, now=NOW)


def test_the_sides_are_introduced_once_a_day(link: Link, bea: User) -> None:
    for _click in range(2):
        brokers.introduce(
            link=Link.objects.get(), on=TODAY, note="Kaffe på skolen", expected_version=1, by=bea, now=NOW
        )
    assert told(link) == ["created", "introduced"]
    with pytest.raises(EditConflict):
        brokers.introduce(link=link, on=TODAY - timedelta(days=1), expected_version=1, by=bea, now=NOW)


def test_leaving_is_planned_and_told_to_both_sides(
    link: Link, brokerage: Brokerage, bea: User, network: Organisation
) -> None:
    cille = people.member(network, Role.BROKER, name="Cille")
    brokers.plan_leaving(
        brokerage=brokerage, leaves_on=LAST, to=cille, handover="Besøg i uge 50", expected_version=1, by=bea, now=NOW
    )
    step = link.steps.latest("pk")
    assert (step.what, step.on) == ("broker_leaves", LAST)
    after = Brokerage.objects.get(user=cille)
    assert (after.follows, after.started_on, after.organisation) == (brokerage, LAST, network)
    assert list(Brokerage.objects.leaving(TODAY)) == [brokerage]
    assert list(Brokerage.objects.leaving(LAST + timedelta(days=1))) == []


def test_the_plan_can_be_changed_and_called_off(brokerage: Brokerage, bea: User, network: Organisation) -> None:
    cille, dan = (people.member(network, Role.BROKER, name=name) for name in ("Cille", "Dan"))
    brokers.plan_leaving(brokerage=brokerage, leaves_on=LAST, to=cille, expected_version=1, by=bea, now=NOW)
    brokers.plan_leaving(brokerage=brokerage, leaves_on=TODAY, to=dan, expected_version=2, by=bea, now=NOW)
    assert set(Brokerage.objects.current(TODAY).values_list("user__name", flat=True)) == {"Bea", "Dan"}
    brokers.stay(brokerage=brokerage, expected_version=3, by=bea, now=NOW)
    assert [one.user for one in Brokerage.objects.current(LAST)] == [bea]
    assert told(brokerage.link)[-1] == "broker_stays"


def test_leaving_needs_a_day_to_come_and_somebody_who_goes_on(brokerage: Brokerage, bea: User, anna: User) -> None:
    def plan(**said: object) -> None:
        facts = {"leaves_on": LAST, "to_the_parties": True} | said
        brokers.plan_leaving(brokerage=brokerage, expected_version=1, by=bea, now=NOW, **facts)  # type: ignore[arg-type]

    with pytest.raises(brokers.DayPassed):
        plan(leaves_on=TODAY - timedelta(days=1))
    for nobody in ({"to_the_parties": False}, {"to": bea, "to_the_parties": False}, {"to": anna}):
        with pytest.raises(brokers.NobodyGoesOn):
            plan(**nobody)
    with pytest.raises(brokers.NoBroker):
        plan(to=anna, to_the_parties=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Brokerage.objects.update(leaves_on=LAST)
    plan()
    with pytest.raises(EditConflict):
        plan(handover="En anden plan")


def test_a_broker_hands_over_to_somebody_of_another_organisation(
    brokerage: Brokerage, bea: User, anna: User, vejle: Organisation
) -> None:
    brokers.plan_leaving(
        brokerage=brokerage, leaves_on=LAST, to=anna, organisation=vejle, expected_version=1, by=bea, now=NOW
    )
    assert Brokerage.objects.get(user=anna).organisation == vejle


def test_who_changes_her_job_leaves_every_link_at_once(
    need: Need, brokerage: Brokerage, bea: User, network: Organisation, anna: User
) -> None:
    for number in range(3):
        other = links.link(places.need(need.area, title=f"Behov {number}"), companies.unit(), by=anna)
        brokers.come(link=other, user=bea, organisation=network, by=anna, now=NOW)
    cille = people.member(network, Role.BROKER, name="Cille")
    assert brokers.leave_everything(user=bea, leaves_on=LAST, to=cille, by=bea, now=NOW) == 4
    assert brokers.leave_everything(user=bea, leaves_on=LAST, to=cille, by=bea, now=NOW) == 0
    assert Brokerage.objects.of(cille, LAST).count() == 4
    assert Brokerage.objects.of(bea, LAST + timedelta(days=1)).count() == 0


def test_the_handover_is_ticked_off(brokerage: Brokerage, bea: User) -> None:
    assert brokers.unfinished(brokerage) == list(brokers.CHECKLIST)
    brokers.tick(brokerage=brokerage, code="next_step", done=True, expected_version=1, by=bea, now=NOW)
    brokers.tick(brokerage=brokerage, code="next_step", done=True, expected_version=1, by=bea, now=NOW)
    assert brokerage.checklist == {"next_step": {"on": TODAY.isoformat(), "by": bea.pk}}
    with pytest.raises(EditConflict):
        brokers.tick(brokerage=brokerage, code="promises", done=True, expected_version=1, by=bea, now=NOW)
    brokers.tick(brokerage=brokerage, code="next_step", done=False, expected_version=2, by=bea, now=NOW)
    assert "next_step" in brokers.unfinished(brokerage)
    with pytest.raises(brokers.NotOnTheList):
        brokers.tick(brokerage=brokerage, code="dance", done=True, expected_version=3, by=bea, now=NOW)
