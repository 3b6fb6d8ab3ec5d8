"""A need with a company, an association and a link between them and the area, for the tests of pages about links."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.models import Link, LinkParty
from medspil.mapping.models import Resource
from medspil.register.models import Unit
from tests.factories import companies, links, places

ENGLISH = {"accept-language": "en"}
HTMX = {**ENGLISH, "HX-Request": "true"}


@pytest.fixture
def area(need: Need) -> Area:
    """Return the area of Anna's need."""
    return need.area


@pytest.fixture
def smith(db: None) -> Unit:
    """Return a company that may be asked."""
    return companies.unit("Havnens Smedje ApS", employees_from=5, employees_to=9)


@pytest.fixture
def club(need: Need) -> Resource:
    """Return an association that is mapped in the area."""
    return links.resource(need, "Fotoklubben")


@pytest.fixture
def link(need: Need, smith: Unit, anna: User) -> Link:
    """Return a link between the area's organisation and the company."""
    places.challenge(need.area, "Unge mangler forbilleder")
    return links.link(need, smith, by=anna, sentence="Smedjen bygger rammer med fotoholdet.")


def page(client: Client, name: str, *args: Any, query: str = "", headers: dict[str, str] = ENGLISH) -> str:
    """Return a page that must be there."""
    response = client.get(reverse(f"linking:{name}", args=args) + query, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def send(client: Client, name: str, *args: Any, headers: dict[str, str] = ENGLISH, **data: Any) -> Any:
    """Send a form and return the answer."""
    return client.post(reverse(f"linking:{name}", args=args), data, headers=headers)


def side(link: Link, name: str) -> LinkParty:
    """Return the side of a link with a name."""
    return next(one for one in link.parties.for_page() if str(one).startswith(name))
