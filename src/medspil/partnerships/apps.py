"""Registers the room `partnerships` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "medspil.partnerships"

    def ready(self) -> None:
        """Let the outbox ask again before a letter is sent, and letters and conversations be forgotten with people."""
        from medspil.partnerships import checks, forgetting  # noqa: F401, PLC0415  (they need the models)
