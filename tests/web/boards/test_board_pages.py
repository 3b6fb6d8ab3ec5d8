"""The board on its pages: founded, filled, given rules and money, read by whoever may, and refused with a sentence."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.boards.models import Board, BoardMember, Earmark, SeatKind
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership, Standing
from tests.factories import boards, people
from tests.factories.boards import BoardWorld
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
RULES: dict[str, Any] = {
    "text": "Vi mødes fire gange om året.", "quorum_share": "over_half", "majority": "simple", "casting_vote": "on",
    "notice_days": "14", "term_years": "2", "re_election": "on",
}  # fmt: skip


class At:
    """Somebody at the pages of a board."""

    def __init__(self, world: BoardWorld, who: User) -> None:
        self.pk, self.browser = world.partnership.pk, people.signed_in(who)

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"boards:{page}", args=[self.pk, *args])

    def page(self, page: str, *args: Any, status: int = 200) -> str:
        answer = self.browser.get(self.url(page, *args), headers=ENGLISH)
        assert answer.status_code == status
        html: str = answer.content.decode()
        assert status != 200 or troubles(html) == []
        return html

    def send(self, page: str, *args: Any, status: int = 302, **said: Any) -> str:
        answer = self.browser.post(self.url(page, *args), said, headers=ENGLISH)
        assert answer.status_code == status, answer.content.decode()
        return answer.content.decode()


def test_a_board_is_founded_once_by_who_leads(world: BoardWorld) -> None:
    world.board.constituencies.all().delete()
    Board.objects.all().delete()
    anna, sanne = At(world, world.anna), At(world, world.sanne)
    partnership = reverse("partnerships:detail", args=[anna.pk])
    assert "Found a board" in anna.browser.get(partnership, headers=ENGLISH).content.decode()
    assert anna.url("found") not in sanne.browser.get(partnership, headers=ENGLISH).content.decode()
    anna.page("board", status=302)
    sanne.page("board", status=404)
    sanne.page("found", status=404)
    anna.page("found")
    day = timezone.localdate().isoformat()
    anna.send("found", name=" ", on=day, template="culture", status=422)
    anna.send("found", name="Rådet #panic(1)", on=day, template="culture")
    told = anna.send("found", name="Rådet igen", on=day, status=422)
    assert "This partnership has a board already" in told
    anna.page("found", status=302)
    html = anna.page("board")
    assert "Rådet #panic(1)" in html
    assert "0 of 6 seats are filled; 5 must be filled; 1 more may be filled." in html
    assert Board.objects.get().partnership_id == anna.pk


def test_who_sits_is_seen_by_sides_and_board_and_the_address_by_who_leads_alone(world: BoardWorld) -> None:
    world.seat("Per Smed", email="per@firma.example", partner=world.partnership.partners.all()[1])
    neighbour = people.organisation("Boligselskabet", kind="housing_association")
    world.partnership.link.area.partners.add(neighbour)
    rie = people.member(neighbour, Role.READER, name="Rie")
    world.seat("", world.culture, user=rie)
    for who, sees in ((world.anna, True), (world.sanne, False), (rie, False)):
        html = At(world, who).page("board")
        assert "Per Smed" in html
        assert "Smedjen" in html
        assert ("per@firma.example" in html) is sees
        assert ("Somebody takes a seat" in html) is sees
    for who in (people.user("Carl"), people.member(neighbour, Role.READER, name="Ulla")):
        At(world, who).page("board", status=404)
    At(world, rie).send("rename", name="Mit råd", version=1, status=403)
    for page in ("rename", "chairs", "dissolve", "constituency_new", "rules_new", "sum_new"):
        At(world, world.sanne).page(page, status=403)


def test_somebody_is_seated_chairs_leaves_is_followed_and_comes_back(world: BoardWorld) -> None:
    anna, seats = At(world, world.anna), world.companies
    boards.rules(world.board, by=world.anna, term_years=2)
    today = timezone.localdate()
    anna.page("seat", seats.pk)
    who: dict[str, Any] = {"version": 1, "from_on": today.isoformat(), "kind": "member"}
    anna.send("seat", seats.pk, **who, name="Per Smed")
    anna.send("seat", seats.pk, **who | {"kind": "substitute"}, name="Stand Ind")
    told = anna.send("seat", seats.pk, **who, name="per smed", status=422)
    assert "sits on the board already" in told
    told = anna.send("seat", seats.pk, **who, name="Ole", term_ends_on="2020-01-01", status=422)
    assert "ends after it begins" in told
    per = BoardMember.objects.get(name="Per Smed")
    assert per.term_ends_on
    assert per.term_ends_on.year == today.year + 2
    board = Board.objects.get()
    anna.page("chairs")
    anna.send("chairs", version=board.version, chair=per.pk)
    anna.send("chairs", version=board.version, chair="", status=409)
    assert "Per Smed chairs." in anna.page("board")
    stand = BoardMember.objects.get(name="Stand Ind")
    assert "Stand Ind" in anna.page("leave", per.pk)
    anna.send("leave", per.pk, version=per.version, on=today.isoformat(), why="stepped_down", substitute=stand.pk)
    assert "To come" in anna.page("board")
    anna.send("stay", per.pk)
    assert "To come" not in anna.page("board")
    told = anna.send("stay", per.pk, status=409)
    assert "Somebody else saved this" in told


def test_an_entry_is_corrected_elected_again_and_taken_back(world: BoardWorld) -> None:
    anna, ends = At(world, world.anna), timezone.localdate() + timedelta(days=20)
    member = world.seat("Per Smed", term_ends_on=ends)
    said: dict[str, Any] = {
        "name": "Per Smeds",
        "from_on": member.from_on.isoformat(),
        "term_ends_on": ends.isoformat(),
    }
    anna.page("member", member.pk)
    anna.send("member", member.pk, **said, version=1)
    told = anna.send("member", member.pk, **said | {"name": "Peter Smed"}, version=1, status=409)
    assert "Per Smeds" in told
    html = anna.page("board")
    assert "The term of 1 member ends on" in html
    anna.page("again", member.pk)
    anna.send("again", member.pk, term_ends_on="2030-01-01")
    assert "The term of 1 member ends on" not in anna.page("board")
    anna.send("member_back", BoardMember.objects.get(from_on__gt=ends).pk)
    assert BoardMember.objects.count() == 1


def test_seats_are_added_changed_and_taken_away(world: BoardWorld) -> None:
    anna = At(world, world.anna)
    anna.page("constituency_new")
    anna.send("constituency_new", version=1, name="Beboere", least=3, most=2, status=422)
    anna.send("constituency_new", version=1, name="Beboere", least=1, most=2)
    residents = world.board.constituencies.get(name="Beboere")
    anna.send("constituency", residents.pk, version=1, name="Beboerne", least=2, most=3)
    anna.send("constituency", residents.pk, version=1, name="Beboerne", least=2, most=4, status=409)
    assert "Take the seats away" in anna.page("constituency", residents.pk)
    anna.send("constituency_away", residents.pk)
    world.seat("Per Smed")
    told = anna.send("constituency_away", world.companies.pk, status=409)
    assert "stays on the page" in told


def test_rules_are_written_in_versions_and_what_changed_is_marked(world: BoardWorld) -> None:
    anna, sanne = At(world, world.anna), At(world, world.sanne)
    anna.page("rules_new")
    told = anna.send("rules_new", **RULES | {"text": "x" * 5_001}, number=0, holds_from="2026-01-01", status=422)
    assert "5,000" in told or "5000" in told
    anna.send("rules_new", **RULES, number=0, holds_from="2026-01-01")
    second: dict[str, Any] = RULES | {"text": "Vi mødes seks gange om året.", "notice_days": "21"}
    told = anna.send("rules_new", **second, number=0, holds_from="2026-02-01", status=409)
    assert "Somebody else adopted new rules" in told
    assert 'name="number" value="1"' in told
    anna.send("rules_new", **second, number=1, holds_from="2026-02-01")
    html = sanne.page("rules", 2)
    assert "<del>" in html
    assert "seks" in html
    assert "from “14 days before” to “21 days before”" in html
    assert "Today version 2 holds." in sanne.page("rules", 1)
    sanne.page("rules", 3, status=404)


def test_money_is_set_aside_changed_put_away_and_brought_back(world: BoardWorld) -> None:
    anna = At(world, world.anna)
    anna.page("sum_new")
    said: dict[str, Any] = {"version": 1, "amount_kroner": "13500000", "purpose": "Udvikling", "from_on": "2026-01-01"}
    told = anna.send("sum_new", **said, status=422)
    assert "Say whom the money is from" in told
    anna.send("sum_new", **said, giver="Områdefornyelsen")
    earmark = Earmark.objects.get()
    html = At(world, world.sanne).page("board")
    assert "13,500,000" in html
    anna.send("sum", earmark.pk, **said | {"amount_kroner": "14000000"}, giver="Staten")
    anna.send("sum", earmark.pk, **said, giver="Staten", status=409)
    anna.send("sum_away", earmark.pk)
    anna.page("sum", earmark.pk, status=404)
    anna.send("sum_back", earmark.pk)
    assert not Earmark.objects.get().archived_at


def test_a_board_that_was_dissolved_is_read_and_brought_back(world: BoardWorld) -> None:
    anna = At(world, world.anna)
    world.seat("Stand Ind", kind=SeatKind.SUBSTITUTE)
    anna.page("rename")
    anna.send("rename", name="Kulturrådet", version=world.board.version)
    version = Board.objects.get().version
    anna.send("dissolve", on="2020-01-01", version=version, status=422)
    anna.send("dissolve", on=timezone.localdate().isoformat(), version=version)
    html = anna.page("board")
    assert "The board was dissolved" in html
    assert "Somebody takes a seat" not in html
    told = anna.send("seat", world.companies.pk, version=1, name="Ny", kind="member", from_on="2026-02-01", status=422)
    assert "Bring it back first" in told
    anna.send("bring_back")
    assert "Kulturrådet" in anna.page("board")


def test_when_the_partnership_ends_the_board_is_read_and_not_written(world: BoardWorld) -> None:
    world.seat("Per Smed", partner=world.partnership.partners.all()[1])
    world.partnership.partners.filter(side__organisation__name="Smedjen").update(left_on=timezone.localdate())
    anna = At(world, world.anna)
    assert "has left the partnership" in anna.page("board")
    Partnership.objects.update(standing=Standing.ENDED)
    html = anna.page("board")
    assert "The page stays to be read" in html
    assert "Somebody takes a seat" not in html
    told = anna.send("constituency_new", version=1, name="Beboere", least=1, most=2, status=422)
    assert "This partnership has ended" in told


def test_the_page_of_the_partnership_tells_of_its_board(world: BoardWorld) -> None:
    world.seat("Per Smed")
    html = At(world, world.sanne).browser.get(
        reverse("partnerships:detail", args=[world.partnership.pk]), headers=ENGLISH
    ).content.decode()  # fmt: skip
    assert "The board was founded" in html
    assert "1 of 15 seats are filled." in html
    assert "13 are vacant and must be filled." in html
