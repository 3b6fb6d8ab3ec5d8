"""An agreement on paper: two pages that can be read aloud and kept, in Danish and English.

With the last yes the file is made once in each language and kept with its hash; who asks later gets those very bytes.
Of a version that still waits a paper is made for reading, and nothing is kept.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from re import findall
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from medspil.agreements.canonical import Content, content_of
from medspil.agreements.models import SETTLED, Agreement, Confirmation, FrozenText, Paper, Way
from medspil.agreements.wording import day, in_words, names_in
from medspil.documents import render_pdf
from medspil.partnerships.models import Partner

TEMPLATE = Path(__file__).parent / "documents" / "agreement.typ"
LANGUAGES = ("da", "en")
WRITTEN_IN = "da"
"""The language in which parties write as a rule; a paper in another says that their words are not translated."""
PAGES = 2
"""What fits on two pages in ordinary cases; a longer one says so before it is proposed."""


class Forgotten(Exception):
    """The words of the version were forgotten after their time."""


def paper_of(agreement: Agreement, language: str) -> bytes:
    """Return the PDF of a version that was proposed; the kept one where all have confirmed it. Raises `Forgotten`."""
    kept = Paper.objects.filter(agreement=agreement, language=language).first()
    if kept is None or kept.forgotten_at:  # of one who withdrew the name is gone; a paper without it can still be made
        return _made(agreement, language)
    return bytes(kept.pdf)


def keep_papers(agreement: Agreement) -> None:
    """Make the papers of a version that all have confirmed, and keep them; what is kept already stays.

    Raises `DocumentError`.
    """
    there = set(Paper.objects.filter(agreement=agreement).values_list("language", flat=True))
    for language in LANGUAGES:
        if language not in there and agreement.state in SETTLED and agreement.confirmed_at:
            pdf = _made(agreement, language)
            Paper.objects.create(
                agreement=agreement, language=language, pdf=pdf, pages=pages_of(pdf),
                sha256=sha256(pdf).hexdigest(), made_at=agreement.confirmed_at,
            )  # fmt: skip


def pages_of(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    return len(findall(rb"/Type\s*/Page\b(?!s)", pdf))


def pages_ahead(agreement: Agreement, partners: list[Partner], language: str) -> int:
    """Return how many pages a draft will take once all have confirmed it."""
    content = content_of(agreement, partners)
    with translation.override(language):
        room = {"who": "x" * 40, "mandate": "x" * 40, "when": "x" * 40}
        given = [{"party": name, **room} for name in names_in(content).values()]
        data = paper_data(content, "0" * 64, given, language, starts=day(content["starts_on"]), confirmed="x" * 40)
    return pages_of(_rendered(data, created=agreement.updated_at))


def _made(agreement: Agreement, language: str) -> bytes:
    frozen = FrozenText.objects.get(agreement=agreement)
    if frozen.forgotten_at:
        raise Forgotten
    confirmations = list(Confirmation.objects.filter(agreement=agreement).order_by("at", "pk"))
    with translation.override(language):
        names = names_in(frozen.content)
        data = paper_data(
            frozen.content,
            frozen.sha256,
            [_confirmation(one, names) for one in confirmations],
            language,
            starts=_in_force_from(agreement, frozen.content),
            confirmed=_confirmed(agreement, len(confirmations), len(names)),
        )
    return _rendered(data, created=agreement.confirmed_at or frozen.frozen_at)


def _rendered(data: dict[str, Any], *, created: datetime) -> bytes:
    return render_pdf(TEMPLATE, data, created=created, font_folders=[settings.FRONTEND_PARTS / "fonts"])


def paper_data(
    content: Content,
    hash_: str,
    confirmations: list[dict[str, str]],
    language: str,
    *,
    starts: str,
    confirmed: str,
) -> dict[str, Any]:
    """Return the data of the paper, in the language that is active."""
    names = names_in(content)
    facts = [
        (gettext("Who takes part"), ", ".join(names.values())),
        (gettext("About"), content["about"]),
        (gettext("In force from"), starts),
        (gettext("Until"), day(content["ends_on"]) or gettext("no last day is set")),
        (gettext("We look at it again on"), day(content["look_again_on"]) or gettext("no day is set")),
    ]
    if content["changed_from"]:
        words = gettext("Version {number}, in place of version {old}")
        version = words.format(number=content["number"], old=content["changed_from"])
    else:
        version = gettext("Version {number}").format(number=content["number"])
    return {
        "title": gettext("Agreement: {partnership}").format(partnership=content["partnership"]),
        "lang": language,
        "foot": f"{content['area']} · {version} · {hash_[:12]}",
        "place": f"{content['area']} · {version}",
        "facts": [(label, value) for label, value in facts if value],
        "tongue": "" if language == WRITTEN_IN else _not_translated(),
        "fields": [{"label": one.label, "lines": one.lines, "text": one.text} for one in in_words(content)],
        "confirmations": confirmations,
        "confirmed": confirmed,
        "hash_words": gettext("SHA-256 of the text that each side confirmed:"),
        "sha256": hash_,
        "labels": {"confirmations": gettext("Confirmed by")},
    }


def _not_translated() -> str:
    return gettext(
        "What the parties wrote stands in their own words, as a rule Danish. Only what is around it is translated."
    )


def _in_force_from(agreement: Agreement, content: Content) -> str:
    if agreement.in_force_from:
        return date_format(agreement.in_force_from, "DATE_FORMAT")
    return day(content["starts_on"])


def _confirmed(agreement: Agreement, given: int, sides: int) -> str:
    if agreement.confirmed_at:
        return gettext("All sides have confirmed this version.")
    return gettext("{given} of {sides} sides have confirmed this version.").format(given=given, sides=sides)


def _confirmation(one: Confirmation, names: dict[int, str]) -> dict[str, str]:
    moment = f"{date_format(timezone.localdate(one.at), 'DATE_FORMAT')} {_clock(one.at)}"
    return {
        "party": names.get(one.partner_id, "–"),
        "who": f"{one.name}, {one.role}" if one.name else gettext("The name was forgotten"),
        "mandate": one.mandate,
        "when": f"{moment}, {Way(one.way).label}",
    }


def _clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "TIME_FORMAT")
