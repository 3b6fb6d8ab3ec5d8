"""What is missing before an agreement can be written: every side's own words, and every difference settled by all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.alignment.comparing import Proposal
from medspil.alignment.differences import compared, said_yes
from medspil.alignment.models import Difference, DifferenceKind, Edition
from medspil.partnerships.models import Partnership


class What(StrEnum):
    """What can be missing."""

    WORDS = "words"
    CONFIRMED = "confirmed"
    LOOKED_AT = "looked_at"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: of which sides, and how many differences."""

    what: What
    partners: tuple[int, ...] = ()
    differences: int = 0

    def sentence(self, names: Mapping[int, str]) -> str:
        """Return it in words; `names` are those of partners by key, as the reader may know them."""
        who = ", ".join(names.get(pk, "") for pk in self.partners)
        if self.what is What.WORDS:
            return _("Has not filled in its own: {who}.").format(who=who)
        if self.what is What.CONFIRMED:
            return _("Has not confirmed what was noted for it: {who}.").format(who=who)
        number = self.differences
        if self.what is What.LOOKED_AT:
            words = ngettext(
                "{number} proposed difference has not been looked at.",
                "{number} proposed differences have not been looked at.",
                number,
            )
        else:
            words = ngettext(
                "{number} difference is not settled by all sides.",
                "{number} differences are not settled by all sides.",
                number,
            )
        return words.format(number=number)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How the differences of a partnership stand: each record once, and the proposals without one."""

    settled: list[Difference]
    open: list[Difference]
    put_aside: list[Difference]
    gone: list[Difference]
    """Those that the words no longer show, and that were never settled."""


def weighed(partnership: Partnership) -> tuple[Weighed, list[str]]:
    """Return how the differences stand, and the keys of proposals that nobody has looked at."""
    here = set(partnership.partners.there().values_list("pk", flat=True))
    return weigh(compared(partnership), Difference.objects.of(partnership), here)


def weigh(shown: Sequence[Proposal], rows: Iterable[Difference], here: set[int]) -> tuple[Weighed, list[str]]:
    """Return how the differences of a partnership stand by what its words show, what is stored, and who is there."""
    keys = {one.key for one in shown}
    found = Weighed([], [], [], [])
    known = set()
    for one in rows:
        known.add(one.key)
        if one.dismissed_at:
            found.put_aside.append(one)
        elif one.outcome and here <= said_yes(one):
            found.settled.append(one)
        elif one.kind != DifferenceKind.ADDED and one.key not in keys:
            found.gone.append(one)
        else:
            found.open.append(one)
    return found, [one.key for one in shown if one.must_be_looked_at and one.key not in known]


def ready(partnership: Partnership) -> list[Missing]:
    """Return what is missing before an agreement; an empty list where nothing is. Six queries or so."""
    here = list(partnership.partners.there().order_by("pk").values_list("pk", flat=True))
    newest = _newest(partnership)
    missing = []
    if silent := tuple(pk for pk in here if pk not in newest):
        missing.append(Missing(What.WORDS, silent))
    if waiting := tuple(pk for pk in here if pk in newest and newest[pk].waits):
        missing.append(Missing(What.CONFIRMED, waiting))
    stands, unseen = weighed(partnership)
    if unseen:
        missing.append(Missing(What.LOOKED_AT, differences=len(unseen)))
    if stands.open:
        missing.append(Missing(What.SETTLED, differences=len(stands.open)))
    return missing


@dataclass(frozen=True, slots=True)
class Settlement:
    """A sentence that all sides said yes to, and the question whose answers it settles."""

    question: str
    sentence: str


def agreed_words(partnership: Partnership) -> tuple[dict[int, dict[str, str]], list[Settlement]]:
    """Return what an agreement can be drafted from: answers of those who take part, and the sentences that settle."""
    here = set(partnership.partners.there().values_list("pk", flat=True))
    answers = {pk: dict(edition.answers) for pk, edition in _newest(partnership).items() if pk in here}
    stands, _unseen = weighed(partnership)
    return answers, [Settlement(one.question, one.sentence) for one in stands.settled if one.sentence]


def _newest(partnership: Partnership) -> dict[int, Edition]:
    newest: dict[int, Edition] = {}
    for edition in Edition.objects.of(partnership):
        newest.setdefault(edition.partner_id, edition)
    return newest
