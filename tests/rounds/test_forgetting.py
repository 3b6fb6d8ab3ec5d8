"""A row's name is deleted: gone from pages, files, proposals, history and links, at once and after two years."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkParty
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Demand, PairKind, PairRule, Proposal, Round, Supply
from medspil.rounds.services.forgetting import KEPT
from tests.conftest import NOW
from tests.factories import offering, people, places, rounds

pytestmark = pytest.mark.django_db
NAME = "Fatima Andersen"


@pytest.fixture
def area(vejle: Organisation) -> Area:
    """Return Anna's area."""
    return places.area(vejle)


@pytest.fixture
def need(area: Area) -> Need:
    """Return the need that the times stand for."""
    return places.need(area, "Frivillige", ("homework_help",))


@pytest.fixture
def named(vejle: Organisation, anna: User, area: Area, need: Need) -> Round:
    """Return volunteers with a name in every place where one can come to stand, run once."""
    round_ = rounds.begin(vejle, anna, kind="volunteers", areas=[area])
    rounds.fill(round_, anna, asks=True, text=f"hold;antal\nHos {NAME};1\nLektiecafé;1", area=area, need=need)
    rounds.fill(
        round_, anna, asks=False, text=f"frivillig;antal;sted;sprog\n{NAME};2;Løget 3, 7100 Vejle;arabisk\nOle;1;;"
    )
    Supply.objects.update(organisation=people.organisation("Røde Kors", "association"))
    row = rounds.supply(round_, NAME)
    round_.refresh_from_db()
    services.edit_row(
        row=row, expected_version=round_.version, by=anna, now=NOW, label=f"{NAME} (ny)", capacity=1, place="7100 Vejle"
    )
    said = [services.Said(rounds.demand(round_, "Lektiecafé").pk, row.pk, PairKind.LOCK, 1)]
    round_.refresh_from_db()
    services.decide(
        round_=round_, said=said, expected_version=round_.version, by=anna, now=NOW, reason=f"{NAME} bad om"
    )
    round_.refresh_from_db()
    services.run(round_=round_, by=anna, now=NOW)
    return round_


def told(round_: Round) -> str:
    """Return all that is stored of a round, and of the links that came of it."""
    kept = [
        *Demand.objects.values("label", "place", "facts", "x"),
        *Supply.objects.values("label", "place", "facts", "x"),
        *Proposal.objects.values("question", "answer", "pair_rules"),
        *PairRule.objects.values("reason"),
        *HistoryEntry.objects.exclude(record_type="accounts.user").values("changes"),
        *Link.objects.values("sentence", "subject", "grounds"),
        *LinkParty.objects.values("brings"),
    ]
    return json.dumps([list(one.values()) for one in kept], ensure_ascii=False)


def forget_all(round_: Round, anna: User) -> None:
    """Delete the name on both sides."""
    for row in (*Demand.objects.filter(label__contains=NAME), *Supply.objects.filter(label__contains=NAME)):
        services.forget_row(row=row, by=anna, now=NOW)


def test_nothing_but_the_row_and_a_reason_ever_holds_the_name(named: Round) -> None:
    stored = [*HistoryEntry.objects.exclude(changes__has_key="pairs").values_list("changes", flat=True)]
    stored += [*Proposal.objects.values_list("question", flat=True), *Proposal.objects.values_list("answer", flat=True)]
    assert NAME not in json.dumps(stored, ensure_ascii=False)


def test_a_deleted_name_is_gone_everywhere(named: Round, anna: User) -> None:
    services.apply(round_=named, number=named.proposal.number, by=anna, now=NOW)  # type: ignore[union-attr]
    assert "Fatima" in told(named)
    assert "arabisk" in told(named)
    forget_all(named, anna)
    assert "Fatima" not in told(named)
    assert "arabisk" not in told(named)
    assert Supply.objects.filter(label__startswith="#", forgotten_at=NOW).count() == 1
    assert "Lektiecafé" in told(named)  # others keep theirs


def test_a_name_that_two_rows_have_leaves_both_their_links(
    vejle: Organisation, anna: User, area: Area, need: Need
) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers", areas=[area])
    slots = f"hold;antal;tid\nHos {NAME};1;ma 15-17\nHos {NAME};1;to 15-17"
    rounds.fill(round_, anna, asks=True, text=slots, area=area, need=need)
    rounds.fill(round_, anna, asks=False, text="frivillig;antal;tid\nOle;3;ma 8-20, to 8-20")
    round_.supplies.update(organisation=people.organisation("Røde Kors", "association"))
    round_.refresh_from_db()
    number = services.run(round_=round_, by=anna, now=NOW).number
    services.apply(round_=round_, number=number, by=anna, now=NOW)
    assert sorted(Link.objects.values_list("subject", flat=True)) == [
        f"Hos {NAME} (man 15-17)",
        f"Hos {NAME} (tor 15-17)",
    ]
    forget_all(round_, anna)
    assert "Fatima" not in told(round_)


