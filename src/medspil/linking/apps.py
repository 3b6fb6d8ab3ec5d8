"""Registers the room `linking` with Django, and with offers, which ask here without knowing it."""

from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "medspil.linking"

    def ready(self) -> None:
        """Let offers ask what links tell of them."""
        from medspil.linking.told_to_offers import register  # noqa: PLC0415  (models are not there before)

        register()
