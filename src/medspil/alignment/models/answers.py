"""Answers by question, which read as one text where somebody looks for a name in them."""

from typing import Any

from django.db import models


class Answers(dict[str, str]):
    """The answers of one side, by code of the question."""

    def __str__(self) -> str:
        return " · ".join(text for text in self.values() if text)


class AnswersField(models.JSONField):
    """Keeps answers as JSON; for the database it is a field of JSON like any other."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return answers as such."""
        found = super().from_db_value(value, expression, connection)
        return Answers(found) if isinstance(found, dict) else found

    def deconstruct(self) -> Any:
        """Tell migrations that it is a plain field of JSON."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.JSONField", args, options
