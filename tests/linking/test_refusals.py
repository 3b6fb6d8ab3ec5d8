"""A no has a reason with a consequence: it enters rankings both ways, is seen, ends by itself or is taken back."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Need
from medspil.linking import refusals
from medspil.linking.asking import SaidNo, answer_yes, ask
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Refusal, RefusalReason
from medspil.linking.parties import Party
from medspil.linking.question import question_of
from medspil.linking.refusals import REASONS, ConsequenceMissing, ReasonUnknown, consequence, note_refusal, proposed
from medspil.linking.services import ask as rank
from medspil.linking.services import repeat, store
from medspil.matching import Filters
from medspil.register.models import Unit
from tests.factories import companies, links, places, rankings
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LATER = TODAY + timedelta(days=90)
SAID: dict[str, dict[str, Any]] = {
    "wrong_time": {"until": LATER},
    "wrong_kind": {"kind": "photo_film"},
    "too_far": {"beyond_km": 0},
    "wrong_theme": {"theme": "education"},
    "never": {},
    "other": {"words": "Har lige haft et forløb"},
}


def company(link: Link) -> LinkParty:
    return link.parties.get(unit__isnull=False)


def fresh(link: Link) -> Link:
    return Link.objects.get(pk=link.pk)


def refused(link: Link, reason: str, by: User, **said: Any) -> Refusal:
    now = fresh(link)
    facts = {"on": TODAY, "now": NOW} | SAID[reason] | said
    return refusals.refuse(link=now, party=company(now), reason=reason, expected_version=now.version, by=by, **facts)


def left_out(need: Need, on: datetime = NOW) -> set[int]:
    return set(question_of(need=need, now=on, filters=Filters(), k=50)["need"]["turned_down"])


def test_every_reason_has_a_row_and_says_what_follows() -> None:
    assert set(REASONS) == set(RefusalReason)
    assert all(row.consequence for row in REASONS.values())


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_a_no_turns_the_link_down_and_back_again_when_it_is_taken_back(need: Need, anna: User, reason: str) -> None:
    need.challenge = places.challenge(need.area, theme="education")
    need.save(update_fields=["challenge"])
    link = links.link(need, companies.unit(), by=anna)
    ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
    said = refused(link, reason, anna)
    assert said.get_reason_display()
    assert "(" not in said.get_reason_display()  # what asks for words is part of the choice, not of what is told
    assert (fresh(link).state, company(link).answer) == (LinkState.TURNED_DOWN, Answer.NO)
    with pytest.raises(SaidNo):
        ask(link=fresh(link), party=company(link), on=TODAY, expected_version=3, by=anna, now=NOW)
    refusals.undo(refusal=said, by=anna, now=NOW)
    assert (fresh(link).state, company(link).answer) == (LinkState.ASKED, Answer.ASKED)
    assert Refusal.objects.get().undone_by == anna
    assert [entry.action for entry in HistoryEntry.objects.of(said)] == ["refusal_undone", "refused"]


@pytest.mark.parametrize(("reason", "said", "missing"), [
    ("wrong_time", {"until": None}, "until"), ("wrong_time", {"until": TODAY}, "until"),
    ("wrong_kind", {"kind": ""}, "kind"), ("wrong_kind", {"kind": "moon_dust"}, "kind"),
    ("too_far", {"beyond_km": None}, "beyond_km"), ("too_far", {"beyond_km": -1}, "beyond_km"),
    ("wrong_theme", {"theme": "moon"}, "theme"), ("other", {"words": " "}, "words"),
])  # fmt: skip
def test_a_reason_without_what_follows_is_refused_in_a_sentence(
    need: Need, anna: User, reason: str, said: dict[str, Any], missing: str
) -> None:
    link = links.link(need, companies.unit(), by=anna)
    with pytest.raises(ConsequenceMissing) as trouble:
        refused(link, reason, anna, **said)
    assert trouble.value.field == missing
    assert fresh(link).state == LinkState.IDEA


def test_a_no_needs_one_of_the_reasons_and_the_database_holds_to_it(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    with pytest.raises(ReasonUnknown):
        refusals.refuse(link=link, party=company(link), reason="", on=TODAY, expected_version=1, by=anna, now=NOW)
    refused(link, "never", anna)
    for reason in ("wrong_time", "wrong_kind", "too_far", "wrong_theme", "other"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Refusal.objects.update(reason=reason)


def test_the_same_no_twice_is_one(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    assert refused(link, "never", anna) == refused(link, "never", anna)
    assert link.steps.filter(what="said_no").count() == 1


def test_two_of_three_go_on(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), links.resource(need), by=anna)
    for version, side in enumerate(link.parties.filter(unit=None), start=1):
        answer_yes(link=fresh(link), party=side, on=TODAY, expected_version=version, by=anna, now=NOW)
    refused(link, "never", anna)
    assert fresh(link).state == LinkState.INTERESTED


@pytest.mark.parametrize("reason", ["wrong_time", "too_far", "wrong_theme", "never", "other", "wrong_kind"])
def test_a_no_leaves_the_company_out_of_the_ranking_until_it_is_taken_back(
    units: dict[str, Unit], need: Need, anna: User, reason: str
) -> None:
    need.challenge = places.challenge(need.area, theme="education")
    need.save(update_fields=["challenge"])
    link = links.link(need, units["photo"], by=anna)
    before = rank(need=need, by=anna, now=NOW)
    said = refused(link, reason, anna)
    after = rank(need=need, by=anna, now=NOW)
    assert units["photo"].number in {row["number"] for row in before.answer["units"]}
    assert units["photo"].number not in {row["number"] for row in after.answer["units"]}
    assert after.answer["left_out"]["turned_down"] == before.answer["left_out"]["turned_down"] + 1
    assert after.question["refusals"] == [[units["photo"].number, said.pk]]
    refusals.undo(refusal=said, by=anna, now=NOW)
    again = rank(need=need, by=anna, now=NOW)
    assert (again.answer["units"], again.fingerprint) == (before.answer["units"], before.fingerprint)


def test_a_stored_ranking_is_asked_again_as_it_was_though_the_no_was_taken_back(
    units: dict[str, Unit], need: Need, anna: User
) -> None:
    said = refused(links.link(need, units["photo"], by=anna), "never", anna)
    stored = store(rank(need=need, by=anna, now=NOW))
    refusals.undo(refusal=said, by=anna, now=NOW)
    assert repeat(run=stored, by=anna, now=NOW) == stored


def test_the_wrong_time_ends_by_itself_and_the_link_waits_to_be_asked_again(
    units: dict[str, Unit], need: Need, anna: User
) -> None:
    link = links.link(need, units["photo"], by=anna)
    refused(link, "wrong_time", anna)
    assert left_out(need) == {units["photo"].number}
    assert left_out(need, NOW + timedelta(days=89)) == {units["photo"].number}
    assert left_out(need, NOW + timedelta(days=90)) == set()
    assert not Link.objects.to_ask_again(LATER - timedelta(days=1)).exists()
    assert list(Link.objects.to_ask_again(LATER)) == [link]
    then = NOW + timedelta(days=91)
    ask(link=fresh(link), party=company(link), on=then.date(), expected_version=2, by=anna, now=then)
    assert not Link.objects.to_ask_again(then.date()).exists()


def test_the_wrong_kind_leaves_other_kinds_open(units: dict[str, Unit], need: Need, anna: User) -> None:
    refused(links.link(need, units["photo"], by=anna), "wrong_kind", anna)
    both = places.need(need.area, title="Fotoskole", kinds=("photo_film", "premises"))
    asked = question_of(need=both, now=NOW, filters=Filters(), k=50)["need"]
    assert asked["profiles"][str(units["photo"].number)] == {"declined": ["photo_film"]}
    assert asked["turned_down"] == []
    row = next(
        one for one in rank(need=both, by=anna, now=NOW).answer["units"] if one["number"] == units["photo"].number
    )
    assert row["profile"]["declined"] == ["photo_film"]


def test_too_far_holds_for_what_lies_farther_and_not_for_what_is_near(
    units: dict[str, Unit], need: Need, anna: User
) -> None:
    refused(links.link(need, units["film"], by=anna), "too_far", anna, beyond_km=13)
    near = places.need(places.area(need.area.owner, name="Nord", x=rankings.CENTRE[0], y=rankings.CENTRE[1] + 9_000))
    nowhere = places.need(places.area(need.area.owner, name="Uden sted", x=None, y=None))
    assert left_out(need) == {units["film"].number}
    assert left_out(near) == left_out(nowhere) == set()


def test_the_wrong_theme_holds_for_needs_of_that_theme(units: dict[str, Unit], need: Need, anna: User) -> None:
    refused(links.link(need, units["photo"], by=anna), "wrong_theme", anna)
    same = places.need(need.area, challenge=places.challenge(need.area, theme="education"))
    assert left_out(same) == {units["photo"].number}
    assert left_out(need) == set()


def test_another_reason_holds_for_that_need_alone(units: dict[str, Unit], need: Need, anna: User) -> None:
    refused(links.link(need, units["photo"], by=anna), "other", anna)
    assert left_out(need) == {units["photo"].number}
    assert left_out(places.need(need.area)) == set()


def test_a_no_without_a_link_is_noted_once(need: Need, anna: User) -> None:
    key, unit = uuid4(), companies.unit()
    facts: dict[str, Any] = {"need": need, "party": Party(unit=unit), "on": TODAY, "by": anna, "now": NOW}
    first = note_refusal(reason="never", creation_key=key, **facts)
    assert note_refusal(reason="never", creation_key=key, **facts) == first
    assert left_out(need) == {unit.number}
    with pytest.raises(ConsequenceMissing):
        note_refusal(reason="other", words="", creation_key=uuid4(), **facts)


def test_what_a_form_begins_with_comes_from_the_link(units: dict[str, Unit], need: Need, anna: User) -> None:
    link = links.link(need, units["film"], by=anna)
    begin = proposed(company(link), area=link.area, need=link.need)
    assert (begin.kinds, begin.beyond_km) == (("photo_film",), 14)


def test_the_consequence_is_a_sentence(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    with translation.override("en"):
        assert "20 February 2027" in consequence(refused(link, "wrong_time", anna))
        for reason in ("wrong_kind", "too_far", "wrong_theme", "never", "other"):
            Refusal.objects.all().delete()
            LinkParty.objects.update(answer=Answer.NOT_ASKED)
            Link.objects.update(state=LinkState.IDEA)
            told = consequence(refused(link, reason, anna))
            assert told.endswith(".")
            assert "%" not in told
            assert "_" not in told


def test_an_old_no_is_told_by_its_day(need: Need, anna: User) -> None:
    link = links.link(need, companies.unit(), by=anna)
    said = refused(link, "never", anna, on=date(2026, 3, 1))
    assert (said.said_on, company(link).answered_on) == (date(2026, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize("reason", ["too_far", "wrong_theme"])
def test_a_no_counts_for_a_link_about_a_challenge_as_for_one_about_a_need(need: Need, anna: User, reason: str) -> None:
    area = need.area
    area.x, area.y = 533_000.0, 6_174_000.0
    area.save(update_fields=["x", "y"])
    unit = companies.unit(x=area.x + 3_000.0, y=area.y)
    challenge = places.challenge(area, theme="education")
    link = links.link(need, unit, by=anna, about=None, challenge=challenge)
    facts: dict[str, Any] = {"on": TODAY, "creation_key": uuid4(), "by": anna, "now": NOW} | SAID[reason]
    note_refusal(party=Party(unit=unit), reason=reason, need=need, **facts)
    with pytest.raises(SaidNo):
        ask(link=link, party=company(link), on=TODAY, expected_version=1, by=anna, now=NOW)
