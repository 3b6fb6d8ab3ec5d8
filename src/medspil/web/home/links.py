"""Links on the first page: those one brings together and those that wait for answers."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.linking.models import Brokerage, Link, LinkState, Mention
from medspil.linking.models.link import LinkQuerySet
from medspil.organisations.roles import Abilities, Ability
from medspil.web.linking.link_loading import brokers_of
from medspil.web.linking.link_parties import eyes_of
from medspil.web.linking.link_shown import ShownLink, shown_links

MOST = 4


@dataclass(frozen=True, slots=True)
class Bridge:
    """A link of which a person is the broker, and her plan to leave it, if there is one."""

    shown: ShownLink
    brokerage: Brokerage


@dataclass(frozen=True, slots=True)
class WaitingIn:
    """How many links of an area wait for answers, and where they are seen."""

    area: str
    number: int
    url: str


@dataclass(slots=True)
class LinksAtHome:
    """What of links waits for a person; empty lists draw nothing."""

    bridges: list[Bridge] = field(default_factory=list)
    waiting: list[ShownLink] = field(default_factory=list)
    waiting_in: list[WaitingIn] = field(default_factory=list)
    over: list[ShownLink] = field(default_factory=list)
    again: list[ShownLink] = field(default_factory=list)
    mentions: int = 0
    """Texts that may name somebody who took the consent back, to be looked at."""

    @property
    def some(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.bridges or self.waiting or self.over or self.again or self.mentions)


def links_of(user: User, may: Abilities, *, today: date) -> LinksAtHome:
    """Return what of links waits for a person. A fixed number of queries."""
    visible = Link.objects.visible_to(user, on=today).current()
    mine = Brokerage.objects.visible_to(user, on=today).current(today).filter(user=user, link__archived_at=None)
    bridges = {one.link_id: one for one in mine.for_page().order_by("leaves_on", "started_on", "pk")}
    hers = (
        visible.filter(area__in=Area.objects.visible_to(user).where(user, Ability.LINK)) if may.link else visible.none()
    )
    waiting = hers.filter(state=LinkState.ASKED).exclude(pk__in=bridges)
    rows = {
        "bridges": list(visible.filter(pk__in=list(bridges)).for_page()) if bridges else [],
        "waiting": list(waiting.for_page().order_by("state_on", "pk")[:MOST]),
        "over": list(hers.live().offer_over(today).for_page().order_by("-updated_at", "-pk")[:MOST]),
        "again": list(hers.to_ask_again(today).for_page().order_by("state_on", "pk")[:MOST]) if may.link else [],
    }
    everything = {link.pk: link for links in rows.values() for link in links}
    eyes = eyes_of(user, everything.values(), may=may)
    brokers = brokers_of(user, list(everything.values()), today) if everything else {}
    told = {name: shown_links(links, eyes, today, brokers) for name, links in rows.items()}
    order = {pk: nth for nth, pk in enumerate(bridges)}
    first = sorted(told["bridges"], key=lambda one: order[one.link.pk])
    return LinksAtHome(
        bridges=[Bridge(one, bridges[one.link.pk]) for one in first],
        waiting=told["waiting"],
        waiting_in=_waiting_in(waiting) if len(told["waiting"]) == MOST else [],
        over=told["over"],
        again=told["again"],
        mentions=Mention.objects.visible_to(user, on=today).waiting().count(),
    )


def _waiting_in(waiting: LinkQuerySet) -> list[WaitingIn]:
    """Return the lists of all that waits, an area each; none where the first page already shows everything."""
    rows = (
        waiting.values("area", "area__name").annotate(number=Count("pk", distinct=True)).order_by("area__name", "area")
    )
    found = [
        WaitingIn(row["area__name"], row["number"], f"{reverse('linking:links', args=[row['area']])}?state=asked")
        for row in rows
    ]
    return found if sum(one.number for one in found) > MOST else []
