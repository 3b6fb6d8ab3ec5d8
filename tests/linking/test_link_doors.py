"""Who sees a link: those of its area, a side once it was asked, its broker until she has left; and whose notes whom."""

from datetime import timedelta
from uuid import uuid4

import pytest

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking import notes
from medspil.linking.asking import ask
from medspil.linking.brokers import come, plan_leaving
from medspil.linking.models import Link, LinkNote, Refusal
from medspil.linking.parties import names_for
from medspil.linking.refusals import refuse
from medspil.mapping.models import Consent
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import companies, links, people, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def club(db: None) -> Organisation:
    return people.organisation("Nordre Boldklub", "association")


@pytest.fixture
def bo(club: Organisation) -> User:
    return people.member(club, Role.ASSOCIATION_CONTACT, name="Bo")


@pytest.fixture
def network(db: None) -> Organisation:
    return people.organisation("Virksomhedsnetværket", "business_network")


@pytest.fixture
def bea(network: Organisation) -> User:
    return people.member(network, Role.BROKER, name="Bea")


@pytest.fixture
def link(need: Need, club: Organisation, anna: User) -> Link:
    return links.link(need, club, by=anna)


def sees(user: User, link: Link, days: int = 0) -> bool:
    return Link.objects.visible_to(user, on=TODAY + timedelta(days=days)).filter(pk=link.pk).exists()


def asked(link: Link, club: Organisation, anna: User) -> Link:
    return ask(link=link, party=link.parties.get(organisation=club), on=TODAY, expected_version=1, by=anna, now=NOW)


def test_a_side_sees_the_link_from_the_day_it_was_asked(
    link: Link, club: Organisation, anna: User, bo: User, carl: User
) -> None:
    assert [sees(user, link) for user in (anna, bo, carl)] == [True, False, False]
    asked(link, club, anna)
    assert [sees(user, link) for user in (anna, bo, carl)] == [True, True, False]


def test_a_company_sees_what_its_place_of_work_was_asked(need: Need, anna: User) -> None:
    place = companies.unit(cvr="25052943")
    firm = people.organisation("Smedjen", "company")
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943")
    dorte = people.member(firm, Role.COMPANY_CONTACT, name="Dorte")
    link = links.link(need, place, by=anna)
    assert not sees(dorte, link)
    ask(link=link, party=link.parties.get(unit=place), on=TODAY, expected_version=1, by=anna, now=NOW)
    assert sees(dorte, link)


def test_who_made_an_organisation_for_a_company_sees_nothing_by_that(need: Need, anna: User, carl: User) -> None:
    place = companies.unit(cvr="25052943")
    firm = people.organisation("Smedjen", "company")
    theirs = carl.memberships.get().organisation
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943", created_by_organisation=theirs)
    carl.memberships.create(organisation=firm, role=Role.COMPANY_CONTACT, started_on=TODAY)
    link = links.link(need, place, by=anna)
    ask(link=link, party=link.parties.get(unit=place), on=TODAY, expected_version=1, by=anna, now=NOW)
    assert not sees(carl, link)


def test_a_broker_sees_the_link_until_the_day_she_leaves_and_her_successor_from_the_plan_on(
    link: Link, network: Organisation, bea: User, anna: User
) -> None:
    cille = people.member(network, Role.BROKER, name="Cille")
    assert not sees(bea, link)
    brokerage = come(link=link, user=bea, organisation=network, by=anna, now=NOW)
    assert sees(bea, link)
    last = TODAY + timedelta(days=7)
    plan_leaving(brokerage=brokerage, leaves_on=last, to=cille, expected_version=1, by=bea, now=NOW)
    assert [sees(bea, link, days) for days in (0, 7, 8)] == [True, True, False]
    assert [sees(cille, link, days) for days in (0, 7, 8)] == [True, True, True]


def test_a_broker_who_stays_in_another_role_still_sees_it(
    link: Link, network: Organisation, bea: User, anna: User
) -> None:
    brokerage = come(link=link, user=bea, organisation=network, by=anna, now=NOW)
    plan_leaving(brokerage=brokerage, leaves_on=TODAY, to_the_parties=True, expected_version=1, by=bea, now=NOW)
    assert not sees(bea, link, 1)
    link.area.partners.add(network)
    assert sees(bea, link, 1)


def test_who_no_longer_acts_for_the_network_is_no_broker(
    link: Link, network: Organisation, bea: User, anna: User
) -> None:
    come(link=link, user=bea, organisation=network, by=anna, now=NOW)
    bea.memberships.update(ended_on=TODAY)
    assert not sees(bea, link)


def noted(link: Link, organisation: Organisation, by: User, text: str = "Per er svær at få fat i") -> LinkNote:
    return notes.write_note(link=link, organisation=organisation, text=text, creation_key=uuid4(), by=by, now=NOW)


