"""The board: propose, see the price, lock, ban, move, take back, make links; two brokers lose nothing."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.rounds.building import sheet_of_round
from medspil.rounds.lock_costs import AT_MOST, cost_line, lock_costs
from medspil.rounds.models import PairKind, PairRule, Round
from medspil.rounds.sheet import Held
from tests.factories import people, rounds
from tests.web.pages import troubles
from tests.web.rounds.asking import ENGLISH, get, say

pytestmark = pytest.mark.django_db
HTMX = {**ENGLISH, "HX-Request": "true"}


def test_the_board_shows_who_gets_what_and_why(adoption: Round, as_anna: Client) -> None:
    html = get(as_anna, "board", adoption.pk)
    assert troubles(html) == []
    assert "Klodsfabrikken" in html
    assert "10 of 10 wanted" in html
    assert "Proven" in html
    assert html.count("<line ") == 10


def test_a_fresh_allocation_teaches_and_is_filled_and_run(vejle: Organisation, anna: User, as_anna: Client) -> None:
    sent = {"programme": "classes", "title": "Klasser", "organisation": vejle.pk, "creation_key": KEY}
    response = as_anna.post(reverse("rounds:create"), sent, headers=ENGLISH)
    round_ = Round.objects.get()
    assert response["Location"] == reverse("rounds:board", args=[round_.pk])
    as_anna.post(reverse("rounds:create"), sent, headers=ENGLISH)
    assert Round.objects.count() == 1
    assert "Fill in both sides" in get(as_anna, "board", round_.pk)
    rounds.fill(round_, anna, asks=True, text=rounds.CLASSES)
    rounds.fill(round_, anna, asks=False, text=rounds.COMPANIES)
    as_anna.post(reverse("rounds:run", args=[round_.pk]))
    assert "10 of 10 wanted" in get(as_anna, "board", round_.pk)


def test_one_of_a_side_is_counted_as_one(vejle: Organisation, anna: User, as_anna: Client) -> None:
    sent = {"programme": "classes", "title": "Klasser", "organisation": vejle.pk, "creation_key": KEY}
    as_anna.post(reverse("rounds:create"), sent, headers=ENGLISH)
    rounds.fill(Round.objects.get(), anna, asks=True, text="7.A\n7.B")
    rounds.fill(Round.objects.get(), anna, asks=False, text="Klodsfabrikken")
    assert "2 classes · 1 company<" in get(as_anna, "list")


KEY = "4d9a2c1e-7b1f-4c55-9d3e-0a1b2c3d4e5f"


def test_the_price_of_a_ban_is_shown_before_it_is_said(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    html = get(as_anna, "pair", adoption.pk, klass.pk, company.pk, hvad="ban")
    assert troubles(html) == []
    assert "What it would do" in html
    assert "10 → 9" in html
    assert "loses" in html
    assert not PairRule.objects.exists()
    assert say(as_anna, adoption, "pair", klass.pk, company.pk, do="ban", reason="Forældre").status_code == 302
    rule = PairRule.objects.get()
    assert (rule.kind, rule.reason) == (PairKind.BAN, "Forældre")
    adoption.refresh_from_db()
    assert "Hospitalet" not in rounds.pairs(adoption).get("9.X", {})
    assert "9 of 10 wanted" in get(as_anna, "board", adoption.pk)


def test_a_move_shows_who_could_and_its_price_and_is_made(adoption: Round, as_anna: Client) -> None:
    klass = rounds.demand(adoption, "7.X")
    old = next(iter(rounds.pairs(adoption)["7.X"]))
    new = next(name for name in ("Klodsfabrikken", "Brandvæsenet") if name != old)
    start = rounds.supply(adoption, old).pk
    assert new in get(as_anna, "move", adoption.pk, klass.pk, fra=start)
    target = rounds.supply(adoption, new).pk
    html = get(as_anna, "move", adoption.pk, klass.pk, fra=start, til=target)
    assert troubles(html) == []
    assert "What it would do" in html
    assert f"locks 7.X and {new} together, and bans 7.X and {old}" in html
    assert not PairRule.objects.exists()
    say(as_anna, adoption, "move", klass.pk, old=start, new=target, amount=1)
    adoption.refresh_from_db()
    assert rounds.pairs(adoption)["7.X"] == {new: 1}


def test_the_last_change_is_taken_back_with_its_reason_kept_for_the_ones_before(
    adoption: Round, as_anna: Client
) -> None:
    first = adoption.proposal
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1, reason="Aftalt")
    say(as_anna, adoption, "pair", rounds.demand(adoption, "7.A").pk, company.pk, do="ban")
    assert PairRule.objects.count() == 2
    say(as_anna, adoption, "undo")
    assert PairRule.objects.get().reason == "Aftalt"
    say(as_anna, adoption, "undo")
    adoption.refresh_from_db()
    assert not PairRule.objects.exists()
    assert adoption.proposal == first
    assert (
        "There is no change to take back"
        in as_anna.get(say(as_anna, adoption, "undo")["Location"], headers=ENGLISH).content.decode()
    )


def test_two_brokers_on_one_board_lose_nothing(adoption: Round, vejle: Organisation, as_anna: Client) -> None:
    bo = people.signed_in(people.member(vejle, Role.BROKER, name="Bo"))
    seen = adoption.version
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    other = reverse("rounds:pair", args=[adoption.pk, rounds.demand(adoption, "7.A").pk, company.pk])
    response = bo.post(other, {"version": seen, "do": "ban", "reason": "Passer ikke"}, headers=ENGLISH)
    html = response.content.decode()
    assert response.status_code == 409
    assert troubles(html) == []
    assert "Somebody else changed the board" in html
    assert "9.X – Hospitalet" in html
    assert 'value="Passer ikke"' in html
    assert PairRule.objects.count() == 1
    adoption.refresh_from_db()
    assert bo.post(other, {"version": adoption.version, "do": "ban", "reason": "Passer ikke"}).status_code == 302
    assert PairRule.objects.count() == 2


def test_two_windows_of_one_broker_are_a_conflict_too(adoption: Round, as_anna: Client) -> None:
    seen = adoption.version
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    other = reverse("rounds:pair", args=[adoption.pk, rounds.demand(adoption, "7.A").pk, company.pk])
    response = as_anna.post(other, {"version": seen, "do": "ban", "reason": "Passer ikke"}, headers=ENGLISH)
    html = response.content.decode()
    assert response.status_code == 409
    assert troubles(html) == []
    assert "You changed the board in another window" in html
    assert 'value="Passer ikke"' in html
    assert PairRule.objects.get().kind == PairKind.LOCK
    undo = reverse("rounds:undo", args=[adoption.pk])
    assert as_anna.post(undo, {"version": seen}, headers=ENGLISH).status_code == 409
    adoption.refresh_from_db()
    assert as_anna.post(other, {"version": adoption.version, "do": "ban", "reason": "Passer ikke"}).status_code == 302
    assert PairRule.objects.count() == 2


def test_a_lock_tells_its_price_before_and_after(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    html = get(as_anna, "board", adoption.pk)
    assert html.count("Lock (costs 0 now)") == 10
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    html = get(as_anna, "board", adoption.pk)
    assert "What this lock costs by itself: nothing" in html
    assert "beside the best without any: <strong>nothing</strong>" in html
    # A lock on another pair takes the only company of that class away: somebody goes without.
    far = rounds.demand(adoption, "7.A")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="ban")
    say(as_anna, adoption, "pair", far.pk, company.pk, do="lock", amount=1)
    html = get(as_anna, "board", adoption.pk)
    assert troubles(html) == []
    assert "What this lock costs by itself: " in html
    assert "points" in html.split("What this lock costs by itself: ")[1].split("<")[0]
    # When a row goes, the next run is another one: the price stands beside that run, not beside what is on the board.
    as_anna.post(reverse("rounds:row_out", args=[adoption.pk, True, rounds.demand(adoption, "8.A").pk]))
    html = get(as_anna, "board", adoption.pk)
    assert "Lock (costs 0 now)" not in html
    stays = next(iter(rounds.pairs(adoption)["9.A"]))
    asked = [adoption.pk, rounds.demand(adoption, "9.A").pk, rounds.supply(adoption, stays).pk]
    assert "Beside the next run as it would be without this" in get(as_anna, "pair", *asked, hvad="lock")


def test_what_was_not_reached_in_time_is_said(adoption: Round, as_anna: Client, anna: User) -> None:
    sheet = sheet_of_round(adoption, on=timezone.localdate())
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    held = replace(sheet, held=(Held(str(klass.pk), str(company.pk), 1),))
    told = lock_costs(held, adoption.proposal.answer, elapsed=lambda: AT_MOST)  # type: ignore[union-attr]
    with override("en"):
        assert cost_line(told["together"]) == cost_line(told["each"][f"{klass.pk}-{company.pk}"]) == "not computed"


def test_what_is_done_on_the_second_page_leads_back_to_its_card(adoption: Round, as_anna: Client, anna: User) -> None:
    many = "Klasse\n" + "\n".join(f"{at}.Z" for at in range(100))
    rounds.fill(adoption, anna, asks=True, text=many)
    as_anna.post(reverse("rounds:run", args=[adoption.pk]))
    last, company = rounds.demand(adoption, "99.Z"), rounds.supply(adoption, "Hospitalet")
    first, second = get(as_anna, "board", adoption.pk), get(as_anna, "board", adoption.pk, page=2)
    assert troubles(second) == []
    assert (f'id="asker-{last.pk}"' in first, f'id="asker-{last.pk}"' in second) == (False, True)
    board = reverse("rounds:board", args=[adoption.pk])
    answer = say(as_anna, adoption, "pair", last.pk, company.pk, do="ban")
    assert answer["Location"] == f"{board}?page=2#asker-{last.pk}"
    klass = rounds.demand(adoption, "9.X")
    assert say(as_anna, adoption, "pair", klass.pk, company.pk, do="ban")["Location"] == f"{board}#asker-{klass.pk}"
    assert f"{board}?page=2#asker-{last.pk}" in get(as_anna, "pair", adoption.pk, last.pk, company.pk)
    rows = reverse("rounds:rows", args=[adoption.pk, True])
    assert f'id="row-{last.pk}"' in get(as_anna, "rows", adoption.pk, True, page=2)
    gone = as_anna.post(reverse("rounds:row_out", args=[adoption.pk, True, last.pk]))
    assert gone["Location"] == f"{rows}?page=2#row-{last.pk}"


def test_a_second_click_is_no_conflict(adoption: Round, as_anna: Client) -> None:
    seen = adoption.version
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    url = reverse("rounds:pair", args=[adoption.pk, klass.pk, company.pk])
    for _click in range(2):
        assert as_anna.post(url, {"version": seen, "do": "lock", "amount": 1}).status_code == 302
    assert PairRule.objects.count() == 1


def test_a_lock_against_a_ban_is_explained(adoption: Round, as_anna: Client, anna: User) -> None:
    klass, company = rounds.demand(adoption, "7.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    say(as_anna, adoption, "pair", rounds.demand(adoption, "7.Y").pk, company.pk, do="lock", amount=1)
    html = get(as_anna, "board", adoption.pk)
    assert "was set aside" in html
    assert "the locks of Hospitalet come to 2, and it gives 1" in html


def test_a_lock_on_a_row_that_was_taken_out_can_be_opened(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1)
    as_anna.post(reverse("rounds:row_out", args=[adoption.pk, False, company.pk]))
    assert "Open the lock" in get(as_anna, "board", adoption.pk)
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="free")
    assert not PairRule.objects.exists()
    as_anna.post(reverse("rounds:row_back", args=[adoption.pk, False, company.pk]))
    assert "Hospitalet" in get(as_anna, "rows", adoption.pk, False)


@pytest.mark.parametrize("page", ["move", "pair"])
def test_a_page_of_its_own_has_the_place_its_links_fill(adoption: Round, as_anna: Client, page: str) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    where = [adoption.pk, klass.pk, *([company.pk] if page == "pair" else [])]
    html = get(as_anna, page, *where)
    assert 'hx-target="#panel"' in html
    assert html.count('id="panel"') == 1
    part = as_anna.get(reverse(f"rounds:{page}", args=where), headers=HTMX)
    assert 'id="panel"' not in part.content.decode()


def test_htmx_gets_the_panel_and_is_sent_back_to_the_board(adoption: Round, as_anna: Client) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    args = [adoption.pk, klass.pk, company.pk]
    part = get(as_anna, "pair", *args, headers=HTMX, hvad="lock")
    assert part.strip().startswith("<section")
    response = as_anna.post(
        reverse("rounds:pair", args=args), {"version": adoption.version, "do": "lock", "amount": 1}, headers=HTMX
    )
    assert response["HX-Redirect"].startswith(reverse("rounds:board", args=[adoption.pk]))


def test_those_who_work_in_the_area_look_on_without_notes(
    adoption: Round, area: Area, as_anna: Client, vejle: Organisation
) -> None:
    klass, company = rounds.demand(adoption, "9.X"), rounds.supply(adoption, "Hospitalet")
    say(as_anna, adoption, "pair", klass.pk, company.pk, do="lock", amount=1, reason="Kun for os")
    school = people.organisation("Skolen", "school")
    area.partners.add(school)
    eva = people.signed_in(people.member(school, Role.ASSOCIATION_CONTACT, name="Eva"))
    html = get(eva, "board", adoption.pk)
    assert "Klodsfabrikken" in html
    assert "Kun for os" not in html
    assert "Left over" not in html
    assert reverse("rounds:run", args=[adoption.pk]) not in html
    assert eva.post(reverse("rounds:run", args=[adoption.pk])).status_code == 403
    assert eva.get(reverse("rounds:pair", args=[adoption.pk, klass.pk, company.pk])).status_code == 403
    # Of a board that reaches into other areas she sees her own rows, their figures, and that there are more.
    assert "10 of 10 wanted" in html
    assert "You see" not in html
    adoption.demands.exclude(pk=klass.pk).update(area=None)
    html = get(eva, "board", adoption.pk)
    assert troubles(html) == []
    assert "You see 1 of 10 classes; the others lie outside the areas you work with" in html
    assert "1 of 1 wanted" in html
    assert "7.A" not in html


def test_a_stranger_sees_nothing(adoption: Round, as_carl: Client) -> None:
    assert as_carl.get(reverse("rounds:board", args=[adoption.pk])).status_code == 404
    assert "Runde 2026" not in get(as_carl, "list")
