"""How far a partnership is, on its page: stages, the next step, who is silent, the twelve pieces of advice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.linking.models import Link
from medspil.partnerships.models import Standing
from medspil.progress.advice import SAYS, Advice, Health, Sign, health, next_step
from medspil.progress.advice import Standing as AdviceStanding
from medspil.progress.evidence import met_by
from medspil.progress.models import Moment
from medspil.progress.quiet import silences
from medspil.progress.signs import Gauge, gauge_of, signs_of
from medspil.progress.stages import LACKING, ORDER, ROWS, STAGES, Stage, missing, next_stage, stage_of
from medspil.web.parts import Inside, Step
from medspil.web.progress import words
from medspil.web.progress.places import OWN_PART, WAYS
from medspil.web.progress.shown import ShownSilence, address_of

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look

Words = str | Promise


@dataclass(frozen=True, slots=True)
class ShownSign:
    """One sign of a piece of advice: whether it is there, in words, and where it is brought about."""

    there: bool
    text: Words
    url: str


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """One piece of advice in words."""

    number: int
    title: Words
    state: str
    badge: str
    signs: list[ShownSign]


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the card shows."""

    steps: list[Step]
    stage: Words
    after: Words
    lacking: list[Words]
    next_text: Words
    next_url: str
    next_number: int
    silences: list[ShownSilence]
    advice: list[ShownAdvice]
    done: int
    gauge: Gauge
    moments: list[Moment]
    may_note: bool

    @property
    def advice_inside(self) -> Inside:
        """Return how much of the advice is followed."""
        return Inside(_("%(done)s of 12 are done") % {"done": self.done})

    @property
    def gauge_inside(self) -> Inside:
        """Return how often one met and what was decided."""
        met = ngettext("%(number)s meeting", "%(number)s meetings", self.gauge.meetings)
        done = ngettext(
            "%(number)s decision or kept promise", "%(number)s decisions and kept promises", self.gauge.decisions
        )
        return Inside(f"{met % {'number': self.gauge.meetings}}, {done % {'number': self.gauge.decisions}}")


def shown(look: "Look") -> Progress | None:
    """Return how far a partnership is, for those who lead it or take part; a broker sees the stage on the link."""
    if not (look.rights.sees_area or look.rights.own):
        return None
    partnership = look.partnership
    link = Link.objects.visible_to(look.user, on=look.today).for_page().get(pk=partnership.link_id)
    (met,) = met_by([link], on=look.today).values()
    stage = stage_of(met)
    after = next_stage(stage)
    gauge = gauge_of(partnership)
    standings = health(signs_of(partnership, met=met, gauge=gauge, on=look.today), stage)
    first = next_step(standings, stage) if partnership.standing == Standing.GOING else None
    quiet = silences([link], user=look.user, now=timezone.now()) if look.rights.runs else []
    return Progress(
        steps=[Step(row.name, _state(row.stage, stage)) for row in STAGES],
        stage=ROWS[stage].name,
        after=ROWS[after].name if after else "",
        lacking=[LACKING[one] for one in missing(met)],
        next_text=SAYS[first[1]][1] if first else "",
        next_url=WAYS[first[1]](look) if first and _does(look, first[1]) else "",
        next_number=first[0].number if first else 0,
        silences=[ShownSilence(one, address_of(one)) for one in quiet],
        advice=[_advice(one, look) for one in standings],
        done=sum(one.health == Health.DONE for one in standings),
        gauge=gauge,
        moments=list(Moment.objects.visible_to(look.user, on=look.today).standing().filter(partnership=partnership)),
        may_note=look.rights.runs,
    )


def _does(look: "Look", sign: Sign) -> bool:
    """Return whether it is hers to do: who leads does all of it, a side what it says for itself."""
    return look.rights.runs or (bool(look.rights.own) and sign in OWN_PART)


def _state(row: Stage, stage: Stage) -> Literal["todo", "current", "done"]:
    """Return how a stage stands beside the one that is reached."""
    place, reached = ORDER.index(row), ORDER.index(stage)
    return "done" if place < reached else "current" if place == reached else "todo"


def _advice(standing: AdviceStanding, look: "Look") -> ShownAdvice:
    one: Advice = standing.advice
    return ShownAdvice(
        number=one.number,
        title=one.title,
        state=str(words.HEALTH[standing.health]),
        badge=words.HEALTH_BADGES[standing.health],
        signs=[_sign(sign, there, look) for sign, there in standing.signs],
    )


def _sign(sign: Sign, there: bool, look: "Look") -> ShownSign:
    there_text, to_do = SAYS[sign]
    url = WAYS[sign](look) if look.rights.runs and not there else ""
    return ShownSign(there, there_text if there else to_do, url)
