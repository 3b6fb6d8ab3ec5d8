"""Between writing a mail and sending it the world changes: each room's mails are checked again, and forgotten with whom
they were for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from medspil.accounts import one_time_links
from medspil.accounts.models import OneTimeLink, User
from medspil.areas.models import Area
from medspil.mapping.models import HowEnded, ResourceContact
from medspil.mapping.services import ask_still_right, delete_contact, edit_contact, put_away
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.models import Message, MessageState
from medspil.offers import services as offers
from medspil.offers.renewal import ask_by_link
from medspil.organisations.forgetting import forget_person
from medspil.organisations.models import Membership, Organisation
from medspil.organisations.roles import Role
from medspil.organisations.services import Added, add_member, end_membership
from medspil.register.models import Unit
from tests.factories import companies, offering, people, resources
from tests.factories.places import area as made_area
from tests.factories.post import deliver, sent
from tests.factories.resources import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return made_area(vejle)


def asked(contact: ResourceContact, anna: User) -> Message:
    """Ask a contact, and return the mail that waits."""
    ask_still_right(contact=contact, by=anna, now=NOW, address_of=lambda token: f"https://x.example/svar/{token}/")
    return Message.objects.get()


def what_became(message: Message) -> tuple[str, str, bool]:
    """Let the outbox send; return the state, the reason, and whether anything personal is left."""
    arrived = sent()
    message.refresh_from_db()
    assert bool(arrived) is (message.state == MessageState.SENT)
    return message.state, message.problem, bool(message.text or message.to_email)


def test_a_question_that_still_stands_goes_out_for_the_owner_of_the_area(anna: User, area: Area) -> None:
    message = asked(resources.contact(resources.resource(area, anna), anna), anna)
    assert (message.on_behalf_of, message.on_behalf_of_name, message.created_by) == (
        area.owner_id,
        area.owner.name,
        anna,
    )
    assert what_became(message) == (MessageState.SENT, "", True)
    assert not message.text


def test_a_question_is_not_asked_when_its_link_was_taken_back(anna: User, area: Area) -> None:
    message = asked(resources.contact(resources.resource(area, anna), anna), anna)
    one_time_links.revoke(link=OneTimeLink.objects.get(), now=NOW)
    state, problem, _left = what_became(message)
    assert (state, "link" in problem.lower()) == (MessageState.STOPPED, True)


def test_a_question_is_not_asked_at_an_address_that_was_changed(anna: User, area: Area) -> None:
    contact = resources.contact(resources.resource(area, anna), anna)
    message = asked(contact, anna)
    edit_contact(contact=contact, by=anna, now=NOW, email="ny@example.org")
    assert what_became(message)[0] == MessageState.STOPPED


def test_a_question_about_what_is_no_longer_on_the_map_is_not_asked(anna: User, area: Area) -> None:
    club = resources.resource(area, anna)
    message = asked(resources.contact(club, anna), anna)
    put_away(resource=club, reason="", by=anna, now=NOW)
    assert what_became(message)[0] == MessageState.STOPPED


def test_a_company_that_turned_protected_in_the_meantime_is_not_written_to(anna: User, area: Area) -> None:
    unit = companies.unit(cvr="12345674")
    message = asked(resources.contact(resources.resource(area, anna, unit=unit), anna), anna)
    Unit.objects.update(protected=True)
    assert what_became(message)[0] == MessageState.STOPPED


@pytest.mark.parametrize(
    "forget",
    [
        lambda contact, by: withdraw_consent(resource=contact.resource, how=HowEnded.LINK, by=by, now=NOW),
        lambda contact, by: delete_contact(contact=contact, by=by, now=NOW),
    ],
)
@pytest.mark.parametrize("went_out", [True, False])
def test_with_a_consent_or_a_contact_goes_what_was_mailed_and_what_waits(
    anna: User, area: Area, forget: Callable[[ResourceContact, User], object], went_out: bool
) -> None:
    fatima = resources.person(area, anna, "Fatima Nielsen")
    contact = resources.contact(fatima, anna)
    message = asked(contact, anna)
    if went_out:
        sent()
    forget(contact, anna)
    state, _problem, left = what_became(message) if not went_out else ("", "", True)
    message.refresh_from_db()
    assert (message.to_email, message.to_name, message.subject, message.text) == ("", "", "", "")
    assert went_out or (state, left) == (MessageState.STOPPED, False)


def test_a_giver_is_not_asked_about_an_offer_that_was_withdrawn_or_when_protected(
    anna: User, vejle: Organisation
) -> None:
    for change in ("withdrawn", "protected"):
        giver = offering.company(unit=companies.unit(cvr="12345674"))
        offer = offering.noted_down(giver, vejle)
        ask_by_link(
            offer=offer, email="bo@example.org", name="Bo", language="da", by=anna, now=NOW, address=lambda it: it
        )
        message = Message.objects.latest("pk")
        assert message.on_behalf_of == vejle.pk
        if change == "withdrawn":
            offers.withdraw_offer(offer=offer, reason="", by=anna, now=NOW)
        else:
            Unit.objects.update(protected=True)
        assert what_became(message)[0] == MessageState.STOPPED


def added(vejle: Organisation, eva: User) -> Added:
    return add_member(
        organisation=vejle,
        email="ny@example.org",
        role=Role.READER,
        by=eva,
        now=NOW,
        sign_in_link="https://here/in",
        password_link=lambda user: f"https://here/password/{user.pk}",
    )


def test_nobody_is_told_of_a_membership_that_has_ended(vejle: Organisation) -> None:
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    first = added(vejle, eva)
    end_membership(membership=first.membership, by=eva, now=NOW)
    assert what_became(Message.objects.get())[0] == MessageState.STOPPED
    added(vejle, eva)
    assert [one.to for one in sent()] == [["ny@example.org"]]


@pytest.mark.parametrize(("days", "arrives"), [(1, True), (4, False)])
def test_a_link_that_chooses_no_password_any_more_is_not_mailed(vejle: Organisation, days: int, arrives: bool) -> None:
    added(vejle, people.member(vejle, Role.ADMINISTRATOR, name="Eva"))
    deliver(NOW + timedelta(days=days))
    assert (Message.objects.get().state == MessageState.SENT) is arrives


def test_who_is_forgotten_is_forgotten_in_the_outbox_too(vejle: Organisation) -> None:
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    user = added(vejle, eva).membership.user
    forget_person(user=user, by=eva, now=NOW)
    state, _problem, left = what_became(Message.objects.get())
    assert (state, left) == (MessageState.STOPPED, False)
    assert not Membership.objects.current().filter(user=user).exists()
