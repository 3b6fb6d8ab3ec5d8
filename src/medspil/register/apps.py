"""Registers the room `register` with Django."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "medspil.register"
