"""Registers the room `alignment` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class AlignmentConfig(AppConfig):
    name = "medspil.alignment"

    def ready(self) -> None:
        """Let the outbox ask again before a question goes, what people wrote be forgotten, what sides bring count."""
        from medspil.alignment import (  # noqa: PLC0415  (they need the models)
            bringing,  # noqa: F401
            by_link,  # noqa: F401
            checks,  # noqa: F401
            forgetting,  # noqa: F401
        )
