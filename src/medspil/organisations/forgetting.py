"""Forgetting a person who asks for it: what she did stays in the history, who she was does not.

Rooms above that keep names or addresses of people name a function to `also_forgets`; it runs in the same transaction.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import F

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.accounts.one_time_links import forget_recipient
from medspil.common.models import Versioned
from medspil.notices.forgetting import forget_address, forget_answers_to
from medspil.notices.models import Message
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.services import end_membership
from medspil.register.models import ImportRun

FORGOTTEN = "–"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is forgotten, told to the rooms above while it still stands somewhere: names and addresses, also old ones."""

    user: User
    names: frozenset[str]
    emails: frozenset[str]
    by: User | None
    now: datetime

    def taken_out(self, text: str) -> str:
        """Return a text without her whole names and her addresses; parts of a name may be another's and stay."""
        words = sorted((*self.names, *self.emails), key=len, reverse=True)
        if not words:
            return text
        return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", FORGOTTEN, text, flags=re.IGNORECASE)

    def take_out_of(self, row: models.Model, *fields: str) -> bool:
        """Take her out of fields of a row, be they texts or JSON that holds some; return whether she stood there.

        The row gets a new version: whoever has it open at this moment does not bring her back.
        """
        before = {name: getattr(row, name) for name in fields}
        changed: dict[str, Any] = {name: new for name, old in before.items() if (new := self._without(old)) != old}
        if changed and isinstance(row, Versioned):
            changed["version"] = F("version") + 1
        if changed:
            type(row)._default_manager.filter(pk=row.pk).update(**changed)
        return bool(changed)

    def _without(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.taken_out(value)
        if isinstance(value, dict):
            return {name: self._without(one) for name, one in value.items()}
        return [self._without(one) for one in value] if isinstance(value, list) else value


Forgetting = Callable[[Person], None]
_also: list[Forgetting] = []


def also_forgets(forget: Forgetting) -> Forgetting:
    """Have a function forget what another room keeps of a person who is forgotten. Named once, when it is loaded."""
    if forget not in _also:
        _also.append(forget)
    return forget


@transaction.atomic
def forget_person(*, user: User, by: User | None, now: datetime) -> User:
    """Take name, e-mail, password, second step and sessions of a person away and end her memberships.

    Her history entries stay, as those of somebody without a name. The rooms above forget what they know of her, the
    highest first, so that a lower one looks only at what is left. Raises `LastAdministrator`: an organisation must get
    another administrator first. A second call changes nothing.
    """
    person = _person(user, by, now)
    for membership in Membership.objects.current().filter(user=user).select_related("organisation"):
        end_membership(membership=membership, by=by or user, now=now)
    hers = EmailAddress.objects.filter(user=user)
    for address in sorted(person.emails):
        forget_address(email=address, now=now)
        forget_answers_to(email=address, now=now)
        forget_recipient(email=address, now=now)
    _out_of_waiting_mails(person)
    for forget in reversed(_also):
        forget(person)
    _out_of_public_contacts(person)
    ImportRun.objects.filter(by_name__in=person.names).update(by_name=FORGOTTEN)
    hers.delete()
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(user, now)
    _unname_history(user)
    if user.is_active or user.name != FORGOTTEN:
        record_history(record=user, action="forgotten", by=by, now=now)
    user.email, user.name, user.is_active, user.last_login = f"forgotten-{user.pk}@invalid", FORGOTTEN, False, None
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "is_active", "last_login", "password"])
    return user


def _person(user: User, by: User | None, now: datetime) -> Person:
    emails = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    names = {user.name}
    for told in HistoryEntry.objects.of(user).filter(action="renamed").values_list("changes", flat=True):
        names.update(told.get("name", ()))
    known = frozenset(name for name in names if name and name != FORGOTTEN)
    return Person(user, known, frozenset(one for one in emails if not one.endswith("@invalid")), by, now)


def _out_of_public_contacts(person: Person) -> None:
    """Take an address of hers out of what organisations tell everybody, and out of what their history says of it."""
    for email in person.emails:
        Organisation.objects.filter(public_email__iexact=email).update(public_email="", version=F("version") + 1)
    for entry in HistoryEntry.objects.filter(changes__public_email__isnull=False):
        told = [person.taken_out(one) for one in entry.changes["public_email"]]
        if told != entry.changes["public_email"]:
            entry.changes["public_email"] = told
            entry.save(update_fields=["changes"])


def _out_of_waiting_mails(person: Person) -> None:
    """Take her name out of mails that she caused and that have not gone yet."""
    for mail in Message.objects.filter(created_by=person.user).exclude(text=""):
        words = {name: person.taken_out(getattr(mail, name)) for name in ("subject", "text")}
        Message.objects.filter(pk=mail.pk).exclude(text="").update(**words)


def _unname_history(user: User) -> None:
    """Take her out of what the history says: her own renamings, and her joining and leaving of organisations."""
    HistoryEntry.objects.of(user).filter(action="renamed").update(changes={})
    for entry in HistoryEntry.objects.filter(changes__person=user.email):
        entry.changes["person"] = FORGOTTEN
        entry.save(update_fields=["changes"])


def _end_sessions(user: User, now: datetime) -> None:
    """End every session of a person. Reads all current sessions: it is done a few times a year."""
    for session in Session.objects.filter(expire_date__gte=now).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
