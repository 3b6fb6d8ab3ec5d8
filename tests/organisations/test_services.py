"""What can be done with an organisation and its people."""

from datetime import datetime

import pytest
from pytest_django.fixtures import Settings

from medspil.accounts.models import HistoryEntry, User
from medspil.common.models import EditConflict
from medspil.notices.models import Message, MessageState
from medspil.organisations import services
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from tests.factories import people, post

pytestmark = pytest.mark.django_db


def add(organisation: Organisation, by: User, now: datetime, email: str, role: Role = Role.READER) -> services.Added:
    return services.add_member(
        organisation=organisation,
        email=email,
        role=role,
        by=by,
        now=now,
        sign_in_link="https://here/in",
        password_link=lambda user: f"https://here/password/{user.pk}",
    )


@pytest.fixture
def eva(vejle: Organisation) -> User:
    return people.member(vejle, Role.ADMINISTRATOR, name="Eva")


def administration(person: User) -> Membership:
    return Membership.objects.select_related("organisation", "user").get(user=person, role=Role.ADMINISTRATOR)


def test_an_unknown_address_becomes_a_person_without_a_password_who_gets_a_link(
    vejle: Organisation, eva: User, now: datetime
) -> None:
    added = add(vejle, eva, now, " Ny@Example.org ")
    person = User.objects.get(email="ny@example.org")
    assert added.membership.user == person
    assert added.mailed
    assert not person.has_usable_password()
    assert post.sent()[0].to == ["ny@example.org"]
    assert f"https://here/password/{person.pk}" in post.sent()[0].body


def test_a_known_person_is_not_sent_a_password_link(vejle: Organisation, eva: User, carl: User, now: datetime) -> None:
    add(vejle, eva, now, carl.email.upper())
    assert User.objects.filter(email=carl.email).count() == 1
    assert "https://here/in" in post.sent()[0].body
    assert "password/" not in post.sent()[0].body


def test_the_same_role_twice_is_refused_and_a_second_role_is_not(vejle: Organisation, eva: User, now: datetime) -> None:
    add(vejle, eva, now, "ny@example.org")
    with pytest.raises(services.AlreadyMember):
        add(vejle, eva, now, "ny@example.org")
    add(vejle, eva, now, "ny@example.org", Role.BROKER)
    assert Membership.objects.current().filter(user__email="ny@example.org").count() == 2
    assert len(post.sent()) == 2


def test_a_person_can_come_back_after_her_membership_ended(vejle: Organisation, eva: User, now: datetime) -> None:
    first = add(vejle, eva, now, "ny@example.org").membership
    services.end_membership(membership=first, by=eva, now=now)
    again = add(vejle, eva, now, "ny@example.org").membership
    assert again.pk != first.pk
    assert again.ended_on is None


def test_a_broken_mail_server_does_not_undo_the_membership(
    vejle: Organisation, eva: User, now: datetime, settings: Settings
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    add(vejle, eva, now, "ny@example.org")
    assert not post.sent()
    assert Message.objects.get().state == MessageState.WAITING
    assert Membership.objects.current().filter(user__email="ny@example.org").exists()


def test_the_last_administrator_can_neither_leave_nor_take_a_lesser_role(
    vejle: Organisation, eva: User, now: datetime
) -> None:
    membership = administration(eva)
    with pytest.raises(services.LastAdministrator):
        services.end_membership(membership=membership, by=eva, now=now)
    with pytest.raises(services.LastAdministrator):
        services.change_role(membership=membership, role=Role.READER, by=eva, now=now)
    membership.refresh_from_db()
    assert (membership.role, membership.ended_on) == (Role.ADMINISTRATOR, None)


def test_an_administrator_may_leave_when_another_stays(vejle: Organisation, eva: User, now: datetime) -> None:
    other = people.member(vejle, Role.ADMINISTRATOR, name="Ida")
    services.end_membership(membership=administration(eva), by=other, now=now)
    assert administration(eva).ended_on == now.date()


def test_an_administrator_who_was_locked_out_does_not_count_as_the_other_one(
    vejle: Organisation, eva: User, now: datetime
) -> None:
    other = people.member(vejle, Role.ADMINISTRATOR, name="Ida")
    User.objects.filter(pk=other.pk).update(is_active=False)
    with pytest.raises(services.LastAdministrator):
        services.end_membership(membership=administration(eva), by=eva, now=now)


def test_an_ended_membership_cannot_change_its_role(vejle: Organisation, eva: User, now: datetime) -> None:
    membership = add(vejle, eva, now, "ny@example.org").membership
    services.end_membership(membership=membership, by=eva, now=now)
    with pytest.raises(services.MembershipEnded):
        services.change_role(membership=membership, role=Role.BROKER, by=eva, now=now)
    with pytest.raises(services.MembershipEnded):
        services.end_membership(membership=membership, by=eva, now=now)


def test_a_role_that_the_person_has_already_cannot_be_given_again(
    vejle: Organisation, eva: User, now: datetime
) -> None:
    add(vejle, eva, now, "ny@example.org", Role.BROKER)
    reader = add(vejle, eva, now, "ny@example.org", Role.READER).membership
    with pytest.raises(services.AlreadyMember):
        services.change_role(membership=reader, role=Role.BROKER, by=eva, now=now)


def test_an_edit_from_an_old_version_writes_nothing(vejle: Organisation, eva: User, now: datetime) -> None:
    facts = {"kind": "municipality", "cvr": "", "municipality": "0630"}
    services.edit_organisation(organisation=vejle, by=eva, expected_version=1, now=now, name="Ny", **facts)
    stale = Organisation.objects.get(pk=vejle.pk)
    with pytest.raises(EditConflict):
        services.edit_organisation(organisation=stale, by=eva, expected_version=1, now=now, name="Andet", **facts)
    assert Organisation.objects.get(pk=vejle.pk).name == "Ny"


def test_the_second_half_of_a_double_click_saves_nothing_and_is_no_conflict(
    vejle: Organisation, eva: User, now: datetime
) -> None:
    facts = {"name": "Ny", "kind": "municipality", "cvr": "", "municipality": "0630"}
    for _click in range(2):
        here = Organisation.objects.get(pk=vejle.pk)
        services.edit_organisation(organisation=here, by=eva, expected_version=1, now=now, **facts)
    assert Organisation.objects.get(pk=vejle.pk).version == 2
    assert HistoryEntry.objects.of(vejle).count() == 1


def test_every_change_leaves_a_line_of_history(vejle: Organisation, eva: User, now: datetime) -> None:
    membership = add(vejle, eva, now, "ny@example.org").membership
    services.change_role(membership=membership, role=Role.BROKER, by=eva, now=now)
    services.end_membership(membership=membership, by=eva, now=now)
    services.edit_organisation(
        organisation=vejle, by=eva, expected_version=1, now=now, name="Ny", kind=vejle.kind, cvr="", municipality=""
    )
    lines = HistoryEntry.objects.of(vejle)
    assert [line.action for line in lines] == ["changed", "membership_ended", "role_changed", "person_added"]
    assert lines[0].changes == {"name": ["Vejle Kommune", "Ny"]}
    assert lines[2].changes == {"person": "ny@example.org", "role": ["reader", "broker"]}
