"""What hangs on a link in the matrix's world: its sides, a no, a note and a broker, with the side's canaries."""

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone

from medspil.accounts.models import User
from medspil.alignment.models import Why
from medspil.areas.models import Need
from medspil.linking.links import create_link
from medspil.linking.models import Brokerage, Link, LinkNote, Mention, Origin, Refusal, RefusalReason
from medspil.linking.parties import Party
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.beginning import begin
from medspil.partnerships.models import Conversation, Partner, Partnership, Pitch, Pledge
from medspil.progress.models import Moment, MomentKind, Referral
from medspil.register.models import Unit
from medspil.walks.models import Attendee, StopNote, Walk, WalkStop
from tests.factories import companies, links, people, places
from tests.factories.alignment import COMPANY, ask, of_company, say, token_of
from tests.factories.partnerships import all_say_yes
from tests.factories.partnerships import partnership as partnership_of
from tests.factories.people import NOW
from tests.web.matrix.agreed import in_force
from tests.web.matrix.boarded import boarded
from tests.web.matrix.pulsed import pulsed
from tests.web.matrix.sided import sided


def linked(need: Need, unit: Unit, home: Organisation, person: User, canary: str) -> dict[str, models.Model]:
    """Make a link for a need with all that hangs on it; return its records by their names in the matrix."""
    link = links.link(need, Party(unit=unit, brings=canary), by=person, sentence=f"{canary} kan bygge sammen.")
    times = {"created_at": NOW, "updated_at": NOW}
    refusal = Refusal.objects.create(
        link=link, area=need.area, need=need, unit=unit, heard_by=home, reason=RefusalReason.OTHER,
        said_on=NOW.date() - timedelta(days=3), words=canary, by=person, **times,
    )  # fmt: skip
    note = LinkNote.objects.create(link=link, organisation=home, text=canary, by=person, creation_key=uuid4(), **times)
    brokerage = Brokerage.objects.create(
        link=link, user=person, organisation=home, started_on=NOW.date(), handover=canary, **times
    )
    pitch = Pitch.objects.create(
        link=link, party=link.parties.get(unit=unit), language="da", subject=canary, text=canary, contact=person,
        to_from="typed", to_name=canary, to_email="chef@smedjen.example", to_source=canary, to_purpose=canary, **times,
    )  # fmt: skip
    talk = Conversation.objects.create(
        link=link, party=pitch.party, channel="call", at=NOW, their_people=canary, text=canary, by=person, **times
    )
    pledge = Pledge.objects.create(conversation=talk, ours=True, who=canary, what=canary, due_on=NOW.date())
    referral = Referral.objects.create(
        link=link, giver=person, taker=person, text=canary, creation_key=uuid4(), **times
    )
    partnership = a_partnership(need, unit, person, canary)
    moment = Moment.objects.create(
        partnership=partnership, kind=MomentKind.TOLD, on=NOW.date(), words=canary, by=person, **times
    )
    return {
        "referral": referral,
        "moment": moment,
        "partnership": partnership,
        "news": pulsed(partnership, person, canary),
        "company_side": aligned(partnership, unit, canary),
        "agreement": in_force(partnership, person, canary),
        **sided(partnership, person, canary),
        **boarded(partnership, person, canary),
        "pitch": pitch,
        "conversation": talk,
        "pledge": pledge,
        "link": link,
        **walked(link, person, canary),
        "link_party": link.parties.get(unit=unit),
        "refusal": refusal,
        "mention": Mention.objects.create(link=link, where="sentence", found_on=NOW.date()),
        "note": note,
        "brokerage": brokerage,
    }


def walked(link: Link, by: User, canary: str) -> dict[str, models.Model]:
    """Plan a walk for a link, with a stop, what was noted there, and who comes."""
    times = {"created_at": NOW, "updated_at": NOW}
    walk = Walk.objects.create(link=link, starts_at=NOW, meeting_place=canary, planned_by=by, **times)
    stop = WalkStop.objects.create(walk=walk, at=1, title=canary, shower=canary, shows=canary, **times)
    return {
        "walk": walk,
        "walk_stop": stop,
        "stop_note": StopNote.objects.create(stop=stop, text=canary, by=by, **times),
        "attendee": Attendee.objects.create(walk=walk, ours=False, name=canary, **times),
    }


def a_partnership(need: Need, unit: Unit, by: User, canary: str) -> Partnership:
    """Make a partnership in the area between one who takes part there and a company: the owner itself is no side."""
    partner = need.area.partners.get()
    link = create_link(
        area=need.area, need=need, sentence=f"{canary} er et partnerskab.", origin=Origin.PERSON, creation_key=uuid4(),
        parties=[Party(organisation=partner), Party(unit=unit, brings=canary)], by=by, now=NOW,
    )  # fmt: skip
    begin(link=all_say_yes(link, by=by), on=NOW.date(), expected_version=link.version, by=by, now=NOW)
    Partnership.objects.filter(link=link).update(idea=canary)
    return Partnership.objects.get(link=link)


def aligned(partnership: Partnership, unit: Unit, canary: str) -> Partner:
    """Let both sides of a partnership say what they want; return the company's."""
    for side in partnership.partners.all():
        say(side, dict.fromkeys(COMPANY, canary) | {"horizon": "year"}, name=canary)
    return partnership.partners.get(side__unit=unit)


def asked_side() -> Partner:
    """Return a side of somebody else's partnership with the tokens of its links, which only its mails know."""
    home = people.organisation("Fælles By")
    by = people.member(home, Role.COORDINATOR, name="Fælles Anna")
    need = places.need(places.area(home, "Fælles bydel"))
    side = of_company(partnership_of(need, companies.unit("Fælles Snedker"), by=by))
    now = timezone.now()  # the page asks the clock whether the link has expired
    for why in (Why.SETTLE, Why.SHEET):
        side.__dict__[why.value] = token_of(ask(side, by, why=why, now=now))
    return side
