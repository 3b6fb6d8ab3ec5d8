"""What a company has had from the public side under our own agreements: counted for the limit of de minimis aid."""

from collections.abc import Iterable
from datetime import date, timedelta

from medspil.agreements.models import SETTLED, Agreement, CheckAnswer
from medspil.agreements.rules import DE_MINIMIS_YEARS, Answer
from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.linking.parties import organisation_of, unit_of
from medspil.partnerships.models import Partner

DAYS = timedelta(days=366 * DE_MINIMIS_YEARS)


def earlier_support(agreement: Agreement, partners: Iterable[Partner], *, on: date) -> int:
    """Return how many kroner a company of this agreement has had elsewhere in three years, by its CVR number.

    The most that any of them has had. Versions of the same agreement count once, the newest; other companies of a group
    are known to the group alone, so it is asked besides. Three queries at most.
    """
    numbers = {number for one in partners if (number := _cvr(one))}
    if not numbers:
        return 0
    answers = CheckAnswer.objects.filter(
        code="support", answer=Answer.YES, agreement__state__in=SETTLED, agreement__starts_on__gt=on - DAYS
    ).exclude(agreement__partnership=agreement.partnership_id)
    newest: dict[int, int] = {}
    for one in answers.select_related("agreement").order_by("agreement__number"):
        newest[one.agreement.partnership_id] = int(one.amounts.get("support", 0))
    given: dict[str, int] = {}
    for partner in Partner.objects.filter(partnership__in=newest).for_page():
        number = _cvr(partner)
        given[number] = given.get(number, 0) + newest[partner.partnership_id]
    return max((given.get(number, 0) for number in numbers), default=0)


def _cvr(partner: Partner) -> str:
    """Return the CVR number of a company; a public organisation gives and does not receive."""
    organisation, unit = organisation_of(partner.side), unit_of(partner.side)
    kind = vocabulary().organisation_kinds.get(organisation.kind) if organisation else None
    if kind and kind.sector is Sector.PUBLIC:
        return ""
    return (organisation.cvr if organisation else "") or (unit.cvr if unit else "")
