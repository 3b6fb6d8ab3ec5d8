"""What map, list, totals, downloads and paper are narrowed by: one form, one answer for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.industries import industry_groups
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.reach import Reach, Stage
from medspil.mapping.companies import REACH_M, REACHES_M
from medspil.mapping.models import Resource
from medspil.web.areas import words
from medspil.web.areas.forms import offer
from medspil.web.forms import Form
from medspil.web.mapping.words import asset_kind_choices


class State(StrEnum):
    """What can be asked of a resource besides what it is."""

    STALE = "stale"
    NEVER = "never"
    UNLINKED = "unlinked"
    MOBILISED = "mobilised"
    UNPLACED = "unplaced"


STATES: dict[State, str | Promise] = {
    State.STALE: _("should be confirmed again"),
    State.NEVER: _("never confirmed"),
    State.UNLINKED: _("linked to nobody yet"),
    State.MOBILISED: _("mobilised in a partnership"),
    State.UNPLACED: _("without a place on the map"),
}
COLOURS = ("kind", "theme")
REGISTER = "register"
"""Stands for a kind in the address: only companies that the register knows and nobody has mapped."""

NARROWING = ("q", "kind", "theme", "competence", "state")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address; a value that is no choice is left at its usual one."""

    q: str = ""
    kind: str = ""
    theme: str = ""
    competence: str = ""
    state: str = ""
    colour: str = "kind"
    near: bool = True
    """Whether companies of the register that nobody has mapped are shown beside what was mapped."""

    reach: int = REACH_M
    branch: str = ""
    """The group of industries of companies of the register."""

    @property
    def narrows(self) -> bool:
        """Tell whether anything is left out."""
        return any(getattr(self, name) for name in NARROWING)

    def query(self, **changed: Any) -> str:
        """Return the address's query with some of it changed; what is as always is left out."""
        now = replace(self, **changed)
        query = QueryDict(mutable=True)
        for name in NARROWING:
            if value := getattr(now, name):
                query[name] = value
        if now.colour != "kind":
            query["colour"] = now.colour
        if not now.near:
            query["near"] = "0"
        if now.reach != REACH_M:
            query["reach"] = str(now.reach)
        if now.branch:
            query["branch"] = now.branch
        return f"?{query.urlencode()}" if query else "?"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what the form of the filter sends along besides its own fields."""
        said = (("kind", self.kind), ("colour", "" if self.colour == "kind" else self.colour))
        near = (
            ("near", "" if self.near else "0"),
            ("reach", "" if self.reach == REACH_M else str(self.reach)),
            ("branch", self.branch),
        )
        return [(name, value) for name, value in (*said, *near) if value]

    @property
    def by_kind(self) -> str:
        """Return the query of the same with colours by kind."""
        return self.query(colour="kind")

    @property
    def by_theme(self) -> str:
        """Return the query of the same with colours by theme."""
        return self.query(colour="theme")

    @property
    def near_query(self) -> str:
        """Return the query of the same with companies of the register shown, or hidden again."""
        return self.query(near=not self.near)

    @property
    def fits_register(self) -> bool:
        """Tell whether companies of the register can be what is asked for: they have no theme, and no state."""
        return not self.theme and not self.state

    @property
    def shows_register(self) -> bool:
        """Tell whether companies of the register are shown: beside everything, or alone where only they are wanted."""
        return self.fits_register and (self.kind == REGISTER or (self.near and not self.kind))

    def holds(self, resource: Resource, *, reach: Reach, today: date, but: str = "") -> bool:
        """Tell whether a resource is shown, as far as words do not decide; `but` names a filter not to count."""
        without: dict[str, Any] = {but: ""} if but else {}
        asked = replace(self, **without)
        return (
            (not asked.kind or resource.kind == asked.kind)
            and (not asked.theme or asked.theme in resource.themes)
            and (not asked.competence or asked.competence in resource.kinds)
            and (not asked.state or _in_state(State(asked.state), resource, reach, today))
        )


def _in_state(state: State, resource: Resource, reach: Reach, today: date) -> bool:
    if state is State.STALE:
        return resource.is_stale(today)
    if state is State.NEVER:
        return resource.confirmed_on is None
    if state is State.UNLINKED:
        return reach.links == 0
    if state is State.MOBILISED:
        return reach.stage is Stage.MOBILISED
    return resource.x is None


class FilterForm(Form):
    """The same as a form; it stands in the address, so it can be sent to a colleague."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    competence = forms.ChoiceField(label=_("Can bring"), required=False)
    state = forms.ChoiceField(label=_("Only those that are"), required=False, choices=[("", _("all")), *STATES.items()])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = vocabulary()
        offer(self, "theme", words.choices(known.themes.values(), nothing=_("all themes")))
        offer(self, "competence", words.choices(known.resource_kinds.values(), nothing=_("everything")))


def asked_of(query: Mapping[str, str]) -> tuple[Asked, FilterForm]:
    """Read the address: what is asked, and the form that shows it."""
    form = FilterForm(query)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in ("q", "theme", "competence", "state")}
    kind, colour = query.get("kind", ""), query.get("colour", "")
    asked = Asked(
        **said,
        kind=kind if kind == REGISTER or kind in dict(asset_kind_choices()) else "",
        colour=colour if colour in COLOURS else "kind",
        near=query.get("near") != "0",
        reach=next((each for each in REACHES_M if each and str(each) == query.get("reach")), REACH_M),
        branch=branch if (branch := query.get("branch", "")) in industry_groups() else "",
    )
    return asked, form
