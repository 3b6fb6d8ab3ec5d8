"""Write down what a contact person may decide, of one who has the part already."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.models import Part, PartnerPerson


class NothingToDecide(Exception):
    """Neither an amount nor a subject, or somebody who is no contact person."""

    def __init__(self) -> None:
        super().__init__(_("Write an amount, a subject, or both. Nothing at all? Then write 0 kr."))


@transaction.atomic
def say_what_may_decide(
    *, person: PartnerPerson, kroner: int | None, topics: str, expected_version: int, by: User, now: datetime
) -> PartnerPerson:
    """Write down up to how many kroner, and about what, a contact person decides.

    Raises `NothingToDecide`, `PartnershipPutAway`, `CprNumberFound`, `EditConflict`.
    """
    refuse_put_away(person.partner.partnership)
    said = " ".join(topics.split())
    if person.part != Part.CONTACT or person.forgotten_at or (kroner is None and not said):
        raise NothingToDecide
    refuse_cpr(said)
    person.save_changes(expected_version=expected_version, now=now, may_decide_kroner=kroner, may_decide_topics=said)
    record_history(record=person.partner.partnership, action="contact_decides", by=by, now=now)
    return person
