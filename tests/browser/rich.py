"""What the first release did not have, for the furnished town: a full map, what it takes, links, a shared-out round."""

from django.urls import reverse
from django.utils import timezone

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking import asking, refusals
from medspil.linking.models import Link
from medspil.linking.parties import Party
from medspil.mapping.models import Competence, Resource, ResourceContact
from medspil.mapping.services.inquiries import ask_still_right
from medspil.offers.models import Offer
from medspil.offers.renewal import ask_by_link
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds import services
from medspil.rounds.models import PairKind
from tests.conftest import NOW
from tests.factories import links, resources, rounds

MAPPED: tuple[tuple[str, str, list[str], str], ...] = (
    ("Fotoklubben Skarpt og Klart", "association", ["photo_film"], "Viser billeder frem hver torsdag"),
    ("Bakkeskolen", "institution", ["premises"], "Har et mørkekammer i kælderen"),
    ("Beboerhuset", "place", ["premises"], ""),
    ("Kiosken", "company", [], "Låner gerne et vindue ud"),
    ("Puljen til grønne gårde", "economy", [], ""),
    ("Da torvet fik lys", "story", [], "Naboerne samlede ind til lamperne i 1987"),
)
SENTENCE = "Klubben viser ti unge, hvordan man holder et kamera."
DONE = NOW.date()


def fill(anna: User, area: Area, need: Need) -> None:
    """Fill an area with everything that mapping and linking show."""
    challenge = need.challenge
    assert challenge
    for kind in ("photo_film", "journalism", "premises", "mentoring"):
        Competence.objects.create(challenge=challenge, kind=kind, note="En, der er vant til børn")
    _map(anna, area)
    _link(anna, need)
    _share_out(anna, area, need)


def _map(anna: User, area: Area) -> None:
    for number, (name, kind, kinds, can_do) in enumerate(MAPPED):
        at = (55.7162 + number / 1000, 9.5350 + number / 800)
        confirmed = DONE if number % 2 else None
        made = resources.resource(
            area, anna, name, kind, kinds=kinds, can_do=can_do, position=at, confirmed_on=confirmed
        )
        if kind == "association":
            resources.contact(made, anna, name="Karen", email="karen@example.org")
    fatima = resources.person(area, anna, gifts=["head", "heart"], kinds=["mentoring"], can_do="Hjælper med breve")
    resources.contact(fatima, anna)


def _link(anna: User, need: Need) -> None:
    """One link of each state that people look at most: an idea, asked, interested, turned down."""
    club, house, kiosk = (Resource.objects.get(name=name) for name in (MAPPED[0][0], "Beboerhuset", "Kiosken"))
    unit = Unit.objects.active().filter(industry="742000", protected=False).latest("number")
    links.link(need, house, by=anna, sentence="Beboerhuset lægger gulv til udstillingen.")
    asked = links.link(need, club, by=anna, sentence=SENTENCE)
    _ask(asked, anna, resource=club)
    keen = links.link(need, kiosk, links.party(club), by=anna, sentence="Kiosken viser billederne i vinduet.")
    _ask(keen, anna, resource=kiosk)
    _yes(keen, anna, resource=kiosk)
    turned = links.link(need, Party(unit=unit), by=anna, sentence="Fotografen lærer fra sig en lørdag.")
    _ask(turned, anna, unit=unit)
    turned.refresh_from_db()
    refusals.refuse(
        link=turned, party=turned.parties.get(unit=unit), reason="too_far", beyond_km=1, words="Vi bliver i byen.",
        on=DONE, expected_version=turned.version, by=anna, now=NOW,
    )  # fmt: skip


def _ask(link: Link, by: User, **who: object) -> None:
    link.refresh_from_db()
    asking.ask(link=link, party=link.parties.get(**who), on=DONE, expected_version=link.version, by=by, now=NOW)


def _yes(link: Link, by: User, **who: object) -> None:
    link.refresh_from_db()
    asking.answer_yes(link=link, party=link.parties.get(**who), on=DONE, expected_version=link.version, by=by, now=NOW)


def _share_out(anna: User, area: Area, need: Need) -> None:
    """Ten classes and seven companies on the board, with a lock and a ban."""
    round_ = rounds.adoption(Organisation.objects.of(anna).get(), anna, area=area, need=need)
    services.run(round_=round_, by=anna, now=NOW)
    one, other = (rounds.demand(round_, label).pk for label in ("7.X", "8.A"))
    said = [
        services.Said(one, rounds.supply(round_, "Brandvæsenet").pk, PairKind.LOCK, 1),
        services.Said(other, rounds.supply(round_, "Avisen").pk, PairKind.BAN),
    ]
    round_.refresh_from_db()
    services.decide(
        round_=round_, said=said, expected_version=round_.version, reason="Sådan er aftalen", by=anna, now=NOW
    )
    round_.refresh_from_db()
    services.run(round_=round_, by=anna, now=NOW)


def hidden() -> list[str]:
    """Return addresses that no link of the town leads to."""
    club, house = (Resource.objects.get(name=name).pk for name in (MAPPED[0][0], "Beboerhuset"))
    asked = Link.objects.get(sentence=SENTENCE)
    return [
        reverse("mapping:merge", args=[club, house]),
        reverse("linking:link", args=[asked.pk]),
        reverse("linking:link_no", args=[asked.pk, asked.parties.get(resource=club).pk]),
        reverse("mapping:withdraw", args=[Resource.objects.get(kind="person").pk]),
    ]


def other_sides(area: Area) -> list[str]:
    """Return addresses of pages that look different with a question in the address."""
    found = {"linking:links": "vis=liste", "mapping:list": "colour=theme"}
    own = [f"{reverse(name, args=[area.pk])}?{query}" for name, query in found.items()]
    return [*own, f"{reverse('linking:link_create')}?area={area.pk}&q=foto"]


def mailed(anna: User) -> list[str]:
    """Send both kinds of one-time links, and return where they lead: pages for people without an account."""
    found: list[str] = []

    def resource_address(token: str) -> str:
        found.append(reverse("mapping:answer", args=[token]))
        return f"http://testserver{found[-1]}"

    def offer_address(token: str) -> str:
        found.append(reverse("offers:answer", args=[token]))
        return f"http://testserver{found[-1]}"

    now = timezone.now()
    ask_still_right(contact=ResourceContact.objects.get(name="Karen"), by=anna, now=now, address_of=resource_address)
    offer = Offer.objects.exclude(recorded_by_organisation=None).earliest("pk")
    who = {"email": "karen@example.org", "name": "Karen", "language": "da"}
    ask_by_link(offer=offer, by=anna, now=now, address=offer_address, **who)
    return found
