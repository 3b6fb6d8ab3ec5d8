"""Registers the room `offers` with Django."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "medspil.offers"

    def ready(self) -> None:
        """Name the purpose of this room's mails."""
        from medspil.offers import renewal  # noqa: F401, PLC0415  (for its effect, with models loaded)
