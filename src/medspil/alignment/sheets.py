"""Write a side's own words as a draft, hand them in, note them for it at a meeting, and confirm what was noted.

Drafts take anything, so that nothing is lost while writing; what is handed in is whole and short enough to be read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.alignment.differences import reopen_about
from medspil.alignment.models import Edition, HandedIn, Sheet
from medspil.alignment.questions import Question, questions
from medspil.common.models import EditConflict
from medspil.common.once import first_saved
from medspil.common.privacy import refuse_cpr
from medspil.linking.asking import refuse_ahead
from medspil.partnerships.going_on import refuse_standing
from medspil.partnerships.models import Partner

LONGEST_ANSWER, LONGEST_DRAFT, LONGEST_NAME = 5_000, 100_000, 120


class AnswerTooLong(Exception):
    """An answer of the length of a report; the draft holds all of it."""

    def __init__(self, question: Question, length: int, longest: int = LONGEST_ANSWER) -> None:
        words = gettext(
            "“{question}” has {length} characters, and the others read at most {longest}. Nothing is lost: your whole"
            " text is still here. Shorten it, and hand it in again."
        )
        super().__init__(words.format(question=question.name(get_language() or "da"), length=length, longest=longest))
        self.code = question.code


class AnswerMissing(Exception):
    """Questions that all are asked have no answer; `sentences` holds a sentence for each, by its code."""

    def __init__(self, missing: Iterable[Question]) -> None:
        words, language = gettext("Answer “{question}” as well, if only with a few words."), get_language() or "da"
        self.sentences = {one.code: words.format(question=one.name(language)) for one in missing}
        super().__init__(" ".join(self.sentences.values()))


class WhoSaidIt(Exception):
    """Words were noted for a side without saying who said them and when."""

    def __init__(self) -> None:
        super().__init__(_("Write who said it, and on which day."))


class NothingToConfirm(Exception):
    """What was noted for the side has been confirmed, or is another by now."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to confirm any more. Load the page again."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes: somebody with an account, or by a one-time link with the name given there.

    Whoever notes for a side at a meeting says who said it and when.
    """

    by: User | None = None
    name: str = ""
    how: HandedIn = HandedIn.ACCOUNT
    said_by: str = ""
    said_on: date | None = None

    @property
    def on_behalf(self) -> bool:
        """Whether the area's people write for a side."""
        return self.how == HandedIn.BEHALF


def sheet_of(partner: Partner, *, on_behalf: bool = False) -> Sheet | None:
    """Return the draft of a side, or the one that the area's people write for it."""
    return Sheet.objects.filter(partner=partner, on_behalf=on_behalf).select_related("by").first()


def latest_of(partner: Partner) -> Edition | None:
    """Return what a side handed in last."""
    return Edition.objects.filter(partner=partner).select_related("by").order_by("-number").first()


@transaction.atomic
def save_draft(
    *, partner: Partner, answers: Mapping[str, str], expected_version: int, writer: Writer, now: datetime
) -> Sheet:
    """Keep what was written so far; `expected_version` is 0 where nothing was kept before.

    Raises `NotNow`, `AnswerTooLong` far beyond what is read, `CprNumberFound`, `EditConflict`.
    """
    refuse_standing(partner)
    kept = _kept(answers)
    for code, text in kept.items():
        if len(text) > LONGEST_DRAFT:
            raise AnswerTooLong(questions()[code], len(text), LONGEST_DRAFT)
    return _written(partner, kept, expected_version, writer, now)


@transaction.atomic
def hand_in(
    *, partner: Partner, answers: Mapping[str, str], expected_version: int, writer: Writer, now: datetime
) -> Edition:
    """Hand in the words of a side, for all sides to read. The other half of a double click finds them there.

    The same words as before make nothing new, but confirm what was noted for the side. What was settled about words
    that are others now is open again.
    Raises `NotNow`, `AnswerMissing`, `AnswerTooLong`, `WhoSaidIt`, `DayAhead`, `CprNumberFound`, `EditConflict`.
    """
    refuse_standing(partner)
    said = {code: text for code, text in _kept(answers).items() if text}
    _refuse_unclear(said, writer, now)
    before = latest_of(partner)
    try:
        _written(partner, {}, _as_saved(partner, answers, expected_version, writer), writer, now)
    except EditConflict:
        if before and before.answers == said and (before.how, before.by) == (writer.how, writer.by):
            return before
        raise
    if before and before.answers == said and (writer.on_behalf or not before.waits):
        return before
    if before and before.answers == said:
        return confirm(edition=before, writer=writer, now=now)
    return _edition(partner, said, before, writer, now)