def reads(user: User, on_days: int = 0) -> set[str]:
    found = LinkNote.objects.visible_to(user, on=TODAY + timedelta(days=on_days))
    return set(found.values_list("text", flat=True))


def test_each_side_reads_its_own_notes_and_a_broker_those_of_neither(
    *,
    link: Link, club: Organisation, vejle: Organisation, network: Organisation, anna: User, bo: User, bea: User,
    carl: User,
) -> None:  # fmt: skip
    asked(link, club, anna)
    come(link=link, user=bea, organisation=network, by=anna, now=NOW)
    noted(link, vejle, anna, "kommunens")
    noted(link, club, bo, "klubbens")
    noted(link, network, bea, "brobyggerens")
    assert [reads(user) for user in (anna, bo, bea, carl)] == [{"kommunens"}, {"klubbens"}, {"brobyggerens"}, set()]


def test_a_broker_within_a_side_reads_none_of_its_notes(link: Link, vejle: Organisation, anna: User) -> None:
    inside = people.member(vejle, Role.BROKER, name="Inge")
    noted(link, vejle, anna)
    assert reads(inside) == set()
    with pytest.raises(notes.NoteNotYours):
        noted(link, vejle, inside)


def test_a_colleague_who_is_the_broker_of_the_link_reads_no_notes_until_she_has_left(
    link: Link, vejle: Organisation, anna: User
) -> None:
    eva = people.member(vejle, Role.COORDINATOR, name="Eva")
    noted(link, vejle, anna)
    brokerage = come(link=link, user=eva, organisation=vejle, by=anna, now=NOW)
    assert reads(eva) == set()
    with pytest.raises(notes.NoteNotYours):
        noted(link, vejle, eva)
    plan_leaving(brokerage=brokerage, leaves_on=TODAY, to_the_parties=True, expected_version=1, by=eva, now=NOW)
    assert reads(eva, 1) == {"Per er svær at få fat i"}


def test_notes_are_written_for_nobody_else(link: Link, club: Organisation, anna: User) -> None:
    with pytest.raises(notes.NoteNotYours):
        noted(link, club, anna)
    with pytest.raises(CprNumberFound):
        noted(link, link.area.owner, anna, "010203-1234")
    with pytest.raises(notes.NoteEmpty):
        noted(link, link.area.owner, anna, "  ")


def test_a_note_is_one_however_often_it_is_sent_and_the_history_holds_no_word_of_it(link: Link, anna: User) -> None:
    key = uuid4()
    for _click in range(2):
        made = notes.write_note(
            link=link, organisation=link.area.owner, text="hemmeligt", creation_key=key, by=anna, now=NOW
        )
    notes.edit_note(note=made, text="stadig hemmeligt", expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        notes.remove_note(note=made, expected_version=1, by=anna, now=NOW)
    notes.remove_note(note=made, expected_version=2, by=anna, now=NOW)
    assert not LinkNote.objects.exists()
    assert "hemmeligt" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_a_person_of_the_area_is_named_to_those_who_may_see_her(need: Need, anna: User, bea: User) -> None:
    ida = links.resource(need, "Ida Hansen", "person", consented_on=TODAY)
    Consent.objects.create(resource=ida, given_on=TODAY, how="said", said_to=anna)
    link = links.link(need, ida, by=anna)
    side = link.parties.for_page().get(resource=ida)
    assert names_for(anna, [side]) == {side.pk: "Ida Hansen"}
    assert "Ida" not in names_for(bea, [side])[side.pk]
    Consent.objects.update(on_map=True)
    need.area.partners.add(bea.memberships.get().organisation)
    assert names_for(bea, [side]) == {side.pk: "Ida Hansen"}


def test_a_refusal_is_seen_by_whoever_sees_the_area(link: Link, club: Organisation, anna: User, carl: User) -> None:
    made = refuse(
        link=link, party=link.parties.get(organisation=club), reason="never", on=TODAY, expected_version=1, by=anna,
        now=NOW,
    )  # fmt: skip
    reader = people.member(link.area.owner, Role.READER, name="Rikke")
    assert [Refusal.objects.visible_to(user).filter(pk=made.pk).exists() for user in (anna, reader, carl)] == [
        True, True, False,
    ]  # fmt: skip


def test_links_of_many_areas_cost_no_more_queries(need: Need, anna: User, django_assert_num_queries: object) -> None:
    for number in range(5):
        links.link(places.need(need.area, title=f"Behov {number}"), companies.unit(), links.resource(need), by=anna)
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = list(Link.objects.visible_to(anna, on=TODAY).for_page())
        assert [str(side) for link in found for side in link.parties.all()]
