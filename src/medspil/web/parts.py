"""What the small components draw: facts, tasks, steps. Plain values that a view fills in."""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of components/_summary_list.html; `template` draws the value instead and gets `value`."""

    label: Words
    value: Any
    change_url: str = ""
    note: Words = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of components/_task_list.html."""

    title: Words
    state: Literal["todo", "doing", "done"]
    url: str = ""
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of components/_steps.html."""

    title: Words
    state: Literal["todo", "current", "done", "error"]
    url: str = ""
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a folding card says of what it holds: a calm line, and what waits in it, which no fold may hide."""

    text: Words = ""
    waits: Words = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of components/_conflict.html: what somebody else saved, and what stands in the form."""

    label: Words
    theirs: Words
    mine: Words
