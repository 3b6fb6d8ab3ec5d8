"""A contact whose mails come back: the pages say so with one button, and a new address takes over what waits."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from medspil.accounts.models import User
from medspil.notices.came_back import known_by
from medspil.notices.models import CameBack
from medspil.partnerships.gain_mails import ask_for_gains, hand_over
from medspil.partnerships.models import Part, Partner, Partnership
from medspil.progress.waiting import Wait, waiting_for
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named
from tests.web.pages import troubles
from tests.web.partnerships.test_partnership_pages import as_sanne, get, post

__all__ = ["as_sanne"]
SAID = "Mails to Per Smed come back, so nothing that is asked gets there."
BUTTON = "New address, or somebody else"


@pytest.fixture
def lost(together: Partnership, harbour: Partner, anna: User) -> Partner:
    """Return the company whose contact person's mails come back."""
    named(harbour, by=anna, phone="20 30 40 50", from_on=timezone.localdate(), now=timezone.now())
    owner = together.link.area.owner_id
    CameBack.objects.create(organisation=owner, known_by=known_by("per@firma.example"), since=NOW)
    return harbour


def test_card_and_side_say_so_with_one_button_to_a_form_that_knows_the_rest(
    together: Partnership, lost: Partner, as_anna: Client, as_sanne: Client
) -> None:
    for html in (get(as_anna, "detail", together.pk), get(as_anna, "side", together.pk, lost.pk)):
        assert (html.count(SAID), html.count(BUTTON)) == (1, 1)
        assert troubles(html) == []
    assert SAID not in get(as_sanne, "detail", together.pk)  # it is not hers to change
    form = get(as_anna, "person_new", together.pk, lost.pk, Part.CONTACT.value)
    assert "Mails to Per Smed at per@firma.example come back." in form
    assert 'value="Per Smed"' in form
    assert 'value="20 30 40 50"' in form
    assert 'value="per@firma.example"' not in form


def test_it_waits_for_those_who_lead_until_a_new_address_takes_over_what_was_asked(
    together: Partnership, lost: Partner, as_anna: Client, anna: User
) -> None:
    now, tokens = timezone.now(), list[str]()
    ask_for_gains(partner=lost, by=anna, now=now, address=kept_in(tokens))
    (item,) = [one for one in waiting_for(anna, now=now) if one.wait == Wait.UNREACHED]
    assert (item.page, item.keys, "Havnens Smedje" in item.why) == ("partnerships:side", (together.pk, lost.pk), True)
    said: dict[str, Any] = {
        "name": "Per Smed",
        "email": "per@ny.example",
        "source": "ringet op",
        "purpose": "spørgsmål",
    }
    lost.refresh_from_db()
    said |= {"version": lost.version, "from_on": timezone.localdate()}
    post(as_anna, "person_new", together.pk, lost.pk, Part.CONTACT.value, **said)
    assert SAID not in get(as_anna, "detail", together.pk)
    assert Wait.UNREACHED not in [one.wait for one in waiting_for(anna, now=now)]
    noon = max(now, timezone.localtime(now).replace(hour=12))  # nobody is written to at night
    assert hand_over(now=noon, address=kept_in(tokens)) == 1
    deliver(noon)
    assert [one.to[0] for one in mail.outbox] == ["per@ny.example"]
