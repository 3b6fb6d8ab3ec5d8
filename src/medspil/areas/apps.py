"""Registers the room `areas` with Django."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "medspil.areas"
