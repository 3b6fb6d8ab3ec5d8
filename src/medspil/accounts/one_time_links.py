"""One-time links: sent, opened, used once, taken back, forgotten.

Looking at a link (`find`) writes nothing, so a mail program that fetches links ahead uses none up. Opening and using
are things a person does, and come as POST. Each way in which a link cannot be used has its own sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from medspil.accounts.models import OneTimeLink, User
from medspil.common.secrets import fingerprint, new_secret

VALID_FOR = timedelta(days=30)
Check = Callable[[OneTimeLink, datetime], None]
_checks: dict[str, Check] = {}
_Answer = TypeVar("_Answer")


class LinkUnusable(Exception):
    """The link cannot be used; the sentence says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class LinkUnknown(LinkUnusable):
    """Nobody sent such a link, or it was cut off on the way."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("We do not know this link. Perhaps it was cut off: open it from the mail, or copy all of it.")
        )


class LinkExpired(LinkUnusable):
    """The link has waited too long."""

    def __init__(self, link: OneTimeLink) -> None:
        words = gettext_lazy("The link could be used until %(day)s. Ask whoever sent it for a new one.")
        super().__init__(_with_day(words, link.expires_at))


class LinkUsed(LinkUnusable):
    """Somebody has answered by the link."""

    def __init__(self, used_at: datetime) -> None:
        words = gettext_lazy(
            "An answer came by this link on %(day)s, and a link works once. If it was not yours, or you want to change"
            " it, write to whoever sent the link."
        )
        super().__init__(_with_day(words, used_at))


class LinkRevoked(LinkUnusable):
    """Whoever sent the link has taken it back."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("The link was taken back by whoever sent it, so nothing is asked of you any more.")
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """A new link; the token goes into the mail and is kept nowhere."""

    link: OneTimeLink
    token: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that can be used, with what is worth saying of how it came here; blank for a first time."""

    link: OneTimeLink
    notice: str = ""


def issue(
    *,
    purpose: str,
    record: models.Model,
    recipient_email: str,
    recipient_name: str = "",
    language: str = "da",
    about_version: int | None = None,
    by: User | None,
    now: datetime,
    valid_for: timedelta = VALID_FOR,
) -> Issued:
    """Make a link about a record; earlier ones for the same purpose, record and recipient are taken back."""
    token = new_secret()
    email = recipient_email.strip().lower()
    with transaction.atomic():
        earlier = OneTimeLink.objects.of(record).standing(now).filter(purpose=purpose, recipient_email=email)
        _close(earlier, revoked_at=now)
        link = OneTimeLink.objects.create(
            token_hash=fingerprint(token),
            purpose=purpose,
            record_type=record._meta.label_lower,
            record_id=str(record.pk),
            about_version=about_version,
            recipient_email=email,
            recipient_name=recipient_name.strip(),
            language=language,
            created_by=by,
            created_at=now,
            expires_at=now + valid_for,
        )
    return Issued(link, token)


def find(*, token: str, now: datetime) -> OneTimeLink:
    """Return the link that a token belongs to, if it can be used; writes nothing.

    Raises `LinkUnknown`, `LinkUsed`, `LinkRevoked`, `LinkExpired`, and what its purpose asks for (`asked_at_the_door`).
    """
    link = OneTimeLink.objects.filter(token_hash=fingerprint(token)).first()
    if link is None:
        raise LinkUnknown
    if link.used_at:
        raise LinkUsed(link.used_at)
    if link.revoked_at:
        raise LinkRevoked
    if link.expires_at <= now:
        raise LinkExpired(link)
    look_at_the_door(link, now=now)
    return link


def look_at_the_door(link: OneTimeLink, *, now: datetime) -> None:
    """Ask of a link what its purpose asks for before it opens anything. Raises `LinkUnusable`."""
    if check := _checks.get(link.purpose):
        check(link, now)


def asked_at_the_door(purpose: str, check: Check) -> None:
    """Have a room above look at each link of a purpose before it opens anything; `check` raises `LinkUnusable`.

    Named once, when the room is loaded (`AppConfig.ready`).
    """
    _checks[purpose] = check


def purposes_asked() -> frozenset[str]:
    """Return the purposes at whose door something is asked."""
    return frozenset(_checks)


def language_of(token: str) -> str:
    """Return the language of the mail in which a link went, also of one that cannot be used; blank if unknown."""
    return OneTimeLink.objects.filter(token_hash=fingerprint(token)).values_list("language", flat=True).first() or ""


def open_link(*, token: str, browser: str, now: datetime) -> Opened:
    """Note that somebody opened a link in a browser, named by any secret it keeps; raises as `find` does.

    Who opens it again is told so; who opens it elsewhere than the first time is told that it may have been passed on.
    """
    link = find(token=token, now=now)
    opened_with = fingerprint(browser) if browser else ""
    if OneTimeLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now, opened_with=opened_with):
        link.opened_at, link.opened_with = now, opened_with
        return Opened(link)
    link.refresh_from_db()
    return Opened(link, _notice(link, opened_with))


def use(*, token: str, purpose: str, now: datetime, answer: Callable[[OneTimeLink], _Answer]) -> _Answer:
    """Use a link up: `answer` writes what was answered, in the same transaction, and its result is returned.

    Of two answers at once one is taken, the other raises `LinkUsed`. When `answer` raises, the link stays unused.
    """
    with transaction.atomic():
        link = find(token=token, now=now)
        if link.purpose != purpose:
            raise LinkUnknown
        rows = OneTimeLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
        if not _close(rows, used_at=now):
            find(token=token, now=now)  # says whether it was used or taken back just now
            raise LinkUnknown
        link.used_at = now
        return answer(link)


def revoke(*, link: OneTimeLink, now: datetime) -> bool:
    """Take a link back; returns False when it was used or taken back already."""
    return bool(_close(OneTimeLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None), revoked_at=now))


def revoke_about(*, record: models.Model, now: datetime, purpose: str = "") -> int:
    """Take back all links about a record that nobody has used, or those of a purpose, and forget to whom they went;
    return how many."""
    links = OneTimeLink.objects.of(record).filter(used_at=None, revoked_at=None)
    return _close(links.filter(purpose=purpose) if purpose else links, revoked_at=now)


def forget_recipient(*, email: str, now: datetime) -> int:
    """Take back all links that went to an address and that nobody has used, and forget the address; return how many."""
    return _close(_to(email).filter(used_at=None, revoked_at=None), revoked_at=now) + _close(_to(email))


def forget_expired(*, now: datetime) -> int:
    """Forget to whom links went that can no longer be used; return how many."""
    return _close(OneTimeLink.objects.filter(~Q(recipient_email="") | ~Q(recipient_name=""), expires_at__lte=now))


def masked(email: str) -> str:
    """Return an address as far as its owner knows it again and nobody else learns it: a***@example.org."""
    name, at, house = email.partition("@")
    return f"{name[:1]}***{at}{house}" if at else ""


def _to(email: str) -> models.QuerySet[OneTimeLink]:
    return OneTimeLink.objects.filter(recipient_email__iexact=email.strip()).exclude(recipient_email="")


def _close(links: models.QuerySet[OneTimeLink], **when: datetime) -> int:
    """End links in one statement, and forget to whom they went."""
    # An ordered queryset cannot be updated by its slice, but its order does no harm to an update.
    return links.order_by().update(recipient_email="", recipient_name="", opened_with="", **when)


def _notice(link: OneTimeLink, opened_with: str) -> str:
    day = _day(link.opened_at) if link.opened_at else ""
    if opened_with and opened_with == link.opened_with:
        return gettext("You opened this link before, on %(day)s. It has not been used yet.") % {"day": day}
    words = gettext(
        "This link was opened before, on %(day)s, on another device. It was sent to %(address)s: if that is not you,"
        " leave the answer to whom it was sent to."
    )
    return words % {"day": day, "address": masked(link.recipient_email)}


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _day_in(words: str | Promise, moment: datetime) -> str:
    return str(words) % {"day": _day(moment)}


_with_day = lazy(_day_in, str)
"""A sentence with a day, in the language in which the page is shown that tells it."""
