"""What the pages of coverage say: how a competence stands, who has it, why a kind is proposed, what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.geography.places import municipality
from medspil.mapping.coverage import Cover
from medspil.mapping.holders import Holder, Source, Standing
from medspil.mapping.likely import Because, Reason
from medspil.mapping.nearby import NotCounted
from medspil.web.areas import words

COVERS: dict[Cover, str | Promise] = {
    Cover.HERE: gettext_lazy("The area has it"),
    Cover.UNSURE: gettext_lazy("Not confirmed"),
    Cover.ASKED: gettext_lazy("A need asks for it"),
    Cover.NOBODY: gettext_lazy("Nobody has it"),
    Cover.UNKNOWN: gettext_lazy("Not known"),
}
MEANT: dict[Cover, str | Promise] = {
    Cover.HERE: gettext_lazy(
        "A resource that was confirmed in time has it, somebody offers it here, or said yes to it in a link. An offer"
        " is made here when its giver chose the area, said that it reaches so far, or gives it in the municipality or"
        " within 5 km."
    ),
    Cover.UNSURE: gettext_lazy("A resource has it, but nobody has confirmed that, or not in time."),
    Cover.ASKED: gettext_lazy("Nobody in the area has it, and an open need of the challenge asks for it."),
    Cover.NOBODY: gettext_lazy(
        "The area has mapped resources, and none of them has it. An offer from farther away stands beside it, but does"
        " not count: ask first whether it can be given here."
    ),
    Cover.UNKNOWN: gettext_lazy("Nothing is mapped in the area yet, so nobody can tell."),
}
WHY_NOT: dict[NotCounted, str | Promise] = {
    NotCounted.NO_PLACE: gettext_lazy("Companies near by are not counted: the area has no place on the map yet."),
    NotCounted.NOT_READY: gettext_lazy("Companies near by are not counted: the business register is not ready."),
    NotCounted.NOT_ALLOWED: gettext_lazy("Companies near by are not counted: your role does not look companies up."),
}
# Where a holder's own page is, by the kind of record.
PAGES = {"mapping.resource": "mapping:detail", "offers.offer": "offers:detail", "linking.link": "linking:link"}


@dataclass(frozen=True, slots=True)
class ShownHolder:
    """Somebody who has a competence, with how it is known."""

    name: str
    note: str
    url: str


def holders(found: Sequence[Holder]) -> list[ShownHolder]:
    """Return holders in words, each name once with all by which it is known; the surest of it leads to its page.

    One whom the reader may not see has no name and stands by itself: nobody can tell whether two of them are one.
    """
    told: dict[tuple[str, int], list[Holder]] = {}
    for at, one in enumerate(found):
        told.setdefault((one.name, 0 if one.name else at), []).append(one)
    return [
        ShownHolder(
            name=same[0].name or _("A person in the area"),
            note=", ".join(dict.fromkeys(_known_by(one) for one in _telling(same))),
            url=_page(same[0]),
        )
        for same in told.values()
    ]


def printed(found: Sequence[Holder]) -> str:
    """Return holders as a file that leaves the house may say them, each name once."""
    named = dict.fromkeys(one.name for one in found if one.printed and one.name)
    unnamed = [_("a person (name not given)") for one in found if not (one.printed and one.name)]
    return ", ".join([*named, *unnamed])


def protected(found: Sequence[Holder]) -> str:
    """Return which of those that a file names are companies protected from advertising."""
    return ", ".join(dict.fromkeys(one.name for one in found if one.printed and one.name and one.protected))


def _telling(same: Sequence[Holder]) -> list[Holder]:
    """Leave out links that are not agreed where another is: beside a yes they tell nothing."""
    agreed = any(one.source is Source.LINK and one.counts for one in same)
    return [one for one in same if one.counts or one.source is not Source.LINK or not agreed]


def _known_by(one: Holder) -> str:
    day = date_format(one.on, "SHORT_DATE_FORMAT") if one.on else ""
    if one.source is Source.OFFER:
        return _offered(one)
    if one.source is Source.LINK:
        return _("said yes in a link") if one.counts else _("in a link that is not agreed yet")
    if one.standing is Standing.SURE:
        return _("confirmed %(day)s") % {"day": day} if day else _("confirmed")
    return _("last confirmed %(day)s") % {"day": day} if day else _("not confirmed")


def _offered(one: Holder) -> str:
    """Return what is known of an offer: where it is given, how far that is, and that its giver has to be asked."""
    where = _where(one)
    if one.counts:
        return _("offers it, %(where)s") % {"where": where} if where else _("offers it")
    if not where:
        return _("offers it to everybody, without saying where: ask whether it can be given here")
    return _("offers it, %(where)s: ask whether it can be given here") % {"where": where}


def _where(one: Holder) -> str:
    town = municipality(one.municipality) if one.municipality else None
    km = None if one.away_m is None else number_format(max(1, round(one.away_m / 1000)))
    if town and km:
        return _("in %(town)s, %(km)s km away") % {"town": town.name, "km": km}
    return _("in %(town)s") % {"town": town.name} if town else _("%(km)s km away") % {"km": km} if km else ""


def _page(one: Holder) -> str:
    if not one.record_id or one.record_type not in PAGES:
        return ""
    try:
        return reverse(PAGES[one.record_type], args=[one.record_id])
    except NoReverseMatch:
        return ""


def near(number: int | None) -> str:
    """Return how many companies could, or that it is not known."""
    return _("not known") if number is None else number_format(number)


def reason(one: Reason) -> str:
    """Return why a kind is proposed."""
    language = words.language()
    about = one.about(language)
    if one.because is Because.WORDS:
        return _("The challenge speaks of “%(word)s”.") % {"word": about}
    if one.because is Because.CASE:
        return _("“%(case)s” had the same theme and took it.") % {"case": about}
    return f"{about}: {one.why(language)}."
