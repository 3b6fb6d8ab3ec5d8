"""Everybody confirms at the same moment on the pages: each side counts once, no last yes is missed, one mail each."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from medspil.agreements.models import Agreement, Confirmation, Paper
from medspil.agreements.writing import sides_of
from medspil.notices.models import Message
from tests.factories import agreements
from tests.linking.test_links_at_once import all_at_once
from tests.web.agreements.test_agreement_pages import SIGNED, World, signed_in, token_in_mail

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_of_one_side_and_the_other_side_confirm_at_once(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    world = World()
    one = agreements.proposed(world.made, by=world.anna)
    own, company = sides_of(world.made)
    anna, links = signed_in(world.anna), {}
    for name in ("mette", "per"):
        said = {"to": "typed", "name": name, "email": f"{name}@firma.example", "source": "ringet op", "language": "da"}
        assert anna.post(world.url("ask", 1, company.pk), said).status_code == 302
        links[name] = reverse("agreements:answer", args=[token_in_mail()])

    def yes(browser: Client, address: str, name: str) -> tuple[str, int]:
        answer = browser.post(address, {"sha256": one.frozen.sha256, **SIGNED, "name": name})
        return name, answer.status_code

    acts = [partial(yes, Client(), address, name) for name, address in links.items()]
    told = all_at_once([*acts, partial(yes, anna, world.url("confirm", 1, own.pk), "anna")])
    answers: dict[str, int] = dict(one for one in told if isinstance(one, tuple))
    assert answers["anna"] == 302
    assert sorted(answers[name] for name in links) == [200, 422]
    first, late = sorted(links, key=lambda name: answers[name])
    assert set(Confirmation.objects.values_list("name", flat=True)) == {"anna", first}
    assert Agreement.objects.get().state == "confirmed"
    assert Paper.objects.count() == 2
    copies = Message.objects.filter(purpose="agreement_copy").values_list("to_email", flat=True)
    assert sorted(copies) == sorted([world.anna.email, f"{first}@firma.example"])
    assert Client().get(links[late]).status_code == 409  # settled by now; her link was not used up
