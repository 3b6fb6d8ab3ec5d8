"""Types for requests behind the sign-in wall, and answers that many views give."""

from typing import Any

from django.db import models
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from medspil.accounts.models import HistoryEntry, User
from medspil.web.forms import differences, with_version

MOST_DIGITS = 18


class SignedInRequest(HttpRequest):
    """A request that passed the sign-in wall: its user is a person."""

    user: User
    htmx: HtmxDetails


def whole_number(text: str, *, otherwise: int = 0) -> int:
    """Return a number that a browser sent, of a size that a key can have; `otherwise` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else otherwise


def fragment(request: SignedInRequest, template: str, part: str) -> str:
    """Return the page's template, or its part when HTMX asks; the browser never names the part."""
    return f"{template}#{part}" if request.htmx else template


def conflict(
    request: HttpRequest, template: str, form: BaseForm, record: models.Model, context: dict[str, Any]
) -> HttpResponse:
    """Answer 409: both versions side by side, and the same form carrying the new version, so that nothing is lost."""
    record.refresh_from_db()
    latest = HistoryEntry.objects.of(record).first()
    shown = {
        "form": with_version(form, getattr(record, "version", 1)),
        "differences": differences(form, record),
        "conflict": True,
        "conflict_by": latest.by if latest else None,
        "conflict_at": latest.at if latest else None,
    }
    return render(request, template, context | shown, status=409)
