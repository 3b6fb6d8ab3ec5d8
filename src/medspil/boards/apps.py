"""Registers the room `boards` with Django, with the outbox and with those who forget, who ask here unknowingly."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "medspil.boards"

    def ready(self) -> None:
        """Let the outbox ask again before papers of a meeting go out, and who sits on boards be forgotten."""
        from medspil.boards import (  # noqa: F401, PLC0415  (they need the models)
            calling_checks,
            draft_mails,
            forgetting,
            meeting_forgetting,
            minutes_mails,
        )
