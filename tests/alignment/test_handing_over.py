"""Whoever takes over on a side is asked what matters to it in place of the one before, and is reminded on the day."""

from datetime import timedelta

import pytest
from django.core import mail

from medspil.accounts.models import User
from medspil.accounts.one_time_links import LinkRevoked, find
from medspil.alignment.handing_over import hand_over
from medspil.alignment.models import Invitation
from medspil.areas.models import Need
from medspil.partnerships.side_people import HandedOver
from tests.factories import companies
from tests.factories.alignment import address, ask, of_company, token_of
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_who_takes_over_is_asked_and_reminded_and_the_link_of_the_one_before_ends(need: Need, anna: User) -> None:
    company = of_company(partnership(need, companies.unit("Smedjen"), by=anna))
    named(company, by=anna, from_on=NOW.date() - 9 * DAY, email="per@smedjen.example")
    remind = NOW.date() + 5 * DAY
    token = token_of(ask(company, anna, remind_on=remind))
    assert hand_over(now=NOW, address=address) == 0
    named(company, "Grete Smed", by=anna)
    with pytest.raises(HandedOver):
        find(token=token, now=NOW)
    assert [hand_over(now=NOW, address=address) for _twice in range(2)] == [1, 0]
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [["grete@firma.example"]]
    assert list(Invitation.objects.order_by("pk").values_list("remind_on", flat=True)) == [None, remind]
    with pytest.raises(LinkRevoked):
        find(token=token, now=NOW)
