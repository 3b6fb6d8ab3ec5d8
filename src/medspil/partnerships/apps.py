"""Registers the room `partnerships` with Django, and with the outbox, which asks here before a letter goes out."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "medspil.partnerships"

    def ready(self) -> None:
        """Let the outbox ask again before a letter is sent."""
        from medspil.partnerships import checks  # noqa: F401, PLC0415  (it needs the models)
