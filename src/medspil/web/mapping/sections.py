"""The sections of a resource: what each asks, what makes it done, and the page on which it is changed."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from medspil.areas.sections import Section
from medspil.mapping.models import Resource
from medspil.organisations.roles import Abilities, Ability
from medspil.web.areas import words as area_words
from medspil.web.areas.loading import sent
from medspil.web.areas.saving import handle
from medspil.web.http import SignedInRequest
from medspil.web.mapping import section_forms as forms
from medspil.web.mapping import words
from medspil.web.mapping.loading import resource_or_refuse
from medspil.web.parts import Fact, Task

SECTIONS: tuple[Section[Resource], ...] = (
    Section(
        code="what",
        title=gettext_lazy("What it is and what it can do"),
        hint=gettext_lazy("In the words of those it is about"),
        needed={gettext_lazy("what it can do"): lambda one: bool(one.can_do)},
    ),
    Section(
        code="brings",
        title=gettext_lazy("What it can bring"),
        hint=gettext_lazy("Kinds of resource and themes: by these it is found"),
        needed={
            gettext_lazy("what it can bring"): lambda one: bool(one.kinds),
            gettext_lazy("a theme"): lambda one: bool(one.themes),
        },
    ),
    Section(
        code="when",
        title=gettext_lazy("For whom and when"),
        hint=gettext_lazy("Days, hours, seasons, and whom it is for"),
        needed={
            gettext_lazy("for whom"): lambda one: bool(one.target_groups),
            gettext_lazy("when"): lambda one: bool(one.when),
        },
    ),
    Section(
        code="where",
        title=gettext_lazy("Where"),
        hint=gettext_lazy("An address or a point on the map"),
        needed={gettext_lazy("a place on the map"): lambda one: one.x is not None},
        extra=(lambda one: bool(one.address),),
    ),
    Section(
        code="source",
        title=gettext_lazy("Where we know it from"),
        hint=gettext_lazy("And when somebody should ask again"),
        needed={gettext_lazy("where we know it from"): lambda one: bool(one.source)},
    ),
)
# Section -> form and the last piece of the address.
PAGES: dict[str, tuple[type[forms.ResourceForm], str]] = {
    "what": (forms.WhatForm, "hvad"),
    "brings": (forms.BringsForm, "kan"),
    "when": (forms.WhenForm, "hvornaar"),
    "where": (forms.WhereForm, "hvor"),
    "source": (forms.SourceForm, "kilde"),
}
_BY_CODE = {section.code: section for section in SECTIONS}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    """Change one section of a resource."""
    resource, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    form = PAGES[section][0](*sent(request), record=resource)
    context = {"area": resource.area, "resource": resource, "section": _BY_CODE[section]}
    back = reverse("mapping:detail", args=[pk])
    return handle(request, form, template="mapping/section.html", context=context, back=back)


def tasks(resource: Resource, may: Abilities) -> list[Task]:
    """Return the sections as a task list."""
    return [
        Task(title=one.title, state=one.state(resource).value, url=change_url(resource, one.code, may), hint=one.hint)
        for one in SECTIONS
    ]


def facts(resource: Resource, may: Abilities) -> list[Fact]:
    """Return all that is known of a resource besides how people are reached, each with the way to change it."""
    found: list[tuple[Any, Any, str, Any]] = [
        (_("Kind"), words.asset_kind(resource.kind), "what", ""),
        (_("What it can do"), resource.can_do, "what", ""),
        (_("Can bring"), "\n".join(area_words.kind(code) for code in resource.kinds), "brings", ""),
        (_("Themes"), "\n".join(area_words.theme(code) for code in resource.themes), "brings", ""),
        (
            _("For whom"),
            get_text_list([area_words.group(code) for code in resource.target_groups], _("and")),
            "when",
            "",
        ),
        (_("When"), resource.when, "when", ""),
        (_("Where"), resource.address, "where", words.PLACE_NOTES[resource.place_quality]),
        (_("Where we know it from"), resource.source, "source", ""),
    ]
    if resource.is_person:
        found.insert(2, (_("Head, hand, heart"), words.gifts(resource.gifts), "brings", ""))
    if resource.organisation:
        found.append((_("Organisation"), resource.organisation.name, "", ""))
    return [Fact(label, value, change_url(resource, code, may), note) for label, value, code, note in found]


def change_url(resource: Resource, code: str, may: Abilities) -> str:
    """Return the address of the page of a section, for those who may change it."""
    return reverse(f"mapping:edit_{code}", args=[resource.pk]) if may.map_resources and code else ""
