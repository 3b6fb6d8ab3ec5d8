"""Registers the room `agreements` with Django and with the outbox."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "medspil.agreements"

    def ready(self) -> None:
        """Let the outbox ask again before a mail goes out, people be forgotten, and partnerships stop here as well."""
        from medspil.agreements import (  # noqa: PLC0415  (they need the models)
            forgetting,  # noqa: F401
            mail_checks,  # noqa: F401
            with_partnership,  # noqa: F401
        )
