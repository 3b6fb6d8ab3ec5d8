"""Registers the room `linking` with Django, and with offers and the map, which ask here without knowing it."""

from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "medspil.linking"

    def ready(self) -> None:
        """Let the rooms below ask what links tell of them; models are not there before."""
        from medspil.linking import (  # noqa: PLC0415 - they need the models
            forgotten_people,  # noqa: F401  (for its effect)
            told_to_mapping,
            told_to_offers,
        )

        told_to_offers.register()
        told_to_mapping.register()
