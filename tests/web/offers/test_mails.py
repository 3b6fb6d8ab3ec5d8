"""The switch for mails that ask whether offers still stand: whoever gives has it, and it says what happens."""

import pytest
from django.urls import reverse

from medspil.offers.models import NotAskedByMail
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from tests.factories import offering, people
from tests.web.pages import troubles

ENGLISH = {"accept-language": "en"}


@pytest.mark.django_db
def test_who_gives_turns_the_mails_off_and_on() -> None:
    bo = offering.contact(offering.company())
    client, address = people.signed_in(bo), reverse("offers:list")
    html = client.get(address, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "Turn these mails off" in html
    for on, words in (("no", "Turn these mails on"), ("no", "Turn these mails on"), ("yes", "Turn these mails off")):
        assert client.post(reverse("offers:mails"), {"on": on}).status_code == 302
        assert NotAskedByMail.objects.filter(user=bo).exists() == (on == "no")
        assert words in client.get(address, headers=ENGLISH).content.decode()


def test_who_gives_nothing_is_not_asked_and_sees_no_switch(vejle: Organisation) -> None:
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rie"))
    assert "Mails about your offers" not in reader.get(reverse("offers:list"), headers=ENGLISH).content.decode()
