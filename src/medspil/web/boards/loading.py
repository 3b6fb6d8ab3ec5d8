"""What the pages of boards load: the board of a partnership, what a person may do with it, and what was refused."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.boards import chairing, constituencies, earmarks, founding, leaving, rules, seating, texts
from medspil.boards.models import Board
from medspil.boards.permissions import BoardRights, rights_on
from medspil.common.privacy import CprNumberFound
from medspil.linking.parties import names_for
from medspil.partnerships.editing import PartnershipPutAway
from medspil.partnerships.models import Partner, Partnership
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest

REFUSED = _("Those who lead the partnership write here. Tell them what should be changed.")
TROUBLES = (
    founding.BoardNameMissing,
    founding.BoardExists,
    founding.PartnershipOver,
    founding.BoardDissolved,
    founding.DissolvedTooEarly,
    constituencies.ConstituencyNameMissing,
    constituencies.ConstituencyExists,
    constituencies.SeatsMixedUp,
    constituencies.MoreSitAlready,
    constituencies.SomebodySat,
    seating.NobodyNamed,
    seating.NoAddress,
    seating.NotOfTheSides,
    seating.TermMixedUp,
    seating.SeatsTaken,
    seating.SitsAlready,
    seating.NotElectedAgain,
    seating.PointedAt,
    leaving.LeavesTooEarly,
    leaving.NoSubstitute,
    chairing.NotOfTheBoard,
    chairing.OneForBoth,
    rules.RulesEmpty,
    rules.QuorumMissing,
    rules.NoSuchSetting,
    rules.HoldsTooEarly,
    earmarks.NoSum,
    earmarks.GiverMissing,
    earmarks.PurposeMissing,
    earmarks.PeriodMixedUp,
    earmarks.MoreIsDecided,
    texts.LineTooLong,
    texts.TextTooLong,
    PartnershipPutAway,
    CprNumberFound,
)
"""What the services of the room refuse, each with a sentence for whoever tried."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A board that a person sees, what she may do with it, and whether she sees the whole partnership too."""

    board: Board
    rights: BoardRights
    whole: bool

    @property
    def partnership(self) -> Partnership:
        """Return the partnership whose board it is."""
        return self.board.partnership


def board_or_404(request: SignedInRequest, pk: int) -> Seen:
    """Return the board of a partnership; 404 for strangers and where there is none."""
    today = timezone.localdate()
    board = get_object_or_404(Board.objects.visible_to(request.user, on=today).for_page(), partnership=pk)
    whole = Partnership.objects.visible_to(request.user, on=today).filter(pk=pk).exists()
    return Seen(board, rights_on(request.user, board, on=today), whole)


def edit_or_refuse(request: SignedInRequest, pk: int) -> Seen:
    """Return the board of a partnership that a person leads; 404 for strangers, 403 for who only reads."""
    seen = board_or_404(request, pk)
    if not seen.rights.edits:
        raise PermissionDenied(REFUSED)
    return seen


def sides_of(request: SignedInRequest, partnership: Partnership) -> dict[int, tuple[Partner, str]]:
    """Return those who take part, or did, with the names that a person may know them by. Two queries."""
    partners = list(partnership.partners.for_page())
    names = names_for(request.user, [one.side for one in partners])
    return {one.pk: (one, names[one.side_id]) for one in partners}


def tried(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do what a form asks for; put what was refused on the form, and return whether it was done."""
    try:
        act()
    except TROUBLES as trouble:
        add_domain_error(form, trouble)
        return False
    return True
