"""What has been done in links and what became of them, as the data show it: the evidence that the stages ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Q

from medspil.agreements.models import SETTLED, Agreement, AgreementState
from medspil.alignment.many import settled
from medspil.alignment.models import Edition
from medspil.linking.models import Link, LinkState
from medspil.partnerships.models import Partner, PartnerPerson, Partnership
from medspil.partnerships.models.people import Part
from medspil.progress.stages import Requirement
from medspil.walks.models import Skipping, Walk

PROPOSED = (AgreementState.PROPOSED, AgreementState.OVERTAKEN, *SETTLED)
"""No version is proposed before the sides are aligned."""
_BY_STATE: Mapping[str, frozenset[Requirement]] = {
    LinkState.IDEA: frozenset(),
    LinkState.ASKED: frozenset({Requirement.SOMEBODY_ASKED}),
    LinkState.TURNED_DOWN: frozenset({Requirement.SOMEBODY_ASKED}),
    LinkState.INTERESTED: frozenset({Requirement.SOMEBODY_ASKED, Requirement.ASKED_SAID_YES}),
    LinkState.PARTNERSHIP: frozenset({Requirement.SOMEBODY_ASKED, Requirement.ASKED_SAID_YES}),
}
"""What the state of a link says, and nothing else does: so the stages count asked and interested as the links do."""


def met_by(links: Iterable[Link], *, on: date) -> dict[int, frozenset[Requirement]]:
    """Return by link which requirements are met on a day."""
    found = {link.pk: set(_BY_STATE[link.state]) for link in links}
    begun = {one.pk: one for one in Partnership.objects.filter(link__in=found).select_related("link")}
    for key, requirements in _of_partnerships(begun, on).items():
        found[begun[key].link_id] |= {Requirement.ALL_SAID_YES, *requirements}
    for link_id in Walk.objects.held().filter(link__in=found).values_list("link", flat=True):
        found[link_id].add(Requirement.WALK)
    return {key: frozenset(requirements) for key, requirements in found.items()}


def _of_partnerships(begun: dict[int, Partnership], on: date) -> dict[int, set[Requirement]]:
    found: dict[int, set[Requirement]] = {key: set() for key in begun}
    for key in Skipping.objects.standing().filter(partnership__in=begun).values_list("partnership", flat=True):
        found[key].add(Requirement.WALK)
    _contacts(found, on)
    _agreements(found, on)
    _own_words(found)
    return found


def _contacts(found: dict[int, set[Requirement]], on: date) -> None:
    """Note where every side that is there has one contact person on a day."""
    contacts = PartnerPerson.objects.standing(on).filter(part=Part.CONTACT).values("partner")
    rows = Partner.objects.there().filter(partnership__in=found).values("partnership").order_by()
    without = rows.annotate(without=Count("pk", filter=~Q(pk__in=contacts)))
    for key in without.filter(without=0).values_list("partnership", flat=True):
        found[key].add(Requirement.CONTACTS)


def _agreements(found: dict[int, set[Requirement]], on: date) -> None:
    """Note what every side has confirmed, and what of it is in force on a day."""
    versions: dict[int, list[Agreement]] = defaultdict(list)
    for one in Agreement.objects.filter(partnership__in=found).order_by("-number"):
        versions[one.partnership_id].append(one)
    for key, rows in versions.items():
        if any(one.state in PROPOSED for one in rows):
            found[key] |= {Requirement.OWN_WORDS, Requirement.DIFFERENCES}
        if any(one.state in SETTLED for one in rows):
            found[key].add(Requirement.CONFIRMED)
        newest = next((one for one in rows if one.state in SETTLED and one.starts_on and one.starts_on <= on), None)
        if newest and newest.state == AgreementState.CONFIRMED and (newest.ends_on is None or newest.ends_on >= on):
            found[key].add(Requirement.IN_FORCE)


def _own_words(found: dict[int, set[Requirement]]) -> None:
    """Note where every side has handed in its own words, and where nothing is left to settle."""
    written = Edition.objects.filter(partner__partnership__in=found).values("partner")
    rows = Partner.objects.there().filter(partnership__in=found).values("partnership").order_by()
    silent = rows.annotate(silent=Count("pk", filter=~Q(pk__in=written)))
    said = list(silent.filter(silent=0).values_list("partnership", flat=True))
    for key in said:
        found[key].add(Requirement.OWN_WORDS)
    for key in settled(key for key in said if Requirement.DIFFERENCES not in found[key]):
        found[key].add(Requirement.DIFFERENCES)
