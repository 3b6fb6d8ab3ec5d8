"""Several people at one agreement at the same moment: one draft, one yes of a side, no last yes missed."""

from functools import partial

import pytest

from medspil.accounts.models import User
from medspil.agreements.confirming import AlreadyConfirmed
from medspil.agreements.models import Agreement, Confirmation
from medspil.agreements.writing import begin
from medspil.common.models import EditConflict
from medspil.organisations.roles import Role
from medspil.partnerships.going_on import NotNow
from medspil.partnerships.models import EndReason, Partnership
from medspil.partnerships.standing import Review, end
from tests.factories import agreements, companies, people, rankings
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.linking.test_links_at_once import all_at_once, conflicts

pytestmark = pytest.mark.django_db(transaction=True)


def home() -> tuple[User, Partnership]:
    """Return somebody who runs a partnership."""
    municipality = people.organisation("Vejle Kommune")
    anna = people.member(municipality, Role.COORDINATOR)
    return anna, partnership(rankings.photo_need(municipality), companies.unit(), by=anna)


def yes(agreement: Agreement, at: int, name: str) -> Agreement:
    """Let somebody of a side confirm; a conflict if another was faster."""
    try:
        return agreements.say_yes(Agreement.objects.get(pk=agreement.pk), at, name=name)
    except AlreadyConfirmed as late:
        raise EditConflict from late


def test_begun_at_once_it_is_one_draft() -> None:
    anna, made = home()
    told = all_at_once([partial(begin, partnership=made, by=anna, now=NOW)] * 3)
    assert len(told) == 3
    assert Agreement.objects.count() == 1


def test_both_sides_at_once_put_it_in_force_and_two_of_one_side_are_one_yes() -> None:
    anna, made = home()
    one = agreements.proposed(made, by=anna)
    told = all_at_once([partial(yes, one, 0, "Anna"), partial(yes, one, 1, "Mette"), partial(yes, one, 1, "Bo")])
    assert conflicts(told) == 1
    assert Confirmation.objects.count() == 2
    assert Agreement.objects.get().state == "confirmed"


def test_the_last_yes_and_the_end_of_the_partnership_at_once_leave_no_agreement_without_its_partnership() -> None:
    anna, made = home()
    one = agreements.proposed(made, by=anna)
    agreements.say_yes(one, 0)

    def last_yes() -> Agreement:
        try:
            return agreements.say_yes(Agreement.objects.get(pk=one.pk), 1)
        except NotNow as late:
            raise EditConflict from late

    def end_it() -> Partnership:
        fresh = Partnership.objects.get(pk=made.pk)
        said = Review(reason=EndReason.OTHER, why="Slut")
        return end(partnership=fresh, on=NOW.date(), review=said, expected_version=fresh.version, by=anna, now=NOW)

    all_at_once([last_yes, end_it])
    assert Partnership.objects.get().standing == "ended"
    assert Agreement.objects.get().state in ("ended", "proposed")  # of the second nothing can be confirmed
