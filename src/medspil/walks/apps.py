"""Registers the room `walks` with Django."""

from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "medspil.walks"
