"""Writes down what the example's people know of a few companies, through the same door as the pages."""

from datetime import datetime, timedelta
from typing import Any

from medspil.accounts.models import User
from medspil.cli.example.shortlists import kept
from medspil.organisations.answers import Content
from medspil.organisations.models import AnswerSource, Organisation, Topic
from medspil.organisations.profiles import save_answer, save_note
from medspil.organisations.subjects import Subject, of_organisation, of_unit


def load_profiles(
    told: dict[str, Any], organisations: dict[str, Organisation], by_email: dict[str, User], *, now: datetime
) -> None:
    """Write every answer with its source and its day, and the private notes."""
    for profile in told["profile"]:
        subject = _subject(profile["about"], organisations)
        said_by, by = organisations[profile["said_by"]], by_email[profile["by"]]
        for answer in profile["answer"]:
            save_answer(
                subject=subject,
                said_by=said_by,
                topic=Topic(answer["topic"]),
                content=_content(answer),
                source=AnswerSource(answer["source"]),
                link=answer.get("link", ""),
                checked_on=now.date() - timedelta(days=answer["days_ago"]),
                expected_version=0,
                by=by,
                now=now,
            )
        if note := profile.get("note"):
            save_note(subject=subject, said_by=said_by, note=note, expected_version=1, by=by, now=now)


def _subject(about: str | list[Any], organisations: dict[str, Organisation]) -> Subject:
    if isinstance(about, str):
        return of_organisation(organisations[about])
    need, nth = about
    return of_unit(kept(need)[nth - 1].unit)


def _content(answer: dict[str, Any]) -> Content:
    details: dict[str, Any] = {name: answer[name] for name in ("themes", "partnerships") if name in answer}
    return Content(known=answer.get("known", ""), text=answer.get("text", ""), details=details)
