"""The one place that says whether enough members are there for a board to decide."""

import math
from dataclasses import dataclass

from medspil.boards.models import QuorumShare, RulesOfProcedure


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must be there, and how many are."""

    needed: int
    seated: int
    present: int

    @property
    def reached(self) -> bool:
        """Whether the board may decide."""
        return self.present >= self.needed

    @property
    def missing(self) -> int:
        """How many more must come."""
        return max(0, self.needed - self.present)


def quorum(rules: RulesOfProcedure, *, seated: int, present: int) -> Quorum:
    """Return the quorum of a board by its rules, of those who sit and those of them who are there.

    The share is one of the members who sit, so that vacant seats do not stop a board; a substitute who sits in for a
    member counts as that member. Where the rules name a share and a number, both must be reached. A board on which
    nobody sits decides nothing.
    """
    share = {
        QuorumShare.NONE: 0,
        QuorumShare.HALF: math.ceil(seated / 2),
        QuorumShare.OVER_HALF: seated // 2 + 1,
        QuorumShare.TWO_THIRDS: math.ceil(seated * 2 / 3),
    }[QuorumShare(rules.quorum_share)]
    return Quorum(needed=max(1, share, rules.quorum_number or 0), seated=seated, present=present)
