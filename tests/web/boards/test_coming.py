"""The pages on which members say whether they come: behind a link on a phone, and on the page of the meeting."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from medspil.boards.answering import seat_ends
from medspil.boards.models import BoardMeeting, BoardMember, Presence
from medspil.notices.models import Message
from tests.factories import meetings
from tests.factories.meetings import MeetingWorld
from tests.factories.once import made_once


@pytest.fixture(scope="module")
def shared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MeetingWorld]:
    """Make a board with members and rules."""
    with made_once(django_db_blocker, tmp_path_factory.mktemp("coming")):
        yield MeetingWorld()


@pytest.fixture
def world(shared: MeetingWorld, db: None) -> MeetingWorld:
    """Return the world."""
    shared.board.refresh_from_db()
    return shared


def called(world: MeetingWorld, client: Client) -> tuple[BoardMeeting, list[int]]:
    """Call to a meeting in a month on its page; the pages ask the clock themselves."""
    now = timezone.now()
    made = world.meeting(now + timedelta(days=30), now=now)
    at = [world.partnership.pk, made.pk]
    client.force_login(world.anna)
    client.post(reverse("boards:call", args=at))
    client.logout()
    return made, at


def way_of(to: str) -> str:
    """Return the address in the mail to somebody."""
    text = Message.objects.filter(to_email=to).order_by("-pk")[0].text
    (line,) = [line for line in text.splitlines() if line.startswith("http")]
    return line.removeprefix("http://testserver")


def test_who_has_no_account_reads_the_papers_and_answers_on_her_phone(world: MeetingWorld, client: Client) -> None:
    _made, at = called(world, client)
    way = way_of("per@example.org")
    page = client.get(f"{way}?lang=en").content.decode()
    assert "Værksted på torvet" in page
    assert "Finn comes in my place" in page
    assert "ida@example.org" not in page
    assert 'type="radio" name="comes" value="no"' in page  # one tap alone decides nothing: there is one button
    assert page.partition("<form method=")[2].partition("</form>")[0].count("<button") == 1
    assert client.get(f"{way}dagsorden.pdf").content.startswith(b"%PDF")
    for wrong in ({}, {"comes": "perhaps"}, {"comes": "substitute:x"}):
        assert client.post(way, wrong).status_code == 422
    assert client.post(way, {"comes": "substitute:999999"}).status_code == 409
    done = client.post(f"{way}?lang=en", {"comes": f"substitute:{world.finn.pk}"})
    assert "Finn comes in your place" in done.content.decode()
    assert [client.get(way + more).status_code for more in ("", "dagsorden.pdf")] == [410, 410]
    ida = way_of("ida@example.org")
    assert client.get(reverse("boards:meeting", args=at)).status_code == 302  # a link opens nothing else
    seat_ends(world.ida, timezone.localdate(), now=timezone.now())
    assert client.post(ida, {"comes": "yes"}).status_code == 410


def test_who_has_an_account_answers_on_the_page_and_leaders_see_whether_enough_come(
    world: MeetingWorld, client: Client
) -> None:
    made, at = called(world, client)
    assert way_of(world.sanne.email) == reverse("boards:meeting", args=at)
    client.force_login(world.sanne)
    come, page = reverse("boards:come", args=at), reverse("boards:meeting", args=at)
    assert "You have not answered yet." in client.get(page, headers={"accept-language": "en"}).content.decode()
    assert client.post(come, {"comes": "nonsense"}).status_code == 409
    client.post(come, {"comes": "no"})
    assert "Your answer: cannot come." in client.get(page, headers={"accept-language": "en"}).content.decode()
    client.force_login(world.anna)
    seen = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "0 seats will be filled. 3 have not answered. 3 must be there" in seen
    assert client.post(come, {"comes": "yes"}).status_code == 409  # she leads the partnership, and does not sit
    assert meetings.row(made, world.sanne_there).answer == "no"
    BoardMeeting.objects.filter(pk=made.pk).update(state="held")
    noted = client.get(reverse("boards:attendance", args=at)).content.decode()
    field = noted[noted.index(f'name="seat_{world.sanne_there.pk}"') :]
    checked = next(line for line in field.split("<input") if "checked" in line)
    assert f'value="{Presence.EXCUSED}"' in checked


def test_who_has_no_address_is_counted_in_one_line_and_not_warned_of_by_name(
    world: MeetingWorld, client: Client
) -> None:
    made = world.meeting(timezone.now() + timedelta(days=30), now=timezone.now())
    at = [world.partnership.pk, made.pk]
    client.force_login(world.anna)
    english = {"accept-language": "en"}
    assert "Who is to be called" in client.get(reverse("boards:meeting", args=at), headers=english).content.decode()
    seen = client.post(reverse("boards:call", args=at), headers=english, follow=True).content.decode()
    assert "1 has no address: tell her or him yourself." in seen
    assert "was not written to" not in seen
    assert "Who is to be called" not in seen


def test_a_board_without_addresses_is_called_on_paper(world: MeetingWorld, client: Client) -> None:
    made = world.meeting(timezone.now() + timedelta(days=30), now=timezone.now())
    BoardMember.objects.update(user=None, email="")
    at = [world.partnership.pk, made.pk]
    client.force_login(world.anna)
    english = {"accept-language": "en"}
    assert (
        "They have been called on paper"
        in client.get(reverse("boards:meeting", args=at), headers=english).content.decode()
    )
    seen = client.post(reverse("boards:call", args=at), headers=english, follow=True).content.decode()
    made.refresh_from_db()
    assert made.called_at
    assert "Called on" in seen
    assert "They have been called on paper" not in seen
    assert not Message.objects.exists()
