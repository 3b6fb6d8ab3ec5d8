"""Who reads whose words: nobody those of others before its own side has handed in.

So each side says what matters to itself before it knows what the others want to hear. A broker reads none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from medspil.accounts.models import User
from medspil.alignment.models import Edition
from medspil.alignment.sheets import changed_between
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.permissions import rights_in


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: for which sides, and whether for the area, and may run its partnerships."""

    own: frozenset[int] = frozenset()
    area: bool = False
    runs: bool = False


@dataclass(frozen=True, slots=True)
class SideWords:
    """One side as somebody sees it: its words only where they are for her to read."""

    partner: Partner
    own: bool
    visible: bool
    latest: Edition | None
    before: Edition | None

    @property
    def there(self) -> bool:
        """Whether it takes part still."""
        return self.partner.left_on is None

    @property
    def handed_in(self) -> bool:
        """Whether anything of it was handed in, also where it cannot be read yet."""
        return self.latest is not None

    @property
    def waits(self) -> bool:
        """Whether it was noted for the side, which has not confirmed it."""
        return self.latest is not None and self.latest.waits

    @property
    def changed(self) -> list[str]:
        """Which answers are others than in what it handed in before."""
        return changed_between(self.before, self.latest) if self.latest else []


def viewer_of(user: User, partnership: Partnership) -> Viewer:
    """Return a person with an account as one who looks at a partnership that she sees. Three queries or so."""
    rights = rights_in(user, partnership)
    return Viewer(own=rights.own, area=rights.sees_area, runs=rights.runs)


def words_of(partnership: Partnership, viewer: Viewer) -> list[SideWords]:
    """Return all sides with what each handed in last and before, as somebody may read them. Two queries."""
    of: dict[int, list[Edition]] = {}
    for edition in Edition.objects.of(partnership):
        of.setdefault(edition.partner_id, []).append(edition)
    partners = list(partnership.partners.for_page())
    reads = _reads_others(partners, of, viewer)
    return [
        SideWords(
            partner=one,
            own=one.pk in viewer.own,
            visible=reads or one.pk in viewer.own,
            latest=next(iter(of.get(one.pk, [])), None),
            before=next(iter(of.get(one.pk, [])[1:]), None),
        )
        for one in partners
    ]


def reads_others(sides: Iterable[SideWords]) -> bool:
    """Return whether whoever sees these sides may read all of their words."""
    return all(side.visible for side in sides)


def _reads_others(partners: list[Partner], of: dict[int, list[Edition]], viewer: Viewer) -> bool:
    """Return whether somebody's own side has spoken; the area's people without a side wait for all."""
    if viewer.own:
        return any(edition.confirmed_at for pk in viewer.own for edition in of.get(pk, []))
    return viewer.area and all(one.pk in of for one in partners if one.left_on is None)
