"""Work with the differences: put one aside or bring it back, add one, say how it is settled, say yes, take that back.

Each side says yes for itself. Another way of settling it, or other words of a side it is about, ask all sides again.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.alignment.comparing import Compared, Proposal, proposals
from medspil.alignment.models import Difference, DifferenceKind, Edition, Outcome, Verdict
from medspil.common.models import EditConflict
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.partnerships.going_on import refuse_not_going, refuse_standing
from medspil.partnerships.models import Partner, Partnership

LONGEST_SENTENCE = 1_000


class OwnFirst(Exception):
    """A side speaks of differences before it has said what it wants itself."""

    def __init__(self) -> None:
        super().__init__(_("Hand in your own first. Then you read what the others wrote, and settle what differs."))


class DifferenceGone(Exception):
    """The words have changed, and the difference is no longer there."""

    def __init__(self) -> None:
        super().__init__(_("The words have changed since, and this difference is gone. Load the page again."))


class SentenceMissing(Exception):
    """A difference is settled by nothing, or one was added without saying what differs."""

    def __init__(self) -> None:
        super().__init__(_("Write it in a sentence."))


class SentenceTooLong(Exception):
    """A sentence of the length of a page."""

    def __init__(self) -> None:
        super().__init__(_("The sentence is too long. Use at most 1,000 characters; your text is still here."))


def compared(partnership: Partnership) -> list[Proposal]:
    """Return the differences that the words of those who take part show. Three queries or so."""
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.of(partnership).filter(partner__left_on=None):
        newest.setdefault(edition.partner_id, edition)
    return shown_by(partnership, newest)


def shown_by(partnership: Partnership, newest: Mapping[int, Edition]) -> list[Proposal]:
    """Return the differences that what each side handed in last shows, by partner; without a query where the link of
    the partnership came with its area, its challenge and its need with what that takes."""
    link = partnership.link
    need = link.need
    asked_for = [one.kind for one in need.resources.all()] if need else []
    about = [partnership.name, link.sentence, link.subject, link.area.name]
    about += [need.title, need.text, need.place] if need else [str(link.challenge)]
    sides = [Compared(pk, edition.answers) for pk, edition in newest.items()]
    return list(proposals(sides, asked_for=asked_for, talked_of=" . ".join(about)))


@transaction.atomic
def put_aside(
    *, partnership: Partnership, key: str, by: User | None, now: datetime, side: Partner | None = None
) -> Difference:
    """Say that a difference is none; twice is once. Raises `NotNow`, `DifferenceGone`."""
    one = _row(partnership, key, now)
    if one.dismissed_at is None:
        one.save_changes(expected_version=one.version, now=now, dismissed_at=now)
        _tell(one, "put_aside", side, by, now)
    return one


@transaction.atomic
def bring_back(
    *, partnership: Partnership, key: str, by: User | None, now: datetime, side: Partner | None = None
) -> Difference:
    """Take up a difference that was put aside; twice is once. Raises `NotNow`, `DifferenceGone`."""
    one = _row(partnership, key, now)
    if one.dismissed_at:
        one.save_changes(expected_version=one.version, now=now, dismissed_at=None)
        _tell(one, "brought_back", side, by, now)
    return one


@transaction.atomic
def take_up(
    *, partnership: Partnership, key: str, by: User | None, now: datetime, side: Partner | None = None
) -> Difference:
    """Let a proposal that need not be looked at count as a difference; twice is once. Raises as `put_aside` does."""
    known = Difference.objects.filter(partnership=partnership, key=key).exists()
    one = _row(partnership, key, now)
    if not known:
        _tell(one, "taken_up", side, by, now)
    return one


@transaction.atomic
def add(
    *,
    partnership: Partnership,
    text: str,
    question: str,
    creation_key: UUID,
    by: User | None,
    now: datetime,
    side: Partner | None = None,
) -> Difference:
    """Add a difference that somebody saw, about the answers of all to a question; the same key again finds it.

    Raises `NotNow`, `SentenceMissing`, `SentenceTooLong`, `CprNumberFound`.
    """
    refuse_not_going(Partnership.objects.get(pk=partnership.pk))
    words = _sentence(text)
    about = [[one.pk, question] for one in partnership.partners.there().order_by("pk")]

    def make() -> Difference:
        made = Difference.objects.create(
            partnership=partnership, kind=DifferenceKind.ADDED, key=f"added:{creation_key.hex}", about=about,
            text=words, creation_key=creation_key, created_at=now, updated_at=now,
        )  # fmt: skip
        _tell(made, "added", side, by, now)
        return made

    return once(Difference.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def propose(
    *,
    partner: Partner,
    key: str,
    outcome: Outcome | str,
    sentence: str,
    expected_version: int,
    by: User | None,
    now: datetime,
    name: str = "",
) -> Difference:
    """Say for a side how a difference is settled: by a sentence, or accepted as it is; that side has then said yes.

    `expected_version` is 0 where nobody had touched it. Raises `NotNow`, `OwnFirst`, `DifferenceGone`,
    `SentenceMissing`, `SentenceTooLong`, `CprNumberFound`, `EditConflict`.
    """
    _refuse_early(partner)
    found = Outcome(outcome)
    words = _sentence(sentence) if found == Outcome.SETTLED else ""
    one = _row(partner.partnership, key, now, expected=expected_version)
    if (one.outcome, one.sentence) == (found, words):
        return agree(partner=partner, difference=one, wording=one.wording, by=by, now=now, name=name)
    one.save_changes(
        expected_version=one.version, now=now, outcome=found.value, sentence=words, wording=one.wording + 1,
        reopened_at=None, dismissed_at=None,
    )  # fmt: skip
    _tell(one, "way_proposed", partner, by, now)
    _say_yes(one, partner, by, name, now)
    return one


@transaction.atomic
def agree(
    *, partner: Partner, difference: Difference, wording: int, by: User | None, now: datetime, name: str = ""
) -> Difference:
    """Say yes for a side to the way in which a difference is to be settled, as it was read; twice is once.

    Raises `NotNow`, `OwnFirst`, and `EditConflict` when another way was written meanwhile.
    """
    _refuse_early(partner)
    one = Difference.objects.select_for_update().get(pk=difference.pk, partnership=partner.partnership_id)
    if one.wording != wording or not one.outcome:
        raise EditConflict
    if not one.verdicts.filter(partner=partner, wording=wording).exists():
        _say_yes(one, partner, by, name, now)
        _tell(one, "said_yes", partner, by, now)
    return one


@transaction.atomic
def take_back(*, partner: Partner, difference: Difference, by: User | None, now: datetime) -> Difference:
    """Take a side's yes back. Raises `NotNow`."""
    refuse_standing(partner)
    if Verdict.objects.filter(difference=difference, partner=partner).delete()[0]:
        _tell(difference, "yes_taken_back", partner, by, now)
    return difference


