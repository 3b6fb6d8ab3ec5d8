"""Who comes on a walk, from the area and from the other sides."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import revoke_about
from medspil.common.once import once
from medspil.common.privacy import refuse_cpr
from medspil.linking.models import LinkParty
from medspil.notices.letters import checked_address, checked_header
from medspil.partnerships.pitching import NoContact, possible_contacts
from medspil.partnerships.recipients import Recipient, SourceMissing, suggested
from medspil.walks.inviting import tell_left
from medspil.walks.models import Attendee, Walk
from medspil.walks.ordering import locked, refuse_forgotten


class NobodyNamed(Exception):
    """Somebody who comes without a name."""

    def __init__(self) -> None:
        super().__init__(_("Write who comes."))


def add_ours(*, walk: Walk, person: User, by: User, now: datetime) -> Attendee:
    """Note that one of the area's people comes; once more, or after she was taken off, she stands once.

    Raises `NoContact` for somebody who does not work with the link, `Forgotten`.
    """
    if not possible_contacts(walk.link, now=now).filter(pk=person.pk).exists():
        raise NoContact
    return _with_account(walk, person, None, by, now)


@transaction.atomic
def choose_ours(*, walk: Walk, people: Collection[User], by: User, now: datetime) -> None:
    """Note that just these of the area's people come: all of them or, where one may not, nobody more than before.

    Raises `NoContact`, `Forgotten`.
    """
    for person in people:
        add_ours(walk=walk, person=person, by=by, now=now)
    for one in walk.attendees.coming().filter(ours=True):
        if one.user not in people:
            take_off(attendee=one, off=True, by=by, now=now)


def add_theirs(
    *,
    walk: Walk,
    side: LinkParty,
    name: str,
    email: str = "",
    source: str = "",
    creation_key: UUID,
    by: User,
    now: datetime,
) -> Attendee:
    """Note somebody of a side who comes, with an address to invite her to if there is one, and where it is from.

    One of the side's own people in Medspil is known by the address. The same key again returns who is there. Raises
    `NobodyNamed`, `SourceMissing`, `AddressRefused`, `HeaderRefused`, `CprNumberFound`, `Forgotten`.
    """
    name, source = " ".join(name.split())[:120], " ".join(source.split())[:200]
    refuse_cpr(name, source)
    checked_header(name, longest=120)
    address = checked_address(email) if email.strip() else ""
    if member := next((one for one in suggested(side) if _is(one, address)), None):
        person = User.objects.get(pk=int(member.key.partition("-")[2]))
        return _with_account(walk, person, side, by, now)
    if not name:
        raise NobodyNamed
    if address and not source:
        raise SourceMissing
    fields = {"side": side, "name": name, "email": address, "email_source": source if address else ""}

    def make() -> Attendee:
        refuse_forgotten(locked(walk))
        made = Attendee.objects.create(
            walk=walk, ours=False, creation_key=creation_key, created_at=now, updated_at=now, **fields
        )
        record_history(record=walk, action="attendee_added", by=by, now=now)
        return made

    return once(Attendee.objects.filter(creation_key=creation_key), make)


@transaction.atomic
def take_off(*, attendee: Attendee, off: bool, by: User, now: datetime) -> Attendee:
    """Note that somebody does not come after all, or does; who was invited is told. Twice is once.

    Raises `Forgotten`.
    """
    walk = locked(attendee.walk)
    refuse_forgotten(walk)
    one = Attendee.objects.select_for_update().get(pk=attendee.pk)
    if (one.left_at is not None) == off:
        return one
    one.walk = walk
    one.save_changes(expected_version=one.version, now=now, left_at=now if off else None)
    record_history(record=walk, action="attendee_left" if off else "attendee_back", by=by, now=now)
    if off:
        tell_left(attendee=one, by=by, now=now)
        revoke_about(record=one, now=now)
        Attendee.objects.filter(pk=one.pk).update(invited=None, answer="")
    return one


def _is(one: Recipient, address: str) -> bool:
    return bool(address) and one.key.startswith("member-") and one.email.casefold() == address.casefold()


@transaction.atomic
def _with_account(walk: Walk, person: User, side: LinkParty | None, by: User, now: datetime) -> Attendee:
    walk = locked(walk)
    refuse_forgotten(walk)
    there = Attendee.objects.filter(walk=walk, user=person).first()
    if there is not None:
        return take_off(attendee=there, off=False, by=by, now=now)
    made = Attendee.objects.create(walk=walk, ours=side is None, side=side, user=person, created_at=now, updated_at=now)
    record_history(record=walk, action="attendee_added", by=by, now=now)
    return made
