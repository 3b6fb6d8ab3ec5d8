"""What the pages of this room load: the need behind the address, and the ranking with all that is shown beside it."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from medspil.areas.models import Need
from medspil.catalogue.models import Case
from medspil.linking.models import Candidate, Decision, Run
from medspil.linking.permissions import abilities
from medspil.linking.profiles import named, names_in
from medspil.linking.services import ask
from medspil.matching import IndexUnusable
from medspil.organisations.roles import Abilities, Ability
from medspil.register.freshness import stale_sentence
from medspil.register.index import index_state
from medspil.web.http import SignedInRequest
from medspil.web.linking import wording
from medspil.web.linking.forms import FilterForm
from medspil.web.linking.refused import RefusedList, refused_of
from medspil.web.linking.rows import ShownRow, point, shown_rows
from medspil.web.maps import Map, build

MOST_RUNS = 5
FIRST_SHOWN = 20
RINGS_KM = (1, 2, 5, 10)


def need_or_refuse(request: SignedInRequest, pk: int, ability: Ability) -> tuple[Need, Abilities]:
    """Return a need and what the person may do with it; 404 for strangers, 403 without the right."""
    needs = Need.objects.visible_to(request.user).select_related("area__owner", "challenge")
    need = get_object_or_404(needs, pk=pk)
    return need, may_or_refuse(request, need, ability)


def may_or_refuse(request: SignedInRequest, need: Need, ability: Ability) -> Abilities:
    """Return what a person may do in the need's area; 403 without the ability."""
    may = abilities(request.user, need.area)
    if ability not in may:
        raise PermissionDenied
    return may


@dataclass
class RankingPage:
    """The ranking of a need as the page shows it; asks the engine once, when the template or the view wants to know."""

    request: SignedInRequest
    need: Need
    may: Abilities

    @cached_property
    def filter_form(self) -> FilterForm:
        """Return the filters that stand in the address."""
        return FilterForm(self.request.GET)

    @cached_property
    def query(self) -> str:
        """Return the filters as they stand in the address, with the question mark, or nothing."""
        query = self.request.GET.urlencode()
        return f"?{query}" if query else ""

    @cached_property
    def asked(self) -> Run | None:
        """Return the ranking, or None when there is no index to ask; then `trouble` says why."""
        try:
            return ask(need=self.need, by=self.request.user, now=timezone.now(), filters=self.filter_form.filters())
        except IndexUnusable as problem:
            self._trouble = str(problem)
            return None

    @property
    def trouble(self) -> str:
        """Return why there is no ranking, in one sentence; empty when there is one."""
        return "" if self.asked else self._trouble

    @cached_property
    def behind(self) -> str:
        """Return why the index does not hold the newest state; empty when it does. One query."""
        return str(index_state().reason) if self.asked else ""

    @cached_property
    def old(self) -> str:
        """Return what to say of a register that is old; empty for a fresh one. Two small queries."""
        return stale_sentence(today=timezone.localdate()) if self.asked else ""

    @cached_property
    def rows(self) -> list[ShownRow]:
        """Return the ranked companies in words, with decisions and what other needs decided. Four queries at most."""
        return self.rows_of(self.asked) if self.asked else []

    @property
    def shown_rows(self) -> list[ShownRow]:
        """Return the rows that the list and the map show at first; `?all=1` shows all."""
        return self.rows if self.request.GET.get("all") else self.rows[:FIRST_SHOWN]

    @property
    def more(self) -> bool:
        """Whether there are rows that are not shown yet."""
        return len(self.shown_rows) < len(self.rows)

    def rows_of(self, run: Run) -> list[ShownRow]:
        """Return the companies of any ranking of this need in words."""
        user, units = self.request.user, run.answer.get("units", [])
        names = names_in(units)
        units = [named(row, names) for row in units]
        numbers = [row["number"] for row in units]
        here = Candidate.objects.visible_to(user).of(self.need).filter(unit__number__in=numbers)
        decided = here.select_related("unit", "decided_by")
        return shown_rows(
            self.need,
            units,
            cases=list(Case.objects.published()),
            candidates=decided,
            elsewhere=Candidate.objects.visible_to(user).worked_on_by(user).elsewhere(self.need, numbers),
        )

    @cached_property
    def map(self) -> Map | None:
        """Return the map of the listed companies; None for an area without a centre."""
        area = self.need.area
        if area.x is None or area.y is None:
            return None
        points = [point(row, f"#{row.ident}") for row in self.shown_rows]
        return build(
            caption=_("Companies around {area}, with rings of 1, 2, 5 and 10 km").format(area=area.name),
            centre=(area.x, area.y),
            rings_km=RINGS_KM,
            points=[found for found in points if found],
            border=area.border,
            beside_list=True,
        )

    @cached_property
    def left_out(self) -> list[str]:
        """Return what the gates left out, one sentence each."""
        counts = self.asked.answer["left_out"] if self.asked else {}
        return [wording.gate_line(gate, count) for gate, count in counts.items() if count]

    @cached_property
    def refused(self) -> RefusedList:
        """Return who is left out or asked for less because they said no."""
        pairs = self.asked.question.get("refusals", []) if self.asked else []
        return refused_of(self.request.user, self.need, (pk for _number, pk in pairs))

    @property
    def index_line(self) -> str:
        """Return what register and which versions the ranking was made from."""
        return wording.index_line(self.asked.versions) if self.asked else ""

    @cached_property
    def notes(self) -> list[str]:
        """Return what could not be asked as the need has it."""
        codes = self.asked.question["notes"] if self.asked else []
        return [str(wording.NOTES[code]) for code in codes if code in wording.NOTES]

    @cached_property
    def kinds(self) -> list[str]:
        """Return the names of the kinds of resource that are asked for."""
        return [wording.kind_name(kind) for kind in (self.asked.question["need"]["wanted"] if self.asked else [])]

    @cached_property
    def runs(self) -> list[Run]:
        """Return the newest stored rankings of the need."""
        return list(Run.objects.visible_to(self.request.user).for_list(self.need)[:MOST_RUNS])

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many companies are kept and how many set aside. One query."""
        found = list(self.need.candidates.values_list("decision", flat=True))
        return {"kept": found.count(Decision.KEPT), "set_aside": found.count(Decision.SET_ASIDE)}

    @property
    def url(self) -> str:
        """Return the address of the page with its filters."""
        return reverse("linking:ranking", args=[self.need.pk]) + self.query
