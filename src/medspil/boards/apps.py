"""Registers the room `boards` with Django."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "medspil.boards"
