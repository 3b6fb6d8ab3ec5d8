"""Two of everything: side A and side B, whose texts carry canaries that must never be seen from the other side."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from medspil.accounts.models import User, record_history
from medspil.areas.models import AreaStatus, Figure
from medspil.catalogue.models import Case, Concept, PartnershipModel
from medspil.linking.models import Candidate, Decision, Run
from medspil.mapping.models import Competence
from medspil.notices.outbox import OnBehalfOf
from medspil.organisations.models import Membership, Merge, Organisation, Topic
from medspil.organisations.profiles import save_note
from medspil.organisations.roles import ROLE_ABILITIES, Ability, Role
from medspil.organisations.subjects import Subject
from medspil.register.models import Unit
from tests.factories import companies, people, places, profiles, registers
from tests.factories.post import waiting_mail
from tests.web.matrix import agreed, mapped, offered, pulsed, sided
from tests.web.matrix.called import asked_member
from tests.web.matrix.feeds import feed
from tests.web.matrix.rules import Part
from tests.web.matrix.shared_out import shared_out
from tests.web.matrix.walked import asked_walk
from tests.web.matrix.world_links import asked_side, linked

NOW = people.NOW
SHARED = {
    "unit",
    "case",
    "import",
    "asked",
    "asked_offer",
    "asked_side",
    "asked_agreement",
    "asked_question",
    "asked_walk",
    "asked_member",
    "asked_pulse",
    "calendar",
}


@dataclass
class Side:
    """One municipality with its area and all that hangs on it."""

    letter: str
    records: dict[str, models.Model] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The canary in everything that belongs to the area."""
        return f"KANARIE-{self.letter}-sted"

    @property
    def party(self) -> str:
        """The canary in what belongs to the organisation and its people."""
        return f"KANARIE-{self.letter}-part"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who knocks: her parts in A and B, and the canaries she must never see."""

    name: str
    user: User | None
    parts: dict[str, Part] = field(default_factory=dict)
    unseen: frozenset[str] = frozenset()
    # Of her browser, in which she is signed in.
    session: str = ""

    @property
    def signed_in(self) -> bool:
        """Tell whether she can be signed in."""
        return self.user is not None and self.user.is_active

    def part(self, letter: str) -> Part:
        """Return her part in one side."""
        return self.parts.get(letter, Part())

    @property
    def anywhere(self) -> frozenset[Ability]:
        """Return what she may do in at least one organisation."""
        roles = frozenset().union(*(part.owner | part.partner for part in self.parts.values()))
        return frozenset().union(*(ROLE_ABILITIES[role] for role in roles))


class World:
    """Both sides, and everybody who may knock."""

    def __init__(self, folder: Path) -> None:
        self.sides = {letter: Side(letter) for letter in "AB"}
        self.shared = shared_records(folder)
        for side in self.sides.values():
            fill(side, self.shared)
        self.actors = {actor.name: signed_in(actor) for actor in self._everybody()}

    def _everybody(self) -> list[Actor]:
        a, b = self.sides["A"], self.sides["B"]
        home, away = a.records["organisation"], b.records["organisation"]
        assert isinstance(home, Organisation)
        assert isinstance(away, Organisation)
        partner = a.records["partner"]
        assert isinstance(partner, Organisation)
        found = []
        for role in Role:
            sees_area = Ability.VIEW_AREA in ROLE_ABILITIES[role]
            unseen = {b.place, b.party} | (set() if sees_area else {a.place})
            parts = {"A": Part(owner=frozenset({role}))}
            found.append(Actor(name=role.value, user=people.member(home, role), parts=parts, unseen=frozenset(unseen)))
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            found.append(
                Actor(
                    name=f"{role.value} of a partner",
                    user=people.member(partner, role, name="Bo"),
                    parts={"A": Part(partner=frozenset({role}))},
                    unseen=frozenset({b.place, b.party}),
                )
            )
            found.append(
                Actor(
                    name=f"{role.value} elsewhere",
                    user=people.member(away, role, name="Carl"),
                    parts={"B": Part(owner=frozenset({role}))},
                    unseen=frozenset({a.place, a.party}),
                )
            )
        everything = frozenset({a.place, a.party, b.place, b.party})
        former = people.member(home, Role.COORDINATOR, name="Tidligere")
        Membership.objects.filter(user=former).update(ended_on=date(2026, 2, 1))
        gone = people.member(home, Role.COORDINATOR, name="Lukket")
        gone.is_active = False
        gone.save(update_fields=["is_active"])
        found += [
            Actor(name="without membership", user=people.user("Ny"), unseen=everything),
            Actor(name="former member", user=former, unseen=everything),
            Actor(name="deactivated", user=gone, unseen=everything),
            Actor(name="anonymous", user=None, unseen=everything),
        ]
        return found

    def arguments(self, wanted: dict[str, str], letters: str) -> dict[str, Any]:
        """Return the arguments of an address; the n-th one names a record of the side given by the n-th letter.

        A wish that begins with = is the argument itself.
        """
        found: dict[str, Any] = {}
        for (argument, what), letter in zip(wanted.items(), letters, strict=True):
            if what.startswith("="):
                found[argument] = what[1:]
                continue
            name, _, attribute = what.partition(".")
            record = self.shared[name] if name in SHARED else self.sides[letter].records[name]
            found[argument] = getattr(record, attribute or "pk")
        return found


def signed_in(actor: Actor) -> Actor:
    """Sign somebody in, if she has an account."""
    if actor.user is None:
        return actor
    return replace(actor, session=people.signed_in(actor.user).cookies[settings.SESSION_COOKIE_NAME].value)


def names_a_side(wish: str) -> bool:
    """Tell whether an argument names a record of one side, and not a constant or something everybody shares."""
    return not wish.startswith("=") and wish.partition(".")[0] not in SHARED


def shared_records(folder: Path) -> dict[str, models.Model]:
    """Make what is the same for everybody: the register with an import that waits, and the catalogue."""
    file = registers.csv_file(folder, [registers.row(2_000_000_001), registers.row("not a number")])
    concept = Concept.objects.create(code="klub", name_da="Klub", name_en="Club", summary_da="Klub", summary_en="Club")
    case = Case.objects.create(
        code="klubben",
        concept=concept,
        name_da="Klubben",
        name_en="The club",
        summary_da="En klub",
        summary_en="A club",
        model=PartnershipModel.ADD_ON,
        area="Et område",
        source="prøve",
        published_on=date(2026, 1, 1),
    )
    companies.unit("Fælles Smedje ApS", cvr="12345674")
    return {
        "unit": companies.unit(),
        "case": case,
        "import": registers.compared(file),
        "asked": mapped.asked(),
        "asked_offer": offered.asked(),
        "asked_agreement": agreed.asked(),
        "asked_question": sided.asked(),
        "asked_side": asked_side(),
        "asked_walk": asked_walk(),
        "asked_member": asked_member(),
        "asked_pulse": pulsed.asked(),
        "calendar": feed(),
    }


def fill(side: Side, shared: dict[str, models.Model]) -> None:
    """Make an organisation, its area, and all that hangs on it, with the side's canaries in every text."""
    home = people.organisation(name=f"{side.party} Kommune")
    person = people.member(home, Role.COORDINATOR, name=f"{side.party}-Kollega")
    branch, once = (people.organisation(name=f"{side.party} {name}") for name in ("Afdeling", "Tvilling"))
    Organisation.objects.filter(pk=branch.pk).update(created_by_organisation=home)
    merge = Merge.objects.create(kept=home, gone=once, by=person, at=NOW)
    Organisation.objects.filter(pk=once.pk).update(merged_into=home, archived_at=NOW)
    area = places.area(home, name=f"{side.place} området", description=side.place)
    partner = people.organisation(name=f"{side.party} Boligforening", kind="housing_association")
    area.partners.add(partner)
    status = AreaStatus.objects.create(area=area, kind="vulnerable", listed_on=date(2025, 12, 1), source=side.place)
    figure = Figure.objects.create(
        area=area, measure="residents", value=1200, counted_on=date(2026, 1, 1), source=side.place
    )
    challenge = places.challenge(area, title=f"{side.place} udfordring", seen=side.place)
    Competence.objects.create(challenge=challenge, kind="transport", note=side.place)
    need = places.need(
        area, title=f"{side.place} behov", kinds=("work_experience",), text=side.place, challenge=challenge
    )
    unit = shared["unit"]
    assert isinstance(unit, Unit)
    run = Run.objects.create(need=need, by=person, at=NOW, question={}, versions={}, answer={})
    candidate = Candidate.objects.create(
        need=need,
        unit=unit,
        decision=Decision.KEPT,
        note=side.place,
        next_step=side.place,
        owner=person,
        created_at=NOW,
        updated_at=NOW,
    )
    profiles.answer(Subject(cvr="12345674"), home, Topic.CSR, person, "yes", text=side.party)
    save_note(subject=Subject(cvr="12345674"), said_by=home, note=side.party, expected_version=0, by=person, now=NOW)
    record_history(record=area, action="created", by=person, now=NOW, changes={"name": ["", side.place]})
    membership = Membership.objects.get(user=person)
    mapping = mapped.records(area, person, side.place)
    side.records = {
        "organisation": home,
        "partner": partner,
        "branch": branch,
        "merge": merge,
        "person": person,
        "message": waiting_mail(NOW, by=person, text=side.place, on_behalf_of=OnBehalfOf(home.pk, home.name)),
        "membership": membership,
        "area": area,
        "status": status,
        "figure": figure,
        "challenge": challenge,
        "need": need,
        "run": run,
        "candidate": candidate,
        **mapping,
        **linked(need, unit, home, person, side.place),
        **shared_out(home, area, need, person, side.place),
        **offered.records(home, side.party),
    }
