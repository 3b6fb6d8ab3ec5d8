"""What the pages of agreements show: the list of what is to be done, versions, who has confirmed, what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.agreements import reading
from medspil.agreements.canonical import Content, party_name
from medspil.agreements.carried_over import unchanged_since
from medspil.agreements.confirming import parties_changed, still_to_confirm
from medspil.agreements.differences import Piece, word_diff
from medspil.agreements.from_alignment import departures
from medspil.agreements.models import (
    SETTLED,
    Agreement,
    AgreementState,
    Confirmation,
    ConfirmationRequest,
)
from medspil.agreements.proposing import Lacking, lacking
from medspil.agreements.settled import newest_settled, settled_versions
from medspil.agreements.wording import FieldInWords, day, in_words, shown_name
from medspil.partnerships.models import Partner, Partnership
from medspil.partnerships.permissions import PartnershipRights
from medspil.web.agreements import words
from medspil.web.agreements.law_shown import law_of, law_url
from medspil.web.agreements.loading import partners_there
from medspil.web.partnerships.partnership_words import Shown
from medspil.web.parts import Fact, Task


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side of a version that waits: its yes, or who was asked for it."""

    partner: Partner
    name: str
    confirmation: Confirmation | None
    requests: list[ConfirmationRequest]
    own: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of two versions, in pieces."""

    label: str
    pieces: list[Piece]
    same: bool


def content_for(agreement: Agreement) -> Content:
    """Return what a version says; of a draft with those who take part now."""
    return reading.content_for(agreement, partners_there(agreement.partnership))


def tasks_of(agreement: Agreement, missing: list[Lacking]) -> list[Task]:
    """Return the task list of a draft: the seven fields and the days."""
    pk, open_ = agreement.partnership.pk, {one.field for one in missing if one.field}
    found = []
    for field, said in zip(agreement.fields.all(), in_words(content_for(agreement)), strict=True):
        url = reverse("agreements:field", args=[pk, field.code])
        drafted = agreement.based_on is None and not field.empty and field.version == 1  # later, all confirmed it
        state = _state(begun=not field.empty, open_=drafted or field.code in open_)
        hint = _("Proposed from what is known: read it.") if drafted else _short(said.whole)
        found.append(Task(said.label, state, url, hint))
    days = reverse("agreements:days", args=[pk])
    start = date_format(agreement.starts_on, "DATE_FORMAT") if agreement.starts_on else ""
    found.append(Task(_("Days: in force, until, look again"), "done" if start else "todo", days, start))
    return found


def overview(
    partnership: Partnership, rights: PartnershipRights, seen: list[Agreement], now: datetime
) -> dict[str, Any]:
    """Return what the page about the agreement of a partnership shows; `seen` are the versions, newest first."""
    today = timezone.localdate(now)
    draft = next((one for one in seen if one.state == AgreementState.DRAFT), None)
    waiting = next((one for one in seen if one.state == AgreementState.PROPOSED), None)
    counts, ahead = settled_versions(partnership, on=today)
    missing = lacking(draft, now=now) if draft and rights.runs else []
    return {
        "draft": draft if rights.runs else None,
        "waiting": waiting,
        "counts": counts,
        "standing": words.standing(counts, on=today) if counts else None,
        "ahead": [(one, words.standing(one, on=today)) for one in ahead],
        "tasks": tasks_of(draft, missing) if draft and rights.runs else [],
        "departures": departures(draft, partners_there(partnership)) if draft and rights.runs else [],
        "law": law_of(draft, now) if draft and rights.runs else None,
        "missing": missing_of(partnership, [one for one in missing if one.place != "same"]),
        "ready": bool(draft) and not missing,
        "same": unchanged_since(draft, partners_there(partnership)) if draft and rights.runs else None,
        "versions": [(one, standing_of(one, counts, now)) for one in seen],
        "away": next((one for one in seen[:1] if one.state == AgreementState.PUT_AWAY), None) if rights.runs else None,
    }


def missing_of(partnership: Partnership, missing: list[Lacking]) -> list[tuple[str | Promise, str]]:
    """Return all that is missing, each with where it is done; what is said of several questions of law is one line."""
    unanswered = [one for one in missing if one.unanswered]
    lines: dict[str, Lacking] = {}
    for one in missing:
        if not one.unanswered:
            lines.setdefault(str(one.sentence), one)
    found: list[tuple[str | Promise, str]] = [(said, link_of(partnership, one)) for said, one in lines.items()]
    if unanswered:
        number = len(unanswered)
        said = ngettext(
            "%(number)s question of law has no answer.", "%(number)s questions of law have no answer.", number
        )
        found.append((said % {"number": number}, link_of(partnership, unanswered[0])))
    return found


def link_of(partnership: Partnership, one: Lacking) -> str:
    """Return where something that is missing is done."""
    places = {"alignment": "alignment:overview", "walk": "walks:of_partnership", "days": "agreements:days"}
    if one.place == "same":
        return f"{reverse('agreements:overview', args=[partnership.pk])}#same"
    if one.place:
        return reverse(places[one.place], args=[partnership.pk])
    if one.check:
        return law_url(partnership.pk, one.check)
    return reverse("agreements:field", args=[partnership.pk, str(one.field)])


def standing_of(one: Agreement, counts: Agreement | None, now: datetime) -> Shown:
    """Return how a version stands, as a badge."""
    replaced = counts is not None and one.number < counts.number and one.state in SETTLED
    return words.standing(one, on=timezone.localdate(now), replaced=replaced)


def facts_of(agreement: Agreement, content: Content) -> list[Fact]:
    """Return who takes part and from when to when."""
    start = agreement.in_force_from
    return [
        Fact(_("Who takes part"), ", ".join(shown_name(one["name"]) for one in content.get("parties", ()))),
        Fact(_("About"), content.get("about", "")),
        Fact(_("In force from"), date_format(start, "DATE_FORMAT") if start else day(content.get("starts_on"))),
        Fact(_("Until"), day(content.get("ends_on")) or _("no last day is set")),
        Fact(_("We look at it again on"), day(content.get("look_again_on")) or _("no day is set")),
    ]


def version(agreement: Agreement, rights: PartnershipRights, names: Mapping[int, str], now: datetime) -> dict[str, Any]:
    """Return what the page of one version shows."""
    content = content_for(agreement)
    frozen = reading.frozen_of(agreement)
    counts = newest_settled(agreement.partnership, on=timezone.localdate(now))
    waits = agreement.state == AgreementState.PROPOSED
    open_ = waits or (agreement.state == AgreementState.CONFIRMED and counts is not None and counts.pk == agreement.pk)
    sides = sides_of(agreement, rights, names)
    return {
        "agreement": agreement,
        "frozen": frozen,
        "forgotten": bool(frozen and frozen.forgotten_at),
        "standing": standing_of(agreement, counts, now),
        "counts": counts is not None and counts.pk == agreement.pk,
        "facts": facts_of(agreement, content),
        "fields": in_words(content),
        "departures": departures(agreement, partners_there(agreement.partnership)) if waits and rights.runs else [],
        "sides": sides,
        "waits": waits,
        "parties_changed": frozen is not None and open_ and parties_changed(agreement, frozen),
        "to_confirm": [one for one in sides if one.own and one.confirmation is None] if waits else [],
    }


def sides_of(agreement: Agreement, rights: PartnershipRights, names: Mapping[int, str]) -> list[SideShown]:
    """Return the sides of a version with what each has said; who was asked is for those who run it."""
    given = {one.partner_id: one for one in agreement.confirmations.order_by("pk")}
    waiting = {one.pk for one in still_to_confirm(agreement)}
    asked = reading.asked_about(agreement) if rights.runs else {}
    return [
        SideShown(
            one, names.get(one.pk) or party_name(one), given.get(one.pk), asked.get(one.pk, []), one.pk in rights.own
        )
        for one in agreement.partnership.partners.all()
        if one.pk in given or one.pk in waiting
    ]


def changes(old: Content, new: Content) -> list[Changed]:
    """Return what differs between the contents of two versions, field by field; the days and the sides first."""
    found = []
    before, after = {one.code: one for one in in_words(old)}, in_words(new)
    pairs = [(_("Who takes part, and the days"), _frame(old), _frame(new))]
    pairs += [(one.label, _whole(before.get(one.code)), one.whole) for one in after]
    for label, was, now in pairs:
        pieces = word_diff(was, now)
        found.append(Changed(label, pieces, was == now))
    return found


def _state(*, begun: bool, open_: bool) -> Literal["todo", "doing", "done"]:
    """Return how far something is that people fill in."""
    if not begun:
        return "todo"
    return "doing" if open_ else "done"


def _whole(field: FieldInWords | None) -> str:
    return field.whole if field else ""


def _frame(content: Content) -> str:
    labels = (
        (_("In force from"), "starts_on"),
        (_("Until"), "ends_on"),
        (_("We look at it again on"), "look_again_on"),
    )
    lines = [
        _("Who takes part: {names}").format(names=", ".join(shown_name(one["name"]) for one in content["parties"]))
    ]
    return "\n".join([*lines, *(f"{label}: {day(content[name]) or '–'}" for label, name in labels)])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:98].rpartition(' ')[0]} …"
