"""What waits for somebody who signs in: put together from what her roles let her do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area, Need
from medspil.areas.news import news_of
from medspil.areas.next_step import next_step
from medspil.areas.partners import known_to
from medspil.areas.sections import open_challenges, open_needs
from medspil.linking.models import Candidate, Decision, Link
from medspil.linking.served import served_needs
from medspil.mapping.coverage import Coverage, coverages
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Abilities, Ability, Role
from medspil.register.models import ImportRun, ImportState, Unit
from medspil.web.areas.news_words import Notice, notice
from medspil.web.areas.shown import Advice, advice
from medspil.web.mapping.confirming import ConfirmLine, confirm_lines
from medspil.web.register.flags import ShownFlag, flags_in, flags_in_links, flags_of_partners, flags_of_these

MOST = 6
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area with how far it has come."""

    area: Area
    url: str
    challenges: int
    needs: int
    advice: Advice | None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Something to do with a need, and where it is done."""

    need: Need
    url: str
    step: Candidate | None = None


@dataclass(slots=True)
class Work:
    """Everything on the first page of somebody who is signed in; a part she has no business with stays None."""

    areas: list[AreaCard] | None = None
    more_areas: bool = False
    areas_url: str = ""
    new_area_url: str = ""
    flags: list[ShownFlag] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    confirm: list[ConfirmLine] = field(default_factory=list)
    without_ranking: list[Line] = field(default_factory=list)
    shortlists: list[Line] = field(default_factory=list)
    companies: list[tuple[Organisation, list[Unit]]] | None = None
    people: list[Organisation] = field(default_factory=list)
    last_import: ImportRun | None = None
    sees_imports: bool = False
    today: date = date.min


def work_of(user: User, may: Abilities, *, today: date) -> Work:
    """Return what waits for a person."""
    found = Work(today=today, companies=_companies(user))
    found.flags = _flags(user, may, today)
    if Ability.VIEW_AREA in may:
        areas = list(Area.objects.visible_to(user).current().for_overview()[: MOST + 1])
        served = served_needs(areas, user=user, on=today)
        gaps = coverages(areas[:MOST], user=user, on=today)
        news = _notices(user, areas[:MOST])
        found.areas = [_card(area, may, served, gaps[area.pk], news.get(area.pk)) for area in areas[:MOST]]
        found.more_areas = len(areas) > MOST
        found.areas_url = reverse("areas:list")
        if may.map_resources:
            found.confirm = confirm_lines(areas[:MOST], user=user, today=today)
        found.new_area_url = reverse("areas:create") if may.edit_area else ""
    if may.rank:
        found.without_ranking = [
            Line(need, reverse("linking:ranking", args=[need.pk])) for need in _unranked(user, today)
        ]
    if may.shortlist:
        found.due = [
            Line(step.need, reverse("linking:shortlist", args=[step.need_id]), step) for step in _due(user, today)
        ]
        found.shortlists = [Line(need, reverse("linking:shortlist", args=[need.pk])) for need in _shortlists(user)]
    if may.manage_people:
        found.people = list(Organisation.objects.where(user, Ability.MANAGE_PEOPLE).for_list())
    if may.import_register:
        found.sees_imports = True
        found.last_import = ImportRun.objects.filter(state=ImportState.APPLIED).order_by("-finished_at").first()
    return found


def _card(area: Area, may: Abilities, served: set[int], gaps: Coverage, news: Notice | None) -> AreaCard:
    """Return an area with its next best step, the same as on its own page."""
    return AreaCard(
        area=area,
        url=reverse("areas:detail", args=[area.pk]),
        challenges=len(open_challenges(area)),
        needs=len(open_needs(area)),
        advice=advice(area, next_step(area, served=served, gaps=gaps), may),
        notice=news,
    )


def _flags(user: User, may: Abilities, today: date) -> list[ShownFlag]:
    """Return what has happened to companies and organisations in use: on her shortlists, in links she works with, in
    her care, or taking part in her areas."""
    kept = Candidate.objects.visible_to(user).worked_on_by(user)
    found = flags_in(kept, most=MOST) if may.shortlist else []
    if may.link:
        found += flags_in_links(Link.objects.visible_to(user, on=today).worked_on_by(user, on=today), most=MOST)
    hers = Organisation.objects.visible_to(user)
    found += flags_of_these(hers, most=MOST)
    partners = known_to(user).exclude(pk__in=hers.values("pk"))
    return found + (flags_of_partners(partners, most=MOST) if may.view_register else [])


def _notices(user: User, areas: list[Area]) -> dict[int, Notice]:
    """Return what is new in the register near the areas in which a person may look companies up, by area."""
    hers = set(Area.objects.visible_to(user).where(user, Ability.VIEW_REGISTER).values_list("pk", flat=True))
    found = news_of([area for area in areas if area.pk in hers], user=user)
    return {news.area.pk: told for news in found if (told := notice(news))}


def _unranked(user: User, today: date) -> Iterable[Need]:
    """Return the newest needs for which nobody has looked for companies, and with which nobody is linked."""
    linked = Link.objects.visible_to(user, on=today).live().exclude(need=None)
    needs = Need.objects.visible_to(user).current().filter(runs=None).exclude(pk__in=linked.values("need"))
    return needs.select_related("area").order_by("-created_at", "-pk")[:MOST]


def _due(user: User, today: date) -> Iterable[Candidate]:
    """Return steps of the shortlists that are due soon: her own and those nobody took on."""
    mine = Q(owner=user) | Q(owner=None)
    steps = Candidate.objects.visible_to(user).filter(mine, decision=Decision.KEPT, next_step_on__lte=today + SOON)
    return steps.select_related("unit", "need", "need__area").order_by("next_step_on", "pk")[:MOST]


def _shortlists(user: User) -> Iterable[Need]:
    """Return the needs whose shortlist was touched last."""
    kept = Candidate.objects.visible_to(user).filter(decision=Decision.KEPT)
    needs = Need.objects.visible_to(user).current().filter(pk__in=kept.values("need"))
    return needs.select_related("area").order_by("-updated_at", "-pk")[:MOST]


def _companies(user: User) -> list[tuple[Organisation, list[Unit]]] | None:
    """Return the companies a person speaks for, each with its entries in the register."""
    roles = user.memberships.current().filter(role=Role.COMPANY_CONTACT)
    organisations = list(
        Organisation.objects.visible_to(user).filter(pk__in=roles.values("organisation")).order_by("name", "pk")
    )
    if not organisations:
        return None
    numbers = [organisation.cvr for organisation in organisations if organisation.cvr]
    chosen = [organisation.unit_id for organisation in organisations if organisation.unit_id]
    units = list(Unit.objects.filter(Q(cvr__in=numbers) | Q(pk__in=chosen)).order_by("name", "pk")[:50])
    return [
        (one, [unit for unit in units if unit.pk == one.unit_id or (one.cvr and unit.cvr == one.cvr)])
        for one in organisations
    ]
