"""Registers the room `organisations` with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "medspil.organisations"
