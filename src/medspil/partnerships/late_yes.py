"""Note that a side would like to; it joins a partnership that was noted before all sides had to say yes."""

from datetime import date, datetime

from django.db import transaction

from medspil.accounts.models import User
from medspil.linking.asking import answer_yes
from medspil.linking.models import Link, LinkParty, LinkState
from medspil.partnerships.models import Partner, Partnership


@transaction.atomic
def say_yes(
    *, link: Link, party: LinkParty, on: date, expected_version: int, by: User, now: datetime, note: str = ""
) -> Link:
    """Note a yes; it makes the side a partner where the partnership has begun. Raises what `answer_yes` raises."""
    said = answer_yes(link=link, party=party, on=on, expected_version=expected_version, by=by, now=now, note=note)
    partnership = Partnership.objects.filter(link=said).first() if said.state == LinkState.PARTNERSHIP else None
    if partnership:
        facts = {"partnership": partnership, "joined_on": on, "created_at": now, "updated_at": now}
        Partner.objects.get_or_create(side=party, defaults=facts)
    return said
