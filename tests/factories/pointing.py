"""One row of every kind that can point at an organisation, and at a resource: merges must move each of them.

A room that adds a foreign key to one of the two adds its row here; tests say so until it does.
"""

from collections.abc import Callable

from medspil.accounts.one_time_links import issue
from medspil.linking.models import NOTE, Brokerage, Link, LinkNote, LinkParty, Mention, Refusal
from medspil.mapping.models import Inquiry, Resource, ResourceContact
from medspil.organisations.models import Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject
from medspil.rounds.models import Demand, Round, Supply
from medspil.walks.models import Walk, WalkStop
from tests.factories import companies, offering, people, places
from tests.factories.people import NOW
from tests.factories.profiles import answer

TODAY = NOW.date()
MADE = {"created_at": NOW, "updated_at": NOW}


def take_part(one: Organisation) -> None:
    """Let an organisation take part in another's area."""
    places.area(people.organisation("Ejer")).partners.add(one)


def a_link() -> Link:
    """Make a link between nobody yet."""
    need = places.need(places.area(people.organisation("Ejer")))
    return Link.objects.create(area=need.area, need=need, sentence="Fotoskole", origin="person", state_on=TODAY, **MADE)


def a_refusal(said_to: Organisation, by: Organisation | None = None, resource: Resource | None = None) -> Refusal:
    """Make a no to everything."""
    area = resource.area if resource else places.area(people.organisation("Ejer"))
    unit = None if by or resource else companies.unit()
    return Refusal.objects.create(
        area=area, organisation=by, unit=unit, resource=resource, heard_by=said_to, reason="never", said_on=TODAY,
        **MADE,
    )  # fmt: skip


def a_round(of: Organisation) -> Round:
    """Make an allocation."""
    return Round.objects.create(organisation=of, title="Klasser", programme="classes", **MADE)


def a_resource(**fields: object) -> Resource:
    """Make something that an area has, past the services."""
    area = places.area(people.organisation("Ejer"))
    facts = {"area": area, "kind": "association", "name": "Klubben", "review_on": TODAY} | MADE | fields
    return Resource.objects.create(**facts)


def _round_row(model: type[Demand] | type[Supply], one: Organisation) -> object:
    return model._default_manager.create(round=a_round(people.organisation("Ejer")), organisation=one, label="7.b")


TO_ORGANISATIONS: dict[str, Callable[[Organisation], object]] = {
    "organisations.Membership.organisation": lambda one: people.member(one, Role.READER, name="Ida"),
    "organisations.Organisation.created_by_organisation": lambda one: Organisation.objects.create(
        name="Datter", kind="company", created_by_organisation=one, **MADE
    ),
    "organisations.Profile.about": lambda one: answer(
        Subject(organisation=one), people.organisation("Kommunen"), Topic.CSR, people.user("Lone"), "yes"
    ),
    "organisations.Profile.said_by": lambda one: answer(
        Subject(organisation=people.organisation("Firmaet", "company")), one, Topic.CSR, people.user("Lone"), "yes"
    ),
    "areas.Area.owner": places.area,
    "areas.Area_partners.organisation": take_part,
    "areas.Need.host": lambda one: places.need(places.area(people.organisation("Ejer")), host=one),
    "offers.Offer.organisation": offering.offer,
    "offers.Offer.recorded_by_organisation": lambda one: offering.noted_down(offering.company(), one),
    "mapping.Resource.organisation": lambda one: a_resource(organisation=one),
    "linking.LinkParty.organisation": lambda one: LinkParty.objects.create(link=a_link(), organisation=one),
    "linking.Brokerage.organisation": lambda one: Brokerage.objects.create(
        link=a_link(), user=people.user("Bo"), organisation=one, started_on=TODAY, **MADE
    ),
    "linking.LinkNote.organisation": lambda one: LinkNote.objects.create(
        link=a_link(), organisation=one, text="husk", **MADE
    ),
    "linking.Mention.organisation": lambda one: Mention.objects.create(
        link=a_link(), organisation=one, where=NOTE, found_on=TODAY
    ),
    "linking.Refusal.organisation": lambda one: a_refusal(people.organisation("Ejer"), by=one),
    "linking.Refusal.heard_by": a_refusal,
    "rounds.Round.organisation": a_round,
    "rounds.Demand.organisation": lambda one: _round_row(Demand, one),
    "rounds.Supply.organisation": lambda one: _round_row(Supply, one),
}


def _reached(one: Resource) -> ResourceContact:
    return ResourceContact.objects.create(
        resource=one, email="bo@example.org", source="hende", purpose="aftaler", created_at=NOW
    )


def _asked(one: Resource) -> Inquiry:
    link = issue(purpose="still_right", record=one, recipient_email="bo@example.org", by=None, now=NOW).link
    return Inquiry.objects.create(resource=one, link=link, sent_on=TODAY)


def _stop(one: Resource) -> WalkStop:
    link = a_link()
    walk = Walk.objects.create(link=link, starts_at=NOW, meeting_place="Torvet", planned_by=people.user("Lone"), **MADE)
    return WalkStop.objects.create(walk=walk, at=1, resource=one, **MADE)


TO_RESOURCES: dict[str, Callable[[Resource], object]] = {
    "mapping.ResourceContact.resource": _reached,
    "mapping.Inquiry.resource": _asked,
    "linking.LinkParty.resource": lambda one: LinkParty.objects.create(link=a_link(), resource=one),
    "walks.WalkStop.resource": _stop,
    "linking.Refusal.resource": lambda one: a_refusal(people.organisation("Ejer"), resource=one),
}
