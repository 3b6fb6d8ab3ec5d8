"""What can be done with an organisation and its people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.organisations.facts import ANOTHERS_NUMBER, FactRefused, plain_name, refuse_contact, refuse_unknown
from medspil.organisations.mails import tell_added
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.profiles import leave_behind
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_organisation
from medspil.register.models import Unit


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
    """A person was added; `mailed` is false when no mail is on its way. The link is for her alone."""

    membership: Membership
    mailed: bool
    link: str


@transaction.atomic
def create_organisation(
    *,
    name: str,
    kind: str,
    cvr: str,
    municipality: str,
    unit: Unit | None,
    creation_key: UUID,
    by: User | None,
    now: datetime,
    created_by: Organisation | None = None,
) -> Organisation:
    """Make an organisation; the same key again returns the one that is there.

    A company that is known from a check is taken over with its profiles, so that there is one of it. An entry of the
    register fills what is blank, and its CVR number counts. `created_by` is the organisation that asks
    for it and cares for it until it has an administrator of its own. Raises `FactRefused`.
    """
    rows = Organisation.objects.filter(creation_key=creation_key)
    if earlier := rows.first():
        return earlier
    if unit:
        name, cvr, municipality = name or unit.name, unit.cvr or cvr, municipality or unit.municipality
    name = plain_name(name)
    refuse_unknown(kind=kind, cvr=cvr, municipality=municipality)
    told = {"name": name, "kind": kind, "cvr": cvr, "municipality": municipality}
    fields = told | {"unit": unit, "created_by_organisation": created_by, "creation_key": creation_key}
    try:
        with transaction.atomic():
            made = _taken_over(fields, now) or Organisation.objects.create(**fields, created_at=now, updated_at=now)
    except IntegrityError:
        # The other half of a double click was faster. Anything else that the database refuses is a fault of ours.
        if faster := rows.first():
            return faster
        raise
    told |= {"unit": str(unit or ""), "created_by_organisation": str(created_by or "")}
    changes = {field: ["", value] for field, value in told.items() if value}
    record_history(record=made, action="created", by=by, now=now, changes=changes)
    return made


def create_with_administrator(
    *,
    name: str,
    kind: str,
    cvr: str,
    municipality: str,
    creation_key: UUID,
    email: str,
    now: datetime,
    sign_in_link: str,
    password_link: Callable[[User], str],
    mail: bool,
) -> Added:
    """Make an organisation and its first administrator, as the operator of the site does for the first municipality.

    Without `mail` nobody is written to: the caller hands the link over.
    """
    with transaction.atomic():
        made = create_organisation(
            name=name,
            kind=kind,
            cvr=cvr,
            municipality=municipality,
            unit=None,
            creation_key=creation_key,
            by=None,
            now=now,
        )
        membership = _join(organisation=made, email=email, role=Role.ADMINISTRATOR, by=None, now=now)
        return _tell(membership, by=None, now=now, sign_in_link=sign_in_link, password_link=password_link, mail=mail)


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
    public_phone: str | None = None,
    public_email: str | None = None,
) -> Organisation:
    """Change the facts of an organisation; of its public contact None leaves what stands.

    Raises `FactRefused`, and `EditConflict` when somebody saved in between. What others found out stays with the
    company of the number it was found out about.
    """
    name = plain_name(name)
    refuse_unknown(kind=kind, cvr=cvr, municipality=municipality)
    if cvr and cvr != organisation.cvr and not Organisation.objects.numbered_by(by).filter(pk=organisation.pk).exists():
        raise FactRefused("cvr", ANOTHERS_NUMBER)
    was = of_organisation(organisation)
    phone = organisation.public_phone if public_phone is None else " ".join(public_phone.split())
    email = organisation.public_email if public_email is None else public_email.strip().lower()
    refuse_contact(organisation, phone=phone, email=email)
    fields = {"name": name, "kind": kind, "cvr": cvr, "municipality": municipality}
    fields |= {"public_phone": phone, "public_email": email}
    changes = {
        field: [getattr(organisation, field), new]
        for field, new in fields.items()
        if getattr(organisation, field) != new
    }
    if not changes:
        return organisation  # nothing to save, or the second half of a double click
    organisation.save_changes(expected_version=expected_version, now=now, **fields)
    if was.cvr != of_organisation(organisation).cvr:
        leave_behind(organisation, was=was, now=now)
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
        membership = _join(organisation=organisation, email=email, role=role, by=by, now=now)
        return _tell(membership, by=by, now=now, sign_in_link=sign_in_link, password_link=password_link)


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


def _taken_over(fields: dict[str, Any], now: datetime) -> Organisation | None:
    """Return the company that was known from a check only, now an organisation; None if there is none."""
    about = of_organisation(Organisation(**fields))
    waiting = about.organisations() if about.cvr else Organisation.objects.filter(unit=fields["unit"], cvr="")
    found = waiting.filter(only_checked=True).first() if about.cvr or fields["unit"] else None
    if found is None:
        return None
    rows = Organisation.objects.filter(pk=found.pk, only_checked=True)
    if not rows.update(**fields, only_checked=False, created_at=now, updated_at=now, version=F("version") + 1):
        return None
    return Organisation.objects.get(pk=found.pk)


def _join(*, organisation: Organisation, email: str, role: Role, by: User | None, now: datetime) -> Membership:
    """Make a person a member, and the person herself if nobody has that address."""
    user, _created = User.objects.get_or_create(email=email.strip().lower(), defaults={"password": make_password(None)})
    membership = _begin(organisation=organisation, user=user, role=role, now=now)
    _note(membership, "person_added", by=by, now=now, role=role.value)
    return membership


def _tell(
    membership: Membership,
    *,
    by: User | None,
    now: datetime,
    sign_in_link: str,
    password_link: Callable[[User], str],
    mail: bool = True,
) -> Added:
    """Mail a new member the way in: to choose a password, or to sign in with the one she has."""
    user = membership.user
    link = sign_in_link if user.has_usable_password() else password_link(user)
    mailed = mail and tell_added(membership=membership, by=by, link=link, now=now)
    return Added(membership, mailed, link)


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


def _note(membership: Membership, action: str, *, by: User | None, now: datetime, role: object) -> None:
    changes = {"person": membership.user.email, "role": role}
    record_history(record=membership.organisation, action=action, by=by, now=now, changes=changes)
