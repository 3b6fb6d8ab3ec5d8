"""A link has parties and something it is about; the same parties for the same need are one link."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.hosting import NoHostYet
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking.gate import CompanyClosedToUs, ConsentAhead, ConsentMissing, ResourceGone
from medspil.linking.links import AboutNothing, NothingSaid, TooFewParties, edit_link, link_from_candidate
from medspil.linking.models import Candidate, Decision, Link, LinkParty, LinkState, Origin
from medspil.linking.parties import Party
from medspil.linking.services import rank_need
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.factories import companies, links, people, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_a_link_keeps_who_saw_it_what_it_is_about_and_its_parties(need: Need, anna: User) -> None:
    unit = companies.unit()
    made = links.link(need, Party(unit=unit, brings=" et mørkekammer "), by=anna)
    assert (made.state, made.state_on, made.seen_by, made.need) == (LinkState.IDEA, TODAY, anna, need)
    sides = [(side.organisation, side.unit, side.brings) for side in made.parties.order_by("pk")]
    assert sides == [(need.area.owner, None, ""), (None, unit, "et mørkekammer")]
    assert [one.what for one in made.steps.all()] == ["created"]
    assert HistoryEntry.objects.of(made).get().by == anna


def test_a_link_of_a_kept_company_carries_the_ranking_and_its_reasons(
    units: dict[str, Unit], need: Need, anna: User
) -> None:
    run = rank_need(need=need, by=anna, now=NOW)
    kept = Candidate.objects.create(
        need=need, unit=units["photo"], run=run, decision=Decision.KEPT, grounds={"at": "then"},
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    made = link_from_candidate(candidate=kept, sentence="Fotoskole.", creation_key=uuid4(), by=anna, now=NOW)
    assert (made.origin, made.run, made.grounds, made.seen_by) == (Origin.RANKING, run, {"at": "then"}, None)
    assert {str(side) for side in made.parties.for_page()} == {"Vejle Kommune", str(units["photo"])}


def test_the_same_key_makes_one_link(need: Need, anna: User) -> None:
    key, unit = uuid4(), companies.unit()
    first = links.link(need, unit, by=anna, creation_key=key)
    assert links.link(need, companies.unit("En anden"), by=anna, creation_key=key) == first


def test_the_same_pair_for_the_same_need_is_found(need: Need, anna: User) -> None:
    unit = companies.unit()
    first = links.link(need, unit, by=anna)
    again = links.link(need, unit, by=anna, sentence="Noget andet.", origin=Origin.OFFER)
    assert (again, again.sentence) == (first, first.sentence)
    other = places.need(need.area, title="En uge på arbejde")
    assert links.link(other, unit, by=anna) != first
    assert links.link(need, unit, companies.unit("En tredje"), by=anna) != first


def test_a_company_is_the_same_by_its_organisation_its_entry_and_its_resource(need: Need, anna: User) -> None:
    unit = companies.unit()
    firm = people.organisation("Smedjen", "company")
    Organisation.objects.filter(pk=firm.pk).update(unit=unit)
    firm.refresh_from_db()
    mapped = links.resource(need, "Smedjen", "company", unit=unit)
    first = links.link(need, unit, by=anna)
    assert links.link(need, firm, by=anna) == links.link(need, mapped, by=anna) == first


def test_what_was_put_away_does_not_stand_in_the_way(need: Need, anna: User) -> None:
    unit = companies.unit()
    first = links.link(need, unit, by=anna)
    Link.objects.filter(pk=first.pk).update(archived_at=NOW)
    assert links.link(need, unit, by=anna) != first


def test_one_party_is_too_few_however_it_is_named(need: Need, anna: User) -> None:
    with pytest.raises(TooFewParties):
        links.link(need, need.area.owner, by=anna)


def test_a_link_is_about_something_of_its_area_and_says_what(need: Need, anna: User) -> None:
    unit = companies.unit()
    elsewhere = places.area(people.organisation("Anden"), name="Andet")
    for wrong in ({"about": None}, {"area": elsewhere}, {"challenge": places.challenge(elsewhere)}):
        with pytest.raises(AboutNothing):
            links.link(need, unit, by=anna, **wrong)
    with pytest.raises(NothingSaid):
        links.link(need, unit, by=anna, sentence="  ")
    with pytest.raises(CprNumberFound):
        links.link(need, unit, by=anna, sentence="Ring til 010203-1234.")
    about = links.link(need, unit, by=anna, about=None, challenge=places.challenge(need.area))
    assert about.need is None


def test_nobody_is_linked_with_a_need_for_volunteers_whom_nobody_receives(need: Need, anna: User) -> None:
    wanted = places.need(need.area, title="Besøgsvenner", kinds=("volunteer_time",))
    with pytest.raises(NoHostYet):
        links.link(wanted, companies.unit(), by=anna)


def test_a_ceased_company_comes_into_no_link(need: Need, anna: User) -> None:
    with pytest.raises(CompanyClosedToUs):
        links.link(need, companies.unit(status="ceased"), by=anna)


def test_a_protected_company_comes_in_only_where_it_has_said_so(need: Need, anna: User) -> None:
    unit = companies.unit(protected=True)
    with pytest.raises(CompanyClosedToUs):
        links.link(need, unit, by=anna)
    for half in ({"consent_on": date(2026, 11, 1)}, {"consent_how": "Ringede"}):
        with pytest.raises(ConsentMissing):
            links.link(need, links.party(unit, **half), by=anna)
    said = Party(unit=unit, consent_on=date(2026, 11, 1), consent_how="Direktøren ringede selv")
    assert links.link(need, said, by=anna).parties.filter(consent_how="Direktøren ringede selv").exists()


def test_a_protected_company_whose_own_people_are_here_may_be_linked(need: Need, anna: User) -> None:
    unit = companies.unit(protected=True, cvr="25052943")
    firm = people.organisation("Smedjen", "company")
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943", created_by_organisation=need.area.owner)
    people.member(firm, Role.COMPANY_CONTACT, name="Bo")
    assert links.link(need, unit, by=anna)


def test_letting_oneself_into_a_company_opens_no_protection(need: Need, anna: User, vejle: Organisation) -> None:
    unit = companies.unit(protected=True, cvr="25052943")
    firm = people.organisation("Smedjen", "company")
    Organisation.objects.filter(pk=firm.pk).update(cvr="25052943", created_by_organisation=vejle)
    anna.memberships.create(organisation=firm, role=Role.ADMINISTRATOR, started_on=TODAY)
    for side in (unit, Organisation.objects.get(pk=firm.pk)):
        with pytest.raises(CompanyClosedToUs):
            links.link(need, side, by=anna)


def test_who_takes_part_in_the_area_is_not_stopped_by_protection(need: Need, anna: User) -> None:
    club = people.organisation("Nordre Boldklub", "association")
    Organisation.objects.filter(pk=club.pk).update(unit=companies.unit("Nordre Boldklub", protected=True))
    club.refresh_from_db()
    with pytest.raises(CompanyClosedToUs):
        links.link(need, club, by=anna)
    need.area.partners.add(club)
    assert links.link(need, club, by=anna)


def test_a_resource_of_another_area_or_one_that_is_gone_comes_into_no_link(need: Need, anna: User) -> None:
    gone = links.resource(need, archived_at=NOW)
    elsewhere = links.resource(places.need(places.area(need.area.owner, name="Andet")))
    for one in (gone, elsewhere):
        with pytest.raises(ResourceGone):
            links.link(need, one, by=anna)


def test_the_database_refuses_a_party_of_two_and_of_none_and_a_link_about_nothing(need: Need, anna: User) -> None:
    made = links.link(need, companies.unit(), by=anna)
    for wrong in ({}, {"unit": companies.unit(), "organisation": need.area.owner}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LinkParty.objects.create(link=made, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.filter(pk=made.pk).update(need=None)
    with pytest.raises(ValueError, match="one organisation"):
        Party()


def test_the_sentence_is_changed_by_whoever_saw_the_latest(need: Need, anna: User) -> None:
    made = links.link(need, companies.unit(), by=anna)
    edit_link(link=made, expected_version=1, by=anna, now=NOW, sentence="Lærlinge og unge.")
    bo = people.member(need.area.owner, Role.CASE_WORKER, name="Bo")
    with pytest.raises(EditConflict):
        edit_link(link=made, expected_version=1, by=bo, now=NOW, sentence="Noget tredje.")
    assert Link.objects.get(pk=made.pk).sentence == "Lærlinge og unge."


def test_a_person_is_in_the_history_of_no_link(need: Need, anna: User) -> None:
    ida = links.resource(need, "Ida Hansen", "person", consented_on=TODAY)
    made = links.link(need, ida, by=anna)
    assert "Ida" not in str(HistoryEntry.objects.of(made).get().changes)


def test_no_company_has_said_tomorrow_that_we_may_write(need: Need, anna: User) -> None:
    unit = companies.unit(protected=True)
    with pytest.raises(ConsentAhead):
        links.link(need, Party(unit=unit, consent_on=TODAY + timedelta(days=1), consent_how="Ringede"), by=anna)
    assert not Link.objects.exists()
