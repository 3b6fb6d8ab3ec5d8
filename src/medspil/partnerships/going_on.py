"""When a side is asked, writes and says yes: while its partnership goes on and it takes part."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.partnerships.models import Partner, Partnership, Standing

_WHY: dict[str, str | Promise] = {
    Standing.PAUSED: _("The partnership is paused, so nothing is changed here until it goes on."),
    Standing.ENDED: _("The partnership has ended. What was written stands here, and nothing is changed any more."),
}


class NotNow(Exception):
    """Nothing can be written now; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


def why_not(partnership: Partnership) -> str:
    """Return why nothing is written, asked or told in a partnership; empty where it goes on."""
    if partnership.archived_at:
        return str(_("The partnership is put away. Bring it back to change anything."))
    return str(_WHY.get(partnership.standing, ""))


def refuse_standing(partner: Partner) -> None:
    """Raise `NotNow` for a side that has left, or whose partnership is paused, ended or put away."""
    fresh = Partner.objects.select_related("partnership", "side__resource").get(pk=partner.pk)
    refuse_not_going(fresh.partnership)
    if fresh.left_on or fresh.side.withdrawn:
        raise NotNow(_("This side no longer takes part in the partnership, so nothing is asked of it."))


def refuse_not_going(partnership: Partnership) -> None:
    """Raise `NotNow` for a partnership that is paused, ended or put away."""
    if sentence := why_not(partnership):
        raise NotNow(sentence)
