"""What the links of an area are narrowed by; it stands in the address, so it can be sent to a colleague."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.linking.models import LinkState
from medspil.web.forms import Form
from medspil.web.linking import link_words


class LinkFilterForm(Form):
    """One filter for board, list, network and file."""

    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    need = forms.TypedChoiceField(label=_("Need"), required=False, coerce=int, empty_value=None)
    sector = forms.ChoiceField(
        label=_("With"), required=False, choices=[("", _("all kinds of parties")), *link_words.SECTORS.items()]
    )
    state = forms.MultipleChoiceField(
        label=_("State"), required=False, choices=LinkState.choices, widget=forms.CheckboxSelectMultiple
    )
    mine = forms.BooleanField(label=_("Those I am the broker of"), required=False)
    long = forms.BooleanField(label=_("Asked, and no answer for two weeks"), required=False)
    party = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["need"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [("", _("all needs")), *sorted(needs.items(), key=lambda each: each[1])]

    def asked(self) -> dict[str, Any]:
        """Return what is asked for; a value that is no choice narrows nothing."""
        self.is_valid()
        empty: dict[str, Any] = dict.fromkeys(self.fields, "")
        return empty | self.cleaned_data

    def narrows(self) -> bool:
        """Tell whether anything is chosen, so that the page shows by what it is narrowed."""
        return any(value for name, value in self.asked().items() if name != "party")
