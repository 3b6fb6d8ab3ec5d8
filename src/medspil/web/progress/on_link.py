"""Who is on a link, as its page shows it: the colleague, and what is handed on and waits for an answer."""

from dataclasses import dataclass
from datetime import date

from medspil.accounts.models import User
from medspil.linking.models import Link
from medspil.progress.models import Referral, ReferralState
from medspil.progress.referrals import on_it
from medspil.web.progress.forms import AnswerForm


@dataclass(frozen=True, slots=True)
class OnLink:
    """Who is on a link now, what waits for an answer, and what was handed on before."""

    person: User | None
    waiting: Referral | None
    asks_me: bool
    before: list[Referral]
    form: AnswerForm


def on_link(user: User, link: Link, *, on: date) -> OnLink:
    """Return who is on a link that a person works with. Two queries."""
    found = list(Referral.objects.visible_to(user, on=on).for_page().filter(link=link))
    waiting = next((one for one in found if one.state == ReferralState.WAITING), None)
    return OnLink(
        person=on_it([link]).get(link.pk),
        waiting=waiting,
        asks_me=waiting is not None and waiting.taker_id == user.pk,
        before=[one for one in found if one is not waiting],
        form=AnswerForm(),
    )
