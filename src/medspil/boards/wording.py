"""Minutes in words, in the language that is active: for pages and for paper alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from medspil.boards.content import Content
from medspil.boards.models import Because, Choice, ItemKind, Presence, Way
from medspil.boards.voting import Result

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words: its heading, what was decided, and how."""

    label: str
    result: str
    text: str
    lines: list[str]


def when(moment: datetime) -> str:
    """Return day of the week, day and time here."""
    here = timezone.localtime(moment)
    said = f"{date_format(here, 'l')} {date_format(here, 'DATE_FORMAT')}"
    return _("{day}, {time}").format(day=said, time=date_format(here, "TIME_FORMAT"))


def day(told: str | date) -> str:
    """Return a day."""
    return date_format(date.fromisoformat(told) if isinstance(told, str) else told, "DATE_FORMAT")


def name(key: object, names: Names) -> str:
    """Return what somebody was called; of one who was forgotten only that."""
    return names.get(str(key)) or _("somebody who is forgotten")


def kroner(number: int) -> str:
    """Return an amount."""
    return _("{number} kr.").format(number=number_format(number, force_grouping=True))


def notice_words(told: Mapping[str, int] | None, called_on: str | None) -> str:
    """Return when a meeting was called or planned, and that it was too late where it was."""
    if called_on is None:
        return _planned_words(told)
    said = f"{day(called_on)}."
    if told is None:
        return said
    days = ngettext("{number} day’s notice", "{number} days’ notice", told["days"]).format(number=told["days"])
    if told["days"] >= told["demanded"]:
        return f"{said} {days}."
    less = _("{days}: the rules of procedure demand {demanded}.").format(days=days, demanded=told["demanded"])
    return f"{said} {less}"


def _planned_words(told: Mapping[str, int] | None) -> str:
    unsent = _("The papers were not sent from here.")
    if told is None:
        return unsent
    words = ngettext(
        "The meeting was planned {number} day before; the rules of procedure demand {demanded}.",
        "The meeting was planned {number} days before; the rules of procedure demand {demanded}.",
        told["days"],
    )
    return f"{unsent} {words.format(number=told['days'], demanded=told['demanded'])}"


def quorum_words(told: Mapping[str, int] | None) -> str:
    """Return whether enough were there."""
    if told is None:
        return _("No rules of procedure say how many must be there.")
    there = _("{present} of {seated} members are there, {needed} must be.").format(**told)
    if told["present"] >= told["needed"]:
        return _("{there} The board is able to decide.").format(there=there)
    return _("{there} The board is not able to decide.").format(there=there)


def seats_in_words(content: Content, names: Names) -> list[tuple[str, list[str]]]:
    """Return by constituency who was there and who was not."""
    found: dict[str, list[str]] = {}
    for seat in content["seats"]:
        said = name(seat["who"], names)
        if seat["presence"] == Presence.SUBSTITUTE:
            words = _("{name}: absent; {substitute} came as substitute")
            told = words.format(name=said, substitute=name(seat["substitute"], names))
        else:
            told = f"{said}: {Presence(seat['presence']).label}"
        if content["chaired_by"] in (seat["who"], seat["substitute"]):
            told = _("{seat} (led the meeting)").format(seat=told)
        found.setdefault(seat["constituency"], []).append(told)
    return list(found.items())


def out_in_words(item: Mapping[str, Any], names: Names) -> list[str]:
    """Return who left the room for an item, and why."""
    found = []
    for one in item["out"]:
        if one["because"] == Because.CONFLICT:
            words = _("{name} was disqualified and left the room before the item was talked about: {why}")
            found.append(words.format(name=name(one["who"], names), why=one["why"]))
        elif one["why"]:
            words = _("{name} was not in the room: {why}")
            found.append(words.format(name=name(one["who"], names), why=one["why"]))
        else:
            found.append(_("{name} was not in the room").format(name=name(one["who"], names)))
    return found


def not_able(item: Mapping[str, Any]) -> str:
    """Return that the board was not able to decide on an item; empty where it was."""
    if not item["not_able"]:
        return ""
    words = _("Not able to decide: {present} took part, {needed} of {seated} are needed.")
    return words.format(**item["quorum"])


def kind_of(item: Mapping[str, Any], names: Names) -> str:
    """Return what the board should do with an item, and who brought it."""
    kind = str(ItemKind(item["kind"]).label)
    if not item["brought_by"]:
        return kind
    return _("{kind}, brought by {name}").format(kind=kind, name=name(item["brought_by"], names))


def decided(told: Mapping[str, Any], names: Names) -> Decided:
    """Return a decision in words."""
    result = Result(told["result"])
    labels = {
        Result.DECIDED: _("Decided"),
        Result.FELL: _("Put to the vote and not decided"),
        Result.NOT_ABLE: _("Not able to decide"),
    }
    lines = [_("Without a vote: nobody was against.")] if told["way"] == Way.AGREED else _votes(told, names)
    if told["casting"]:
        lines.append(_("The votes were equal: the vote of whoever led the meeting decided."))
    if told["kroner"]:
        done = _("Uses {kroner} of the sum “{sum}” for: {purpose}")
        words = done if result is Result.DECIDED else _("Would have used {kroner} of the sum “{sum}” for: {purpose}")
        lines.append(words.format(kroner=kroner(told["kroner"]), sum=told["sum"], purpose=told["purpose"]))
    if told["reverses"]:
        words = _("In place of the decision of {day} on “{title}”.")
        lines.append(words.format(day=day(told["reverses"]["day"]), title=told["reverses"]["title"]))
    return Decided(labels[result], result.value, told["text"], lines)


def _votes(told: Mapping[str, Any], names: Names) -> list[str]:
    if ballots := told.get("ballots"):
        words = _("By a secret ballot: {for_it} for, {against} against, {blank} blank.")
        return [words.format(for_it=ballots["for"], against=ballots["against"], blank=ballots["blank"])]
    lines = []
    for choice, words in (
        (Choice.FOR, _("For ({number}): {names}")),
        (Choice.AGAINST, _("Against ({number}): {names}")),
        (Choice.ABSTAIN, _("Abstained ({number}): {names}")),
    ):
        who = [name(one["who"], names) for one in told["votes"] if one["choice"] == choice]
        if who:
            lines.append(words.format(number=len(who), names=_listed(who)))
    return lines


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
