"""Who answers for a side and cannot be reached: mails to her address came back, so nothing that is asked gets there."""

from collections.abc import Iterable, Iterator
from datetime import date

from medspil.accounts.models import User
from medspil.notices.came_back import came_back_from
from medspil.notices.models import CameBack
from medspil.partnerships.models import Part, Partner, PartnerPerson, Partnership, Standing
from medspil.partnerships.side_people import SidePeople, people_of

WRITTEN_TO = (Part.CONTACT, Part.DEPUTY, Part.CHIEF)


def unreached(sides: Iterable[SidePeople], *, of: int) -> list[PartnerPerson]:
    """Return those who are written to and whose mails came back to an organisation, by its key. One query."""
    people = [one for side in sides for one in side.everybody if one.part in WRITTEN_TO]
    back = came_back_from([one.address for one in people], of=of)
    return [one for one in people if one.address in back]


def unreached_for(user: User, *, on: date) -> Iterator[PartnerPerson]:
    """Yield the contact persons of sides that a person leads or speaks for whose mails came back, each with her side.

    One query where no mail ever came back.
    """
    owners = set(CameBack.objects.values_list("organisation", flat=True).distinct().order_by())
    if not owners:
        return
    going = Partnership.objects.current().filter(standing=Standing.GOING, link__area__owner__in=owners)
    there = Partner.objects.there().filter(partnership__in=going)
    hers = there.filter(partnership__in=Partnership.objects.led_by(user)) | there.of(user)
    by_owner: dict[int, list[Partner]] = {}
    for side in hers.for_page().select_related("partnership__link__area"):
        by_owner.setdefault(side.partnership.link.area.owner_id, []).append(side)
    for owner, sides in sorted(by_owner.items()):
        named = people_of(sides, on=on)
        yield from (one for one in unreached(named.values(), of=owner) if one.part == Part.CONTACT)
