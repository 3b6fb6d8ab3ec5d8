"""Where each sign of good advice is brought about: the page or form on which it is done, never the page one is on."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.urls import reverse

from medspil.linking.parties import organisation_of, unit_of
from medspil.organisations.subjects import of_organisation, of_unit
from medspil.partnerships.models import Part, Partner, PartnerGain, PartnerPerson, PartnerPersonQuerySet, Question, When
from medspil.progress.advice import Sign
from medspil.progress.models import MomentKind

if TYPE_CHECKING:
    from medspil.web.partnerships.cards import Look

Way = Callable[["Look"], str]


def _there(look: "Look") -> list[Partner]:
    """Return the sides that take part; for a person who does not lead her own."""
    sides = [one for one in look.partnership.partners.all() if one.left_on is None]
    return sides if look.rights.runs else [one for one in sides if one.pk in look.rights.own]


def _first_without(look: "Look", done: set[int]) -> Partner | None:
    """Return the first side that lacks something; where none does, the first."""
    sides = _there(look)
    return next((one for one in sides if one.pk not in done), sides[0] if sides else None)


def _side(look: "Look", side: Partner | None, part: str) -> str:
    if side is None:
        return reverse("partnerships:detail", args=[look.partnership.pk])
    return f"{reverse('partnerships:side', args=[look.partnership.pk, side.pk])}#{part}"


def _need(look: "Look") -> str:
    link = look.partnership.link
    return reverse("areas:need", args=[link.need_id]) if link.need_id else reverse("areas:detail", args=[link.area_id])


def _mapping(look: "Look") -> str:
    return reverse("mapping:list", args=[look.partnership.link.area_id])


def _confirming(look: "Look") -> str:
    return reverse("mapping:review", args=[look.partnership.link.area_id])


def _ranking(look: "Look") -> str:
    link = look.partnership.link
    return reverse("linking:ranking", args=[link.need_id]) if link.need_id else _need(look)


def _company(look: "Look") -> str:
    """Return the page with what the first company says of itself that the person may look up; else a side's own."""
    owner = look.partnership.link.area.owner_id
    for one in _there(look):
        organisation, unit = organisation_of(one.side), unit_of(one.side)
        if one.side.organisation_id == owner:
            continue
        subject = of_organisation(organisation) if organisation else of_unit(unit) if unit else None
        if subject and subject.is_registered:
            return reverse("profiles:detail", args=[subject.ref])
    return _side(look, _first_without(look, set()), "people")


def _talk(look: "Look") -> str:
    """Return the page from which the first of the other sides is called, and where the call is noted."""
    owner = look.partnership.link.area.owner_id
    for one in _there(look):
        if one.pk not in look.rights.own and one.side.organisation_id != owner:
            return reverse("partnerships:side_call", args=[look.partnership.pk, one.pk])
    return reverse("linking:link", args=[look.partnership.link_id])


def _contacts(look: "Look") -> PartnerPersonQuerySet:
    """Return the contact persons of today of the sides that are asked after."""
    people = PartnerPerson.objects.visible_to(look.user).standing(look.today)
    return people.filter(part=Part.CONTACT, partner__in=_there(look))


def _contact(look: "Look") -> str:
    """Return the form that names the contact person of the first side without one."""
    side = _first_without(look, set(_contacts(look).values_list("partner", flat=True)))
    if side is None:
        return _side(look, side, "people")
    return reverse("partnerships:person_new", args=[look.partnership.pk, side.pk, Part.CONTACT.value])


def _may_decide(look: "Look") -> str:
    """Return the form about what the first contact person may decide of whom it is not written; else who is named."""
    unsaid = _contacts(look).filter(forgotten_at=None, may_decide_topics="", may_decide_kroner=None)
    for one in unsaid.for_page():
        return reverse("partnerships:decides", args=[look.partnership.pk, one.partner_id, one.pk])
    return _contact(look)


def _gains(when: When | None) -> Way:
    """Return the way to the gains of the first side of which none is written, or none that it has had."""

    def way(look: "Look") -> str:
        written = PartnerGain.objects.visible_to(look.user, on=look.today).filter(partner__in=_there(look))
        had = written.filter(when=when) if when else written
        return _side(look, _first_without(look, set(had.values_list("partner", flat=True))), "gains")

    return way


def _late(look: "Look") -> str:
    """Return the question that has been late for longest, of those that the person reads."""
    late = Question.objects.visible_to(look.user).filter(partnership=look.partnership).overdue(look.today)
    mine = late if look.rights.runs else late.filter(asked_of__in=look.rights.own)
    first = mine.order_by("due_on", "pk").first()
    if first is None:
        return f"{reverse('partnerships:detail', args=[look.partnership.pk])}#questions"
    return reverse("partnerships:question", args=[first.pk])


def _of_partnership(name: str) -> Way:
    return lambda look: reverse(name, args=[look.partnership.pk])


def _moment(kind: MomentKind) -> Way:
    return lambda look: f"{reverse('progress:moment', args=[look.partnership.pk])}?slags={kind.value}"


WAYS: Mapping[Sign, Way] = {
    Sign.CHALLENGE: _need,
    Sign.COMPETENCES: _need,
    Sign.MAPPED: _mapping,
    Sign.MAPPED_LATELY: _confirming,
    Sign.CHOSEN_WITH_REASONS: _ranking,
    Sign.LOOKED_AT: _company,
    Sign.SPOKEN_WITH: _talk,
    Sign.IN_TOUCH: _talk,
    Sign.OWN_WORDS: _of_partnership("alignment:overview"),
    Sign.DIFFERENCES: _of_partnership("alignment:overview"),
    Sign.GAINS_NAMED: _gains(None),
    Sign.GAINS_EXPERIENCED: _gains(When.EXPERIENCED),
    Sign.CONTACTS: _contact,
    Sign.MAY_DECIDE: _may_decide,
    Sign.ANSWERS_IN_TIME: _late,
    Sign.WALK: _of_partnership("walks:of_partnership"),
    Sign.CONFIRMED: _of_partnership("agreements:overview"),
    Sign.ACTIVITIES: _of_partnership("agreements:overview"),
    Sign.MORE_THAN_MEETINGS: _of_partnership("agreements:overview"),
    Sign.TOLD: _moment(MomentKind.TOLD),
    Sign.CELEBRATED: _moment(MomentKind.CELEBRATED),
}

OWN_PART = frozenset({Sign.OWN_WORDS, Sign.DIFFERENCES, Sign.GAINS_NAMED, Sign.GAINS_EXPERIENCED, Sign.ANSWERS_IN_TIME})
"""What a side does for itself, on pages that it may open."""
