"""Why a row lacks something, in words that do not contradict one another: each giver once, and whoever has it named."""

import pytest
from django.utils import translation

from medspil.accounts.models import User
from medspil.allocation import Proof
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import PairKind, Round
from medspil.rounds.sentences import named, proof_line
from medspil.rounds.services import Said
from tests.conftest import NOW
from tests.factories import rounds
from tests.rounds.test_running import lines

pytestmark = pytest.mark.django_db


def asked(owner: Organisation, by: User, *, kind: str, asks: str, gives: str) -> Round:
    """Return a round that is run."""
    round_ = rounds.begin(owner, by, kind=kind)
    rounds.fill(round_, by, asks=True, text=asks)
    rounds.fill(round_, by, asks=False, text=gives)
    services.run(round_=round_, by=by, now=NOW)
    return round_


def test_what_a_class_has_itself_is_not_taken_by_others(vejle: Organisation, anna: User) -> None:
    round_ = asked(
        vejle, anna, kind="classes", asks="klasse;antal;klassetrin\n7.A;2;7", gives="virksomhed;antal\nKlods A/S;1"
    )
    assert lines(round_)["7.A"] == ["Has all it may have from Klods A/S."]


def test_a_lot_that_one_project_has_whole_is_its_own(vejle: Organisation, anna: User) -> None:
    round_ = asked(vejle, anna, kind="computers", asks="projekt;antal\nNetcaféen;50", gives="parti;antal\nBanken;20")
    told = ["Already has all that these can give: Banken. More from there would help."]
    assert lines(round_)["Netcaféen"] == told


def test_a_lot_shared_by_two_projects_is_said_to_be_shared(vejle: Organisation, anna: User) -> None:
    asks = "projekt;antal\nNetcaféen;50\nKlubben;50"
    round_ = asked(vejle, anna, kind="computers", asks=asks, gives="parti;antal\nBanken;20")
    told = ["Has some of what these can give, and others have the rest: Banken. More from there would help."]
    assert lines(round_) == {"Netcaféen": told, "Klubben": told}


def test_a_giver_that_is_banned_is_named_under_the_ban_alone(vejle: Organisation, anna: User) -> None:
    asks = "klasse;klassetrin\n7.A;7\n7.B;7\n7.C;7"
    round_ = asked(vejle, anna, kind="classes", asks=asks, gives="virksomhed;antal\nKlods A/S;1\nAvisen;1")
    klass, company = rounds.demand(round_, "7.A"), rounds.supply(round_, "Klods A/S")
    said = [Said(klass.pk, company.pk, PairKind.BAN)]
    said += [Said(rounds.demand(round_, "7.B").pk, company.pk, PairKind.LOCK, 1)]
    said += [Said(rounds.demand(round_, "7.C").pk, rounds.supply(round_, "Avisen").pk, PairKind.LOCK, 1)]
    round_.refresh_from_db()
    services.decide(round_=round_, said=said, expected_version=round_.version, by=anna, now=NOW)
    services.run(round_=round_, by=anna, now=NOW)
    told = lines(round_)["7.A"]
    assert told[0] == "Must not meet: Klods A/S."
    assert not any("Klods" in line for line in told[1:])
    assert "Others already have all that these can give: Avisen." in " ".join(told)


def test_names_with_commas_are_parted_by_semicolons() -> None:
    assert named(["Skandia, hold 1", "Skandia, hold 2"]) == "Skandia, hold 1; Skandia, hold 2"
    assert named(["Banken", "Avisen", "Banken"]) == "Banken, Avisen"


@pytest.mark.parametrize(
    ("proven", "told"),
    [
        ((True, True, True), "Proven: no other way gives more rows their least, shares more evenly, or suits better"),
        ((True, True, False), "Perhaps pairs can suit a little better, at most by 12 per cent."),
        ((True, False, False), "Proven: no other way gives more rows their least. Perhaps it can be shared"),
        ((False, False, False), "though not proven to be the best: at most 1,204 rows could get their least."),
    ],
)
def test_what_is_proven_is_told_aim_by_aim(proven: tuple[bool, bool, bool], told: str) -> None:
    proof = Proof(*proven, most_least_met=1_204, most_score=112.0)
    answer = {"proof": proof._asdict() | {"optimal": all(proven)}, "figures": {"score": 100.4}}
    with translation.override("en"):
        assert told in proof_line(answer)
