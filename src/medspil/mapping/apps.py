"""Registers the room `mapping` with Django."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "medspil.mapping"

    def ready(self) -> None:
        """Name the purpose of this room's mails, and what is forgotten with people who have an account."""
        from medspil.mapping import forgotten_people  # noqa: F401, PLC0415  (for its effect, with models loaded)
        from medspil.mapping.services import inquiries  # noqa: F401, PLC0415  (so too)
