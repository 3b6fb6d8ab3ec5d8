"""Asks the pages of allocations as a browser would."""

from typing import Any

from django.test import Client
from django.urls import reverse

from medspil.rounds.models import Round

ENGLISH = {"accept-language": "en"}


def get(client: Client, name: str, *args: Any, headers: dict[str, str] = ENGLISH, **query: Any) -> str:
    response = client.get(reverse(f"rounds:{name}", args=args), query, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def say(client: Client, round_: Round, name: str, *args: Any, **data: Any) -> Any:
    round_.refresh_from_db()
    version = {"version": round_.version} | data
    return client.post(reverse(f"rounds:{name}", args=[round_.pk, *args]), version, headers=ENGLISH)
