"""Registers the room `alignment` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    name = "medspil.alignment"

    def ready(self) -> None:
        """Let the outbox ask again before a question is sent, and what people wrote be forgotten with them."""
        from medspil.alignment import checks, forgetting  # noqa: F401, PLC0415  (they need the models)
