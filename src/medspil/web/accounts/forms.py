"""Forms of a person's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.web.forms import Form


class NameForm(Form):
    """One's own name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("This is how others in your areas see you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
