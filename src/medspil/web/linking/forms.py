"""What people choose and write about ranked companies: filters, decisions, the next step."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.linking.models import Decision, SetAsideReason
from medspil.linking.narrowing import narrowed
from medspil.matching import Filters
from medspil.web.forms import DayField, EditVersion, Form
from medspil.web.linking import wording

RELOAD = {"required": _("Please load the page again."), "invalid": _("Please load the page again.")}


class FilterForm(Form):
    """What the list and the map are narrowed by; it stands in the address, so it can be sent to a colleague."""

    sector = forms.TypedMultipleChoiceField(
        label=_("Sector"),
        coerce=int,
        required=False,
        choices=list(wording.SECTORS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    size = forms.MultipleChoiceField(
        label=_("Size"),
        required=False,
        choices=list(wording.SIZES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    distance = forms.TypedChoiceField(
        label=_("At most this far away"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("as far as the need reaches")), *((km, f"{km} km") for km in wording.DISTANCES_KM)],
    )
    model = forms.ChoiceField(
        label=_("Proposed model"), required=False, choices=[("", _("both models")), *wording.MODELS.items()]
    )

    def narrows(self) -> bool:
        """Tell whether anything is chosen, so that the page shows by what the list is narrowed."""
        self.is_valid()
        return any(self.cleaned_data.values())

    def filters(self) -> Filters:
        """Return the filters for the engine; a value that is no choice narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return narrowed(
            sectors=chosen.get("sector", ()),
            sizes=chosen.get("size", ()),
            model=chosen.get("model"),
            within_km=chosen.get("distance"),
        )


class SeenVersion(Form):
    """The version of the decision that the person saw; 0 when nobody had decided anything."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages=RELOAD)


class KeepForm(SeenVersion):
    """The page to return to: the ranking, or the needs that fit the company."""

    back = forms.ChoiceField(choices=[("ranking", ""), ("company", "")], required=False, widget=forms.HiddenInput)


class SetAsideForm(SeenVersion):
    """Why a company is set aside."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        # A no is noted as such, with its consequence: see need_no. What once was set aside for it stays so.
        choices=[("", _("choose")), *(one for one in SetAsideReason.choices if one[0] != SetAsideReason.CONTACTED)],
        error_messages={"required": _("Say why the company is set aside.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class UndoForm(SeenVersion):
    """What to go back to, and the page to return to."""

    to = forms.ChoiceField(choices=Decision.choices, widget=forms.HiddenInput, error_messages=RELOAD)
    back = forms.ChoiceField(choices=[("ranking", ""), ("shortlist", "")], required=False, widget=forms.HiddenInput)


class StepForm(EditVersion, Form):
    """Who takes the next step with a kept company, which and when."""

    owner: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Who takes it on"), queryset=None, required=False, empty_label=_("nobody yet")
    )
    next_step = forms.CharField(
        label=_("Next step"),
        required=False,
        max_length=200,
        help_text=_("One thing somebody does, such as: call the owner."),
    )
    next_step_on = DayField(label=_("When"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, owners: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset = owners
