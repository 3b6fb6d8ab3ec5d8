"""Whose offer it is: one of a person's own organisations, or one she notes it down for, found by name or number.

Organisations are named only to those who know them or write the whole name, so the address carries a signed reference:
nobody leafs through them by counting.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.offers.finding import giver_by_key, others_named
from medspil.offers.permissions import givers
from medspil.organisations.models import Organisation
from medspil.organisations.profiles import organisation_of
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from medspil.register.search import search_units
from medspil.web.areas import words

SIGNER = Signer(salt="medspil.offer.giver")
MOST = 8


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives: an organisation that is here, or a company of the register that nobody has made one of."""

    organisation: Organisation | None
    unit: Unit | None
    own: bool

    @property
    def name(self) -> str:
        """Return its name."""
        return self.organisation.name if self.organisation else (self.unit.name if self.unit else "")

    @property
    def what(self) -> str:
        """Return what tells it from others of its name."""
        if self.own:
            return _("your own organisation")
        unit = self.unit or (self.organisation.unit if self.organisation else None)
        if unit:
            number = f"CVR {unit.cvr}" if unit.cvr else ""
            return " · ".join(part for part in (number, unit.address, f"{unit.postcode} {unit.city}".strip()) if part)
        return words.organisation_kind(self.organisation.kind) if self.organisation else ""

    @property
    def ref(self) -> str:
        """Return what stands for it in addresses."""
        if self.organisation:
            return SIGNER.sign(f"o-{self.organisation.pk}")
        return SIGNER.sign(f"p-{self.unit.number if self.unit else 0}")

    @property
    def protected(self) -> bool:
        """Whether the company is protected from advertising; said before anybody notes an offer down for it."""
        unit = self.unit or (self.organisation.unit if self.organisation else None)
        return bool(unit and unit.protected)

    def record(self, now: datetime) -> Organisation:
        """Return the organisation; a company of the register gets one in nobody's care when an offer is kept."""
        if self.organisation:
            return self.organisation
        assert self.unit is not None  # noqa: S101  (one of the two is there)
        return organisation_of(of_unit(self.unit), now=now)


def own_givers(user: User) -> list[Giver]:
    """Return the organisations in whose own name a person may make offers, by name."""
    return [Giver(one, None, own=True) for one in givers(user).select_related("unit").order_by("name", "pk")]


def found_givers(user: User, text: str) -> list[Giver]:
    """Return organisations a person may note offers down for and companies of the register, by a piece of the name.

    Of organisations she has nothing to do with only those whose whole name it is.
    """
    rows = others_named(user, text)[:MOST]
    organisations = [Giver(one, None, own=False) for one in rows]
    taken = {giver.organisation.unit_id for giver in organisations if giver.organisation}
    units = search_units(text=text, limit=MOST, units=Unit.objects.visible_to(user)).units
    return organisations + [Giver(None, unit, own=False) for unit in units if unit.pk not in taken]


def giver_of(user: User, ref: str) -> Giver | None:
    """Return the giver that a signed reference stands for; None for one that was never offered."""
    try:
        kind, _dash, key = SIGNER.unsign(ref).partition("-")
    except BadSignature:
        return None
    if kind == "p":
        unit = Unit.objects.visible_to(user).filter(number=int(key)).first()
        return Giver(None, unit, own=False) if unit else None
    organisation = giver_by_key(int(key))
    return Giver(organisation, None, own=givers(user).filter(pk=int(key)).exists()) if organisation else None
