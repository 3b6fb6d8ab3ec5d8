"""What the pages of alignment show: the sides beside each other, what differs, and what each side said to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from medspil.alignment.comparing import NUMBER, PROMISED, Proposal, marked, stems
from medspil.alignment.differences import compared, said_yes
from medspil.alignment.models import Difference, DifferenceKind, Edition, HandedIn, Sheet
from medspil.alignment.questions import HORIZON, questions
from medspil.alignment.readiness import ready, weighed
from medspil.alignment.seeing import SideWords, reads_others, words_of
from medspil.partnerships.going_on import why_not
from medspil.partnerships.models import Partnership
from medspil.web.alignment.acting import Actor, Said
from medspil.web.areas.words import kind as kind_name


@dataclass(frozen=True, slots=True)
class Cell:
    """The answer of one side to one question, in pieces of which some are marked."""

    side: str
    own: bool
    pieces: list[tuple[str, bool]]
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDifference:
    """One difference as the page tells it, with what can be done with it."""

    key: str
    title: str
    state: str
    version: int = 0
    wording: int = 0
    outcome: str = ""
    sentence: str = ""
    draft: str = ""
    """What stands in the field: what she wrote that was not taken, or the sentence that no longer holds."""
    reopened: bool = False
    yes: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    speaks_for: int = 0
    """The side for which the person can still say yes, or has said it; 0 where she speaks for none."""
    own_yes: bool = False
    trouble: str = ""
    unsaved: bool = False
    """Whether the field holds what she typed while she pressed the button of another difference."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody typed that was not taken, by difference, and why the step with one of them was not."""

    key: str = ""
    trouble: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    question: str = ""

    @property
    def text(self) -> str:
        """What was to be added."""
        return self.typed.get("", "")

    def fields(self, key: str, first: str = "") -> dict[str, Any]:
        """Return how the field of a difference stands; `first` is what stood there before anybody typed."""
        draft = self.typed.get(key, first)
        changed = draft.replace("\r\n", "\n").strip() != first.replace("\r\n", "\n").strip()
        mine = bool(self.trouble) and key == self.key
        return {"draft": draft, "trouble": self.trouble if mine else "", "unsaved": changed and not mine}


def not_taken(said: Said, trouble: str) -> Kept:
    """Return what was typed with a step that was not taken, and why."""
    return Kept(said.key, trouble, said.typed(), said.get("question"))


def left_of(said: Said) -> Kept:
    """Return what was typed beside a step that was taken."""
    return Kept(typed=said.left(), question=said.get("question"))


def page_of(partnership: Partnership, actor: Actor, kept: Kept | None = None) -> dict[str, Any]:
    """Return what the page shows of the sides and of their differences. Fifteen queries or so."""
    sides = words_of(partnership, actor.viewer)
    times = {side.partner.pk: side.latest.answers.get(HORIZON, "") for side in sides if side.latest}
    reads = reads_others(sides) and sum(side.handed_in for side in sides) > 1
    shown = compared(partnership) if reads else []
    groups = _groups(partnership, Teller(actor, times), shown, kept or Kept()) if reads else {}
    acts = bool(actor.own or actor.viewer.runs) and not why_not(partnership)
    return {
        "sides": [_side(side, actor) for side in sides],
        "reads": reads,
        "rows": _rows(sides, actor, shown),
        "groups": groups,
        **_left_over(groups, kept or Kept(), acts=acts),
        "missing": [one.sentence(actor.names) for one in ready(partnership)],
        "acts": acts,
        "why_not": why_not(partnership),
        "kept": kept,
        "new_key": uuid4(),
        "question_choices": [(code, one.name(_language())) for code, one in questions().items() if not one.optional],
    }


def words_shown(edition: Edition | None) -> list[tuple[str, str]]:
    """Return what was handed in as questions and answers; of a choice its name."""
    language = _language()
    return [
        (question.name(language), question.shown(edition.answers[code], language))
        for code, question in questions().items()
        if edition and edition.answers.get(code)
    ]


