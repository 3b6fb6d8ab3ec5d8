"""What stands in the way, said for people: shortages and their reasons, locks set aside, parts of a score."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from medspil.allocation import Reason, Trouble
from medspil.rounds.programmes import Part, Rule, programme
from medspil.rounds.scoring import Bar
from medspil.rounds.sheet import Labels

Words = str | Promise
NAMED = 4

PARTS: Mapping[Part, Words] = {
    Part.NEARNESS: gettext_lazy("near"),
    Part.GRADE: gettext_lazy("the grade fits"),
    Part.SIZE: gettext_lazy("the size fits"),
    Part.EARLIER: gettext_lazy("together before"),
    Part.RELATION: gettext_lazy("works with the area"),
    Part.EQUIPMENT: gettext_lazy("the right kind"),
    Part.WAITING: gettext_lazy("has waited"),
    Part.LANGUAGE: gettext_lazy("speaks the language"),
    Part.TIME: gettext_lazy("can come then"),
}
BARS: Mapping[Bar, Words] = {
    Bar.TOO_FAR: gettext_lazy("too far away"),
    Bar.GRADE: gettext_lazy("do not take the grade"),
    Bar.TIME: gettext_lazy("cannot come at that time"),
    Bar.LANGUAGE: gettext_lazy("do not speak the language"),
    Bar.EQUIPMENT: gettext_lazy("not the kind that was asked for"),
    Bar.PERSON: gettext_lazy("banned on the board"),
    Bar.SAID_NO: gettext_lazy("have said no"),
    Bar.NOT_OFFERED: gettext_lazy("not offered to the area"),
}
_LIMITS: Mapping[str, Words] = {
    Reason.BANNED: gettext_lazy("Must not meet: {names}."),
    Reason.PAIR_LOCKED: gettext_lazy("Locked at what it has: {names}."),
    Reason.EDGE_FULL: gettext_lazy("Has all it may have from {names}."),
    Reason.SUPPLY_FULL: gettext_lazy("Others already have all that these can give: {names}."),
    Reason.SUPPLY_GROUP_FULL: gettext_lazy("May give no more in all: {names}."),
    Reason.DEMAND_GROUP_FULL: gettext_lazy("Its group has all it may have."),
    Reason.FROM_GROUP_FULL: gettext_lazy("Has all it may have from {names}."),
    Reason.TO_GROUP_FULL: gettext_lazy("May give no more to its group: {names}."),
    Reason.TIME_CLASH: gettext_lazy("Elsewhere at that time: {names}."),
    Reason.LOT_TOO_LARGE: gettext_lazy("The lot is larger than what is still wanted, and is not split: {names}."),
    Reason.MOST_SUPPLIES: gettext_lazy("It gets from as many as it may already."),
    Reason.BELOW_LEAST: gettext_lazy("It could get {amount}, which is less than the least it can use."),
}
_ALONE = gettext_lazy("Already has all that these can give: {names}.")
_SHARED = gettext_lazy("Has some of what these can give, and others have the rest: {names}.")
# Where it would be enough that a giver had more; elsewhere it is a rule, a ban or a clock that stands in the way.
_MORE_HELPS = frozenset({Reason.SUPPLY_FULL, Reason.SUPPLY_GROUP_FULL})
_TROUBLES: Mapping[str, Words] = {
    Trouble.DEMAND_OVER_SUPPLY: gettext_lazy("{amount} are wanted and {limit} are there, so not everybody gets all."),
    Trouble.LEAST_OVER_SUPPLY: gettext_lazy(
        "Even the least of everybody comes to {amount}, and {limit} are there: some stay without."
    ),
    Trouble.LOCK_OF_UNKNOWN: gettext_lazy("The lock {lock} was set aside: one of the two is no longer there."),
    Trouble.LOCK_AND_BAN: gettext_lazy("The lock {lock} was set aside: the two must not meet."),
    Trouble.LOCK_OVER_EDGE: gettext_lazy("The lock {lock} was set aside: the pair may have at most {limit}."),
    Trouble.LOCKS_OVER_CAPACITY: gettext_lazy(
        "The lock {lock} was set aside: the locks of {name} come to {amount}, and it gives {limit}."
    ),
    Trouble.LOCKS_OVER_WANTED: gettext_lazy(
        "The lock {lock} was set aside: the locks of {name} come to {amount}, and it wants {limit}."
    ),
    Trouble.LOCKS_OVER_SUPPLY_GROUP: gettext_lazy(
        "The lock {lock} was set aside: {name} may give {limit} in all, and its locks come to {amount}."
    ),
    Trouble.LOCKS_OVER_DEMAND_GROUP: gettext_lazy("The lock {lock} was set aside: its group may have {limit} in all."),
    Trouble.LOCKS_OVER_FROM_GROUP: gettext_lazy("The lock {lock} was set aside: at most {limit} from one giver."),
    Trouble.LOCKS_OVER_TO_GROUP: gettext_lazy("The lock {lock} was set aside: at most {limit} to one group."),
    Trouble.LOCKS_CLASH_IN_TIME: gettext_lazy(
        "The lock {lock} was set aside: {name} is locked elsewhere at that time."
    ),
    Trouble.LOCK_SPLITS_LOT: gettext_lazy("The lock {lock} was set aside: the lot is not split, it is {limit}."),
    Trouble.LOCKS_OVER_SUPPLIES: gettext_lazy("The lock {lock} was set aside: it may get from at most {limit}."),
}


class Names:
    """The names of the rows of a question by their idents."""

    def __init__(self, question: Mapping[str, Any], labels: Labels) -> None:
        self.programme = programme(question["programme"])
        self.max_km = question["rules"].get(Rule.MAX_KM)
        self.askers: dict[str, str] = {row["ident"]: labels.askers.get(row["ident"], "") for row in question["askers"]}
        self.givers: dict[str, str] = {row["ident"]: labels.givers.get(row["ident"], "") for row in question["givers"]}
        self.capacity: dict[str, int] = {row["ident"]: row["capacity"] for row in question["givers"]}
        groups: dict[str, str] = {}
        for row in question["givers"]:
            groups.setdefault(row["party"] or f"#{row['ident']}", self.givers[row["ident"]])
        self._all = groups | self.askers | self.givers

    def of(self, name: str) -> str:
        """Return the name of a row or of a group of rows."""
        return self._all.get(name, _("a row that was taken out"))

    def giver(self, ident: str) -> str:
        """Return the name of a row that gives, or of the group it belongs to."""
        return self.givers.get(ident) or self.of(ident)

    def pair(self, asker: str, giver: str) -> str:
        """Return a pair in words."""
        gone = _("a row that was taken out")
        return f"{self.askers.get(asker, gone)} – {self.givers.get(giver, gone)}"


def shortage_lines(short: Mapping[str, Any], names: Names, pairs: Iterable[Mapping[str, Any]] = ()) -> list[str]:
    """Return why a row gets less than it wants, the strongest reason first; never an empty list.

    `pairs` are what the row has. A giver is named once, under the first reason that is its own.
    """
    has = {pair["giver"]: int(pair["amount"]) for pair in pairs}
    lines, told = [], set[str]()
    for reason, about, enough, amount in short["limits"]:
        if reason == Reason.NO_EDGE:
            lines.append(_nobody(short, names))
            continue
        fresh = [one for one in about if names.giver(one) not in told]
        told |= {names.giver(one) for one in fresh}
        if about and not fresh:
            continue
        for sentence, some in _split(reason, fresh, has, names):
            line = str(sentence).format(names=named([names.giver(one) for one in some]), amount=amount)
            more = _("More from any one of them would help.") if len(some) > 1 else _("More from there would help.")
            lines.append(f"{line} {more}" if enough and some and reason in _MORE_HELPS else line)
    return lines or [_("Others got it first by the rules of fairness.")]


def pairs_by_asker(answer: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Return what each row that asks has."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for pair in answer["pairs"]:
        found.setdefault(pair["asker"], []).append(pair)
    return found


def _split(reason: str, about: list[str], has: Mapping[str, int], names: Names) -> list[tuple[Words, list[str]]]:
    """Return the sentence of a reason with those it is about; who has given all is told apart by who has it."""
    if reason != Reason.SUPPLY_FULL:
        return [(_LIMITS[reason], about)]
    alone = [one for one in about if has.get(one, 0) >= max(names.capacity.get(one, 0), 1)]
    shared = [one for one in about if one in has and one not in alone]
    others = [one for one in about if one not in has]
    sides = ((_LIMITS[reason], others), (_SHARED, shared), (_ALONE, alone))
    return [(sentence, some) for sentence, some in sides if some]


def shortage_unnamed(short: Mapping[str, Any], names: Names) -> list[str]:
    """Return why a row gets less than it wants without naming those who could give: for who only looks on."""
    reasons = [limit[0] for limit in short["limits"]] or [""]
    told = [
        _nobody(short, names) if reason == Reason.NO_EDGE else str(_SUMMARIES.get(reason, _SUMMARIES[""]))
        for reason in reasons
    ]
    return [line[:1].upper() + line[1:] for line in dict.fromkeys(told)]


def notice_line(notice: Mapping[str, Any], names: Names) -> str:
    """Return what was impossible from the start, and what was set aside for it."""
    lock = names.pair(*notice["lock"][:2]) if notice["lock"] else ""
    name = names.of(notice["name"]) if notice["name"] else ""
    told = str(_TROUBLES[notice["trouble"]]).format(
        lock=f"“{lock}”", name=name, amount=number(notice["amount"]), limit=number(notice["limit"])
    )
    others = named(names.pair(*other[:2]) for other in notice["others"])
    against = _("It stands against: {locks}.").format(locks=others)
    return f"{told} {against}" if others else told


def summary_lines(answer: Mapping[str, Any], names: Names) -> list[str]:
    """Return the shortages of a whole plan in a few sentences, those that concern most rows first."""
    counted: dict[str, int] = {}
    for short in answer["short"]:
        first = short["limits"][0][0] if short["limits"] else ""
        key = f"bar-{max(short['bars'], key=short['bars'].get)}" if first == Reason.NO_EDGE and short["bars"] else first
        counted[key] = counted.get(key, 0) + 1
    return [_summary(key, count, names) for key, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]


def proof_line(answer: Mapping[str, Any]) -> str:
    """Return what is proven of a whole plan, and how far from the best it may be in the first aim that is not."""
    proof, figures = answer["proof"], answer["figures"]
    if proof["optimal"]:
        return _(
            "Proven: no other way gives more rows their least, shares more evenly, or suits better, in this order."
        )
    if not proof["least_met"]:
        most = ngettext(
            "A good way, though not proven to be the best: at most {number} row could get its least.",
            "A good way, though not proven to be the best: at most {number} rows could get their least.",
            proof["most_least_met"],
        )
        return most.format(number=number(proof["most_least_met"]))
    if not proof["fairness"]:
        return _("Proven: no other way gives more rows their least. Perhaps it can be shared a little more evenly.")
    better = ceil(100 * (proof["most_score"] / figures["score"] - 1)) if figures["score"] else 100
    return _(
        "Proven: no other way gives more rows their least or shares more evenly. "
        "Perhaps pairs can suit a little better, at most by {percent} per cent."
    ).format(percent=number(better))


def part_rows(pair: Mapping[str, Any]) -> list[tuple[str, float, float | None]]:
    """Return (what it is about, points, share of what it could be) of each part of a pair's score."""
    found = []
    for code, share, value in pair["parts"]:
        found.append((str(PARTS[Part(code)]), share * (0.5 if value is None else value), value))
    return found


