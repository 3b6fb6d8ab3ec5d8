"""The pages on which minutes are approved in writing: sent out, read behind a link, answered in the app, approved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.boards.models import ApprovedMinutes
from medspil.notices.models import Message
from tests.factories.boards import rules
from tests.factories.meetings import MeetingWorld

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


def kept(client: Client, way: str, said: dict[str, str]) -> bool:
    """Tell whether what was written to other minutes comes back in its box."""
    answer = client.post(way, said)
    box = answer.content.decode().partition('name="words"')[2].partition("</textarea>")[0]
    return answer.status_code == 409 and said["words"] in box


def test_minutes_go_out_are_objected_to_changed_and_approved_in_writing(client: Client) -> None:
    world = MeetingWorld()
    rules(world.board, by=world.anna, text="Skriftligt.", objection_days=8)
    made = world.held(timezone.now() - timedelta(days=1), there=[world.ida, world.sanne_there])
    at = [world.partnership.pk, made.pk]
    page = reverse("boards:meeting", args=at)
    client.force_login(world.anna)
    assert "Send the minutes out for approval" in client.get(page, headers=EN).content.decode()
    client.post(reverse("boards:minutes_out", args=at))
    assert "Sent out. Those who were there answer until" in client.get(page, headers=EN).content.decode()
    client.logout()

    text = Message.objects.get(to_email="ida@example.org").text
    (way,) = [line.removeprefix("http://testserver") for line in text.splitlines() if line.startswith("http")]
    seen = client.get(f"{way}?lang=en").content.decode()
    assert "Værksted på torvet" in seen
    sha256 = seen.split('name="sha256" value="')[1][:64]
    assert client.get(f"{way}referat.pdf").content.startswith(b"%PDF")
    long = client.post(way, {"sha256": sha256, "agrees": "no", "words": "ord " * 5_000})
    assert (long.status_code, "ord ord ord" in long.content.decode()) == (422, True)
    outdated = {"sha256": "0", "agrees": "no", "words": "Skrevet til noget andet."}
    assert kept(client, way, outdated)
    said = client.post(f"{way}?lang=en", {"sha256": sha256, "agrees": "no", "words": "Prisen mangler."})
    assert "Your objection is noted." in said.content.decode()
    assert client.get(way).status_code == 410

    client.force_login(world.sanne)
    assert "Prisen mangler." in client.get(page, headers=EN).content.decode()
    say = reverse("boards:minutes_say", args=at)
    assert client.post(say, {"sha256": sha256, "agrees": "no", "words": ""}).status_code == 422
    assert client.post(say, {"sha256": "0", "agrees": "yes"}).status_code == 409
    assert kept(client, say, outdated)
    assert client.post(say, {"sha256": sha256, "agrees": "yes"}).status_code == 302

    client.force_login(world.anna)
    assert client.post(say, {"sha256": sha256, "agrees": "yes"}).status_code == 409  # she was not there
    item = made.items.standing()[0]
    written = {"words": "Prisen er 96.000 kr.", "version": item.version}
    client.post(reverse("boards:item_write", args=[*at, item.pk]), written)
    assert "counts no more" in client.get(page, headers=EN).content.decode()
    client.post(reverse("boards:minutes_out", args=at))
    fresh = Message.objects.filter(to_email="ida@example.org").order_by("-pk")[0].text
    (way,) = [line.removeprefix("http://testserver") for line in fresh.splitlines() if line.startswith("http")]
    sha256 = client.get(way).content.decode().split('name="sha256" value="')[1][:64]
    client.post(way, {"sha256": sha256, "agrees": "yes"})
    approve = reverse("boards:approve", args=at)
    assert client.post(approve, {"sha256": sha256, "way": "writing"}).status_code == 422  # Sanne has not answered
    client.force_login(world.sanne)
    client.post(say, {"sha256": sha256, "agrees": "yes"})
    client.force_login(world.anna)
    assert client.post(approve, {"sha256": sha256, "way": "writing"}).status_code == 302
    assert ApprovedMinutes.objects.get().way == "writing"
    assert "Approved in writing" in client.get(page, headers=EN).content.decode()