def has_draft(there: Sheet | None) -> bool:
    """Whether a draft holds anything."""
    return there is not None and any(there.answers.values())


def _side(side: SideWords, actor: Actor) -> dict[str, Any]:
    """Return how far one side got; who wrote is told to its own people and to those who run it for the area."""
    latest = side.latest
    tells = latest is not None and (side.own or actor.viewer.area)
    return {
        "partner": side.partner,
        "name": actor.names.get(side.partner.pk, ""),
        "own": side.own,
        "there": side.there,
        "handed_in": side.handed_in,
        "waits": side.waits,
        "latest": latest,
        "changed": [questions()[code].name(_language()) for code in side.changed] if side.visible else [],
        "writer": str(latest.by or latest.by_name) if latest and tells else "",
        "said_by": latest.said_by if latest and tells else "",
        "behalf": latest is not None and latest.how == HandedIn.BEHALF,
    }


def _rows(sides: list[SideWords], actor: Actor, shown: list[Proposal]) -> list[tuple[str, list[Cell]]]:
    """Return the answers by question, only of those that may be read."""
    language = _language()
    found = [side for side in sides if side.latest and side.visible]
    terms = _marked_terms(shown)
    rows = []
    for code, question in questions().items():
        cells = []
        for side in found:
            assert side.latest  # noqa: S101  (tells the type checker)
            text = question.shown(side.latest.answers.get(code, ""), language)
            before = None
            if side.before and code in side.changed:
                before = question.shown(side.before.answers.get(code, ""), language)
            pieces = list(marked(text, terms.get((side.partner.pk, code), frozenset())))
            name = actor.names.get(side.partner.pk, "")
            cells.append(Cell(name, side.own, pieces, before))
        if cells and (not question.optional or any(cell.pieces or cell.before for cell in cells)):
            rows.append((question.name(language), cells))
    return rows


def _marked_terms(shown: list[Proposal]) -> dict[tuple[int, str], frozenset[str]]:
    """Return which stems are marked in which answer: what one wants or brings and another does not, other numbers."""
    found: dict[tuple[int, str], frozenset[str]] = {}
    for one in shown:
        if one.kind in (DifferenceKind.AGAINST, DifferenceKind.ONLY):
            for at in one.about:
                found[at] = found.get(at, frozenset()) | stems(" ".join(one.words))
    return found


def _groups(
    partnership: Partnership, teller: "Teller", shown: list[Proposal], kept: Kept
) -> dict[str, list[ShownDifference]]:
    """Return the differences in the order of what is to do: open ones, hints, settled ones, those put aside."""
    stands, _unseen = weighed(partnership)
    by_key = {one.key: one for one in shown}
    known = {one.key for one in (*stands.open, *stands.settled, *stands.put_aside, *stands.gone)}
    here = [one.pk for one in partnership.partners.all() if one.left_on is None]
    fresh = [one for one in shown if one.key not in known]

    def stored(rows: list[Difference], state: str) -> list[ShownDifference]:
        return [_stored(one, by_key.get(one.key), state, teller=teller, here=here, kept=kept) for one in rows]

    return {
        "open": [
            *stored(stands.open, "open"),
            *(_proposed(one, "open", teller, kept) for one in fresh if one.must_be_looked_at),
        ],
        "hints": [_proposed(one, "hint", teller, kept) for one in fresh if not one.must_be_looked_at],
        "settled": stored(stands.settled, "settled"),
        "aside": stored(stands.put_aside, "aside"),
    }


def _left_over(groups: Mapping[str, list[ShownDifference]], kept: Kept, *, acts: bool) -> dict[str, Any]:
    """Return what was typed where there is no field any more, and the trouble that has no place at a difference."""
    titles = {one.key: one.title for rows in groups.values() for one in rows}
    fields = {"", *(one.key for one in groups.get("open", ()) if one.speaks_for)} if acts else set()
    left = [(titles.get(key) or _("Your sentence"), text) for key, text in kept.typed.items() if key not in fields]
    return {"left_over": left, "trouble": "" if kept.key in titles else kept.trouble}


