"""Registers the room `catalogue` with Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "medspil.catalogue"
