"""What a side said in the alignment that it brings stands on its card, for those who read it, and is taken over."""

from typing import Any

from django.test import Client

from medspil.accounts.models import User
from medspil.partnerships.models import Partner, Partnership
from tests.factories.alignment import AREA, COMPANY, say
from tests.web.partnerships.test_partnership_pages import as_sanne, get, post

__all__ = ["as_sanne"]
NOTHING = "What it brings is not written yet."


def card(html: str, side: Partner) -> str:
    """Return the card of a side."""
    return html.partition(f'id="partner-{side.pk}"')[2].partition("</article>")[0]


def test_the_card_tells_it_with_where_it_is_from_and_one_button_takes_it_over(
    together: Partnership, harbour: Partner, as_anna: Client, anna: User
) -> None:
    assert NOTHING in card(get(as_anna, "detail", together.pk), harbour)
    say(harbour, COMPANY)
    unread = card(get(as_anna, "detail", together.pk), harbour)
    assert "It has said in the alignment what it brings." in unread
    assert COMPANY["resources"] not in unread
    for side in list(together.partners.all())[:2]:
        say(side, AREA, anna)
    told = card(get(as_anna, "detail", together.pk), harbour)
    assert NOTHING not in told
    assert COMPANY["resources"] in told.partition("Brings, as it says in the alignment:")[2]
    said: dict[str, Any] = {"bring-version": together.link.version, "bring-brings": COMPANY["resources"]}
    assert f'name="bring-brings" value="{COMPANY["resources"]}"' in told
    post(as_anna, "brings", together.pk, harbour.pk, **said)
    taken = card(get(as_anna, "detail", together.pk), harbour)
    assert COMPANY["resources"] in taken
    assert "in the alignment" not in taken


def test_of_a_side_with_people_only_they_take_it_over_and_a_long_text_comes_to_the_form(
    together: Partnership, area_side: Partner, as_anna: Client, as_sanne: Client, anna: User
) -> None:
    long = COMPANY | {"resources": "Vores værksted. " * 30}
    say(area_side, long, anna)
    for side in list(together.partners.all())[1:]:
        say(side, COMPANY)
    button = "Take it over as what it brings"
    assert button in card(get(as_anna, "detail", together.pk), area_side)
    assert button not in card(get(as_sanne, "detail", together.pk), area_side)
    said: dict[str, Any] = {"bring-version": together.link.version, "bring-brings": long["resources"]}
    html = post(as_anna, "brings", together.pk, area_side.pk, status=422, **said)
    assert long["resources"].strip() in html
    assert "That is 479 characters, and there is room for 300." in html
