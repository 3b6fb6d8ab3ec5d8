"""The people, gains and questions of the matrix's partnerships, and one-time links about somebody else's."""

from django.db import models
from django.utils import timezone

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.organisations.roles import Role
from medspil.partnerships.asking_back import PURPOSE as ANSWER
from medspil.partnerships.gain_mails import PURPOSE as GAINS
from medspil.partnerships.models import Part, Partner, PartnerGain, PartnerPerson, Partnership, Question, When
from medspil.partnerships.question_mails import PURPOSE as QUESTION
from tests.factories import companies, people, places
from tests.factories.partnerships import partnership as partnership_of
from tests.factories.people import NOW

TIMES = {"created_at": NOW, "updated_at": NOW}


def sided(partnership: Partnership, by: User, canary: str) -> dict[str, models.Model]:
    """Give both sides a gain, the company a contact person, and put a question to it on behalf of those who lead."""
    sides = Partner.objects.filter(partnership=partnership)
    company, own = sides.get(side__unit__isnull=False), sides.get(side__unit=None)
    person = PartnerPerson.objects.create(
        partner=company, part=Part.CONTACT, name=canary, email="per@smedjen.example", source=canary, purpose=canary,
        from_on=NOW.date(), **TIMES,
    )  # fmt: skip
    said = {"when": When.EXPECTED, "words": canary, "noted_by": by, **TIMES}
    question = Question.objects.create(
        partnership=partnership, asked_of=company, text=canary, asked_on=NOW.date(), due_on=NOW.date(), asked_by=by,
        **TIMES,
    )  # fmt: skip
    return {
        "own_side": own,
        "side_person": person,
        "side_gain": PartnerGain.objects.create(partner=company, **said),
        "own_gain": PartnerGain.objects.create(partner=own, **said),
        "question": question,
    }


def asked() -> Question:
    """Return a question of somebody else's partnership with the tokens of its links, which only its mails know."""
    home = people.organisation("Spurgt By")
    by = people.member(home, Role.COORDINATOR, name="Spurgt Anna")
    made = partnership_of(places.need(places.area(home, "Spurgt bydel")), companies.unit("Spurgt Snedker"), by=by)
    side = made.partners.latest("pk")
    question = Question.objects.create(
        partnership=made, asked_of=side, text="Hvornår?", asked_on=NOW.date(), due_on=NOW.date(), asked_by=by, **TIMES
    )
    own = made.partners.exclude(pk=side.pk).get()
    back = Question.objects.create(
        partnership=made, asked_of=own, put_by=side, text="Og hvor?", asked_on=NOW.date(), due_on=NOW.date(), **TIMES
    )
    links = (("answer_token", QUESTION, question), ("gains_token", GAINS, side), ("told_token", ANSWER, back))
    for name, purpose, record in links:
        link = issue(purpose=purpose, record=record, recipient_email="per@snedker.example", by=by, now=timezone.now())
        question.__dict__[name] = link.token
    return question
