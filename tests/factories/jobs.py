"""Does the register's waiting jobs at once, as the worker would."""

from django.utils import translation
from django_tasks_db.models import DBTaskResult

from medspil.register.tasks import apply_import, build_search_index, compare_import

JOBS = {each.module_path: each for each in (compare_import, apply_import, build_search_index)}


def work() -> None:
    """Do what waits, and what that puts in the queue, until nothing waits."""
    while waiting := DBTaskResult.objects.filter(status="READY").order_by("enqueued_at").first():
        with translation.override(None):
            JOBS[waiting.task_path].call(*waiting.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=waiting.pk).update(status="SUCCESSFUL")
