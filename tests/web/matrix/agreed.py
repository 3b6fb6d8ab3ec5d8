"""The agreements of the matrix's world: one in force with a change begun, and one that somebody was asked about."""

from django.utils import timezone

from medspil.accounts.models import User
from medspil.accounts.one_time_links import issue
from medspil.agreements.asking import ask_to_confirm
from medspil.agreements.mails import COPY
from medspil.agreements.models import Agreement
from medspil.agreements.writing import begin, sides_of
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partner, Partnership
from tests.factories import agreements, companies, people, places
from tests.factories.partnerships import partnership as partnership_of
from tests.factories.people import NOW


def in_force(partnership: Partnership, by: User, canary: str) -> Agreement:
    """Return version 1, in force, with the keys of both sides; version 2 is being written."""
    made = agreements.proposed(partnership, by=by, effects=canary)
    sides = sides_of(partnership)
    for at in range(len(sides)):
        made = agreements.say_yes(made, at, name=canary)
    for side in sides:
        made.__dict__["other_side" if side.side.unit_id else "own_side"] = side.pk
    begin(partnership=partnership, by=by, now=NOW)
    return made


def asked() -> Agreement:
    """Return a version of somebody else's partnership with the tokens of its links, which only its mails know."""
    home = people.organisation("Aftalt By")
    by = people.member(home, Role.COORDINATOR, name="Aftalt Anna")
    need = places.need(places.area(home, "Aftalt bydel"))
    made = agreements.proposed(partnership_of(need, companies.unit("Aftalt Snedker"), by=by), by=by)
    now = timezone.now()  # the page asks the clock whether the link has expired
    side = Partner.objects.for_page().select_related("partnership__link__area").get(pk=sides_of(made.partnership)[1].pk)
    asking = ask_to_confirm(
        agreement=made, partner=side, email="mette@snedker.example", name="", source="ringet op", language="da", by=by,
        now=now, address_of=lambda token: token,
    )  # fmt: skip
    copy = issue(purpose=COPY, record=made, recipient_email="mette@snedker.example", by=by, now=now)
    made.__dict__["confirm"], made.__dict__["copy"] = asking.address, copy.token
    return made
