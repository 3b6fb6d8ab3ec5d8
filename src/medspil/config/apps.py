"""Registers the settings' own system checks with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "medspil.config"

    def ready(self) -> None:
        """Load the checks: Django finds them by import."""
        from medspil.config import checks  # noqa: F401, PLC0415  (for its effect, with apps loaded)
