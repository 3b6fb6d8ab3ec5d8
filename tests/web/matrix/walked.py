"""An invitation to somebody else's walk, with the token of its link, which only its mail knows."""

from django.utils import timezone

from medspil.accounts.one_time_links import issue
from medspil.organisations.roles import Role
from medspil.walks.inviting import ANSWER
from medspil.walks.models import Attendee
from tests.factories import companies, links, people, places, walks


def asked_walk() -> Attendee:
    """Return somebody who is invited to a walk of nobody's area here."""
    home = people.organisation("Gående By")
    by = people.member(home, Role.COORDINATOR, name="Gående Anna")
    need = places.need(places.area(home, "Gående bydel"))
    link = links.link(need, companies.unit("Gående Smed"), by=by)
    one = walks.per(walks.walk(link, by=by), link.parties.get(unit__isnull=False), by=by)
    now = timezone.now()  # the page asks the clock whether the link has expired
    issued = issue(purpose=ANSWER, record=one, recipient_email=one.email, by=by, now=now)
    one.__dict__["token"] = issued.token
    return one
