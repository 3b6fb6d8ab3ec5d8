"""The form of a decision asks for the ballots of a secret ballot where the rules know one, and gives them back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from medspil.boards.models import BoardDecision
from tests.factories.boards import rules
from tests.factories.meetings import MeetingWorld

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


def test_ballots_are_counted_where_the_rules_know_them_and_a_wrong_count_is_given_back(client: Client) -> None:
    world = MeetingWorld()
    made = world.held(timezone.now() - timedelta(days=1))
    item = made.items.standing()[0]
    at = [world.partnership.pk, made.pk, item.pk]
    page, decide = reverse("boards:item", args=at), reverse("boards:item_decide", args=at)
    client.force_login(world.anna)
    assert "ballots_for" not in client.get(page).content.decode()
    said = {"text": "Ida er valgt.", "way": "secret", "version": item.version, "words": "", "ballots_for": "4"}
    assert client.post(decide, said).status_code == 422  # the rules know no secret ballot
    rules(world.board, by=world.anna, text="Valg er hemmelige.", secret_ballot=True)
    said |= {"ballots_against": "0", "ballots_blank": "0"}
    wrong = client.post(decide, said, headers=EN)
    assert wrong.status_code == 422
    assert "Count again: 5 take part" in wrong.content.decode()
    assert 'name="ballots_for" value="4"' in wrong.content.decode()
    assert client.post(decide, said | {"ballots_blank": "1"}, follow=True, headers=EN).status_code == 200
    made_of = BoardDecision.objects.get()
    assert (made_of.ballots_for, made_of.ballots_against, made_of.ballots_blank) == (4, 0, 1)
    assert "By a secret ballot: 4 for, 0 against, 1 blank." in client.get(page, headers=EN).content.decode()
