"""The tables of this room: rankings, shortlists, links between parties, what was refused, and who builds the bridge."""

from medspil.linking.models.broker import Brokerage, BrokerageQuerySet
from medspil.linking.models.candidate import Candidate, CandidateQuerySet, Decision, SetAsideReason
from medspil.linking.models.doors import ANSWERED, TOLD, Answer
from medspil.linking.models.link import (
    Link,
    LinkParty,
    LinkPartyQuerySet,
    LinkQuerySet,
    LinkState,
    Origin,
    links_seen,
)
from medspil.linking.models.mention import HISTORY, NOTE, Mention, MentionQuerySet
from medspil.linking.models.note import LinkNote, LinkNoteQuerySet
from medspil.linking.models.refusal import Refusal, RefusalQuerySet, RefusalReason
from medspil.linking.models.run import Run, RunQuerySet
from medspil.linking.models.step import LinkStep, Step

__all__ = [
    "ANSWERED",
    "HISTORY",
    "NOTE",
    "TOLD",
    "Answer",
    "Brokerage",
    "BrokerageQuerySet",
    "Candidate",
    "CandidateQuerySet",
    "Decision",
    "Link",
    "LinkNote",
    "LinkNoteQuerySet",
    "LinkParty",
    "LinkPartyQuerySet",
    "LinkQuerySet",
    "LinkState",
    "LinkStep",
    "Mention",
    "MentionQuerySet",
    "Origin",
    "Refusal",
    "RefusalQuerySet",
    "RefusalReason",
    "Run",
    "RunQuerySet",
    "SetAsideReason",
    "Step",
    "links_seen",
]
