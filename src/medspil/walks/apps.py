"""Registers the room `walks` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "medspil.walks"

    def ready(self) -> None:
        """Let the outbox ask again before an invitation is sent, and let walks forget people."""
        from medspil.walks import checks, forgetting  # noqa: F401, PLC0415  (they need the models)
