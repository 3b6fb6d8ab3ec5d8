"""Registers the room `mapping` with Django."""

from django.apps import AppConfig


class MappingConfig(AppConfig):
    name = "medspil.mapping"
