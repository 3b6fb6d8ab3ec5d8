"""What an organisation's facts must be, and whether the same organisation may be here already."""

import re
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.common.privacy import SENTENCE, looks_like_cpr
from medspil.geography.places import municipality as municipality_of
from medspil.language import fold
from medspil.organisations.models import Organisation
from medspil.register.models import Unit

LONGEST_NAME = 200
_CVR = re.compile(r"[0-9]{8}")
_PHONE = re.compile(r"\+?[0-9][0-9 ]{6,18}")
_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)

ANOTHERS_NUMBER = _(
    "The CVR number says whose words a profile holds. Only whoever created the organisation here can give it another"
    " number, and only until it has an administrator of its own."
)


class FactRefused(Exception):
    """A fact of an organisation cannot stand; `field` says which."""

    def __init__(self, field: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.field = field


def plain_name(name: str) -> str:
    """Return a name on one line, without control characters; raises `FactRefused` when nothing is left."""
    found = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())
    if not fold(found):
        raise FactRefused("name", _("Write the name of the organisation."))
    if looks_like_cpr(found):
        raise FactRefused("name", SENTENCE)
    if len(found) > LONGEST_NAME:
        raise FactRefused("name", _("The name is too long. Use at most 200 characters."))
    return found


def refuse_unknown(*, kind: str, cvr: str, municipality: str) -> None:
    """Raise `FactRefused` for a kind or municipality nobody knows, or a CVR number that is none."""
    known = vocabulary().organisation_kinds.get(kind)
    if known is None or known.retired:
        raise FactRefused("kind", _("Choose one of the kinds of organisation."))
    if cvr and not _CVR.fullmatch(cvr):
        raise FactRefused("cvr", _("A CVR number has eight digits."))
    if municipality and (len(municipality) != 4 or municipality_of(municipality) is None):
        raise FactRefused("municipality", _("There is no municipality with this code."))


def refuse_contact(organisation: Organisation, *, phone: str, email: str) -> None:
    """Raise `FactRefused` for a public contact that is none, or that is the address of one of its people."""
    if looks_like_cpr(phone):
        raise FactRefused("public_phone", SENTENCE)
    if phone and not _PHONE.fullmatch(phone):
        raise FactRefused("public_phone", _("Write a telephone number, with digits and blanks only."))
    try:
        validate_email(email or "nobody@example.org")
    except ValidationError as trouble:
        raise FactRefused("public_email", trouble.messages[0]) from trouble
    if email and organisation.memberships.current().filter(user__email__iexact=email).exists():
        raise FactRefused(
            "public_email", _("This is the address of one of its people. Write one that is nobody's own.")
        )


def cvr_is_doubtful(cvr: str) -> bool:
    """Tell whether a CVR number fails the check of modulus 11, as most slips of the finger do.

    A warning and no stop: a number that the authority has given counts, whatever the sum.
    """
    return bool(cvr) and sum(int(digit) * weight for digit, weight in zip(cvr, _CVR_WEIGHTS, strict=True)) % 11 != 0


def lookalikes(*, name: str, cvr: str, unit: Unit | None, creation_key: UUID | None = None) -> list[Organisation]:
    """Return organisations that may be the same as one about to be made: same name, CVR number or entry.

    Two entries of the register under one CVR number are two places of work: the schools of a municipality share its
    number and are no lookalikes. The one that the same form has made already does not count.
    """
    here = Organisation.objects.joined().filter(archived_at=None)
    if creation_key:
        here = here.exclude(creation_key=creation_key)
    same = Q(pk__in=here.named(name).values("pk"))
    if cvr:
        other_place = Q(unit__isnull=False) & ~Q(unit=unit) if unit else Q(pk=None)
        same |= Q(cvr=cvr) & ~other_place
    if unit:
        same |= Q(unit=unit)
    return list(here.filter(same).order_by("name", "pk"))