def test_pages_and_files_show_a_number_instead(named: Round, anna: User) -> None:
    client = people.signed_in(anna)
    addresses = [
        reverse("rounds:board", args=[named.pk]),
        reverse("rounds:rows", args=[named.pk, True]),
        reverse("rounds:rows", args=[named.pk, False]),
        reverse("rounds:export", args=[named.pk, "csv"]),
    ]
    assert all("Fatima" in client.get(one).content.decode() for one in addresses)
    forget_all(named, anna)
    for one in addresses:
        assert "Fatima" not in client.get(one).content.decode()


def test_a_row_without_a_name_is_taken_out_of_a_round_in_the_making_and_left_in_a_closed_one(
    named: Round, anna: User
) -> None:
    row = Supply.objects.get(label__contains=NAME)
    services.forget_row(row=row, by=anna, now=NOW)
    services.forget_row(row=row, by=anna, now=NOW + timedelta(days=1))
    row.refresh_from_db()
    assert (row.archived_at, row.forgotten_at) == (NOW, NOW)
    named.refresh_from_db()
    services.archive_round(round_=named, by=anna, now=NOW)
    asker = Demand.objects.get(label__contains=NAME)
    services.forget_row(row=asker, by=anna, now=NOW)
    asker.refresh_from_db()
    assert (asker.archived_at, asker.label) == (None, f"#{asker.pk}")


def test_the_same_row_of_an_earlier_and_a_later_round_is_forgotten_with_it(
    named: Round, anna: User, vejle: Organisation
) -> None:
    second = rounds.begin(vejle, anna, kind="volunteers", follows=named)
    rounds.begin(vejle, anna, kind="volunteers", follows=second)
    row = Supply.objects.get(round=second, label__contains=NAME)
    services.forget_row(row=row, by=anna, now=NOW)
    assert not Supply.objects.filter(label__contains=NAME).exists()
    assert Supply.objects.filter(label="Ole").count() == 3


def test_two_years_after_the_last_change_typed_rows_are_forgotten_and_chosen_ones_stay(
    named: Round, anna: User, need: Need
) -> None:
    services.choose_needs(round_=named, needs=[need], by=anna, now=NOW)
    chosen = places.need(need.area, "Cykelværksted", ("homework_help",))
    services.choose_needs(round_=named, needs=[chosen], by=anna, now=NOW)
    offers = [
        offering.offer(offering.company(), need.area, title=title)
        for title in ("Timer til ét fag", "Timer til et andet", f"{'Meget lange timer ' * 8}i alle fag")
    ]
    services.choose_offers(round_=named, offers=offers, by=anna, now=NOW)
    # One is called by a person's name afterwards: nobody but her broker says that.
    Supply.objects.filter(round=named, offer=offers[0]).update(label="Halima fra virksomheden")
    named.refresh_from_db()
    last = named.updated_at
    assert services.forget_old_rows(now=last + KEPT) == 0
    later = last + KEPT + timedelta(seconds=1)
    assert services.forget_old_rows(now=later) == 5
    assert not Supply.objects.filter(label__contains="Halima").exists()
    assert Supply.objects.filter(offer__in=offers, forgotten_at=None).count() == 2
    assert services.forget_old_rows(now=later + KEPT * 2) == 0
    assert "Fatima" not in told(named)
    assert Demand.objects.filter(label="Cykelværksted", forgotten_at=None).exists()


def test_a_person_who_runs_the_round_deletes_a_name_on_its_page(named: Round, as_anna: Client) -> None:
    services.apply(round_=named, number=named.proposal.number, by=named.proposal.by, now=timezone.now())  # type: ignore[union-attr,arg-type]
    row = Supply.objects.get(label__contains=NAME)
    assert (
        reverse("rounds:row", args=[named.pk, False, row.pk])
        in as_anna.get(reverse("rounds:rows", args=[named.pk, False])).content.decode()
    )
    page = as_anna.get(reverse("rounds:row", args=[named.pk, False, row.pk]), headers={"accept-language": "en"})
    assert "Delete the name for good" in page.content.decode()
    as_anna.post(reverse("rounds:row_forget", args=[named.pk, False, row.pk]))
    row.refresh_from_db()
    assert row.label == f"#{row.pk}"


def test_who_only_looks_on_deletes_no_name(named: Round, area: Area) -> None:
    row = Supply.objects.get(label__contains=NAME)
    carl = people.signed_in(people.user("Carl"))
    assert carl.post(reverse("rounds:row_forget", args=[named.pk, False, row.pk])).status_code == 404
    row.refresh_from_db()
    assert NAME in row.label
