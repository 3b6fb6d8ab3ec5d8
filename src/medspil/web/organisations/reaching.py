"""How anybody reaches an organisation: as it says itself, else as the business register makes public."""

from django.utils.translation import gettext as _

from medspil.organisations.models import Organisation
from medspil.register.models import Unit, UnitStatus
from medspil.web.parts import Fact


def reached_at(organisation: Organisation) -> list[Fact]:
    """Return telephone, e-mail, website and address as far as they are public. Nobody of its people is named: none has
    agreed to that. Empty where nothing is known or the register shields it."""
    known = _known(organisation)
    town = f"{known.postcode} {known.city}".strip() if known else ""
    address = "\n".join(part for part in (known.address, town) if part) if known else ""
    phone, email = phone_and_mail(organisation)
    told = (
        (_("Telephone"), phone),
        (_("E-mail"), email),
        (_("Website"), known.website if known else ""),
        (_("Address"), address),
    )
    return [Fact(label, text) for label, text in told if text]


def phone_and_mail(organisation: Organisation) -> tuple[str, str]:
    """Return the public telephone and e-mail; either may be blank."""
    known = _known(organisation)
    return (
        organisation.public_phone or (known.phone if known else ""),
        organisation.public_email or (known.email if known else ""),
    )


def _known(organisation: Organisation) -> Unit | None:
    unit = organisation.unit
    return unit if unit and not unit.protected and unit.status == UnitStatus.ACTIVE else None
