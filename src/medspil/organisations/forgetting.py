"""Forgetting a person who asks for it: what she did stays in the history, who she was does not."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from medspil.accounts.models import HistoryEntry, User, record_history
from medspil.notices.forgetting import forget_address
from medspil.organisations.models import Membership
from medspil.organisations.services import end_membership

FORGOTTEN = "–"


@transaction.atomic
def forget_person(*, user: User, by: User | None, now: datetime) -> User:
    """Take name, e-mail, password, second step and sessions of a person away and end her memberships.

    Her history entries stay, as those of somebody without a name. Raises `LastAdministrator`: an organisation must
    get another administrator first. A second call changes nothing.
    """
    for membership in Membership.objects.current().filter(user=user).select_related("organisation"):
        end_membership(membership=membership, by=by or user, now=now)
    hers = EmailAddress.objects.filter(user=user)
    for address in {user.email, *hers.values_list("email", flat=True)}:
        forget_address(email=address, now=now)
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
