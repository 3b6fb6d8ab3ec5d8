"""The sides of a link are asked and answer; the state of the link follows, and nobody is asked who may not be."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.areas.privacy import CprNumberFound
from medspil.common.models import EditConflict
from medspil.linking.asking import (
    DayAhead,
    LinkPutAway,
    answer_yes,
    ask,
    become_partnership,
    no_partnership,
    take_back_asking,
)
from medspil.linking.gate import CompanyClosedToUs
from medspil.linking.link_states import TRANSITIONS, By, NotAllSaidYes, StepNotAllowed, allowed, state_after, state_of
from medspil.linking.links import TooFewParties
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Step
from medspil.linking.parties import Party
from medspil.linking.sides import ConsentMissing, add_party, note_consent, remove_party
from medspil.offers.models import Offer
from medspil.register.models import Unit
from tests.factories import companies, links, offering, places
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def link(need: Need, anna: User) -> Link:
    """Return a link between the municipality and a company."""
    return links.link(need, companies.unit(), by=anna)


def company(link: Link) -> LinkParty:
    return link.parties.get(unit__isnull=False)


def fresh(link: Link) -> Link:
    return Link.objects.get(pk=link.pk)


def test_asking_is_noted_with_day_and_person_on_side_and_link(link: Link, anna: User) -> None:
    day = TODAY - timedelta(days=2)
    ask(link=link, party=company(link), on=day, expected_version=1, by=anna, now=NOW, note="Talte med Per")
    side, now = company(link), fresh(link)
    assert (side.answer, side.asked_on, side.asked_by) == (Answer.ASKED, day, anna)
    assert (now.state, now.state_on, now.asked_on) == (LinkState.ASKED, day, day)
    step = now.steps.latest("pk")
    assert (step.what, step.party, step.on, step.note, step.state) == ("asked", side, day, "Talte med Per", "asked")


def test_the_same_asking_twice_is_one(link: Link, anna: User) -> None:
    for _click in range(2):
        ask(link=fresh(link), party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    assert link.steps.filter(what=Step.ASKED).count() == 1


def test_asking_on_another_day_is_asking_again(link: Link, anna: User) -> None:
    ask(link=link, party=company(link), on=TODAY - timedelta(days=30), expected_version=1, by=anna, now=NOW)
    ask(link=link, party=company(link), on=TODAY, expected_version=2, by=anna, now=NOW)
    assert list(link.steps.order_by("pk").values_list("what", flat=True)) == ["created", "asked", "asked_again"]
    assert fresh(link).asked_on == TODAY - timedelta(days=30)


def test_whoever_saw_an_older_link_writes_nothing(link: Link, anna: User) -> None:
    ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    with pytest.raises(EditConflict):
        become_partnership(link=fresh(link), on=TODAY, expected_version=1, by=anna, now=NOW)


def test_a_company_that_turned_protected_or_closed_since_is_not_asked(link: Link, anna: User) -> None:
    for closing in ({"protected": True}, {"protected": False, "status": "ceased"}):
        Unit.objects.update(**closing)
        with pytest.raises(CompanyClosedToUs):
            ask(link=fresh(link), party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    assert company(link).answer == Answer.NOT_ASKED


def test_a_protected_company_is_asked_once_it_has_said_that_we_may_write(link: Link, anna: User) -> None:
    Unit.objects.update(protected=True)
    with pytest.raises(ConsentMissing):
        note_consent(link=link, party=company(link), on=TODAY, how=" ", expected_version=1, by=anna, now=NOW)
    note_consent(link=link, party=company(link), on=TODAY, how="Ringede", expected_version=1, by=anna, now=NOW)
    ask(link=fresh(link), party=company(link), on=TODAY, expected_version=2, by=anna, now=NOW)
    assert company(link).answer == Answer.ASKED
    note_consent(link=fresh(link), party=company(link), on=None, how="", expected_version=3, by=anna, now=NOW)
    with pytest.raises(CompanyClosedToUs):
        ask(link=fresh(link), party=company(link), on=date(2026, 11, 1), expected_version=4, by=anna, now=NOW)


@pytest.mark.parametrize(
    "closing", [{"state": "withdrawn", "closed_on": TODAY}, {"ends_on": TODAY - timedelta(days=1)}]
)
def test_an_offer_lets_a_protected_company_be_asked_only_while_it_stands(
    need: Need, anna: User, closing: dict[str, Any]
) -> None:
    giver = offering.company(unit=companies.unit(protected=True))
    made = offering.offer(giver, need.area)
    links.link(need, giver, by=anna, offers=[made], sentence="Så længe tilbuddet står ved magt.")
    Offer.objects.filter(pk=made.pk).update(**closing)
    link = Link.objects.get()
    side = link.parties.get(organisation=giver)
    with pytest.raises(CompanyClosedToUs):
        ask(link=link, party=side, on=TODAY, expected_version=1, by=anna, now=NOW)
    Offer.objects.filter(pk=made.pk).update(state="open", closed_on=None, ends_on=None)
    ask(link=Link.objects.get(), party=side, on=TODAY, expected_version=1, by=anna, now=NOW)


def test_an_offer_to_one_area_lets_a_protected_company_not_be_asked_in_another(need: Need, anna: User) -> None:
    giver = offering.company(unit=companies.unit(protected=True))
    made = offering.offer(giver, places.area(need.area.owner, name="Et andet sted"))
    with pytest.raises(CompanyClosedToUs):
        links.link(need, giver, by=anna, offers=[made])
    made.areas.add(need.area)
    assert links.link(need, giver, by=anna, offers=[made]).offers.get() == made


def test_nothing_is_noted_for_tomorrow_or_with_a_number_of_a_person(link: Link, anna: User) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(DayAhead):
        ask(link=link, party=company(link), on=tomorrow, expected_version=1, by=anna, now=NOW)
    with pytest.raises(DayAhead):
        answer_yes(link=link, party=company(link), on=tomorrow, expected_version=1, by=anna, now=NOW)
    with pytest.raises(CprNumberFound):
        ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW, note="010203-1234")


def test_an_asking_noted_by_mistake_leaves_no_approach(link: Link, anna: User) -> None:
    ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    take_back_asking(link=fresh(link), party=company(link), expected_version=2, by=anna, now=NOW)
    assert (fresh(link).state, company(link).answer, company(link).asked_on) == ("idea", "not_asked", None)
    assert fresh(link).asked_on is None
    assert not link.steps.filter(what=Step.ASKED).exists()


def test_asking_again_by_mistake_leaves_the_first_asking(link: Link, anna: User) -> None:
    first = TODAY - timedelta(days=30)
    ask(link=link, party=company(link), on=first, expected_version=1, by=anna, now=NOW)
    ask(link=link, party=company(link), on=TODAY, expected_version=2, by=anna, now=NOW)
    take_back_asking(link=fresh(link), party=company(link), expected_version=3, by=anna, now=NOW)
    side = company(link)
    assert (side.answer, side.asked_on, fresh(link).state, fresh(link).asked_on) == ("asked", first, "asked", first)


def test_a_link_goes_from_idea_to_partnership_and_back_when_that_was_wrong(link: Link, anna: User) -> None:
    with pytest.raises(StepNotAllowed):
        become_partnership(link=link, on=TODAY, expected_version=1, by=anna, now=NOW)
    ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    answer_yes(link=fresh(link), party=company(link), on=TODAY, expected_version=2, by=anna, now=NOW)
    assert fresh(link).state == LinkState.INTERESTED
    with pytest.raises(NotAllSaidYes, match=link.area.owner.name):
        become_partnership(link=fresh(link), on=TODAY, expected_version=3, by=anna, now=NOW)
    own = link.parties.get(organisation=link.area.owner)
    answer_yes(link=fresh(link), party=own, on=TODAY, expected_version=3, by=anna, now=NOW)
    become_partnership(link=fresh(link), on=TODAY, expected_version=4, by=anna, now=NOW, note="Aftale skrevet under")
    now = fresh(link)
    assert (now.state, now.partnership_on, now.steps.latest("pk").note) == (
        "partnership",
        TODAY,
        "Aftale skrevet under",
    )
    with pytest.raises(StepNotAllowed):
        ask(link=now, party=company(link), on=date(2026, 11, 1), expected_version=5, by=anna, now=NOW)
    no_partnership(link=now, expected_version=5, by=anna, now=NOW)
    assert (fresh(link).state, fresh(link).partnership_on) == ("interested", None)


def test_interest_waits_for_everybody_who_was_asked(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), companies.unit("Anden"), by=anna)
    first, second = link.parties.filter(unit__isnull=False).order_by("pk")
    for version, side in enumerate((first, second), start=1):
        ask(link=fresh(link), party=side, on=TODAY, expected_version=version, by=anna, now=NOW)
    answer_yes(link=fresh(link), party=first, on=TODAY, expected_version=3, by=anna, now=NOW)
    assert fresh(link).state == LinkState.ASKED
    answer_yes(link=fresh(link), party=second, on=TODAY, expected_version=4, by=anna, now=NOW)
    assert fresh(link).state == LinkState.INTERESTED


def test_what_was_put_away_is_brought_back_first(link: Link, anna: User) -> None:
    Link.objects.update(archived_at=NOW)
    with pytest.raises(LinkPutAway):
        ask(link=fresh(link), party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)


def test_parties_come_and_go_until_they_are_asked(link: Link, anna: User) -> None:
    third = Party(unit=companies.unit("En tredje"), brings="en bus")
    add_party(link=link, party=third, expected_version=1, by=anna, now=NOW)
    add_party(link=fresh(link), party=third, expected_version=1, by=anna, now=NOW)
    side = link.parties.get(brings="en bus")
    ask(link=fresh(link), party=side, on=TODAY, expected_version=2, by=anna, now=NOW)
    with pytest.raises(StepNotAllowed):
        remove_party(link=fresh(link), party=side, expected_version=3, by=anna, now=NOW)
    remove_party(link=fresh(link), party=_other(link, side),
                 expected_version=3, by=anna, now=NOW)  # fmt: skip
    with pytest.raises(TooFewParties):
        remove_party(
            link=fresh(link),
            party=link.parties.get(organisation__isnull=False),
            expected_version=4,
            by=anna,
            now=NOW,
        )
    assert link.parties.count() == 2


def _other(link: Link, side: LinkParty) -> LinkParty:
    return link.parties.filter(unit__isnull=False).exclude(pk=side.pk).get()


def test_every_change_of_state_that_answers_can_bring_stands_in_the_table() -> None:
    """Walk every step of two and three sides: what the services can do, the table allows."""
    ways = {
        By.ASKING: [(before, Answer.ASKED) for before in Answer],
        By.ANSWER: [(Answer.NOT_ASKED, Answer.YES), (Answer.ASKED, Answer.YES)],
        By.REFUSAL: [(before, Answer.NO) for before in (Answer.NOT_ASKED, Answer.ASKED, Answer.YES)],
        By.UNDOING: [(Answer.ASKED, Answer.NOT_ASKED), (Answer.NO, Answer.ASKED), (Answer.NO, Answer.NOT_ASKED)],
    }
    used = set()
    for number in (2, 3):
        for answers, (way, steps) in product(product(Answer, repeat=number), ways.items()):
            for was, becomes in steps:
                if answers[0] == was:
                    before = state_of(answers)
                    after = state_after(before, [becomes, *answers[1:]], way)
                    assert allowed(before, after, way), (answers, way, becomes)
                    used.add((before, after, way))
    for answers in product(Answer, repeat=3):
        if answers[0] != Answer.NOT_ASKED:
            before, after = state_of(answers), state_of(answers[1:])
            assert allowed(before, after, By.LEAVING), answers
            used.add((before, after, By.LEAVING))
    reachable = {(one.before, one.after, one.by) for one in TRANSITIONS}
    by_hand = {("interested", "partnership", By.AGREEMENT), ("partnership", "interested", By.UNDOING)}
    # Links that came to their state before all had to say yes, and while a no could leave an idea.
    by_hand |= {("partnership", "turned_down", By.UNDOING), ("idea", "asked", By.UNDOING)}
    assert reachable - used == by_hand


def test_nothing_leads_out_of_a_partnership_but_taking_it_back() -> None:
    assert [one for one in TRANSITIONS if one.before == LinkState.PARTNERSHIP and one.by != By.UNDOING] == []
    assert not any(allowed("partnership", after, By.ASKING) for after in LinkState)
