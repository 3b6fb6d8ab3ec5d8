"""Registers the room `organisations` with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "medspil.organisations"

    def ready(self) -> None:
        """Name the purpose of this room's mails."""
        from medspil.organisations import mails  # noqa: F401, PLC0415  (for its effect, with models loaded)
