"""What can be done with an organisation and its people."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

from django.contrib.auth.hashers import make_password
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role

log = logging.getLogger(__name__)


class LastAdministrator(Exception):
    """Nobody would be left to manage the people."""

    def __init__(self) -> None:
        super().__init__(_("This is the only administrator. Make somebody else administrator first."))


class AlreadyMember(Exception):
    """The person has this role here already."""

    def __init__(self) -> None:
        super().__init__(_("This person already has this role here."))


class MembershipEnded(Exception):
    """The membership has ended in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This person no longer belongs to the organisation. Load the page again."))


@dataclass(frozen=True, slots=True)
class Added:
    """A person was added; `mailed` is false when the mail could not be sent."""

    membership: Membership
    mailed: bool


@transaction.atomic
def edit_organisation(
    *,
    organisation: Organisation,
    by: User,
    expected_version: int,
    now: datetime,
    name: str,
    kind: str,
    cvr: str,
    municipality: str,
) -> Organisation:
    """Change the facts of an organisation; raises `EditConflict` when somebody saved in between."""
    fields = {"name": name, "kind": kind, "cvr": cvr, "municipality": municipality}
    changes = {
        field: [getattr(organisation, field), new]
        for field, new in fields.items()
        if getattr(organisation, field) != new
    }
    organisation.save_changes(expected_version=expected_version, now=now, **fields)
    if changes:
        record_history(record=organisation, action="changed", by=by, now=now, changes=changes)
    return organisation


def add_member(
    *,
    organisation: Organisation,
    email: str,
    role: Role,
    by: User,
    now: datetime,
    sign_in_link: str,
    password_link: Callable[[User], str],
) -> Added:
    """Let a person act for an organisation, and tell her by mail.

    An unknown address becomes a person without a password, and her mail carries a link to choose one. The answer is the
    same for known and unknown addresses: who adds people learns nothing about who is here already.
    """
    with transaction.atomic():
        user, _created = User.objects.get_or_create(
            email=email.strip().lower(), defaults={"password": make_password(None)}
        )
        membership = _begin(organisation=organisation, user=user, role=role, now=now)
        changes = {"person": user.email, "role": role.value}
        record_history(record=organisation, action="person_added", by=by, now=now, changes=changes)
    link = sign_in_link if user.has_usable_password() else password_link(user)
    return Added(membership, _tell(user=user, organisation=organisation, role=role, by=by, link=link))


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User, now: datetime) -> Membership:
    """Give a member another role; the last administrator keeps hers."""
    _lock(membership.organisation)
    if role != Role.ADMINISTRATOR:
        _refuse_last_administrator(membership)
    before = membership.role
    try:
        with transaction.atomic():
            changed = Membership.objects.current().filter(pk=membership.pk, role=before).update(role=role)
    except IntegrityError as trouble:
        raise AlreadyMember from trouble
    if not changed:
        raise MembershipEnded
    membership.role = role
    _note(membership, "role_changed", by=by, now=now, role=[before, role.value])
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User, now: datetime) -> Membership:
    """End a membership from today on; the last administrator cannot be ended."""
    _lock(membership.organisation)
    _refuse_last_administrator(membership)
    today = timezone.localdate(now)
    if not Membership.objects.current().filter(pk=membership.pk).update(ended_on=today):
        raise MembershipEnded
    membership.ended_on = today
    _note(membership, "membership_ended", by=by, now=now, role=membership.role)
    return membership


def _begin(*, organisation: Organisation, user: User, role: Role, now: datetime) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(
                organisation=organisation, user=user, role=role, started_on=timezone.localdate(now)
            )
    except IntegrityError as trouble:
        raise AlreadyMember from trouble


def _lock(organisation: Organisation) -> None:
    """Let changes to the people wait for one another, or two administrators could end each other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _refuse_last_administrator(membership: Membership) -> None:
    if membership.role != Role.ADMINISTRATOR:
        return
    others = Membership.objects.current().filter(
        organisation=membership.organisation_id, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if not others.exclude(pk=membership.pk).exists():
        raise LastAdministrator


def _note(membership: Membership, action: str, *, by: User, now: datetime, role: object) -> None:
    changes = {"person": membership.user.email, "role": role}
    record_history(record=membership.organisation, action=action, by=by, now=now, changes=changes)


def _tell(*, user: User, organisation: Organisation, role: Role, by: User, link: str) -> bool:
    """Send the mail in the person's own language; a broken mail server must not undo what was stored."""
    with translation.override(user.language):
        facts = {"organisation": organisation, "role": role.label, "by": by, "link": link, "user": user}
        text = render_to_string("organisations/mail/added.txt", facts)
        subject = translation.gettext("You can now take part in %(name)s") % {"name": organisation.name}
    try:
        send_mail(f"Medspil: {' '.join(subject.split())}", text, None, [user.email])
    except (SMTPException, OSError):
        log.exception("mail_not_sent organisation=%s", organisation.pk)
        return False
    return True
