"""Who pays by the budget of an agreement, and of which sector: what an answer to a question of law is held against."""

from collections.abc import Iterable

from medspil.agreements.canonical import party_name
from medspil.agreements.models import Agreement, FieldCode
from medspil.agreements.rules import Payer
from medspil.linking.parties import organisation_of
from medspil.partnerships.models import Partner
from medspil.partnerships.sectors import sector_of


def payers_of(agreement: Agreement, partners: Iterable[Partner]) -> list[Payer]:
    """Return those who take part and pay, a row each; of an agreement whose fields came with it without a query."""
    sides = {one.pk: one for one in partners}
    rows = [row for field in agreement.fields.all() if field.code == FieldCode.BUDGET for row in field.rows]
    return [_payer(sides[row["partner"]], int(row["kroner"] or 0)) for row in rows if row.get("partner") in sides]


def _payer(partner: Partner, kroner: int) -> Payer:
    organisation = organisation_of(partner.side)
    kind = organisation.kind if organisation else ""
    return Payer(party_name(partner), kroner, sector_of(partner.side), kind)
