"""Registers the room `offers` with Django."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "medspil.offers"