@transaction.atomic
def confirm(*, edition: Edition, writer: Writer, now: datetime) -> Edition:
    """Let a side say that what was noted for it is right. Raises `NotNow`, `NothingToConfirm`, `CprNumberFound`."""
    refuse_standing(edition.partner)
    name = _name(writer.name)
    newest = latest_of(edition.partner)
    rows = Edition.objects.filter(pk=edition.pk, confirmed_at=None)
    if newest != edition or not rows.update(confirmed_at=now, confirmed_by=writer.by, confirmed_name=name):
        raise NothingToConfirm
    record_history(record=edition.partner, action="alignment_confirmed", by=writer.by, now=now)
    edition.refresh_from_db()
    return edition


def changed_between(before: Edition | None, after: Edition) -> list[str]:
    """Return the questions whose answers are others than before; none where nothing was before."""
    if before is None:
        return []
    return [code for code in questions() if before.answers.get(code, "") != after.answers.get(code, "")]


def _edition(partner: Partner, said: dict[str, str], before: Edition | None, writer: Writer, now: datetime) -> Edition:
    own = {} if writer.on_behalf else {"confirmed_at": now, "confirmed_by": writer.by}
    made = first_saved(  # the side and the area's people may do so at once
        lambda: Edition.objects.create(
            partner=partner,
            number=(before.number if before else 0) + 1,
            answers=said,
            how=writer.how,
            handed_in_at=now,
            by=writer.by,
            by_name=_name(writer.name),
            said_by=_name(writer.said_by),
            said_on=writer.said_on,
            **own,
        )
    )
    action = "alignment_noted" if writer.on_behalf else "alignment_handed_in"
    record_history(record=partner, action=action, by=writer.by, now=now)
    reopen_about(partner=partner, changed=changed_between(before, made), now=now)
    return made


def _as_saved(partner: Partner, answers: Mapping[str, str], expected: int, writer: Writer) -> int:
    """Return the version to write on: where the draft that was kept meanwhile holds the same words, that one.

    A page that keeps a draft by itself may do so at the moment in which somebody presses the button.
    """
    there = sheet_of(partner, on_behalf=writer.on_behalf)
    return there.version if there and any(there.answers.values()) and there.answers == _kept(answers) else expected


def _written(partner: Partner, answers: dict[str, str], expected: int, writer: Writer, now: datetime) -> Sheet:
    there = Sheet.objects.filter(partner=partner, on_behalf=writer.on_behalf).first()
    if there:
        return there.save_changes(expected_version=expected, now=now, answers=answers, by=writer.by)
    if expected:
        raise EditConflict
    return first_saved(
        lambda: Sheet.objects.create(
            partner=partner,
            on_behalf=writer.on_behalf,
            answers=answers,
            by=writer.by,
            created_at=now,
            updated_at=now,
        )
    )


def _kept(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers to questions that there are, in the shape in which they are kept."""
    found = {}
    for code, question in questions().items():
        text = answers.get(code, "").replace("\r\n", "\n").replace("\x00", " ").strip()
        if not question.options or text in {one.code for one in question.options}:
            found[code] = text
    refuse_cpr(*found.values())
    return found


def _refuse_unclear(said: dict[str, str], writer: Writer, now: datetime) -> None:
    if missing := [one for code, one in questions().items() if not one.optional and not said.get(code)]:
        raise AnswerMissing(missing)
    for code, question in questions().items():
        if len(said.get(code, "")) > LONGEST_ANSWER:
            raise AnswerTooLong(question, len(said[code]))
    refuse_cpr(writer.name, writer.said_by)
    if writer.on_behalf:
        if not writer.said_by.strip() or writer.said_on is None:
            raise WhoSaidIt
        refuse_ahead(writer.said_on, now)


def _name(name: str) -> str:
    refuse_cpr(name)
    return " ".join(name.split())[:LONGEST_NAME]
