"""Who answers for a side and cannot be reached: mails to her address came back, so nothing that is asked gets there."""

from collections.abc import Iterable

from medspil.notices.came_back import came_back_from
from medspil.partnerships.models import Part, PartnerPerson
from medspil.partnerships.side_people import SidePeople

WRITTEN_TO = (Part.CONTACT, Part.DEPUTY, Part.CHIEF)


def unreached(sides: Iterable[SidePeople], *, of: int) -> list[PartnerPerson]:
    """Return those who are written to and whose mails came back to an organisation, by its key. One query."""
    people = [one for side in sides for one in side.everybody if one.part in WRITTEN_TO]
    back = came_back_from([one.address for one in people], of=of)
    return [one for one in people if one.address in back]
