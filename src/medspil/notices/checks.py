"""What is asked again at the moment of sending: between writing a mail and sending it the world can change.

A room above names each of its purposes once, when it is loaded, with a function that looks at the world as it is and
raises `NotAnyMore` if the mail must not go out. A mail of a purpose that nobody has named is neither taken nor sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import OneTimeLink
from medspil.accounts.one_time_links import LinkUnusable, look_at_the_door
from medspil.notices.models import Message
from medspil.notices.papers import Paper

Check = Callable[[Message, datetime], None]
Attaching = Callable[[Message], Paper | None]


class NotAnyMore(Exception):
    """The mail must not be sent any more; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class PurposeUnknown(LookupError):
    """Nobody has named this purpose: a fault in the program, so that no mail goes out unchecked."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why mails are sent: what people call it, and what is asked before each is sent."""

    code: str
    label: str | Promise
    check: Check
    paper: Attaching | None = None
    """What makes the paper that is attached, once the check has passed; the same bytes each time it is tried."""


_purposes: dict[str, Purpose] = {}


def before_sending(
    purpose: str, *, label: str | Promise = "", paper: Attaching | None = None
) -> Callable[[Check], Check]:
    """Name a purpose: `@before_sending("still_right", label=_("…"))` above its check; twice is as once.

    `paper` makes what is attached to its mails.
    """

    def register(check: Check) -> Check:
        known = _purposes.get(purpose)
        if known and known.check is not check:
            raise ValueError(f"the purpose {purpose} has a check already")
        _purposes[purpose] = Purpose(purpose, label or purpose, check, paper)
        return check

    return register


def purpose_named(code: str) -> Purpose:
    """Return a purpose. Raises `PurposeUnknown`."""
    if code not in _purposes:
        raise PurposeUnknown(code)
    return _purposes[code]


def label_of(code: str) -> str:
    """Return what people call a purpose; the code itself of one that is no longer there."""
    return str(_purposes[code].label) if code in _purposes else code


def link_of(message: Message, now: datetime) -> OneTimeLink:
    """Return the one-time link that a mail carries. Raises `NotAnyMore` when it could not be used any more."""
    link = OneTimeLink.objects.standing(now).filter(pk=message.about_id).first()
    if link is None or message.about_type != OneTimeLink._meta.label_lower:
        raise NotAnyMore(_("The link in it has been used, taken back or has run out."))
    try:
        look_at_the_door(link, now=now)
    except LinkUnusable as trouble:
        raise NotAnyMore(_("Whom it goes to has no part on this side any more.")) from trouble
    return link
