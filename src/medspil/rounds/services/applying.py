"""Make links of the proposal on the board: one for each giver and need, with the reasons as they were, once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import User
from medspil.areas.changes import Part, change
from medspil.areas.hosting import NoHostYet
from medspil.areas.models import Area
from medspil.language import fold
from medspil.linking.gate import CompanyClosedToUs, ResourceGone
from medspil.linking.links import TooFewParties, create_link
from medspil.linking.models import Link, Origin
from medspil.linking.parties import who
from medspil.organisations.roles import Ability
from medspil.rounds.grouping import Group, groups_of, joined_words
from medspil.rounds.models import Demand, Proposal, Round, RoundState, Supply
from medspil.rounds.programmes import programme
from medspil.rounds.scoring import NOT_STATED
from medspil.rounds.services.creation import refuse_closed
from medspil.rounds.services.running import standing


class BoardChanged(Exception):
    """The proposal on the board does not answer the question as it stands now, or there is none."""

    def __init__(self) -> None:
        super().__init__(
            _("Rows, locks or offers have changed since this proposal. Run it again and look at it first.")
        )


class RowsUnfinished(Exception):
    """Rows do not say yet who they are or what they stand for; `labels` names them."""

    def __init__(self, sentence: str, labels: list[str]) -> None:
        super().__init__(sentence.format(rows=", ".join(labels)))
        self.labels = labels


class AreaNotYours(Exception):
    """Links in these areas are not this person's to make."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(_("You may not make links in {areas}.").format(areas=", ".join(names)))


_STANDS_FOR_NOTHING = gettext_lazy("These rows do not say which need or challenge they stand for: {rows}.")
_NOBODY = gettext_lazy("These rows do not say which organisation or company gives: {rows}.")


@dataclass(frozen=True, slots=True)
class Refused:
    """A link that could not be made, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: links that were made, links that were there already, and those that could not be."""

    made: tuple[Link, ...]
    there: tuple[Link, ...]
    refused: tuple[Refused, ...]
    pairs: int  # how many pairs of the board the links stand for

    @property
    def links(self) -> int:
        """Return how many links there are of them now."""
        return len(self.made) + len(self.there)


def unfinished(demands: Iterable[Demand], supplies: Iterable[Supply]) -> tuple[list[Demand], list[Supply]]:
    """Return rows that must say more before a link can be made of them."""
    return (
        [one for one in demands if not (one.need_id or (one.challenge_id and one.area_id))],
        [one for one in supplies if not (one.organisation_id or one.unit_id)],
    )


def apply(*, round_: Round, number: int, by: User, now: datetime) -> Applied:
    """Make links of the proposal with this number, the one on the board; doing it twice makes none twice.

    Raises `RoundClosed`, `BoardChanged`, `RowsUnfinished`, `AreaNotYours`.
    """
    refuse_closed(round_)
    now_standing = standing(round_, on=timezone.localdate(now))
    proposal = round_.proposal
    if proposal is None or proposal.number != number or not now_standing.current:
        raise BoardChanged
    demands = {str(one.pk): one for one in now_standing.rows.demands}
    supplies = {str(one.pk): one for one in now_standing.rows.supplies}
    pairs = proposal.answer["pairs"]
    _refuse_unfinished([demands[one["asker"]] for one in pairs], [supplies[one["giver"]] for one in pairs])
    groups = groups_of(pairs, demands, supplies, kind=programme(round_.programme))
    _refuse_strange_areas(by, groups)
    with transaction.atomic():
        # Closed first: whoever clicked a moment later waits here and is told, and does not make the links again.
        change(
            round_,
            expected_version=None,
            by=by,
            now=now,
            fields={"state": RoundState.APPLIED, "applied_at": now},
            parts=_refuse_closed_meanwhile,
        )
        return _make_links(round_, proposal, groups, by=by, now=now)


def _refuse_closed_meanwhile(current: Round) -> Mapping[str, Part]:
    refuse_closed(current)
    return {}


def _make_links(round_: Round, proposal: Proposal, groups: Iterable[Group], *, by: User, now: datetime) -> Applied:
    of_pair: dict[str, int] = {}
    made: list[Link] = []
    there: list[Link] = []
    refused: list[Refused] = []
    for group in groups:
        key = _key(round_, group)
        known = Link.objects.filter(creation_key=key).exists()
        try:
            link = _link(round_, proposal.number, group, key, by=by, now=now)
        except (CompanyClosedToUs, NoHostYet, ResourceGone, TooFewParties) as trouble:
            refused.append(Refused(joined_words(group), str(trouble)))
        else:
            (there if known or link.creation_key != key else made).append(link)
            of_pair |= {f"{pair['asker']}-{pair['giver']}": link.pk for pair in group.pairs}
    Proposal.objects.filter(pk=proposal.pk).update(links=proposal.links | of_pair)
    return Applied(tuple(made), tuple(there), tuple(refused), len(of_pair))


def links_made(round_: Round) -> dict[str, int]:
    """Return {pair "asker-giver": key of its link} of all that was made or found for this round, the latest word."""
    found: dict[str, int] = {}
    for told in Proposal.objects.filter(round=round_).order_by("number").values_list("links", flat=True):
        found |= told
    return found


def _refuse_unfinished(demands: list[Demand], supplies: list[Supply]) -> None:
    asks, gives = unfinished(demands, supplies)
    if asks:
        raise RowsUnfinished(str(_STANDS_FOR_NOTHING), list(dict.fromkeys(one.label for one in asks)))
    if gives:
        raise RowsUnfinished(str(_NOBODY), list(dict.fromkeys(one.label for one in gives)))


def _refuse_strange_areas(by: User, groups: Iterable[Group]) -> None:
    areas = {group.area.pk: group.area.name for group in groups}
    hers = set(Area.objects.where(by, Ability.LINK).filter(pk__in=areas).values_list("pk", flat=True))
    if strange := sorted(name for pk, name in areas.items() if pk not in hers):
        raise AreaNotYours(strange)


def _key(round_: Round, group: Group) -> UUID:
    """Return the same key for the same link of a round, however often it is made."""
    about = f"need-{group.need.pk}" if group.need else f"challenge-{group.challenge.pk if group.challenge else 0}"
    parties = f"{who(group.asker)} {who(group.giver)}"
    return uuid5(round_.creation_key, f"{group.area.pk} {about} {parties} {fold(group.subject)}")


def _link(round_: Round, number: int, group: Group, key: UUID, *, by: User, now: datetime) -> Link:
    kind = programme(round_.programme)
    return create_link(
        area=group.area,
        sentence=group.sentence(kind),
        parties=[group.asker, group.giver],
        need=group.need,
        challenge=group.challenge,
        subject=group.subject,
        offers=group.offers,
        origin=Origin.ROUND,
        grounds={
            "round": {"number": round_.pk, "title": round_.title, "programme": kind.code, "proposal": number},
            "pairs": list(group.pairs),
            "reasons": _reasons(group.pairs),
        },
        creation_key=key,
        by=by,
        now=now,
    )


def _reasons(pairs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the points of each part of the score, over all pairs of a link together."""
    rows = list(pairs)
    whole = sum(pair["amount"] for pair in rows)
    points: dict[str, float] = {}
    for pair in rows:
        for code, share, value in pair["parts"]:
            earned = share * (NOT_STATED if value is None else value)
            points[code] = points.get(code, 0.0) + earned * pair["amount"] / whole
    return [{"part": code, "points": round(earned, 4)} for code, earned in points.items()]
