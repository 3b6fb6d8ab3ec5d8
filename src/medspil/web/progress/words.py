"""Words for stages and silences: what is waited for, and what to do now."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from medspil.partnerships.models import Partnership, Standing
from medspil.progress.advice import Health
from medspil.progress.evidence import met_by
from medspil.progress.quiet import Silence
from medspil.progress.stages import ORDER, ROWS, Stage, stage_of

Words = str | Promise

EMPTY: Mapping[str, Words] = {
    Stage.IDEA: _("No idea waits."),
    Stage.ASKED: _("Nobody is being asked."),
    Stage.INTERESTED: _("Nobody waits for your next step."),
    Stage.BEGUN: _("None has just begun."),
    Stage.MET: _("None has just seen the area together."),
    Stage.ALIGNED: _("None waits for its agreement."),
    Stage.AGREED: _("None waits to start."),
    Stage.RUNNING: _("None is running yet."),
}
HEALTH: Mapping[str, Words] = {
    Health.DONE: _("done"),
    Health.PARTLY: _("partly"),
    Health.NOT_YET: _("not yet"),
    Health.LATER: _("comes later"),
}
HEALTH_BADGES: Mapping[str, str] = {
    Health.DONE: "success",
    Health.PARTLY: "warning",
    Health.NOT_YET: "warning",
    Health.LATER: "",
}


def days(silence: Silence) -> str:
    """Return for how long something is waited for."""
    return ngettext("for {days} day", "for {days} days", silence.days).format(days=silence.days)


def stages(partnerships: Sequence[Partnership], *, on: date) -> dict[int, str]:
    """Return by partnership the stage that it reached; of one that pauses or has ended nothing. Eleven queries."""
    met = met_by([one.link for one in partnerships if one.standing == Standing.GOING], on=on)
    return {one.pk: _place(stage_of(met[one.link_id])) for one in partnerships if one.link_id in met}


def _place(stage: Stage) -> str:
    """Return a stage with its place among them, as nobody knows by heart which comes after which."""
    words = gettext("{place} of {number}: {stage}")
    return words.format(place=ORDER.index(stage) + 1, number=len(ORDER), stage=ROWS[stage].name)
