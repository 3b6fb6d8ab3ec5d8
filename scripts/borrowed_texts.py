"""Texts of Django and django-allauth that we say in our own Danish: theirs is stiff, or not how Medspil speaks.

Each must be word for word as the package writes it; a test sees to that. The Danish stands in our catalogue.
"""

TEXTS: tuple[str, ...] = ()
