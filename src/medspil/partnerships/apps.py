"""Registers the room `partnerships` with Django, with the outbox and with the map, which ask here unknowingly."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "medspil.partnerships"

    def ready(self) -> None:
        """Let the outbox ask again before a mail is sent, and what names people be forgotten with them."""
        from medspil.partnerships import (  # noqa: PLC0415  (they need the models)
            answers_told,  # noqa: F401
            asking_back,  # noqa: F401
            asking_leaders,  # noqa: F401
            checks,  # noqa: F401
            forgetting,  # noqa: F401
            forgetting_people,  # noqa: F401
            gain_mails,  # noqa: F401
            question_mails,  # noqa: F401
        )
