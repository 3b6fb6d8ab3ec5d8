"""Registers the room `progress` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "medspil.progress"

    def ready(self) -> None:
        """Let the outbox ask again before a mail goes, and words be forgotten with people."""
        from medspil.progress import checks, digests, forgetting  # noqa: F401, PLC0415  (they need the models)