def away(metres: int | None) -> str:
    """Return a distance in words."""
    if metres is None:
        return _("distance not known")
    return _("{km} km away").format(km=number_format(round(metres / 1000, 1), 1))


def named(names: Iterable[str]) -> str:
    """Return some names, and how many more there are; where names have commas themselves, semicolons part them."""
    found = list(dict.fromkeys(names))
    sign = "; " if any("," in one for one in found[:NAMED]) else ", "
    shown, more = sign.join(found[:NAMED]), len(found) - NAMED
    if more <= 0:
        return shown
    return ngettext("{names} and {number} more", "{names} and {number} more", more).format(names=shown, number=more)


def number(value: float) -> str:
    """Return a whole number as people write it."""
    return number_format(value, 0, force_grouping=True)


def _nobody(short: Mapping[str, Any], names: Names) -> str:
    if not short["bars"]:
        return _("There is nobody it could be paired with.")
    bars = sorted(short["bars"].items(), key=lambda pair: (-pair[1], pair[0]))
    told = "; ".join(f"{number(count)} {BARS[Bar(bar)]}" for bar, count in bars)
    sentence = _("None of the {many} fits: {why}.").format(many=names.programme.supply.many, why=told)
    if Bar.TOO_FAR in short["bars"] and short["nearest"] is not None:
        km = number_format(short["nearest"] / 1000, 1)
        nearest = _("The nearest of those too far away is {km} km off.").format(km=km)
        return f"{sentence} {nearest}"
    return sentence