def reopen_about(*, partner: Partner, changed: Collection[str], now: datetime) -> int:
    """Open again what was settled or put aside about answers of a side that are others now; return how many."""
    found = 0
    for one in Difference.objects.filter(partnership=partner.partnership_id).order_by("pk"):
        done = one.outcome or one.dismissed_at
        if done and any(whose == partner.pk and question in changed for whose, question in one.about):
            Difference.objects.filter(pk=one.pk).update(
                outcome=Outcome.OPEN, dismissed_at=None, reopened_at=now, updated_at=now,
                wording=F("wording") + 1, version=F("version") + 1,
            )  # fmt: skip
            record_history(record=one, action="reopened", by=None, now=now)
            found += 1
    return found


def named(partnership: Partnership, key: str) -> Difference:
    """Return a difference of a partnership that somebody has touched. Raises `DifferenceGone`."""
    found = Difference.objects.filter(partnership=partnership, key=key).first()
    if found is None:
        raise DifferenceGone
    return found


def said_yes(one: Difference) -> set[int]:
    """Return the sides that have said yes to the way that stands, by their keys."""
    return {each.partner_id for each in one.verdicts.all() if one.outcome and each.wording == one.wording}


def _say_yes(one: Difference, partner: Partner, by: User | None, name: str, now: datetime) -> None:
    fields = {"wording": one.wording, "at": now, "by": by, "by_name": " ".join(name.split())[:120]}
    refuse_cpr(name)
    Verdict.objects.update_or_create(difference=one, partner=partner, defaults=fields)


def _tell(one: Difference, action: str, side: Partner | None, by: User | None, now: datetime) -> None:
    """Write into the history who did it, for which side; no words."""
    record_history(record=one, action=action, by=by, now=now, changes={"side": side.pk} if side else {})


def _row(partnership: Partnership, key: str, now: datetime, *, expected: int | None = None) -> Difference:
    """Return the record of a difference, made of what the words show where there is none yet."""
    refuse_not_going(Partnership.objects.get(pk=partnership.pk))
    rows = Difference.objects.select_for_update().filter(partnership=partnership, key=key)
    one = rows.first()
    if one is None:
        shown = next((each for each in compared(partnership) if each.key == key), None)
        if shown is None:
            raise DifferenceGone
        try:
            with transaction.atomic():
                return Difference.objects.create(
                    partnership=partnership, kind=shown.kind, key=key, about=[list(each) for each in shown.about],
                    created_at=now, updated_at=now,
                )  # fmt: skip
        except IntegrityError:
            one = rows.get()
    if expected is not None and one.version != expected:
        raise EditConflict
    return one


def _refuse_early(partner: Partner) -> None:
    refuse_standing(partner)
    if not Edition.objects.filter(partner=partner).confirmed().exists():
        raise OwnFirst


def _sentence(text: str) -> str:
    words = text.replace("\r\n", "\n").replace("\x00", " ").strip()
    if not words:
        raise SentenceMissing
    if len(words) > LONGEST_SENTENCE:
        raise SentenceTooLong
    refuse_cpr(words)
    return words
