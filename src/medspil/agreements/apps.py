"""Registers the room `agreements` with Django and with the outbox."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "medspil.agreements"

    def ready(self) -> None:
        """Let the outbox ask again before a mail goes out, and people be forgotten here as well."""
        from medspil.agreements import forgetting, mail_checks  # noqa: F401, PLC0415  (they need the models)
