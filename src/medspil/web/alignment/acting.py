"""Who acts on a page of alignment: somebody with an account, or a side by its link; and what each step does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User
from medspil.alignment import differences
from medspil.alignment.differences import DifferenceGone, OwnFirst, SentenceMissing, SentenceTooLong
from medspil.alignment.models import Outcome
from medspil.alignment.questions import questions
from medspil.alignment.seeing import Viewer, reads_others, words_of
from medspil.alignment.sheets import NothingToConfirm
from medspil.common.privacy import CprNumberFound
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import Partner, Partnership
from medspil.web.http import whole_number

MEANWHILE = gettext_lazy(
    "Somebody wrote another way of settling it meanwhile. Yours is still here: compare, and say it again."
)
TROUBLES = (NotNow, OwnFirst, DifferenceGone, SentenceMissing, SentenceTooLong, CprNumberFound, NothingToConfirm)
"""What a step can raise besides `EditConflict`; each says in a sentence why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, for which sides, under which names she knows all sides."""

    viewer: Viewer
    names: dict[int, str]
    own: tuple[Partner, ...] = ()
    by: User | None = None

    def side(self, key: str) -> Partner:
        """Return the side that a form says she speaks for. Raises `PermissionDenied` where she does not."""
        found = next((one for one in self.own if str(one.pk) == key), None)
        if found is None:
            raise PermissionDenied
        return found


class Said:
    """What a press of a button says in the one form that holds all differences: what to do, and with which one.

    A button says both ("settle:horizon"), and each field the difference it is about ("sentence:horizon"); so nothing
    that somebody typed for another difference is lost. A page may also send the parts by themselves.
    """

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent
        self.do, _colon, key = sent.get("do", "").partition(":")
        self.key = key or sent.get("key", "")

    def get(self, name: str) -> str:
        """Return what stands in a field of the difference, or of the whole form."""
        return self.sent.get(f"{name}:{self.key}", self.sent.get(name, ""))

    def typed(self) -> dict[str, str]:
        """Return the sentences that were typed, by difference; under no key what was to be added."""
        found = {self.key: self.sent.get("sentence", "")} if self.key else {}
        for name in self.sent:
            if name.startswith("sentence:"):
                found[name.removeprefix("sentence:")] = self.sent.get(name, "")
        found[""] = self.sent.get("text", "")
        return {key: text for key, text in found.items() if text.strip()}

    def left(self) -> dict[str, str]:
        """Return the sentences that were typed elsewhere than where this press says how it is."""
        done = self.key if self.do in ("settle", "accept", "aside") else "" if self.do == "add" else None
        return {key: text for key, text in self.typed().items() if key != done}


def take_step(said: Said, partnership: Partnership, actor: Actor, now: datetime) -> str:
    """Do what a form of a difference asks for, and return what to say of it.

    Raises `EditConflict` and all of `TROUBLES`; `PermissionDenied` where somebody speaks for a side not hers.
    """
    do, key = said.do, said.key
    if not (actor.own or actor.viewer.runs):
        raise PermissionDenied
    if not reads_others(words_of(partnership, actor.viewer)):
        raise OwnFirst
    if do in ("settle", "accept"):
        outcome = Outcome.SETTLED if do == "settle" else Outcome.ACCEPTED
        differences.propose(
            partner=actor.side(said.get("partner")),
            key=key,
            outcome=outcome,
            sentence=said.get("sentence"),
            expected_version=whole_number(said.get("version"), otherwise=-1),
            by=actor.by,
            now=now,
        )
        return _("Noted. The other sides are asked whether they say yes to it.")
    if do in ("agree", "unsay"):
        return _answer(do, said, partnership, actor, now)
    side = actor.own[0] if actor.own else None
    if do == "add":
        question = said.get("question")
        code = question if question in questions() else next(iter(questions()))
        text, by = said.get("text"), actor.by
        differences.add(
            partnership=partnership, text=text, question=code, creation_key=_key(said), by=by, now=now, side=side
        )  # fmt: skip
        return _("The difference is added.")
    steps = {"aside": differences.put_aside, "bring": differences.bring_back, "take": differences.take_up}
    if do not in steps:
        raise DifferenceGone
    steps[do](partnership=partnership, key=key, by=actor.by, now=now, side=side)
    return {"aside": _("Put aside."), "bring": _("It is back."), "take": _("It counts as a difference now.")}[do]


def _answer(do: str, said: Said, partnership: Partnership, actor: Actor, now: datetime) -> str:
    partner = actor.side(said.get("partner"))
    one = differences.named(partnership, said.key)
    if do == "unsay":
        differences.take_back(partner=partner, difference=one, by=actor.by, now=now)
        return _("Your yes is taken back.")
    wording = whole_number(said.get("wording"))
    differences.agree(partner=partner, difference=one, wording=wording, by=actor.by, now=now)
    return _("Your yes is noted.")


def _key(said: Said) -> UUID:
    try:
        return UUID(said.get("creation_key"))
    except ValueError as trouble:
        raise DifferenceGone from trouble
