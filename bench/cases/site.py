"""Make the site's own code ready, so that the bench weighs words and places exactly as the site does."""

import os

import django
from django.apps import apps


def ready() -> None:
    """Set Django up unless it is: the register's field weights stand beside its models."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspil.config.settings")
        os.environ.setdefault("MEDSPIL_LOCAL", "true")
        django.setup()
