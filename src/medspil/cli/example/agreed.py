"""Lets partnerships of the example agree: written field by field, proposed, confirmed by the sides, and changed."""

from datetime import datetime
from typing import Any

from medspil.agreements.confirming import Signature, confirm
from medspil.agreements.models import Agreement, Way
from medspil.agreements.papers import keep_papers
from medspil.agreements.proposing import propose
from medspil.agreements.rules import checks
from medspil.agreements.writing import answer_check, begin, save_days, save_field, sides_of
from medspil.cli.example.setting import Setting
from medspil.partnerships.models import Partnership


def agree(setting: Setting) -> None:
    """Write every agreement with its change; a version that all have confirmed has its papers."""
    for told in setting.told["agreement"]:
        partnership = Partnership.objects.for_page().get(link__sentence=told["link"])
        _version(setting, partnership, told, told["texts"], told["rows"])
        if change := told.get("then"):
            _version(setting, partnership, told | change, change["texts"], {})


def _version(
    setting: Setting,
    partnership: Partnership,
    told: dict[str, Any],
    texts: dict[str, str],
    rows: dict[str, list[dict[str, Any]]],
) -> None:
    """Write one version, propose it, and let sides say yes to it."""
    then, by = setting.ago(told["begun"]), setting.coordinator
    draft = begin(partnership=partnership, by=by, now=then)
    sides = [one.pk for one in sides_of(partnership)]
    for field in draft.fields.order_by("pk"):
        if field.code in texts or field.code in rows:
            kept = _rows(setting, rows[field.code], sides) if field.code in rows else field.rows
            text = texts.get(field.code, "")
            save_field(field=field, expected_version=field.version, text=text, rows=kept, by=by, now=then)
    for check in checks().values():
        why = told["checks"].get(check.code, "")
        answer = "yes" if why else check.calm
        answer_check(agreement=draft, code=check.code, answer=answer, amounts={}, why=why, by=by, now=then)
    starts, ends, again = (setting.day(told[name]) for name in ("starts", "ends", "again"))
    save_days(
        agreement=draft, expected_version=draft.version, starts_on=starts, ends_on=ends, look_again_on=again, by=by,
        now=then,
    )  # fmt: skip
    made = propose(agreement=draft, expected_version=draft.version, by=by, now=setting.ago(told["proposed"]))
    for side, name, role, mandate, days_ago in told["yes"]:
        made = _yes(made, side, Signature(name, role, mandate), setting.ago(days_ago))
    if made.confirmed_at:
        keep_papers(Agreement.objects.for_page().get(pk=made.pk))


def _yes(agreement: Agreement, side: int, signature: Signature, now: datetime) -> Agreement:
    """Let a side say yes by a link, as those without an account do."""
    partner = sides_of(agreement.partnership)[side]
    sha256 = agreement.frozen.sha256
    return confirm(
        agreement=agreement, partner=partner, sha256=sha256, signature=signature, way=Way.LINK, by=None, now=now
    )


def _rows(setting: Setting, told: list[dict[str, Any]], sides: list[int]) -> list[dict[str, Any]]:
    """Return rows with the keys of the sides, and with days."""
    found = []
    for row in told:
        made = {name: value for name, value in row.items() if name not in ("in_days", "partner")}
        if "partner" in row:
            made["partner"] = sides[row["partner"]]
        if "in_days" in row:
            made["on"] = setting.day(-row["in_days"])
        found.append(made)
    return found
