"""Links that cannot be used any more look and say the same, whatever they asked, and each way has words of its own."""

from datetime import timedelta
from itertools import product

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from medspil.accounts.models import OneTimeLink, User
from medspil.accounts.one_time_links import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed, revoke
from medspil.mapping.services import ask_still_right
from medspil.mapping.services.inquiries import PURPOSE as STILL_RIGHT
from medspil.offers.renewal import PURPOSE as STILL_STANDS
from medspil.offers.renewal import ask_by_link
from medspil.organisations.models import Organisation
from medspil.web.one_time import TITLES
from tests.factories import offering, places, resources
from tests.web.pages import read, troubles

WAYS = {STILL_RIGHT: "/svar/", STILL_STANDS: "/svar/tilbud/"}
KINDS = {"unknown": LinkUnknown, "used": LinkUsed, "expired": LinkExpired, "revoked": LinkRevoked}
ENGLISH = {"accept-language": "en"}


def asked_about(vejle: Organisation, anna: User, purpose: str) -> str:
    """Ask about something by a link, and return its token."""
    tokens: list[str] = []

    def kept(token: str) -> str:
        tokens.append(token)
        return f"https://example.org/{token}"

    area, now = places.area(vejle), timezone.now()
    if purpose == STILL_RIGHT:
        contact = resources.contact(resources.resource(area, anna), anna, email="bo@example.org")
        ask_still_right(contact=contact, by=anna, now=now, address_of=kept)
    else:
        offer = offering.offer(offering.company(), area)
        ask_by_link(offer=offer, email="bo@example.org", name="Bo", language="da", by=anna, now=now, address=kept)
    return tokens[0]


def ended(token: str, trouble: str) -> str:
    """Let a link end in one way, and return its token."""
    link = OneTimeLink.objects.latest("pk")
    if trouble == "unknown":
        return "AAAA"
    if trouble == "used":
        OneTimeLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    elif trouble == "expired":
        OneTimeLink.objects.filter(pk=link.pk).update(expires_at=timezone.now() - timedelta(days=1))
    else:
        revoke(link=link, now=timezone.now())
    return token


def said(html: str) -> list[str]:
    return [
        each.text for each in read(html) if each.tag in ("h1", "title") or "ms-lead" in each.attributes.get("class", "")
    ]


@pytest.mark.parametrize("trouble", ["unknown", "used", "expired", "revoked"])
def test_every_kind_of_link_says_the_same_when_it_cannot_be_used(
    client: Client, vejle: Organisation, anna: User, trouble: str
) -> None:
    found = []
    for purpose, way in WAYS.items():
        address = f"{way}{ended(asked_about(vejle, anna, purpose), trouble)}/"
        for response in (
            client.get(address, headers=ENGLISH),
            client.post(address, {"answer": "right"}, headers=ENGLISH),
        ):
            assert response.status_code == (404 if trouble == "unknown" else 410)
            assert response["X-Robots-Tag"].startswith("noindex")
            assert "no-store" in response["Cache-Control"]
            assert troubles(response.content.decode()) == []
            found.append(said(response.content.decode()))
    assert all(one == found[0] for one in found)
    assert len(found[0]) == 3


def test_each_way_has_a_title_of_its_own(client: Client, vejle: Organisation, anna: User) -> None:
    titles = set()
    for trouble in ("unknown", "used", "expired", "revoked"):
        token = ended(asked_about(vejle, anna, STILL_STANDS), trouble)
        titles.add(said(client.get(f"/svar/tilbud/{token}/", headers=ENGLISH).content.decode())[1])
    assert len(titles) == 4


@pytest.mark.parametrize("purpose", WAYS)
def test_every_page_tells_when_its_link_was_opened_on_another_device_and_speaks_both_languages(
    vejle: Organisation, anna: User, purpose: str
) -> None:
    address = f"{WAYS[purpose]}{asked_about(vejle, anna, purpose)}/"
    mine, other = Client(), Client()
    mine.cookies[settings.CSRF_COOKIE_NAME], other.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32, "b" * 32
    assert f"{address}aabnet/" in mine.get(address).content.decode()
    assert mine.post(f"{address}aabnet/").content.strip() == b""
    assert b"b***@example.org" in other.post(f"{address}aabnet/").content
    assert 'lang="en"' in mine.get(f"{address}?lang=en").content.decode()[:400]


@pytest.mark.parametrize("purpose", WAYS)
def test_a_link_of_another_purpose_is_not_known(client: Client, vejle: Organisation, anna: User, purpose: str) -> None:
    token = asked_about(vejle, anna, purpose)
    (other,) = [way for name, way in WAYS.items() if name != purpose]
    assert client.get(f"{other}{token}/").status_code == 404
    assert client.post(f"{other}{token}/aabnet/").content == b""


@pytest.mark.parametrize("trouble", ["unknown", "used", "expired", "revoked"])
def test_a_link_that_cannot_be_used_says_so_in_the_language_of_its_mail_and_in_the_other_one(
    client: Client, vejle: Organisation, anna: User, trouble: str
) -> None:
    leads: dict[str, set[str]] = {"da": set(), "en": set()}
    for browser, mail in product(("da", "en"), repeat=2):
        token = asked_about(vejle, anna, STILL_STANDS)
        OneTimeLink.objects.update(language=mail)
        address = f"/svar/tilbud/{ended(token, trouble)}/"
        known = browser if trouble == "unknown" else mail
        for more, language in (("", known), ("?lang=en", "en"), ("?lang=da", "da"), ("?lang=xx", known)):
            page = client.get(f"{address}{more}", headers={"accept-language": browser}).content.decode()
            assert f'<html lang="{language}">' in page, (browser, mail, more)
            assert f'<a href="?lang={"da" if language == "en" else "en"}"' in page
            leads[language].add(said(page)[2])
            with translation.override(language):
                assert said(page)[1] == str(TITLES[KINDS[trouble]][0])
    assert len(leads["da"]) == len(leads["en"]) == 1
    assert leads["da"] != leads["en"]
