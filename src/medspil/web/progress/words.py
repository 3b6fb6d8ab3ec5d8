"""Words for stages and silences: what is waited for, and what to do now."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medspil.progress.advice import Health
from medspil.progress.quiet import Silence
from medspil.progress.stages import Stage

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
