"""People of the sides and words of questions are forgotten in time, at once by address, and with an account."""

from datetime import timedelta
from uuid import uuid4

import pytest

from medspil.accounts.models import OneTimeLink, User
from medspil.notices.models import Message
from medspil.organisations.forgetting import forget_person
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.partnerships.forgetting_people import forget_old_people_of_sides, forget_old_questions, forget_people_at
from medspil.partnerships.models import Partner, PartnerPerson, Partnership, Question
from medspil.partnerships.questions import answer, ask
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
AFTER = NOW + KEPT_FOR + timedelta(days=2)


def everything() -> str:
    """Return all that stands of people and questions, mails and links."""
    return str([list(model.objects.values()) for model in (PartnerPerson, Question, Message, OneTimeLink)])


def test_after_two_years_names_and_words_are_gone_and_the_days_stay(
    together: Partnership, harbour: Partner, anna: User
) -> None:
    named(harbour, by=anna)
    named(harbour, "Grete Havn", by=anna, from_on=NOW.date() + timedelta(days=1), handover="Per ved alt")
    question = ask(
        partnership=together, asked_of=harbour, put_by=None, text="Kan Per komme?", creation_key=uuid4(), by=anna,
        now=NOW, address=str,
    )  # fmt: skip
    answer(question=question, text="Per kan", expected_version=1, by=anna, now=NOW)
    assert (forget_old_people_of_sides(now=NOW), forget_old_questions(now=NOW)) == (0, 0)
    assert (forget_old_people_of_sides(now=AFTER), forget_old_questions(now=AFTER)) == (1, 1)
    assert (forget_old_people_of_sides(now=AFTER), forget_old_questions(now=AFTER)) == (0, 0)
    told = everything()
    assert "Per " not in told
    assert "per@" not in told
    assert "Grete" in told  # she is the contact person still
    question.refresh_from_db()
    assert question.answered_on == NOW.date()


def test_an_address_is_forgotten_at_once(harbour: Partner, anna: User) -> None:
    named(harbour, by=anna)
    assert forget_people_at(email="PER@firma.example", now=NOW) == 1
    assert "Smed" not in everything()
    assert PartnerPerson.objects.get().to_on == NOW.date()


def test_who_had_an_account_is_forgotten_here_too(
    together: Partnership, smithy: Partner, anna: User, sanne: User
) -> None:
    sanne.name = "Sanne Smed"
    sanne.save()
    named(smithy, user=sanne, by=anna, handover="Spørg Sanne Smed")
    ask(
        partnership=together, asked_of=smithy, put_by=None, text="Kommer Sanne Smed?", creation_key=uuid4(), by=anna,
        now=NOW, address=str,
    )  # fmt: skip
    forget_person(user=sanne, by=None, now=NOW)
    assert "Sanne" not in everything()
