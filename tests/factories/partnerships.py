"""Makes partnerships for tests the way people do: a link whose sides have all said yes."""

from typing import Any

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.asking import answer_yes
from medspil.linking.models import Answer, Link
from medspil.linking.parties import Party
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.partnerships.beginning import begin
from medspil.partnerships.models import Partnership
from medspil.register.models import Unit
from tests.factories import links
from tests.factories.people import NOW


def all_say_yes(link: Link, *, by: User) -> Link:
    """Note the yes of every side that has not said it."""
    for side in link.parties.exclude(answer=Answer.YES).order_by("pk"):
        answer_yes(link=link, party=side, on=NOW.date(), expected_version=link.version, by=by, now=NOW)
    return Link.objects.get(pk=link.pk)


def partnership(need: Need, *others: Organisation | Unit | Resource | Party, by: User, **fields: Any) -> Partnership:
    """Make a partnership between the organisation of a need's area and others; fields are those of the link."""
    link = all_say_yes(links.link(need, *others, by=by, **fields), by=by)
    begin(link=link, on=NOW.date(), expected_version=link.version, by=by, now=NOW)
    return Partnership.objects.for_page().get(link=link)
