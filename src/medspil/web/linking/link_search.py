"""The parties of a new link as its form offers and keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.common.long_texts import longer
from medspil.linking.finding import FoundParties, find_parties, parties_by_key
from medspil.linking.links import LONGEST_BRINGS, LONGEST_HOW
from medspil.linking.parties import Party
from medspil.mapping.models import Resource
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.web.forms import DayField
from medspil.web.linking.link_parties import Eyes, Named

# Organisations are named only to those who know them: the form sends back what it was given, and nothing else counts.
SIGNER = Signer(salt="medspil.link.party")
Record = Organisation | Unit | Resource


@dataclass(frozen=True, slots=True)
class Choice:
    """A party that can be chosen or was; `value` is what the form sends."""

    who: Named
    record: Record
    what: str | Promise
    value: str
    brings: str = ""
    consent_how: str = ""
    consent_on: date | None = None

    @property
    def field(self) -> str:
        """Return the name of the field that says what it brings."""
        return f"brings-{self.who.ref}"

    @property
    def protected(self) -> bool:
        """Whether it may not be asked unless it has itself said so."""
        return self.who.unit is not None and self.who.unit.protected

    @property
    def lacks_consent(self) -> bool:
        """Whether it is protected and nobody has written down who there said when that we may write to it."""
        return self.protected and not (self.consent_on and self.consent_how)

    @property
    def brings_too_long(self) -> str:
        """Return the sentence that says so where more is written of what it brings than there is room for."""
        return longer(self.brings, most=LONGEST_BRINGS)

    @property
    def how_too_long(self) -> str:
        """Return the same of who said that we may write to it."""
        return longer(self.consent_how, most=LONGEST_HOW)

    def party(self) -> Party:
        """Return it as the service takes it, with the consent of a protected company if somebody wrote it down."""
        record = self.record
        return Party(
            organisation=record if isinstance(record, Organisation) else None,
            unit=record if isinstance(record, Unit) else None,
            resource=record if isinstance(record, Resource) else None,
            brings=self.brings,
            consent_on=self.consent_on if self.consent_how else None,
            consent_how=self.consent_how if self.consent_on else "",
        )


def choice(record: Record, eyes: Eyes) -> Choice:
    """Return a record as a choice."""
    if isinstance(record, Organisation):
        who, what = eyes.organisation(record), _("organisation")
    elif isinstance(record, Unit):
        who, what = eyes.unit(record), " · ".join(part for part in (record.industry_text, record.city) if part)
    else:
        who, what = eyes.resource(record), _("mapped in the area")
    return Choice(who, record, what, SIGNER.sign(who.ref))


def offered(user: User, area: Area, text: str) -> list[Choice]:
    """Return the parties whose name fits what somebody wrote."""
    return _choices(find_parties(user=user, area=area, text=text), {})


def chosen(user: User, area: Area, values: Iterable[str], brings: Mapping[str, str]) -> list[Choice]:
    """Return the parties that a form sent back, in its order; what nobody was offered is left out."""
    return named(user, area, [ref for value in values if (ref := _ref(value))], brings)


def named(user: User, area: Area, refs: Iterable[str], brings: Mapping[str, str]) -> list[Choice]:
    """Return parties by what stands for them in addresses and forms. Three queries."""
    wanted = list(dict.fromkeys(refs))
    keys = {letter: [int(ref[2:]) for ref in wanted if ref.startswith(f"{letter}-")] for letter in "opr"}
    found = parties_by_key(user=user, area=area, organisations=keys["o"], numbers=keys["p"], resources=keys["r"])
    by_ref = {one.who.ref: one for one in _choices(found, brings)}
    return [by_ref[ref] for ref in wanted if ref in by_ref]


def _choices(found: FoundParties, brings: Mapping[str, str]) -> list[Choice]:
    eyes = Eyes(frozenset(one.pk for one in found.resources), register=True)
    records: list[Record] = [*found.resources, *found.organisations, *found.units]
    plain = [choice(one, eyes) for one in records]
    return [
        replace(
            one,
            brings=brings.get(one.field, "").strip(),
            consent_how=brings.get(f"consent-how-{one.who.ref}", "").strip(),
            consent_on=_day(brings.get(f"consent-on-{one.who.ref}", "")),
        )
        for one in plain
    ]


def _day(text: str) -> date | None:
    try:
        found: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return found


def _ref(value: str) -> str:
    try:
        return SIGNER.unsign(value)
    except BadSignature:
        return ""
