"""What is said of each silence, and what ends it: the same on pages, in the digest and in its mail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.progress.quiet import Quiet

Words = str | Promise

SILENCES: Mapping[str, Words] = {
    Quiet.GOES_BADLY: _("One side says that it goes clearly worse, or badly again"),
    Quiet.MEETING_NOT_NOTED: _("A meeting was held and nothing is noted"),
    Quiet.OUR_PROMISE: _("We promised something, and it is late"),
    Quiet.WE_OWE_A_WORD: _("They said yes, and we have not said anything since"),
    Quiet.THEIR_PROMISE: _("They promised something, and it is late"),
    Quiet.NO_ANSWER: _("They were asked and have not answered"),
    Quiet.PARTNERSHIP_QUIET: _("Nothing has been noted in the partnership"),
}
TO_DO: Mapping[str, Words] = {
    Quiet.GOES_BADLY: _("Call them"),
    Quiet.MEETING_NOT_NOTED: _("Note what was said"),
    Quiet.OUR_PROMISE: _("Keep it, and note that it is done"),
    Quiet.WE_OWE_A_WORD: _("Take the next step"),
    Quiet.THEIR_PROMISE: _("Ask how it goes"),
    Quiet.NO_ANSWER: _("Call, and note what they say"),
    Quiet.PARTNERSHIP_QUIET: _("Tell each other how it goes"),
}
