"""Registers the room `common` with Django."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "medspil.common"
