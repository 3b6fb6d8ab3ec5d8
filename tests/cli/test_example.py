"""The example of `medspil demo`: what it shows of the week after, of companies and open needs, and of the work that was
done: mapped, offered, linked and shared out, so that every page has something.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from medspil.accounts.models import User
from medspil.agreements.confirming import still_to_confirm
from medspil.agreements.models import Agreement, AgreementState
from medspil.agreements.settled import in_force
from medspil.agreements.writing import sides_of
from medspil.alignment.models import Edition
from medspil.alignment.readiness import What, ready
from medspil.areas.hosting import volunteers_ready, wants_volunteers
from medspil.areas.models import Area, Need
from medspil.areas.news import Group, news_of
from medspil.boards.models import Board, BoardMember
from medspil.boards.standing import benches, running_out
from medspil.cli.example.load import DOCUMENTS, load_example
from medspil.linking.asked_often import asked_companies
from medspil.linking.models import Brokerage, Candidate, Link, LinkState, Refusal
from medspil.linking.parties import unit_of
from medspil.linking.reach import reach_of
from medspil.linking.reverse import needs_for
from medspil.mapping.coverage import Cover, coverages
from medspil.mapping.models import Resource
from medspil.notices.models import Message, MessageState
from medspil.offers.idle import waiting
from medspil.offers.models import Offer, OfferState
from medspil.organisations.models import Organisation, Profile
from medspil.partnerships.late import answer_times
from medspil.partnerships.models import PartnerGain, Partnership, Question, Standing
from medspil.partnerships.side_people import people_of
from medspil.pulses.models import News, PulseAnswer
from medspil.pulses.reading import Why, falls
from medspil.register.flags import FlagKind, flags_of
from medspil.register.index import index_state
from medspil.register.models import ImportRun, Unit
from medspil.rounds.models import Round, RoundState
from medspil.walks.models import StopNote, Walk, WalkState
from medspil.walks.skipping import held_or_skipped
from tests.conftest import NOW
from tests.factories.once import made_once

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
NAMED_IN_2010 = {"LEGO", "JydskeVestkysten", "Nykredit", "BRFkredit", "Skandia", "Microsoft Danmark"}
COORDINATOR, CONTACT = "koordinator@example.org", "virksomhed@example.org"


@pytest.fixture(scope="module", autouse=True)
def example(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load a small example."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("example")):
        load_example(now=NOW, step=lambda _what: nullcontext(), units=2_000)
        yield


def coordinator() -> User:
    return User.objects.get(email=COORDINATOR)


def test_the_week_after_brings_news_of_every_group_near_the_areas() -> None:
    found = news_of(list(Area.objects.all()), user=User.objects.get(email=COORDINATOR), reach_km=10)
    assert len(found) == 4
    assert all(news.items for news in found)
    assert {group for news in found for group in news.counts} == set(Group)
    assert not any(run.rejected for run in ImportRun.objects.all())
    assert index_state().current
    assert set(Unit.objects.filter(made_up=False).values_list("source", flat=True)) == {DOCUMENTS}


def test_of_the_companies_that_were_kept_one_has_ceased_and_one_turned_protected() -> None:
    kept = Candidate.objects.select_related("unit")
    flags = flags_of(candidate.unit for candidate in kept)
    assert sorted(flag.kind for flag in flags.values()) == [FlagKind.CEASED, FlagKind.PROTECTED]
    assert all(flag.day for flag in flags.values())
    assert all(candidate.grounds for candidate in kept)
    assert not any(candidate.next_step for candidate in kept if candidate.unit.number in flags)


def test_answers_that_nobody_gave_say_so_and_one_company_speaks_for_itself() -> None:
    own = Profile.objects.own_words().get()
    assert own.about == Organisation.objects.get(name="Schiller House")
    assert {answer.checked_by.email for answer in own.answers.all() if answer.checked_by} == {CONTACT}
    for profile in Profile.objects.prefetch_related("answers"):
        for answer in profile.answers.all():
            said = [answer.text, *answer.details.get("themes", {}).values()]
            assert all(text.startswith("Opdigtet:") for text in said if text), answer


def test_the_company_sees_open_needs_that_fit() -> None:
    unit = Organisation.objects.get(name="Schiller House").unit
    assert unit is not None
    found = needs_for(unit=unit, among=Need.objects.open_to_companies(), now=NOW)
    assert found.needs[0].need.title.startswith("Fotograf")
    assert found.considered == 3


def test_every_challenge_says_what_it_takes_and_every_need_where_it_starts_and_who_receives() -> None:
    coordinator = User.objects.get(email=COORDINATOR)
    areas = list(Area.objects.visible_to(coordinator).for_overview())
    found = coverages(areas, user=coordinator, on=NOW.date())
    assert all(one.rows and not one.unsaid for one in found.values())
    assert any(one.counts[Cover.ASKED] for one in found.values())
    needs = Need.objects.for_page()
    assert all(need.challenge and volunteers_ready(need) for need in needs)
    assert any(wants_volunteers(need) for need in needs)


def test_what_is_mapped_linked_and_missing_shows_all_there_is_to_show() -> None:
    user = coordinator()
    areas = list(Area.objects.visible_to(user).for_overview())
    mapped = Resource.objects.visible_to(user).current()
    assert {one.kind for one in mapped} == {
        "person", "association", "institution", "company", "place", "economy", "story",
    }  # fmt: skip
    assert mapped.stale(TODAY).exists()
    assert Resource.objects.withdrawn().count() == 1
    assert mapped.ambassadors().filter(area__name="Mimersgadekvarteret").count() == 3
    assert all(one.consents.standing().count() == 1 for one in mapped.filter(kind="person"))
    reached = reach_of(mapped.for_list())
    assert {one.stage for one in reached.values()} == {"mapped", "linked", "mobilised"}
    assert any(one.waits(TODAY) for one in reached.values())
    covered = Counter(row.cover for one in coverages(areas, user=user, on=TODAY).values() for row in one.rows)
    assert set(covered) == set(Cover) - {Cover.UNKNOWN}


def test_links_stand_in_every_state_and_nobody_real_is_said_to_have_said_no() -> None:
    assert {link.state for link in Link.objects.all()} == set(LinkState)
    assert {link.origin for link in Link.objects.all()} == {"person", "offer", "round", "ranking", "walk"}
    refusals = list(Refusal.objects.select_related("unit", "organisation__unit", "resource__unit"))
    assert len({one.reason for one in refusals}) == 6
    assert any(one.undone_at for one in refusals)
    assert all((unit := unit_of(one)) and unit.made_up for one in refusals)
    assert Link.objects.to_ask_again(TODAY).count() == 1
    leaving = Brokerage.objects.exclude(leaves_on=None)
    assert {one.to_the_parties for one in leaving} == {True, False}
    asked = asked_companies(user=coordinator(), now=NOW)
    assert any(one.never for one in asked)
    assert all(one.unit and one.unit.made_up for one in asked if one.too_often)
    assert any(one.too_often for one in asked)


def test_offers_wait_are_withdrawn_in_use_and_name_only_what_the_catalogue_tells() -> None:
    withdrawn = Offer.objects.get(state=OfferState.WITHDRAWN)
    assert withdrawn.links.current().exists()
    found = [waiting(area, user=coordinator(), on=TODAY) for area in Area.objects.all()]
    assert any(one.offers for one in found)
    assert any(one.needs for one in found)
    for offer in Offer.objects.filter(organisation__name__in=NAMED_IN_2010):
        assert "2010" in offer.source


def test_three_allocations_stand_where_allocations_can_stand() -> None:
    classes, computers, volunteers = Round.objects.select_related("proposal").order_by("pk")
    assert classes.state == RoundState.APPLIED
    assert classes.proposal
    assert computers.proposal
    assert not volunteers.proposal
    givers = Counter(row["giver"] for row in classes.proposal.answer["pairs"])
    names = {str(one.pk): one.label for one in classes.supplies.all()}
    taken = {names[giver]: number for giver, number in givers.items()}
    assert (sum(taken.values()), taken["LEGO"], taken["JydskeVestkysten"]) == (10, 3, 1)
    assert Link.objects.filter(origin="round").count() == 10  # one for each class
    given = sum(row["amount"] for row in computers.proposal.answer["pairs"])
    assert (given, computers.demands.count()) == (153, 7)
    assert volunteers.demands.exists()
    assert volunteers.supplies.exists()


def test_of_two_partnerships_one_has_nothing_left_to_settle_and_one_waits_for_words() -> None:
    weeks, drawings = (
        Partnership.objects.get(link__sentence__startswith=words) for words in ("Unge er en uge", "Åbne tegnestuer")
    )
    assert ready(weeks) == []
    assert [one.what for one in ready(drawings)][:1] == [What.WORDS]
    for edition in Edition.objects.all():
        assert edition.answers["focus"].startswith("Opdigtet:")


def test_one_walk_was_held_one_is_planned_and_one_was_skipped() -> None:
    held = Walk.objects.held().get()
    assert {one.made.state for one in StopNote.objects.filter(stop__walk=held) if one.made} == {LinkState.IDEA}
    assert all(stop.point for stop in held.stops.standing())
    assert Walk.objects.filter(state=WalkState.PLANNED, starts_at__gt=NOW).count() == 1
    found = held_or_skipped(Partnership.objects.get(name="Galleri Hamlet"))
    assert found
    assert found.skipped


def test_partnerships_have_people_gains_and_questions_and_nobody_is_written_to() -> None:
    named = {one.name: one for one in Partnership.objects.for_page()}
    assert {"Gennem Ild og Vand", "Galleri Hamlet", "Kulturringen"} <= set(named)
    assert named["Kulturringen"].standing == Standing.PAUSED
    fire = list(named["Gennem Ild og Vand"].partners.all())
    assert people_of(fire, on=TODAY)[fire[1].pk].contact
    assert answer_times(fire, Question.objects.all(), on=TODAY)[fire[1].pk].rests_on == 3
    assert PartnerGain.objects.confirmed().exists()
    assert not Message.objects.exclude(state=MessageState.STOPPED).exists()


def test_one_partnership_has_agreed_and_a_change_of_it_waits() -> None:
    fire = Partnership.objects.get(name="Gennem Ild og Vand")
    first, second = Agreement.objects.of(fire).order_by("number")
    assert in_force(fire, on=TODAY) == first
    assert second.state == AgreementState.PROPOSED
    assert len(still_to_confirm(second)) == len(sides_of(fire)) - 1
    assert {paper.pages for paper in first.papers.all()} <= {1, 2}


def test_one_partnership_was_asked_how_it_goes_and_one_side_fell() -> None:
    fire = Partnership.objects.get(name="Gennem Ild og Vand")
    assert [one.why for one in falls([fire], on=TODAY)] == [Why.FELL]
    assert PulseAnswer.objects.count() == 5
    assert News.objects.get().text.startswith("Opdigtet:")


def test_one_partnership_has_a_board_with_a_vacant_seat_and_a_term_that_runs_out() -> None:
    board = Board.objects.get()
    assert [(len(one.members), one.vacant, one.free) for one in benches(board, TODAY)] == [
        (5, 0, 0),
        (3, 1, 0),
        (5, 0, 1),
    ]
    assert [len(one.members) for one in running_out([board], on=TODAY, until=TODAY + timedelta(days=60))] == [1]
    assert board.rules.count() == 2
    assert all("(opdigtet)" in one.name for one in BoardMember.objects.all())
