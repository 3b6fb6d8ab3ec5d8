"""What the worker mails by itself, a job each: only where the site knows the address that its mails should name."""

from collections.abc import Callable
from datetime import datetime
from functools import partial, wraps

from django.conf import settings
from django.urls import reverse

from medspil.agreements import handing_over as agreements_over
from medspil.alignment import handing_over as alignment_over
from medspil.alignment.inviting import remind_due
from medspil.alignment.models import Why
from medspil.cli.organisation import site
from medspil.offers.turns import ask_at_night
from medspil.partnerships import asking_back, gain_mails
from medspil.partnerships.answers_told import tell_askers
from medspil.partnerships.late import hand_over, pass_on_late
from medspil.progress.digests import send_digests
from medspil.pulses.rounds import ask_due


def from_a_known_address(job: Callable[..., object]) -> Callable[..., None]:
    """Leave a job alone where the settings name no address of the site: its links would lead nowhere."""

    @wraps(job)
    def done(*, now: datetime) -> None:
        if any("*" not in origin for origin in settings.CSRF_TRUSTED_ORIGINS):
            job(now=now)

    return done


@from_a_known_address
def ask_givers(*, now: datetime) -> None:
    """Ask givers at night whether their offers still stand."""
    ask_at_night(now=now, address=partial(_token_address, "offers:answer"))


@from_a_known_address
def remind_sides(*, now: datetime) -> None:
    """Remind the sides of partnerships on the day that was chosen."""
    remind_due(now=now, address=_alignment_address)


@from_a_known_address
def pass_questions_on(*, now: datetime) -> None:
    """Hand questions of partnerships over and pass late ones on."""
    for work in (hand_over, pass_on_late):
        work(now=now, address=partial(_token_address, "partnerships:question_answer"))


@from_a_known_address
def bring_answers(*, now: datetime) -> None:
    """Mail answers to sides that asked by a link."""
    for work in (asking_back.hand_over, asking_back.tell_answers):
        work(now=now, address=partial(_token_address, "partnerships:answer_told"))


@from_a_known_address
def tell_of_answers(*, now: datetime) -> None:
    """Tell those who asked in the app that an answer has come."""
    tell_askers(now=now, page=lambda pk: _page_address("partnerships:question", (pk,)))


@from_a_known_address
def hand_gains_over(*, now: datetime) -> None:
    """Ask who took over on a side what it gains, where that waits on somebody's link."""
    gain_mails.hand_over(now=now, address=partial(_token_address, "partnerships:gains_answer"))


@from_a_known_address
def hand_agreements_over(*, now: datetime) -> None:
    """Ask who took over on a side to confirm an agreement, where that waits on somebody's link."""
    agreements_over.hand_over(now=now, address=partial(_token_address, "agreements:answer"))


@from_a_known_address
def hand_alignment_over(*, now: datetime) -> None:
    """Ask who took over on a side what it wants, where that waits on somebody's link."""
    alignment_over.hand_over(now=now, address=_alignment_address)


@from_a_known_address
def ask_how_it_goes(*, now: datetime) -> None:
    """Ask the sides of partnerships at the rhythm they chose."""
    ask_due(now=now, address=partial(_token_address, "pulses:pulse"))


@from_a_known_address
def tell_what_waits(*, now: datetime) -> None:
    """Put the digests of a day into the outbox."""
    send_digests(now=now, page=_page_address, settings_page=f"{site()}{reverse('progress:waiting')}")


def _token_address(page: str, token: str) -> str:
    """Return the address of a page of a one-time link."""
    return f"{site()}{reverse(page, args=[token])}"


def _alignment_address(why: Why, token: str) -> str:
    """Return where a side of a partnership writes its own, or settles what differs, by its link."""
    return f"{site()}{reverse(f'alignment:{why.value}', args=[token])}"


def _page_address(name: str, keys: tuple[int, ...]) -> str:
    """Return the address of a page by its name and keys."""
    return f"{site()}{reverse(name, args=list(keys))}"


MAILING = (
    tell_what_waits,
    ask_givers,
    remind_sides,
    ask_how_it_goes,
    pass_questions_on,
    hand_gains_over,
    hand_agreements_over,
    hand_alignment_over,
    bring_answers,
    tell_of_answers,
)
"""A job of its own each: an address that one of them cannot write to stops no other."""
