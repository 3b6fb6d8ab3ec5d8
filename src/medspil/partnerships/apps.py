"""Registers the room `partnerships` with Django."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "medspil.partnerships"
