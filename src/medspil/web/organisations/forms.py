"""Forms of organisations and their people."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.geography.places import municipalities
from medspil.organisations.roles import Role
from medspil.web.forms import EditVersion, Form


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of organisation in the language of the page."""
    language = get_language() or "da"
    return [(kind.code, kind.name(language)) for kind in vocabulary().organisation_kinds.values() if not kind.retired]


def towns() -> list[tuple[str, str]]:
    """Return the municipalities, with the choice of none."""
    return [("", "–"), *((town.code, town.name) for town in municipalities())]


class OrganisationForm(EditVersion, Form):
    """The facts of an organisation."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=kinds)
    cvr = forms.RegexField(
        label=_("CVR number"),
        regex=r"^\d{8}$",
        required=False,
        help_text=_("Eight digits, for example 12345678."),
        error_messages={"invalid": _("A CVR number has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ms-input--short"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), choices=towns, required=False)

    def clean_cvr(self) -> str:
        """Return the number as text."""
        return str(self.cleaned_data["cvr"])


ROLES = {
    Role.COORDINATOR: _("Runs the work in an area: challenges, needs, rankings and shortlists."),
    Role.CASE_WORKER: _("Describes needs and finds companies."),
    Role.BROKER: _("Brings companies and needs together."),
    Role.COMPANY_CONTACT: _("Speaks for a company."),
    Role.ASSOCIATION_CONTACT: _("Speaks for an association or a school, and sees the areas it takes part in."),
    Role.READER: _("Sees everything in the areas and changes nothing."),
    Role.ADMINISTRATOR: _("Adds people, gives them roles, and imports the register."),
}


class RoleForm(Form):
    """The role of a person."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, format_lazy("{} – {}", role.label, meaning)) for role, meaning in ROLES.items()],
        widget=forms.RadioSelect,
    )

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class PersonForm(RoleForm):
    """Somebody who shall act for the organisation."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("A mail says how to sign in. The person chooses name and password."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("email", "role")
