"""Registers the room `notices` with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "medspil.notices"

    def ready(self) -> None:
        """Name the purpose of mails about accounts."""
        from medspil.notices import backend  # noqa: F401, PLC0415  (for its effect, with models loaded)
