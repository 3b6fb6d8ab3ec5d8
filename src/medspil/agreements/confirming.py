"""Each side says yes to exactly one version, by its hash; the last yes puts it in force from its day.

Whoever confirms two versions at once, or one that was changed meanwhile, is told so: a confirmation holds for the text
that was read and for nothing else. Two who confirm at the same moment wait for each other on the row of the agreement.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.agreements.canonical import digest
from medspil.agreements.models import Agreement, AgreementState, Confirmation, FrozenText, Way
from medspil.agreements.states import By, StepNotAllowed, refuse_step
from medspil.common.long_texts import refuse_longer
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.going_on import refuse_not_going
from medspil.partnerships.models import Partner, Partnership

LONGEST = (120, 120, 300)
"""Room for the name of whoever says yes, for her role and for her mandate."""


class OtherVersion(Exception):
    """What was read is not what is proposed: there is a newer version, or the text was tampered with on the way."""

    def __init__(self) -> None:
        super().__init__(_("There is a new version. Nothing was confirmed: read the new one first."))


class AlreadyConfirmed(Exception):
    """Somebody of the same side was faster."""

    def __init__(self) -> None:
        super().__init__(_("Somebody on your side has confirmed this version already. Nothing more is needed of you."))


class PartiesChanged(Exception):
    """Somebody left, or came, since the version was proposed: it names those who took part then."""

    def __init__(self) -> None:
        super().__init__(
            _("Who takes part has changed since this version was proposed. A new version must be made; wait for it.")
        )


class WhoMissing(Exception):
    """A confirmation without saying who gives it."""

    def __init__(self) -> None:
        super().__init__(_("Write your name, your role, and by what right you can say yes for your side."))


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says yes for a side: her name, her role there, and by what right she can say it."""

    name: str
    role: str
    mandate: str

    def cleaned(self) -> "Signature":
        """Return it on single lines. Raises `WhoMissing`, `LongerThanRoom`, `CprNumberFound`."""
        refuse_cpr(self.name, self.role, self.mandate)
        name, role, mandate = (" ".join(one.split()) for one in (self.name, self.role, self.mandate))
        if not (name and role and mandate):
            raise WhoMissing
        for text, most in zip((name, role, mandate), LONGEST, strict=True):
            refuse_longer(text, most=most)
        return Signature(name, role, mandate)


@transaction.atomic
def confirm(
    *,
    agreement: Agreement,
    partner: Partner,
    sha256: str,
    signature: Signature,
    way: Way,
    by: User | None,
    now: datetime,
) -> Agreement:
    """Say yes for a side to the version with this hash; returns the agreement as it then stands.

    The same yes twice is one. Raises `WhoMissing`, `LongerThanRoom`, `OtherVersion`, `AlreadyConfirmed`,
    `PartiesChanged`, `NotNow` where the partnership rests or has ended, `StepNotAllowed`, `CprNumberFound`.
    """
    said = signature.cleaned()
    whole = Partnership.objects.select_for_update().get(pk=agreement.partnership_id)  # it may be ending at this moment
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    locked.partnership = whole
    if there := Confirmation.objects.filter(agreement=locked, partner=partner).first():
        if (there.name, there.sha256) == (said.name, sha256):
            return locked
        raise AlreadyConfirmed
    _refuse(locked, partner, sha256)
    Confirmation.objects.create(
        agreement=locked, partner=partner, sha256=sha256, name=said.name, role=said.role, mandate=said.mandate,
        at=now, way=way, by=by,
    )  # fmt: skip
    record_history(record=locked, action="side_confirmed", by=by, now=now)
    if not still_to_confirm(locked):
        _all_have(locked, now=now)
    return locked


def still_to_confirm(agreement: Agreement) -> list[Partner]:
    """Return those who take part and have not confirmed this version, in the order in which they came. One query."""
    given = Confirmation.objects.filter(agreement=agreement).values("partner")
    return list(agreement.partnership.partners.there().for_page().exclude(pk__in=given))


def parties_changed(agreement: Agreement, frozen: FrozenText) -> bool:
    """Tell whether others take part by now than those whom the text names. One query."""
    there = set(agreement.partnership.partners.there().values_list("pk", flat=True))
    return {one["key"] for one in frozen.content.get("parties", ())} != there


def _refuse(agreement: Agreement, partner: Partner, sha256: str) -> None:
    frozen = FrozenText.objects.filter(agreement=agreement).first()
    if agreement.state == AgreementState.OVERTAKEN or (frozen and not frozen.sha256 == sha256 == digest(frozen.text)):
        raise OtherVersion
    if (
        frozen is None
        or agreement.state != AgreementState.PROPOSED
        or partner.partnership_id != agreement.partnership_id
    ):
        raise StepNotAllowed
    if parties_changed(agreement, frozen):
        raise PartiesChanged
    refuse_not_going(agreement.partnership)


def _all_have(agreement: Agreement, *, now: datetime) -> None:
    """Put a version in force that all have confirmed: from its day, or from today if that day is over."""
    refuse_step(agreement.state, AgreementState.CONFIRMED, By.CONFIRMING)
    agreement.save_changes(
        expected_version=agreement.version, now=now, state=AgreementState.CONFIRMED,
        state_on=timezone.localdate(now), confirmed_at=now,
    )  # fmt: skip
    record_history(record=agreement, action="agreement_confirmed", by=None, now=now)
