"""What the folded parts of the pages of areas and needs say of what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.areas.models import Area
from medspil.areas.sections import Progress
from medspil.mapping.coverage import Cover
from medspil.web.areas.shown import ChallengeCard
from medspil.web.linking.of_need import NeedLinks
from medspil.web.offers.of_need import NeedOffers
from medspil.web.parts import Fact, Inside, Task

AREA_MENU = (
    ("challenges", gettext_lazy("Challenges and needs")),
    ("about", gettext_lazy("About the area")),
    ("map", gettext_lazy("On the map")),
    ("parties", gettext_lazy("Who takes part")),
    ("figures", gettext_lazy("Figures about the residents")),
)
NEED_MENU = (
    ("parts", gettext_lazy("What belongs to a good need")),
    ("answers", gettext_lazy("Check your answers")),
    ("links", gettext_lazy("Links")),
    ("offers", gettext_lazy("Offers that meet this")),
)


@dataclass(frozen=True, slots=True)
class FoldedCard:
    """A challenge with its place on the page, its heading and what it holds."""

    card: ChallengeCard

    @property
    def anchor(self) -> str:
        """Return where on the page it stands."""
        return f"challenge-{self.card.challenge.pk}" if self.card.challenge else "challenge-none"

    @property
    def title(self) -> str:
        """Return its heading."""
        return self.card.challenge.title if self.card.challenge else _("Needs without a challenge")

    @property
    def inside(self) -> Inside:
        """Return what it holds."""
        return challenge(self.card)


def challenge(card: ChallengeCard) -> Inside:
    """Return how many needs answer a challenge, and what nobody in the area has of what it takes."""
    number = len(card.needs)
    text = ngettext("%(number)s need", "%(number)s needs", number) % {"number": number}
    lacking = [kind for code, kind, _said in card.takes if code == Cover.NOBODY]
    if not number:
        return Inside(_("No need answers this challenge yet."))
    waits = _("Nobody has: %(kinds)s") % {"kinds": get_text_list(lacking, _("and"))} if lacking else ""
    return Inside(text, waits)


def area(one: Area, shown: dict[str, Any]) -> dict[str, Inside]:
    """Return by anchor what the parts of an area's page hold."""
    partners, figures = len(one.partners.all()), len(shown["figures"])
    lists = len(shown["statuses"]["plain"]) + len(shown["statuses"]["origin"])
    taking = ngettext("%(number)s organisation", "%(number)s organisations", partners) % {"number": partners}
    listed = ngettext("%(number)s official list", "%(number)s official lists", lists) % {"number": lists}
    stated = ngettext("%(number)s figure", "%(number)s figures", figures) % {"number": figures}
    return {
        "about": parts(shown["progress"], shown["tasks_left"]),
        "map": Inside(_("See where it is"), "" if shown["map"] else _("not on the map yet")),
        "parties": Inside(f"{taking}, {listed}" if lists else taking),
        "figures": Inside(stated if figures else _("Nobody has stated a figure yet.")),
    }


def need(shown: dict[str, Any]) -> dict[str, Inside]:
    """Return by anchor what the parts of a need's page hold."""
    links: NeedLinks = shown["links"]
    offers: NeedOffers | None = shown["offers"]
    facts: list[Fact] = shown["facts"]
    filled = sum(fact.value not in ("", None) for fact in facts)
    said_of = _("%(filled)s of %(all)s answers") % {"filled": filled, "all": len(facts)}
    linked, met = len(links.links), len(offers.meetings) + offers.more if offers else 0
    many = f"{linked}+" if links.more else linked
    said = ngettext("%(number)s link", "%(number)s links", linked) % {"number": many}
    offered = ngettext("%(number)s offer", "%(number)s offers", met) % {"number": met}
    return {
        "parts": parts(shown["progress"], [task for task in shown["tasks"] if task.state != "done"]),
        "answers": Inside(f"{Truncator(shown['need'].text).chars(120)} ({said_of})" if shown["need"].text else said_of),
        "links": Inside(said if linked else _("Nobody is linked for this need yet.")),
        "offers": Inside(offered if met else _("Nobody has offered this yet.")),
    }


def parts(progress: Progress, left: Sequence[Task]) -> Inside:
    """Return how many parts are done, and what is the next that is not."""
    text = _("%(done)s of %(total)s parts done") % {"done": progress.done, "total": progress.total}
    waits = bool(left) and not progress.complete
    return Inside(text, _("Not yet: %(what)s") % {"what": left[0].title} if waits else "")
