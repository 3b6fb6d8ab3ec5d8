"""Let one more take part in a link that is a partnership: it was asked and has said yes outside of Medspil."""

from datetime import date, datetime

from django.db import transaction

from medspil.accounts.models import User, record_history
from medspil.areas.privacy import refuse_cpr
from medspil.linking.asking import LinkPutAway, refuse_ahead
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.links import refuse_gone, refuse_party, step
from medspil.linking.models import Answer, Link, LinkParty, LinkState, Step
from medspil.linking.parties import Party, who


@transaction.atomic
def join_link(*, link: Link, party: Party, on: date, by: User, now: datetime, note: str = "") -> LinkParty:
    """Add a party that said yes on a day to a partnership's link; one that is there is found.

    Raises `StepNotAllowed` where the link is no partnership, `LinkPutAway`, `DayAhead`, `EditConflict`, and what
    `links.create_link` raises of a party.
    """
    for side in link.parties.for_page():
        if who(side) == who(party):
            return side
    if link.state != LinkState.PARTNERSHIP:
        raise StepNotAllowed
    if link.archived_at:
        raise LinkPutAway
    refuse_ahead(on, now)
    refuse_cpr(party.brings, party.consent_how, note)
    refuse_party(party, area=link.area, offers=link.offers.all(), on=on)
    refuse_gone([party])
    link.save_changes(expected_version=link.version, now=now)
    side = LinkParty.objects.create(
        link=link,
        organisation=party.organisation,
        unit=party.unit,
        resource=party.resource,
        brings=party.brings.strip(),
        answer=Answer.YES,
        answered_on=on,
        answered_by=by,
        consent_on=party.consent_on,
        consent_how=party.consent_how.strip(),
    )
    step(link, Step.PARTY_CAME, by=by, now=now, note=note.strip(), party=side, on=on)
    record_history(record=link, action=Step.PARTY_CAME.value, by=by, now=now)
    return side
