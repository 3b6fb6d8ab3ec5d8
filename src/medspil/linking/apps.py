"""Registers the room `linking` with Django."""

from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "medspil.linking"
