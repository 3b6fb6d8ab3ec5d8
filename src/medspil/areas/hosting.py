"""Volunteers are asked for by the group that receives them before anyone offers them: the rule and its one home.

A need that asks for people's time must say who receives them, how many at a time, what a good day looks like and when
the group asked. Until then it is not opened to companies, nobody's time is offered to it, and nobody is linked with it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Need
from medspil.catalogue.vocabulary import KindGroup, vocabulary

FIELDS = ("host_id", "host_name", "host_capacity", "good_day", "hosted_on")

HOSTED: Mapping[str | Promise, Callable[[Need], bool]] = {
    _("who receives the volunteers"): lambda need: need.host_id is not None or bool(need.host_name),
    _("how many they can take at a time"): lambda need: need.host_capacity is not None,
    _("what a good day looks like"): lambda need: bool(need.good_day),
    _("the day the group asked"): lambda need: need.hosted_on is not None,
}
"""What the receiving group has to say, each with its test; a section of the need shows the same."""


class NoHostYet(Exception):
    """A need asks for people's time, and nobody has said who receives them."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This need asks for people's time. First the group that receives them must say who it is, how many "
                "it can take at a time, what a good day looks like, and which day it asked."
            )
        )


def is_peoples_time(kind: str) -> bool:
    """Return whether a kind of resource is volunteers' time."""
    entry = vocabulary().resource_kinds.get(kind)
    return entry is not None and entry.group is KindGroup.PEOPLE


def wants_volunteers(need: Need) -> bool:
    """Return whether a need asks for volunteers' time. Reads its kinds of resources."""
    return any(is_peoples_time(one.kind) for one in need.resources.all())


def volunteers_ready(need: Need) -> bool:
    """Return whether a need may be shown, offered to and linked: it wants no volunteers, or somebody receives them."""
    return hosted(need) or not wants_volunteers(need)


def hosted(need: Need) -> bool:
    """Return whether the receiving group has said all it has to."""
    return all(said(need) for said in HOSTED.values())


def refuse_without_host(need: Need) -> None:
    """Raise `NoHostYet` for a need that asks for volunteers whom nobody receives yet."""
    if not volunteers_ready(need):
        raise NoHostYet


def refuse_opening(
    current: Need, *, fields: Mapping[str, Any] | None = None, kinds: Collection[str] | None = None
) -> None:
    """Raise `NoHostYet` when a change would show companies a need for volunteers whom nobody receives.

    A need that stood open so before the rule came may still be changed: its pages say what is missing. To be asked
    inside the transaction of the change, of the row as it stands.
    """
    before = [one.kind for one in current.resources.all()]
    asked = fields or {}
    after = Need(
        open_to_companies=asked.get("open_to_companies", current.open_to_companies),
        **{name: asked.get(name, getattr(current, name)) for name in FIELDS},
    )
    stood_so = current.open_to_companies and not _fine(current, before)
    if after.open_to_companies and not stood_so and not _fine(after, before if kinds is None else kinds):
        raise NoHostYet


def _fine(need: Need, kinds: Iterable[str]) -> bool:
    return hosted(need) or not any(is_peoples_time(kind) for kind in kinds)
