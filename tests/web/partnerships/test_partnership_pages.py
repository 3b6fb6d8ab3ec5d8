"""The page of a partnership and the list: the area and those who take part see them, strangers do not."""

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.parties import Party
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partnership
from tests.factories import people
from tests.factories.partnerships import partnership

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def company_person(db: None) -> User:
    """Return somebody of a company that takes part."""
    return people.member(people.organisation("Smedjen", kind="company"), Role.COMPANY_CONTACT, name="Sanne")


@pytest.fixture
def made(need: Need, anna: User, company_person: User) -> Partnership:
    """Return a partnership of the municipality and the company."""
    company = company_person.memberships.get().organisation
    return partnership(need, Party(organisation=company, brings="en dag om måneden"), by=anna)


def test_the_area_and_those_who_take_part_see_it_and_strangers_do_not(
    made: Partnership, as_anna: Client, as_carl: Client, company_person: User
) -> None:
    for client in (as_anna, people.signed_in(company_person)):
        listed = client.get(reverse("partnerships:list"), headers=ENGLISH).content.decode()
        assert reverse("partnerships:detail", args=[made.pk]) in listed
        html = client.get(reverse("partnerships:detail", args=[made.pk]), headers=ENGLISH).content.decode()
        for told in (made.name, "Vejle Kommune", "public sector", "Smedjen", "private sector", "en dag om måneden"):
            assert told in html, told
    assert as_carl.get(reverse("partnerships:detail", args=[made.pk])).status_code == 404
    assert made.name not in as_carl.get(reverse("partnerships:list")).content.decode()


def test_the_page_of_the_link_leads_to_it_and_the_menu_to_all(made: Partnership, as_anna: Client) -> None:
    html = as_anna.get(reverse("linking:link", args=[made.link.pk]), headers=ENGLISH).content.decode()
    assert reverse("partnerships:detail", args=[made.pk]) in html
    assert f'href="{reverse("partnerships:list")}"' in html