def unsaved(page: Mapping[str, Any]) -> bool:
    """Whether a page holds anything that was typed and not taken."""
    rows = [one for group in page["groups"].values() for one in group]
    return bool(page["left_over"] or (page["kept"] and page["kept"].text) or any(one.unsaved for one in rows))


def _proposed(one: Proposal, state: str, teller: "Teller", kept: Kept) -> ShownDifference:
    actor = teller.actor
    own = actor.own[0].pk if actor.own else 0
    return ShownDifference(key=one.key, title=teller.title(one), state=state, speaks_for=own, **kept.fields(one.key))


def _stored(
    one: Difference, proposal: Proposal | None, state: str, *, teller: "Teller", here: list[int], kept: Kept
) -> ShownDifference:
    actor, yes = teller.actor, said_yes(one) & set(here)
    waiting = [side.pk for side in actor.own if side.pk not in yes]
    own = [*waiting, *(side.pk for side in actor.own)]
    return ShownDifference(
        key=one.key,
        title=one.text or teller.title(proposal or _as_proposal(one)),
        state=state,
        version=one.version,
        wording=one.wording,
        outcome=one.outcome,
        sentence=one.sentence,
        reopened=one.reopened_at is not None and not one.outcome,
        yes=[actor.names.get(pk, "") for pk in here if pk in yes],
        waits=[actor.names.get(pk, "") for pk in here if pk not in yes],
        speaks_for=own[0] if own else 0,
        own_yes=bool(own) and own[0] in yes,
        **kept.fields(one.key, one.sentence if not one.outcome else ""),
    )


@dataclass(frozen=True, slots=True)
class Teller:
    """Says differences in words: who acts, and for how long each side sees itself taking part."""

    actor: Actor
    times: dict[int, str]

    def title(self, one: Proposal) -> str:
        """Say what differs."""
        who = [self.actor.names.get(pk, "") for pk, _question in one.about]
        quoted = _("“{word}”")
        words = get_text_list([quoted.format(word=word) for word in one.words], _("and"))
        if one.about_what == NUMBER and one.words:
            numbers = [f"{name}: {quoted.format(word=word)}" for name, word in zip(who, one.words, strict=True)]
            return _("You write of different numbers. {numbers}").format(numbers=" · ".join(numbers))
        if one.about_what == PROMISED:
            said = _("“{giver}” brings what “{sorry}” does not want to happen: {words}")
            return said.format(giver=who[0], sorry=who[1], words=words)
        if one.kind == DifferenceKind.AGAINST:
            said = _("“{glad}” counts as success what “{sorry}” does not want to happen: {words}")
            return said.format(glad=who[0], sorry=who[1], words=words)
        if one.kind == DifferenceKind.NOBODY:
            return _("Nobody writes that they bring what the need asks for: {what}").format(
                what=kind_name(one.resource)
            )
        if one.kind == DifferenceKind.ONLY:
            return _("Only {who} writes of {words}").format(who=who[0], words=words)
        times = [f"{name}: {self._time(pk)}" for name, (pk, _question) in zip(who, one.about, strict=True)]
        return _("You think of different lengths of time. {times}").format(times=" · ".join(times))

    def _time(self, partner: int) -> str:
        return questions()[HORIZON].shown(self.times.get(partner, ""), _language())


def _as_proposal(one: Difference) -> Proposal:
    """Return a difference that the words no longer show as one that can be told."""
    about = tuple((int(pk), str(question)) for pk, question in one.about)
    words: tuple[str, ...] = (_("something of its own"),) if one.kind == DifferenceKind.ONLY else (_("the same"),)
    if one.key.startswith(f"{NUMBER}:"):
        words = (one.key.partition(":")[2],) * len(about)  # what was counted; by now nobody says different numbers
    return Proposal(DifferenceKind(one.kind), one.key, about, words, one.key.removeprefix("nobody:"))


def _language() -> str:
    return get_language() or "da"
