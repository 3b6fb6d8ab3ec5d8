"""Two records of one organisation: pick the other one, compare them field by field, merge, take it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.common.models import EditConflict
from medspil.geography.places import municipality
from medspil.organisations import merging as services
from medspil.organisations.alike import like_first, organisations_alike
from medspil.organisations.merging import CHOSEN, MergeRefused, MergeStands
from medspil.organisations.models import Merge, Organisation
from medspil.organisations.pointing import counts
from medspil.web.forms import Form
from medspil.web.http import SignedInRequest
from medspil.web.organisations import shown
from medspil.web.tables import Column, Table

LIKELY = 60.0
KEPT, GONE = "kept", "gone"
VERSION_FIELDS = ("version_kept", "version_gone")


class MergeForm(Form):
    """Which of two values stays, for each fact in which the two records differ."""

    version_kept = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    version_gone = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: Organisation, gone: Organisation, **options: Any) -> None:
        versions = {"version_kept": kept.version, "version_gone": gone.version}
        super().__init__(*args, **options | {"initial": versions})
        for name in CHOSEN:
            here, there = _value(kept, name), _value(gone, name)
            if here != there:
                label = str(Organisation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # all are fields
                self.fields[name] = forms.ChoiceField(
                    label=label[:1].upper() + label[1:],
                    choices=[(KEPT, here or _("nothing")), (GONE, there or _("nothing"))],
                    initial=KEPT if here else GONE,
                    widget=forms.RadioSelect,
                )

    def from_gone(self) -> frozenset[str]:
        """Return the facts of which the value of the one that goes was chosen."""
        return frozenset(name for name in CHOSEN if self.cleaned_data.get(name) == GONE)


@require_safe
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the organisations that may be the same, those with a like name first."""
    organisation = managed_or_refuse(request, pk)
    managed = Organisation.objects.managed_by(request.user).exclude(pk=pk)
    others = like_first(organisation.name, managed, municipality=organisation.municipality)
    likely = [
        one for one in others if organisations_alike(organisation, one) >= LIKELY or _same_number(organisation, one)
    ]
    context = {
        "organisation": organisation,
        "likely": shown.cards(likely),
        "others": shown.cards(one for one in others if one not in likely),
    }
    return render(request, "organisations/merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: SignedInRequest, pk: int, other: int) -> HttpResponse:
    """Compare two records, choose what stays, and merge."""
    kept = managed_or_refuse(request, pk)
    if services.successor(other) == kept:  # the second half of a double click
        return redirect("organisations:detail", pk=pk)
    gone = managed_or_refuse(request, other)
    form = MergeForm(request.POST or None, kept=kept, gone=gone)
    status = 200
    if request.method == "POST" and form.is_valid():
        versions = tuple(form.cleaned_data[name] for name in VERSION_FIELDS)
        try:
            services.merge(
                kept=kept,
                gone=gone,
                from_gone=form.from_gone(),
                versions=(versions[0], versions[1]),
                by=request.user,
                now=timezone.now(),
            )
        except (EditConflict, MergeRefused) as trouble:
            messages.error(request, str(trouble))
            form, status = MergeForm(kept=kept, gone=gone), 409
        else:
            messages.success(request, _("The two are one now. You can take it back on this page."))
            return redirect("organisations:detail", pk=kept.pk)
    context = {"kept": kept, "gone": gone, "form": form, "table": _side_by_side(kept, gone), "moves": counts(gone)}
    return render(request, "organisations/merge.html", context, status=422 if form.errors else status)


@require_POST
def take_back(request: SignedInRequest, pk: int, merge: int) -> HttpResponse:
    """Make two of one again."""
    organisation = managed_or_refuse(request, pk)
    merged = get_object_or_404(Merge.objects.visible_to(request.user).select_related("kept", "gone"), pk=merge, kept=pk)
    try:
        services.take_back(merged=merged, by=request.user, now=timezone.now())
    except MergeStands as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("%(name)s is an organisation of its own again.") % {"name": merged.gone.name})
    return redirect("organisations:detail", pk=organisation.pk)


def managed_or_refuse(request: SignedInRequest, pk: int) -> Organisation:
    """Return an organisation that this person manages: 404 for strangers, 403 for other members."""
    visible = Organisation.objects.visible_to(request.user).select_related("unit")
    organisation = get_object_or_404(visible, pk=pk)
    if not Organisation.objects.managed_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(_("Only an administrator of the organisation may do this."))
    return organisation


def _side_by_side(kept: Organisation, gone: Organisation) -> Table:
    """Return the facts of both: what it is called, the one that stays, the one that goes."""
    labels = ((name, str(Organisation._meta.get_field(name).verbose_name)) for name in CHOSEN)  # type: ignore[union-attr]
    return Table(
        caption=_("The two side by side"),
        caption_hidden=True,
        describe=(
            Column(_("Field"), lambda row: row[0]),
            Column(_("Stays"), lambda row: row[1]),
            Column(_("Goes into it"), lambda row: row[2]),
        ),
        records=[(label[:1].upper() + label[1:], _value(kept, name), _value(gone, name)) for name, label in labels],
    )


def _value(organisation: Organisation, name: str) -> str:
    if name == "kind":
        return shown.kind_name(organisation)
    if name == "municipality":
        town = municipality(organisation.municipality) if organisation.municipality else None
        return town.name if town else organisation.municipality
    return str(getattr(organisation, name) or "")


def _same_number(one: Organisation, other: Organisation) -> bool:
    return bool(one.cvr) and one.cvr == other.cvr
