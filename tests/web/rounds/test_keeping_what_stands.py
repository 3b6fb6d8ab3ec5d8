"""A lock on what already stands moves nothing else on the board, and its price says so."""

from django.test import Client

from medspil.accounts.models import User
from medspil.organisations.models import Organisation
from medspil.rounds import services
from medspil.rounds.models import Round
from tests.conftest import NOW
from tests.factories import rounds
from tests.web.rounds.asking import get, say


def equal_round(vejle: Organisation, anna: User) -> Round:
    """Return four classes and two companies that suit one another equally well, run."""
    round_ = rounds.begin(vejle, anna)
    rounds.fill(round_, anna, asks=True, text="klasse;klassetrin\n1.A;7\n2.B;7\n3.C;7\n4.D;7")
    rounds.fill(round_, anna, asks=False, text="virksomhed;antal\nKlods A/S;1\nAvisen;1")
    services.run(round_=round_, by=anna, now=NOW)
    return round_


def test_each_standing_pair_can_be_locked_and_nothing_else_moves(
    vejle: Organisation, anna: User, as_anna: Client
) -> None:
    round_ = equal_round(vejle, anna)
    standing = rounds.pairs(round_)
    assert round_.proposal
    told = [(pair["asker"], pair["giver"]) for pair in round_.proposal.answer["pairs"]]
    assert len(told) == 2
    for demand, supply in told:
        page = get(as_anna, "pair", round_.pk, demand, supply, hvad="lock")
        assert "Nothing changes for anybody." in page
        say(as_anna, round_, "pair", demand, supply, do="lock", amount=1)
        round_.refresh_from_db()
        assert rounds.pairs(round_) == standing
        assert any(pair["locked"] for pair in round_.proposal.answer["pairs"] if pair["asker"] == demand)
    assert all(pair["locked"] for pair in round_.proposal.answer["pairs"])


def test_a_lock_that_moves_a_pair_is_still_obeyed(vejle: Organisation, anna: User, as_anna: Client) -> None:
    round_ = equal_round(vejle, anna)
    assert round_.proposal
    pairs = round_.proposal.answer["pairs"]
    say(as_anna, round_, "pair", pairs[0]["asker"], pairs[1]["giver"], do="lock", amount=1)
    round_.refresh_from_db()
    now = {(pair["asker"], pair["giver"]) for pair in round_.proposal.answer["pairs"]}
    assert (pairs[0]["asker"], pairs[1]["giver"]) in now


def test_a_ban_on_a_locked_pair_says_that_it_opens_the_lock(vejle: Organisation, anna: User, as_anna: Client) -> None:
    round_ = equal_round(vejle, anna)
    assert round_.proposal
    pair = round_.proposal.answer["pairs"][0]
    ends = pair["asker"], pair["giver"]
    told = "The two were locked together. The ban opens that lock."
    assert told not in get(as_anna, "pair", round_.pk, *ends, hvad="ban")
    say(as_anna, round_, "pair", *ends, do="lock", amount=1)
    assert told not in get(as_anna, "board", round_.pk)
    assert told in get(as_anna, "pair", round_.pk, *ends, hvad="ban")
    say(as_anna, round_, "pair", *ends, do="ban")
    assert told in get(as_anna, "board", round_.pk)
    lifted = "The two were banned. The lock lifts that ban."
    assert lifted in get(as_anna, "pair", round_.pk, *ends, hvad="lock")
    say(as_anna, round_, "pair", *ends, do="lock", amount=1)
    assert lifted in get(as_anna, "board", round_.pk)


def test_whoever_locks_by_keyboard_comes_back_to_the_card(vejle: Organisation, anna: User, as_anna: Client) -> None:
    round_ = equal_round(vejle, anna)
    assert round_.proposal
    pair = round_.proposal.answer["pairs"][0]
    answer = say(as_anna, round_, "pair", pair["asker"], pair["giver"], do="lock", amount=1)
    card = f"asker-{pair['asker']}"
    assert answer.headers["Location"].endswith(f"#{card}")
    # Only what can take focus gets it when the address names it.
    assert f'id="{card}" tabindex="-1"' in get(as_anna, "board", round_.pk)
