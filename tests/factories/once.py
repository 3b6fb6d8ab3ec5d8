"""Makes something large once for all tests of a file; what each test does to it is taken back after the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.factories.registers import folder_settings


@contextmanager
def made_once(blocker: DjangoDbBlocker, folder: Path) -> Iterator[None]:
    """Keep a transaction open around the tests of a file, with files in a folder of their own.

    For fixtures with scope "module" that ask for `django_db_setup`; the tests still ask for `db`.
    """
    with blocker.unblock(), override_settings(**folder_settings(folder)), transaction.atomic():
        yield
        transaction.set_rollback(True)
