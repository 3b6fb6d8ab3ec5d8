"""What is done in links and partnerships is evidence for their stage, whoever did it, and for many at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.alignment.many import settled
from medspil.alignment.readiness import ready
from medspil.areas.models import Need
from medspil.linking.asking import answer_yes, ask
from medspil.linking.models import Link
from medspil.partnerships.models import Partnership
from medspil.progress.evidence import met_by
from medspil.progress.stages import Requirement, Stage, stage_of
from medspil.walks.models import SkipReason
from medspil.walks.skipping import skip_walk, take_back_skipping
from tests.factories import companies, links
from tests.factories.agreements import in_force
from tests.factories.alignment import AREA, COMPANY, of_area, of_company, say
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
ALIKE = COMPANY | {"resources": "To kameraer og en fotograf.", "horizon": "two_years"}


def met(link: Link) -> frozenset[Requirement]:
    return met_by(Link.objects.for_page().filter(pk=link.pk), on=NOW.date())[link.pk]


def stage(link: Link) -> Stage:
    return stage_of(met(link))


def test_a_link_goes_from_idea_to_asked_to_interested_to_begun(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    assert stage(link) == Stage.IDEA
    ask(link=link, party=company(link), on=NOW.date(), expected_version=1, by=anna, now=NOW)
    assert stage(link) == Stage.ASKED
    assert stage(partnership(need, companies.unit(), by=anna).link) == Stage.BEGUN


def test_asked_and_interested_are_counted_as_the_state_of_the_link_has_them(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), companies.unit(), by=anna)
    first, second = (one for one in link.parties.all() if one.unit_id)
    said: dict[str, Any] = {"on": NOW.date(), "by": anna, "now": NOW}
    for side, by_answer in ((first, ask), (second, ask), (first, answer_yes), (second, answer_yes)):
        link = by_answer(link=link, party=side, expected_version=link.version, **said)
        assert stage(link).value == link.state
    assert stage(link) == Stage.INTERESTED


def test_a_walk_that_is_skipped_with_a_reason_counts_until_that_is_taken_back(need: Need, anna: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    facts: dict[str, Any] = {
        "reason": SkipReason.KNOWN,
        "words": "",
        "creation_key": made.creation_key,
        "by": anna,
        "now": NOW,
    }
    skipping = skip_walk(partnership=made, **facts)
    assert stage(made.link) == Stage.MET
    take_back_skipping(skipping=skipping, by=anna, now=NOW)
    assert stage(made.link) == Stage.BEGUN


def test_an_agreement_all_have_confirmed_is_agreed_and_runs_with_a_contact_person_on_every_side(
    need: Need, anna: User
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    in_force(made, by=anna)
    assert stage(made.link) == Stage.AGREED
    assert Requirement.CONTACTS not in met(made.link)
    for side in made.partners.all():
        named(side, by=anna)
    assert stage(made.link) == Stage.RUNNING


def test_own_words_and_settled_differences_are_seen_for_many_as_for_one(need: Need, anna: User) -> None:
    silent, differing, alike = (partnership(need, companies.unit(), by=anna) for _each in range(3))
    for one, words in ((differing, COMPANY), (alike, ALIKE)):
        say(of_area(one), AREA, by=anna)
        say(of_company(one), words)
    every = Partnership.objects.for_page()
    assert settled(every.values_list("pk", flat=True)) == {one.pk for one in every if not ready(one)} == {alike.pk}
    assert Requirement.OWN_WORDS not in met(silent.link)
    assert met(differing.link) & {Requirement.OWN_WORDS, Requirement.DIFFERENCES} == {Requirement.OWN_WORDS}
    assert {Requirement.OWN_WORDS, Requirement.DIFFERENCES} <= met(alike.link)


def test_the_number_of_queries_does_not_grow_with_partnerships(need: Need, anna: User) -> None:
    counts = []
    for there in (1, 3):
        while Partnership.objects.count() < there:
            made = partnership(need, companies.unit(), by=anna)
            say(of_area(made), AREA, by=anna)
            say(of_company(made), COMPANY)
        with CaptureQueriesContext(connection) as queries:
            met_by(Link.objects.for_page(), on=NOW.date() + timedelta(days=1))
        counts.append(len(queries))
    assert counts[0] == counts[1]
