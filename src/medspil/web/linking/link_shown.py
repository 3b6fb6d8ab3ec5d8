"""Links as lists, board and page show them: in words, with both sides and how long nothing has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.accounts.models import User
from medspil.linking.link_states import FEWEST_SIDES, never_said_yes, still_to_say_yes, without_yes
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Origin
from medspil.offers.models import OfferState
from medspil.web.linking import link_words
from medspil.web.linking.link_parties import Eyes, Named

LONG_DAYS = 14
"""An answer that lets itself be waited for longer is worth asking for again."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link: who, what it brings, how it answered."""

    party: LinkParty
    who: Named

    @property
    def hidden(self) -> bool:
        """Whether it is a person who is not named to whoever looks."""
        resource = self.party.resource
        return resource is not None and resource.is_person and not self.who.url

    @property
    def brings(self) -> str:
        """Return what it brings; of a person that is told only where she is named."""
        return "" if self.hidden else self.party.brings

    @property
    def answer(self) -> str:
        """Return how the side answered."""
        return str(self.party.get_answer_display())

    @property
    def badge(self) -> str:
        """Return the kind of badge of the answer."""
        return link_words.ANSWER_BADGES[self.party.answer]

    @property
    def day(self) -> date | None:
        """Return the day of the answer, or of the question that waits for one."""
        return self.party.answered_on or self.party.asked_on

    @property
    def line(self) -> str:
        """Return name and answer in one line, for lists."""
        return f"{self.who.name} ({self.answer})"


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link in words."""

    link: Link
    sides: list[Side]
    today: date
    brokers: tuple[User, ...] = ()

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("linking:link", args=[self.link.pk])

    @property
    def state(self) -> str:
        """Return how far it got."""
        return str(self.link.get_state_display())

    @property
    def badge(self) -> str:
        """Return the kind of badge of its state."""
        return link_words.BADGES[self.link.state]

    @property
    def names(self) -> str:
        """Return the names of all sides."""
        return " · ".join(side.who.name for side in self.sides)

    @property
    def about(self) -> str:
        """Return the need or the challenge it is about, and for what of it, where it is for a part."""
        found = self.link.need or self.link.challenge
        return " – ".join(part for part in (found.title if found else "", self.link.subject) if part)

    @property
    def about_url(self) -> str:
        """Return the page of the need; a challenge has none of its own for everybody."""
        return reverse("areas:need", args=[self.link.need_id]) if self.link.need_id else ""

    @property
    def days(self) -> int:
        """Return for how many days it has been in its state."""
        return max((self.today - self.link.state_on).days, 0)

    @property
    def since(self) -> str:
        """Return how long it has been in its state."""
        if not self.days:
            return _("since today")
        return ngettext("for {days} day", "for {days} days", self.days).format(days=self.days)

    @property
    def long(self) -> bool:
        """Whether somebody who was asked has let too many days pass."""
        return self.link.state == LinkState.ASKED and self.days > LONG_DAYS

    @property
    def offer_over(self) -> bool:
        """Whether it counts on an offer that stands no more; what was given to a partnership may well be over."""
        if self.link.state == LinkState.TURNED_DOWN:
            return False
        agreed = self.link.state == LinkState.PARTNERSHIP
        return any(
            offer.state == OfferState.WITHDRAWN if agreed else not offer.is_open(self.today)
            for offer in self.link.offers.all()
        )

    @property
    def waiting(self) -> list[Side]:
        """Return the sides that were asked and have not answered."""
        return [side for side in self.sides if side.party.answer == Answer.ASKED]

    @property
    def too_few(self) -> bool:
        """Whether fewer sides are left than it takes, as the others said no."""
        return sum(side.party.answer != Answer.NO for side in self.sides) < FEWEST_SIDES

    @property
    def not_yet(self) -> str:
        """Return who keeps an interested link from being a partnership, and what to do about it; else nothing."""
        if self.link.state != LinkState.INTERESTED or self.link.archived_at:
            return ""
        lacking = {party.pk for party in still_to_say_yes(side.party for side in self.sides)}
        return without_yes(side.who.name for side in self.sides if side.party.pk in lacking) if lacking else ""

    @property
    def never_said_yes(self) -> list[Side]:
        """Return the sides of a partnership that never answered."""
        lacking = {party.pk for party in never_said_yes(self.link.state, (side.party for side in self.sides))}
        return [side for side in self.sides if side.party.pk in lacking]

    @property
    def noted_early(self) -> str:
        """Return who never said yes to a partnership noted before all had to, and what mends it; else nothing."""
        if self.link.archived_at or not self.never_said_yes:
            return ""
        words = _(
            "This was noted as a partnership before everybody had said yes. Still to say yes: {names}. Note their yes "
            "below, or take back at the foot of the page that it is a partnership."
        )
        return words.format(names=", ".join(side.who.name for side in self.never_said_yes))

    @property
    def origin(self) -> str:
        """Return who saw it, or which ranking, offer or allocation suggested it."""
        day = date_format(self.link.created_at, "DATE_FORMAT")
        by = str(self.link.seen_by) if self.link.seen_by else ""
        words = {
            Origin.PERSON: _("{person} saw it on {day}.") if by else _("Somebody saw it on {day}."),
            Origin.RANKING: _("A ranking suggested it; {person} made it a link on {day}.")
            if by
            else _("A ranking suggested it on {day}."),
            Origin.OFFER: _("An offer that met a need; {person} made it a link on {day}.")
            if by
            else _("An offer met a need on {day}."),
            Origin.ROUND: _("An allocation brought it about on {day}."),
            Origin.WALK: _("It was offered on a walk, noted on {day}."),
        }
        return words[Origin(self.link.origin)].format(person=by, day=day)

    def sectors(self) -> set[str]:
        """Return the sectors of its sides."""
        return {side.who.sector for side in self.sides}


def shown_links(
    links: Iterable[Link], eyes: Eyes, today: date, brokers: dict[int, tuple[User, ...]] | None = None
) -> list[ShownLink]:
    """Return links that were loaded for pages in words. No query."""
    known = brokers or {}
    return [
        ShownLink(
            link=link,
            sides=[Side(party, eyes.who(party)) for party in link.parties.all()],
            today=today,
            brokers=known.get(link.pk, ()),
        )
        for link in links
    ]
