"""Registers the room `alignment` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    name = "medspil.alignment"

    def ready(self) -> None:
        """Let the outbox ask again before a question goes, what people wrote be forgotten, what sides bring count."""
        from medspil.alignment import bringing, checks, forgetting  # noqa: F401, PLC0415  (they need the models)
