"""Every table of what is written once has both triggers, on both databases, also after a migration rebuilt it."""

import pytest
from django.apps import apps
from django.db import connection

from medspil.common.frozen import REMAINS, STAYS, Frozen

pytestmark = pytest.mark.django_db
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def test_every_frozen_table_refuses_to_change_and_to_delete() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    frozen = [model._meta.db_table for model in apps.get_models() if issubclass(model, Frozen)]
    assert len(frozen) >= 3
    assert {f"{table}{end}" for table in frozen for end in (STAYS, REMAINS)} <= there
