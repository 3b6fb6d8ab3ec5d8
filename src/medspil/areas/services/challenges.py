"""Describe a challenge of an area and change the description."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from medspil.accounts.models import User
from medspil.areas.changes import change
from medspil.areas.creation import create_once
from medspil.areas.models import Area, Challenge


def create_challenge(
    *,
    area: Area,
    title: str,
    creation_key: UUID,
    by: User,
    now: datetime,
    theme: str = "",
    target_groups: Sequence[str] = (),
    seen: str = "",
    since: date | None = None,
) -> Challenge:
    """Create a challenge; the same key again returns the one that is there."""
    challenge = Challenge(
        area=area, title=title.strip(), theme=theme, target_groups=list(target_groups), seen=seen, since=since
    )
    return create_once(challenge, creation_key=creation_key, by=by, now=now)


def edit_challenge(*, challenge: Challenge, expected_version: int, by: User, now: datetime, **facts: Any) -> Challenge:
    """Change some of title, theme, target_groups, seen, since.

    Raises `EditConflict`, `CprNumberFound`, Django's `ValidationError`.
    """
    return change(challenge, expected_version=expected_version, by=by, now=now, fields=facts)
