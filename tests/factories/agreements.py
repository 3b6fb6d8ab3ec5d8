"""Makes agreements for tests the way people do: drafted, filled in, its checks answered, proposed, confirmed."""

from datetime import datetime, timedelta
from typing import Any

from medspil.accounts.models import User
from medspil.agreements.confirming import Signature, confirm
from medspil.agreements.models import Agreement, FieldCode, Way
from medspil.agreements.proposing import propose
from medspil.agreements.rules import checks
from medspil.agreements.writing import answer_check, begin, save_days, save_field, sides_of
from medspil.partnerships.models import Partnership
from medspil.walks.models import SkipReason
from medspil.walks.skipping import skip_walk
from tests.factories import alignment
from tests.factories.people import NOW

SIGNED = Signature(name="Mette Holm", role="Direktør", mandate="Tegner selskabet")


def align(partnership: Partnership, *, by: User) -> None:
    """Let all sides hand in the same words, so that nothing is left to settle, and skip the walk."""
    skip_walk(
        partnership=partnership, reason=SkipReason.KNOWN, words="", creation_key=partnership.creation_key, by=by,
        now=NOW,
    )  # fmt: skip
    need = partnership.link.need
    kinds = " ".join(str(one) for one in need.resources.all()) if need else ""
    for side in sides_of(partnership):
        alignment.say(side, alignment.COMPANY | {"resources": f"Fotograf. {kinds}", "never": "Larm om natten."}, by)


def draft(partnership: Partnership, *, by: User, now: datetime = NOW) -> Agreement:
    """Return a draft as the data propose it."""
    made = begin(partnership=partnership, by=by, now=now)
    return Agreement.objects.for_page().get(pk=made.pk)


def fill(agreement: Agreement, *, by: User, now: datetime = NOW, **texts: str) -> Agreement:
    """Fill in every field, answer every check with what warns of nothing, and give it days."""
    align(agreement.partnership, by=by)
    sides = sides_of(agreement.partnership)
    rows: dict[str, list[dict[str, Any]]] = {
        "activities": [{"what": "Fotoskole", "hours": 3, "rhythm": "weekly", "partner": sides[1].pk}],
        "timeline": [{"on": (now + timedelta(days=30)).date(), "what": "Vi begynder"}],
        "budget": [{"what": "Kameraer", "kroner": 20_000, "partner": sides[1].pk}],
        "decides": [{"partner": one.pk, "who": f"Leder {one.pk}", "what": "op til 10.000 kr."} for one in sides],
        "responsible": [{"partner": one.pk, "who": f"Leder {one.pk}", "what": ""} for one in sides],
    }
    for field in agreement.fields.order_by("pk"):
        text = texts.get(field.code, "" if field.code in rows else f"Flere unge er med, udgave {agreement.number}.")
        save_field(
            field=field, expected_version=field.version, text=text, rows=rows.get(field.code, ()), by=by, now=now
        )
    for check in checks().values():
        answer_check(agreement=agreement, code=check.code, answer=check.calm, amounts={}, why="", by=by, now=now)
    day = now.date()
    save_days(
        agreement=agreement, expected_version=agreement.version, starts_on=day, ends_on=day + timedelta(days=365),
        look_again_on=day + timedelta(days=180), by=by, now=now,
    )  # fmt: skip
    return Agreement.objects.for_page().get(pk=agreement.pk)


def proposed(partnership: Partnership, *, by: User, now: datetime = NOW, **texts: str) -> Agreement:
    """Return a version that waits for confirmations."""
    filled = fill(draft(partnership, by=by, now=now), by=by, now=now, **texts)
    return propose(agreement=filled, expected_version=filled.version, by=by, now=now)


def say_yes(agreement: Agreement, at: int, *, now: datetime = NOW, name: str = "") -> Agreement:
    """Let the side at a place confirm."""
    side = sides_of(agreement.partnership)[at]
    signature = Signature(name, SIGNED.role, SIGNED.mandate) if name else SIGNED
    return confirm(
        agreement=agreement, partner=side, sha256=agreement.frozen.sha256, signature=signature, way=Way.SIGNED_IN,
        by=None, now=now,
    )  # fmt: skip


def in_force(partnership: Partnership, *, by: User, now: datetime = NOW) -> Agreement:
    """Return a version that all have confirmed."""
    made = proposed(partnership, by=by, now=now)
    for at in range(len(sides_of(partnership))):
        made = say_yes(made, at, now=now)
    return made


def text_of(agreement: Agreement, code: FieldCode) -> str:
    """Return the text of a field."""
    return agreement.fields.get(code=code).text
