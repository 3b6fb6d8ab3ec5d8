"""What each side gains: noted by anybody who leads or takes part, confirmed by the side itself and by nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.catalogue.vocabulary import Gain, Sector, Side, vocabulary
from medspil.common.long_texts import refuse_longer
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.editing import refuse_put_away
from medspil.partnerships.models import Partner, PartnerGain, When
from medspil.partnerships.people import HasLeft
from medspil.partnerships.permissions import speaks_for
from medspil.partnerships.sectors import sector_of

LONGEST_WORDS, LONGEST_AS = 500, 120


class NoGain(Exception):
    """A gain that says nothing."""

    def __init__(self) -> None:
        super().__init__(_("Choose a gain from the list, or write it in your own words."))


class GainConfirmed(Exception):
    """A gain that its side has confirmed is the side's own."""

    def __init__(self) -> None:
        super().__init__(_("The side has confirmed this itself, so only the side can take it back."))


class WordsTooLong(Exception):
    """Own words of the length of a letter."""

    def __init__(self) -> None:
        super().__init__(_("The text is too long. Use at most 500 characters."))


@dataclass(frozen=True, slots=True)
class Said:
    """One gain as somebody says it."""

    when: When
    code: str = ""
    words: str = ""


def choices_for(partner: Partner) -> list[Gain]:
    """Return the gains of the list that a side can have: of a company its own; of others those of the area first.

    A fire brigade or a club gains as a company does as well: fewer stones, and proud people.
    """
    private = sector_of(partner.side) == Sector.PRIVATE
    wanted = (Side.COMPANY,) if private else (Side.AREA, Side.COMPANY, Side.POLITICIANS)
    return [gain for side in wanted for gain in vocabulary().gains.values() if gain.side is side]


@transaction.atomic
def note_gain(*, partner: Partner, said: Said, by: User, now: datetime) -> PartnerGain:
    """Note a gain of a side; from its own people it is confirmed with that. The same again is the one that is there.

    Raises `NoGain`, `WordsTooLong`, `HasLeft`, `PartnershipPutAway`, `CprNumberFound`.
    """
    refuse_put_away(partner.partnership)
    if partner.left_on:
        raise HasLeft
    own = speaks_for(by, partner)
    gain = _noted(partner, _checked(partner, said), by=by, now=now)
    if own and gain.confirmed_at is None:
        gain.save_changes(expected_version=gain.version, now=now, confirmed_at=now, confirmed_by=by)
    record_history(record=partner.partnership, action="gain_noted", by=by, now=now, changes={"when": said.when.value})
    return gain


@transaction.atomic
def remove_gain(*, gain: PartnerGain, expected_version: int, by: User, now: datetime) -> None:
    """Take a gain off again; one that its side confirmed, only by itself. Raises `GainConfirmed`, `EditConflict`."""
    partner = gain.partner
    if gain.confirmed_at and not speaks_for(by, partner):
        raise GainConfirmed
    rows = PartnerGain.objects.filter(pk=gain.pk)
    if rows.filter(version=expected_version).delete()[0]:
        record_history(record=partner.partnership, action="gain_removed", by=by, now=now)
    elif rows.exists():
        raise EditConflict


@transaction.atomic
def confirm_gains(
    *,
    partner: Partner,
    keys: Collection[int],
    more: Sequence[Said] = (),
    by: User | None,
    confirmed_as: str = "",
    now: datetime,
) -> int:
    """Let a side confirm gains of its own, by their keys, and say more; return how many it confirmed.

    `by` is nobody where somebody answered by a one-time link, who says as what. Raises `LongerThanRoom`, and
    what `note_gain` raises.
    """
    refuse_cpr(confirmed_as)
    confirmed_as = " ".join(confirmed_as.split())
    refuse_longer(confirmed_as, most=LONGEST_AS)
    said = [_noted(partner, _checked(partner, one), by=by, now=now) for one in more]
    wanted = {*keys, *(one.pk for one in said)}
    # One statement: of two who confirm at once each gain is confirmed by whoever came first.
    done = PartnerGain.objects.filter(partner=partner, confirmed_at=None, pk__in=wanted).update(
        confirmed_at=now,
        confirmed_by=by,
        confirmed_as=confirmed_as,
        version=F("version") + 1,
        updated_at=now,
    )
    if done:
        record_history(record=partner.partnership, action="gains_confirmed", by=by, now=now)
    return done


def _checked(partner: Partner, said: Said) -> Said:
    code, words = said.code, " ".join(said.words.split())
    if code and code not in {gain.code for gain in choices_for(partner)}:
        raise NoGain
    if not code and not words:
        raise NoGain
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong
    refuse_cpr(words)
    return Said(When(said.when), code, words)


def _noted(partner: Partner, said: Said, *, by: User | None, now: datetime) -> PartnerGain:
    """Return the gain of that kind, or the same words, that is there already, or a new one; new words replace none."""
    same = {"code": said.code} if said.code else {"code": "", "words": said.words}
    facts = {"words": said.words, "noted_by": by, "created_at": now, "updated_at": now}
    gain = once(
        PartnerGain.objects.filter(partner=partner, when=said.when, **same),
        lambda: PartnerGain.objects.create(partner=partner, when=said.when, code=said.code, **facts),
    )
    if said.words and not gain.words and gain.confirmed_at is None:
        gain.save_changes(expected_version=gain.version, now=now, words=said.words)
    return gain
