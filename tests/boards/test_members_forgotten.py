"""People on boards are forgotten: in time, by address, with their account; their seats and days stay."""

from datetime import timedelta

import pytest

from medspil.boards.forgetting import forget_members_at, forget_old_members
from medspil.boards.models import BoardMember, Leaving
from medspil.linking.mentions import look_for, settle
from medspil.linking.models import Mention
from medspil.organisations.forgetting import forget_person
from tests.factories import boards
from tests.factories.boards import TODAY, BoardWorld
from tests.factories.people import NOW

LATER = NOW + timedelta(days=800)


def test_whose_time_is_over_for_two_years_is_forgotten_and_who_sits_is_not(world: BoardWorld) -> None:
    world.seat("Per Smed", email="per@firma.example", term_ends_on=TODAY, organisation_name="Smedjen")
    world.seat("Bo Bro")
    assert forget_old_members(now=NOW) == 0
    assert (forget_old_members(now=LATER), forget_old_members(now=LATER)) == (1, 0)
    gone = BoardMember.objects.get(forgotten_at=LATER)
    assert (gone.name, gone.email, gone.organisation_name, gone.term_ends_on) == ("", "", "", TODAY)
    assert BoardMember.objects.filter(name="Bo Bro", forgotten_at=None).exists()


def test_who_is_forgotten_by_address_leaves_the_seat_vacant(world: BoardWorld) -> None:
    member = world.seat("Per Smed", email="per@firma.example")
    assert forget_members_at(email=" PER@firma.example ", now=NOW) == 1
    member.refresh_from_db()
    assert (member.name, member.left_on, member.left_why, member.version) == ("", TODAY, Leaving.FORGOTTEN, 2)


def test_a_person_with_an_account_is_forgotten_where_she_sits_and_in_the_rules(world: BoardWorld) -> None:
    member = world.seat("", user=world.sanne)
    rules = boards.rules(world.board, by=world.anna, text="Formand er Sanne. Bo er næstformand.")
    forget_person(user=world.sanne, by=world.anna, now=NOW)
    member.refresh_from_db()
    rules.refresh_from_db()
    assert (member.user, member.left_on) == (None, TODAY)
    assert rules.text == "Formand er –. Bo er næstformand."


@pytest.mark.parametrize("where", ["seated", "rules"])
def test_a_name_that_may_be_another_s_is_looked_at_by_people(world: BoardWorld, where: str) -> None:
    member = world.seat("Ida Ibsen")
    rules = boards.rules(world.board, by=world.anna, text="Ida Ibsen fører referat.")
    look_for(["Ida Ibsen"], area=world.partnership.link.area_id, on=TODAY)
    settle(mention=Mention.objects.get(where=where), how="delete", by=world.anna, now=NOW)
    member.refresh_from_db()
    rules.refresh_from_db()
    assert (member.name, rules.text) == (("", rules.text) if where == "seated" else ("Ida Ibsen", "–"))
