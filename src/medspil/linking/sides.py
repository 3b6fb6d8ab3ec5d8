"""Who comes to a link and leaves it again, what a side brings, and that a protected company lets us write to it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.accounts.models import User, record_history
from medspil.areas.changes import set_archived
from medspil.areas.privacy import refuse_cpr
from medspil.linking.asking import LinkPutAway, late_or, moved, refuse_ahead
from medspil.linking.gate import ConsentMissing, is_here, refuse_withdrawn
from medspil.linking.link_states import FEWEST_SIDES, By, StepNotAllowed
from medspil.linking.links import TooFewParties, refuse_gone, refuse_party, step
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Step
from medspil.linking.parties import Party, organisation_of, place_of, who
from medspil.linking.same_links import same_link
from medspil.organisations.models import Membership

__all__ = ["ConsentMissing", "add_party", "has_people", "note_consent", "put_away", "remove_party", "write_brings"]


@transaction.atomic
def add_party(*, link: Link, party: Party, expected_version: int, by: User, now: datetime) -> Link:
    """Let one more party come to a link; one that is there is found. Raises what `links.create_link` raises."""
    sides = list(link.parties.for_page())
    if who(party) in {who(side) for side in sides}:
        return link
    refuse_cpr(party.brings, party.consent_how)
    refuse_party(party, area=link.area, offers=link.offers.all(), on=timezone.localdate(now))
    refuse_gone([party])
    if same_link(
        area=link.area, need=link.need, challenge=link.challenge, subject=link.subject, parties=[*sides, party]
    ):
        raise StepNotAllowed  # these parties have a link of their own for the same need
    made = LinkParty(
        link=link, organisation=party.organisation, unit=party.unit, resource=party.resource, brings=party.brings,
        consent_on=party.consent_on, consent_how=party.consent_how,
    )  # fmt: skip
    made.save()
    return moved(
        link, Step.PARTY_CAME, by_way=By.ANSWER, party=made, expected_version=expected_version,
        on=timezone.localdate(now), by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def remove_party(*, link: Link, party: LinkParty, expected_version: int, by: User, now: datetime) -> Link:
    """Take a party off that was never asked, or a person who took the consent back, whatever she answered.

    Raises `TooFewParties`, `StepNotAllowed`, `EditConflict`.
    """
    side = link.parties.select_related("resource").filter(pk=party.pk).first()
    if side is None:
        return link
    asked = side.answer != Answer.NOT_ASKED or side.steps.filter(what__in=[Step.ASKED, Step.ASKED_AGAIN]).exists()
    if asked and not side.withdrawn:
        raise StepNotAllowed
    if link.parties.count() <= FEWEST_SIDES:
        raise TooFewParties
    if link.state == LinkState.PARTNERSHIP and side.answer not in (Answer.NOT_ASKED, Answer.ASKED):
        raise StepNotAllowed  # who said yes to a partnership leaves it, and stays in its story
    side.delete()
    by_way = late_or(By.LEAVING if asked else By.ANSWER, link)
    return moved(
        link, Step.PARTY_LEFT, by_way=by_way, expected_version=expected_version,
        on=timezone.localdate(now), by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def put_away(*, link: Link, by: User, now: datetime) -> None:
    """Put a link away; that a person took the consent back stands among its steps as the reason. Twice is once.

    Of two sides none can be taken off: this is what is left to do, or somebody else comes to it first.
    """
    if set_archived(record=link, away=True, by=by, now=now) and any(one.withdrawn for one in link.parties.for_page()):
        reason = _("A person took the consent back, so the link was put away.")
        step(link, Step.PARTY_LEFT, by=by, now=now, note=reason)


def has_people(side: LinkParty) -> bool:
    """Tell whether people of a side use Medspil: what it brings is then theirs to write. Four queries at most."""
    organisation = organisation_of(side)
    theirs = Membership.objects.current().filter(organisation=organisation, user__is_active=True)
    if organisation and theirs.exists():
        return True
    place = place_of(side)
    return place is not None and is_here(place)


@transaction.atomic
def write_brings(*, link: Link, party: LinkParty, brings: str, expected_version: int, by: User, now: datetime) -> Link:
    """Write what a side brings, or that it is not known. Raises `LinkPutAway`, `ConsentTakenBack`, `EditConflict`.

    Raises `CprNumberFound`. Of a person the history keeps no words.
    """
    refuse_cpr(brings)
    if link.archived_at:
        raise LinkPutAway
    side = link.parties.select_related("resource").get(pk=party.pk)
    refuse_withdrawn(side)
    before, after = side.brings, brings.strip()
    if before == after:
        return link
    link.save_changes(expected_version=expected_version, now=now)
    LinkParty.objects.filter(pk=side.pk).update(brings=after)
    person = side.resource is not None and side.resource.is_person
    told = {} if person else {"brings": [before, after]}
    record_history(record=link, action="brings_written", by=by, now=now, changes=told)
    return link


@transaction.atomic
def note_consent(
    *, link: Link, party: LinkParty, on: date | None, how: str, expected_version: int, by: User, now: datetime
) -> Link:
    """Write down that a protected company said itself that we may write to it; nothing takes it back again."""
    side = link.parties.get(pk=party.pk)
    if (on is None) != (not how.strip()):
        raise ConsentMissing
    refuse_cpr(how)
    if on:
        refuse_ahead(on, now)
    if (side.consent_on, side.consent_how) == (on, how.strip()):
        return link
    link.save_changes(expected_version=expected_version, now=now)
    LinkParty.objects.filter(pk=side.pk).update(consent_on=on, consent_how=how.strip())
    told = {"consent": [str(side.consent_on or ""), str(on or "")]}
    record_history(record=link, action="consent_noted", by=by, now=now, changes=told)
    return link
