"""Running a round: the systems of the seeds with the real solver, a question stored once, what is short and why."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Proposal, Round, Solving, SolvingState
from medspil.rounds.naming import names_of
from medspil.rounds.sentences import notice_line, pairs_by_asker, shortage_lines, summary_lines
from medspil.rounds.sheet import sheet_of
from tests.conftest import NOW
from tests.factories import rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def adoption(vejle: Organisation, anna: User) -> Round:
    """Return ten classes and seven companies, run."""
    round_ = rounds.adoption(vejle, anna)
    services.run(round_=round_, by=anna, now=NOW)
    return round_


def lines(round_: Round) -> dict[str, list[str]]:
    """Return why each row lacks something, in English."""
    assert round_.proposal
    names = names_of(round_.proposal)
    with translation.override("en"):
        has = pairs_by_asker(round_.proposal.answer)
        return {
            names.askers[one["asker"]]: shortage_lines(one, names, has.get(one["asker"], ()))
            for one in round_.proposal.answer["short"]
        }


def test_ten_classes_find_their_companies(adoption: Round) -> None:
    found = rounds.pairs(adoption)
    assert len(found) == 10
    assert all(sum(givers.values()) == 1 for givers in found.values())
    takers = [giver for givers in found.values() for giver in givers]
    assert takers.count("Klodsfabrikken") == 3
    assert takers.count("Avisen") == 1
    assert adoption.proposal
    assert adoption.proposal.answer["proof"]["optimal"]


def test_a_company_takes_only_the_grades_it_named(adoption: Round) -> None:
    found = rounds.pairs(adoption)
    assert [klass for klass, givers in found.items() if "Biblioteket" in givers] in (["7.A"], ["7.B"])
    assert [klass for klass, givers in found.items() if "Hospitalet" in givers] == ["9.X"]


def test_153_computers_go_to_seven_projects(vejle: Organisation, anna: User) -> None:
    round_ = rounds.computers(vejle, anna)
    services.run(round_=round_, by=anna, now=NOW)
    assert round_.proposal
    figures = round_.proposal.answer["figures"]
    found = rounds.pairs(round_)
    assert figures["given"] == 153 == sum(sum(givers.values()) for givers in found.values())
    assert figures["least_met"] == 7
    assert len(found) == 7
    with translation.override("en"):
        told = [notice_line(one, names_of(round_.proposal)) for one in round_.proposal.answer["notices"]]
    assert told == ["173 are wanted and 153 are there, so not everybody gets all."]


def test_lots_that_are_not_split_go_whole_to_one(vejle: Organisation, anna: User) -> None:
    round_ = rounds.begin(vejle, anna, kind="computers")
    rounds.fill(round_, anna, asks=True, text="projekt;antal\nStort;50\nLille;20")
    rounds.fill(round_, anna, asks=False, text="parti;antal;samlet\nA;40;ja\nB;15;ja\nC;30;ja")
    services.run(round_=round_, by=anna, now=NOW)
    found = rounds.pairs(round_)
    assert found == {"Stort": {"A": 40}, "Lille": {"B": 15}}
    with translation.override("en"):
        assert "The lot is larger than what is still wanted" in " ".join(lines(round_)["Lille"])


def test_the_same_question_is_stored_once(adoption: Round, anna: User) -> None:
    first = adoption.proposal
    again = services.run(round_=adoption, by=anna, now=NOW + timedelta(days=1))
    assert again == first
    assert Proposal.objects.count() == 1
    assert sheet_of(again.question).fingerprint == again.fingerprint


def test_a_class_that_nobody_can_reach_is_told_why(adoption: Round, anna: User) -> None:
    rounds.fill(adoption, anna, asks=True, text="klasse;klassetrin;adresse\nFjern;8;9800 Hjørring")
    services.run(round_=adoption, by=anna, now=NOW)
    told = " ".join(lines(adoption)["Fjern"])
    assert "too far away" in told
    assert "The nearest of those too far away is" in told
    assert adoption.proposal
    with translation.override("en"):
        summary = summary_lines(adoption.proposal.answer, names_of(adoption.proposal))
    assert summary == ["1 class: nobody within 40 km."]


def test_the_distance_told_is_that_of_those_too_far_away_and_more_helps_only_where_there_is_too_little(
    vejle: Organisation, anna: User
) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers")
    rounds.fill(round_, anna, asks=True, text="hold;antal;sted;tid\nNat;1;7100 Vejle;sø 2-4\nDag;2;7100 Vejle;ma 9-10")
    givers = "frivillig;antal;sted;tid\nHer;3;7100 Vejle;ma 8-16\nDer;1;6700 Esbjerg;sø 2-4"
    rounds.fill(round_, anna, asks=False, text=givers)
    services.run(round_=round_, by=anna, now=NOW)
    told = lines(round_)
    assert "is 70.5 km off." in " ".join(told["Nat"])
    assert told["Dag"] == ["Has all it may have from Her."]


def test_demand_over_supply_is_explained_and_shared_fairly(vejle: Organisation, anna: User) -> None:
    round_ = rounds.begin(vejle, anna, kind="computers")
    rounds.fill(round_, anna, asks=True, text="projekt;antal\nEt;30\nTo;30\nTre;30")
    rounds.fill(round_, anna, asks=False, text="parti;antal\nLot;45")
    services.run(round_=round_, by=anna, now=NOW)
    assert {name: sum(givers.values()) for name, givers in rounds.pairs(round_).items()} == {
        "Et": 15,
        "To": 15,
        "Tre": 15,
    }
    assert all("others have the rest: Lot." in " ".join(told) for told in lines(round_).values())


def test_volunteers_come_when_they_can_and_are_in_one_place(vejle: Organisation, anna: User) -> None:
    round_ = rounds.begin(vejle, anna, kind="volunteers")
    slots = ["hold\tantal\ttid\tsprog", "Drengeklub\t2\ttor 15-17\t", "Lektiecafé\t1\ttor 16-18\t"]
    rounds.fill(round_, anna, asks=True, text="\n".join([*slots, "Sprogcafé\t1\ttir 10-12\tarabisk"]))
    groups = ["frivillig\tantal\ttider\tsprog", "Gruppe 1\t2\ttor 14-18; tir 9-12\tdansk"]
    groups += ["Gruppe 2\t2\ttor 15-18\tdansk, arabisk", "Gruppe 3\t2\ttir 10-13\tdansk, arabisk"]
    rounds.fill(round_, anna, asks=False, text="\n".join(groups))
    services.run(round_=round_, by=anna, now=NOW)
    found = rounds.pairs(round_)
    assert found["Sprogcafé"] == {"Gruppe 3": 1}
    assert set(found["Drengeklub"]) | set(found.get("Lektiecafé", {})) == {"Gruppe 1", "Gruppe 2"}
    assert sum(len(givers) for name, givers in found.items() if name != "Sprogcafé") == 2
    assert any("Elsewhere at that time" in line for told in lines(round_).values() for line in told)


def test_an_empty_side_is_refused_in_a_sentence(vejle: Organisation, anna: User) -> None:
    round_ = rounds.begin(vejle, anna)
    rounds.fill(round_, anna, asks=True, text=rounds.CLASSES)
    with pytest.raises(services.NothingToShare):
        services.run(round_=round_, by=anna, now=NOW)


def test_a_long_run_is_done_once_and_its_trouble_stands_on_it(vejle: Organisation, anna: User) -> None:
    round_ = rounds.adoption(vejle, anna)
    solving = services.start(round_=round_, by=anna, now=timezone.now())
    with pytest.raises(services.AlreadyRunning):
        services.start(round_=round_, by=anna, now=timezone.now())
    told: list[str] = []
    services.work(solving=solving, clock=timezone.now, tell=lambda phase, done, total: told.append(phase))
    services.work(solving=solving, clock=timezone.now)
    solving.refresh_from_db()
    round_.refresh_from_db()
    assert solving.state == SolvingState.DONE
    assert round_.proposal == Proposal.objects.get()
    assert set(told) == {"pairing", "sharing"}


def test_a_run_that_fell_silent_is_taken_over(vejle: Organisation, anna: User) -> None:
    round_ = rounds.begin(vejle, anna)
    first = services.start(round_=round_, by=anna, now=NOW)
    second = services.start(round_=round_, by=anna, now=NOW + timedelta(hours=1))
    first.refresh_from_db()
    assert first.state == SolvingState.FAILED
    with translation.override("en"):
        services.work(solving=second, clock=lambda: NOW + timedelta(hours=1))
    second.refresh_from_db()
    assert second.state == SolvingState.FAILED
    assert "at least one row" in second.trouble
    assert not Solving.objects.under_way().exists()
