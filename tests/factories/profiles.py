"""Makes profiles of companies for tests, through the service that people use."""

from datetime import date
from typing import Any

from medspil.accounts.models import User
from medspil.organisations.answers import Content
from medspil.organisations.models import Organisation, ProfileAnswer, Topic
from medspil.organisations.profiles import save_answer
from medspil.organisations.subjects import Subject
from tests.factories.people import NOW

CHECKED_ON = date(2026, 5, 3)


def answer(
    subject: Subject, said_by: Organisation, topic: Topic, by: User, known: str = "", *, text: str = "", **other: Any
) -> ProfileAnswer:
    """Write one answer about a company, read in its annual report."""
    facts: dict[str, Any] = {
        "source": "annual_report", "link": "", "checked_on": CHECKED_ON, "expected_version": 0, "now": NOW,
    } | other  # fmt: skip
    content = Content(known=known, text=text, details=facts.pop("details", {}))
    return save_answer(subject=subject, said_by=said_by, topic=topic, content=content, by=by, **facts)


def themes(**says: str) -> dict[str, Any]:
    """Return the details of what a strategy says by theme."""
    return {"themes": says}


def partnership(with_whom: str = "Nørremarksskolen", **other: str) -> dict[str, str]:
    """Return one earlier partnership."""
    return {"with_whom": with_whom, "what": "Skoleklasser på besøg", "when": "2024", "source": "website"} | other
