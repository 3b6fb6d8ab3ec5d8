"""Two resources that are one: look at both, choose what stays where they differ, merge, take it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from medspil.common.models import EditConflict
from medspil.mapping.merging import MergeRefused, MergeStands, differing, merge_resources, take_back
from medspil.mapping.models import Resource, ResourceMerge
from medspil.organisations.roles import Ability
from medspil.web.areas.loading import sent
from medspil.web.forms import Form, add_domain_error
from medspil.web.http import SignedInRequest
from medspil.web.mapping import looks, words
from medspil.web.mapping.loading import resource_or_refuse

LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "can_do": gettext_lazy("What it can do"),
    "when": gettext_lazy("When"),
    "place": gettext_lazy("Where"),
    "organisation": gettext_lazy("Organisation"),
    "unit": gettext_lazy("Entry in the register"),
    "source": gettext_lazy("Where we know it from"),
}
KEPT, GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as shown above the choices."""

    resource: Resource
    mark: Any
    what: str


class MergeForm(Form):
    """Whose words stay where both say something, and the versions that the person saw."""

    versions = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Resource, gone: Resource, **options: Any) -> None:
        options["initial"] = {"versions": f"{kept.version}-{gone.version}"}
        super().__init__(*args, **options)
        self.differing = differing(kept, gone)
        for name in self.differing:
            self.fields[name] = forms.ChoiceField(
                label=str(LABELS[name]),
                choices=[(KEPT, said(kept, name)), (GONE, said(gone, name))],
                initial=KEPT,
                widget=forms.RadioSelect,
            )

    @property
    def from_gone(self) -> frozenset[str]:
        """Return which texts the one that goes knows better."""
        return frozenset(name for name in self.differing if self.cleaned_data.get(name) == GONE)

    @property
    def seen(self) -> tuple[int, int]:
        """Return the versions that the person saw; those of nobody when somebody wrote something else there."""
        first, _dash, second = str(self.cleaned_data.get("versions", "")).partition("-")
        return (int(first), int(second)) if first.isdecimal() and second.isdecimal() else (0, 0)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """Show two resources that may be one, and merge them."""
    kept, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    gone, _may_too = resource_or_refuse(request, other, Ability.MAP_RESOURCES)
    form = MergeForm(*sent(request), kept=kept, gone=gone)
    if request.method == "POST" and form.is_valid():
        by, now = request.user, timezone.now()
        try:
            merge_resources(kept=kept, gone=gone, by=by, now=now, from_gone=form.from_gone, versions=form.seen)
        except MergeRefused as trouble:
            add_domain_error(form, trouble)
        except EditConflict:
            form.add_error(None, _("One of the two was changed in the meantime. Look at both again."))
        else:
            messages.success(request, _("The two are one now. You can take it back below."))
            return redirect("mapping:detail", pk=pk)
    context = {"area": kept.area, "resource": kept, "sides": [_side(kept), _side(gone)], "form": form}
    return render(request, "mapping/merge.html", context, status=422 if form.errors else 200)


@require_POST
def undo(request: SignedInRequest, pk: int, merged: int) -> HttpResponse:
    """Make two resources of one again."""
    resource, _may = resource_or_refuse(request, pk, Ability.MAP_RESOURCES)
    found = get_object_or_404(ResourceMerge.objects.visible_to(request.user).filter(kept=resource), pk=merged)
    try:
        take_back(merged=found, by=request.user, now=timezone.now())
    except MergeStands as trouble:
        messages.warning(request, str(trouble))
    else:
        messages.success(request, _("They are two again, each with what it had."))
    return redirect("mapping:detail", pk=pk)


def said(resource: Resource, name: str) -> str:
    """Return what a resource says of one thing, as people read it."""
    if name == "kind":
        return words.asset_kind(resource.kind)
    if name == "place":
        return resource.address or _("a point on the map")
    value: Any = getattr(resource, name)
    return str(value.name) if name in ("organisation", "unit") else str(value)


def _side(resource: Resource) -> Side:
    what = " · ".join(part for part in (words.asset_kind(resource.kind), resource.address, resource.when) if part)
    return Side(resource, looks.kind_mark(resource.kind), what)
