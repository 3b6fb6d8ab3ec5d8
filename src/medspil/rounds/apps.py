"""Registers the room `rounds` with Django, and with offers, which ask here without knowing it."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "medspil.rounds"

    def ready(self) -> None:
        """Let offers ask what allocations tell of them."""
        from medspil.rounds.told_to_offers import register  # noqa: PLC0415  (models are not there before)

        register()
