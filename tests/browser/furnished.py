"""The small town with everything in it: an area with a need, a shortlist and news, profiles, an open need, a twin."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.linking.services import rank_need
from medspil.linking.shortlist import keep, set_aside
from medspil.organisations.models import Membership, Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_organisation, of_unit
from medspil.register.models import ImportRun, Unit
from tests.browser.town import settle
from tests.conftest import NOW
from tests.factories import offering, people, places, profiles
from tests.factories.changes import applied_run, change
from tests.factories.registers import csv_file, received, row


@dataclass(frozen=True, slots=True)
class Town:
    """What there is, by what the tests ask for."""

    anna: User  # coordinator, and administrator of her organisation
    carl: User  # speaks for a company that is in the register
    area: Area
    need: Need
    kept: Unit
    twin: Organisation  # may be the same as Anna's
    waiting: ImportRun  # a file whose columns somebody must look at

    def hidden(self) -> list[str]:
        """Return addresses of pages that stand behind a form or a choice rather than behind a link of every town."""
        own = Organisation.objects.of(self.anna).get()
        return [
            reverse("organisations:merge", args=[own.pk, self.twin.pk]),
            reverse("register:columns", args=[self.waiting.pk]),
        ]

    def new(self) -> list[str]:
        """Return addresses of the pages about companies, news and the register."""
        profile = of_unit(self.kept).ref
        own = Organisation.objects.of(self.anna).get()
        return [
            reverse("areas:news", args=[self.area.pk]),
            reverse("register:status"),
            reverse("register:detail", args=[self.kept.number]),
            reverse("linking:company_needs", args=[self.kept.number]),
            reverse("profiles:list"),
            reverse("profiles:detail", args=[profile]),
            reverse("profiles:answer", args=[profile, Topic.PARTNERSHIPS]),
            reverse("organisations:merge_choose", args=[own.pk]),
            *self.hidden(),
        ]


def furnish(folder: Path) -> Town:
    """Fill the town; `folder` is where the file of the waiting import is written."""
    anna = settle()
    own = Membership.objects.get(user=anna).organisation
    Membership.objects.create(user=anna, organisation=own, role=Role.ADMINISTRATOR, started_on=NOW.date())
    area = places.area(own, x=533_600.0, y=6_175_800.0)
    challenge = places.challenge(area, theme="image")
    need = places.need(
        area,
        "Fotograf til fotohold",
        kinds=("photo_film",),
        challenge=challenge,
        reach_km=15,
        open_to_companies=True,
    )
    run = rank_need(need=need, by=anna, now=NOW)
    first, second = (found["number"] for found in run.answer["units"][:2])
    kept = Unit.objects.get(number=first)
    keep(need=need, number=first, expected_version=0, by=anna, now=NOW)
    set_aside(need=need, number=second, reason="too_far", note="", expected_version=0, by=anna, now=NOW)
    _tell_news(first)
    carl = _company_contact(kept, anna)
    _offer(carl, own, area)
    return Town(
        anna=anna,
        carl=carl,
        area=area,
        need=need,
        kept=kept,
        twin=Organisation.objects.create(
            name="Vejle Komune", kind="municipality", created_by_organisation=own, created_at=NOW, updated_at=NOW
        ),
        waiting=received(csv_file(folder, [row()])),
    )


def _tell_news(kept: int) -> None:
    """Let an import bring news near the area, and protect a company that was kept."""
    run, units = applied_run(), list(Unit.objects.order_by("number")[:8])
    for unit, kind in zip(units, ("new", "ceased", "gone", "protected", "lifted", "renamed", "back"), strict=False):
        change(run, kind, unit, before="Hed noget andet" if kind == "renamed" else "")
    change(run, "moved", units[7], old_x=700_000.0, old_y=6_170_000.0, before="Gågaden 1, 8000 Aarhus C")
    Unit.objects.filter(number=kept).update(protected=True)


def _offer(carl: User, own: Organisation, area: Area) -> None:
    """Let Carl's company offer something, and Anna's organisation note something down for it long ago."""
    company = Organisation.objects.of(carl).get()
    offering.offer(company, area, title="Et studie om lørdagen", text="Vi viser børn, hvordan man fotograferer.")
    long_ago = NOW.date() - timedelta(days=300)
    offering.noted_down(company, own, area, title="En ekstra fotograf", renewed_on=long_ago, said_on=long_ago)


def _company_contact(kept: Unit, anna: User) -> User:
    """Return Carl, who has answered for a photographer; Anna's organisation has checked the one that was kept."""
    other = Unit.objects.active().filter(industry=kept.industry, protected=False).exclude(pk=kept.pk).order_by("pk")[0]
    company = people.organisation(name=other.name, kind="company")
    Organisation.objects.filter(pk=company.pk).update(unit=other)
    company.refresh_from_db()
    carl = people.member(company, Role.COMPANY_CONTACT, name="Carl")
    profiles.answer(of_organisation(company), company, Topic.VOLUNTEERING, carl, "yes", source="company")
    own = Organisation.objects.of(anna).get()
    row_of = {"partnerships": [profiles.partnership()]}
    profiles.answer(of_unit(kept), own, Topic.PARTNERSHIPS, anna, details=row_of)
    profiles.answer(of_unit(kept), own, Topic.CSR, anna, "unknown", source="website")
    return carl
