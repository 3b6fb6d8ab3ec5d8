"""What a person can do to her own account."""

from datetime import datetime

from django.db import transaction

from medspil.accounts.models import User, record_history


def choose_language(*, user: User, language: str) -> None:
    """Remember the language a person wants pages and mails in."""
    User.objects.filter(pk=user.pk).update(language=language)


@transaction.atomic
def rename(*, user: User, name: str, now: datetime) -> None:
    """Change the name that others see."""
    before, user.name = user.name, name.strip()
    user.save(update_fields=["name"])
    record_history(record=user, action="renamed", by=user, now=now, changes={"name": [before, user.name]})
