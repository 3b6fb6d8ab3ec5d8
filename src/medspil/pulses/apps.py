"""Registers the room `pulses` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class PulsesConfig(AppConfig):
    name = "medspil.pulses"

    def ready(self) -> None:
        """Let links and the outbox ask again whom they are for, and what people wrote be forgotten with them."""
        from medspil.pulses import answers, checks, forgetting  # noqa: F401, PLC0415  (they need the models)