def _summary(key: str, count: int, names: Names) -> str:
    what = {"number": number(count), "rows": names.programme.demand.many if count != 1 else names.programme.demand.one}
    if key == f"bar-{Bar.TOO_FAR}" and names.max_km:
        sentence = _("{number} {rows}: nobody within {km} km.")
        return sentence.format(**what, km=names.max_km)
    if key.startswith("bar-"):
        return _("{number} {rows}: nobody fits, most {why}.").format(**what, why=BARS[Bar(key.removeprefix("bar-"))])
    return f"{what['number']} {what['rows']}: {_SUMMARIES.get(key, _SUMMARIES[''])}"


_SUMMARIES: Mapping[str, Words] = {
    "": gettext_lazy("others got it first by the rules of fairness."),
    Reason.NO_EDGE: gettext_lazy("there is nobody they could be paired with."),
    Reason.BANNED: gettext_lazy("a ban or a no is in the way."),
    Reason.PAIR_LOCKED: gettext_lazy("locked at what they have."),
    Reason.EDGE_FULL: gettext_lazy("their givers may not give them more."),
    Reason.SUPPLY_FULL: gettext_lazy("all that could be given to them is given."),
    Reason.SUPPLY_GROUP_FULL: gettext_lazy("their givers may give no more in all."),
    Reason.TIME_CLASH: gettext_lazy("those who could come are elsewhere at that time."),
    Reason.LOT_TOO_LARGE: gettext_lazy("the lots that are left are too large and not split."),
    Reason.BELOW_LEAST: gettext_lazy("what is left is less than the least they can use."),
}
