"""Forms of organisations and their people."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import Sector, vocabulary
from medspil.geography.places import municipalities
from medspil.language import fold
from medspil.organisations.facts import LONGEST_NAME
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from medspil.web.forms import CreationKey, EditVersion, Form

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from medspil.organisations.models import Organisation


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of organisation in the language of the page."""
    language = get_language() or "da"
    return [(kind.code, kind.name(language)) for kind in vocabulary().organisation_kinds.values() if not kind.retired]


def towns() -> list[tuple[str, str]]:
    """Return the municipalities, with the choice of none."""
    return [("", "–"), *((town.code, town.name) for town in municipalities())]


class CvrField(forms.CharField):
    """A CVR number; blanks between the digits and a DK before them are no fault."""

    default_error_messages = {"invalid": _("A CVR number has eight digits.")}

    def to_python(self, value: object) -> str:
        """Return the eight digits, or nothing."""
        digits = re.sub(r"\s", "", str(super().to_python(value) or "")).upper().removeprefix("DK")
        if digits and not re.fullmatch(r"[0-9]{8}", digits):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return digits


class FactsForm(Form):
    """The facts of an organisation."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=kinds)
    cvr = CvrField(
        label=_("CVR number"),
        required=False,
        max_length=20,
        help_text=_("Eight digits, for example 12345678."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ms-input--short"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), choices=towns, required=False)


class OrganisationForm(EditVersion, FactsForm):
    """The facts of an organisation that is here, and how everybody may reach it."""

    public_phone = forms.CharField(
        label=_("Public telephone"),
        required=False,
        max_length=20,
        help_text=_("Companies see it with your open needs, and it stands in letters. No person's own number."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "ms-input--short"}),
    )
    public_email = forms.EmailField(
        label=_("Public e-mail"),
        required=False,
        help_text=_("An address of the office, for example areas@municipality.dk. No person's own."),
    )


class NewOrganisationForm(CreationKey, FactsForm):
    """A new organisation, perhaps from an entry of the register, for one of the person's own organisations."""

    created_by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Which of your organisations creates it?"),
        help_text=_("It looks after the new one until that has an administrator of its own."),
        queryset=None,
        empty_label=None,
    )
    # For what name and number the person has seen the warning that there may already be one.
    warned_of = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "kind", "cvr", "municipality", "created_by")

    def __init__(
        self, *args: Any, makers: "QuerySet[Organisation]", unit: Unit | None, name: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.initial.update(from_unit(unit) if unit else {"name": name})
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Choose")), *kinds()]
        maker: Any = self.fields["created_by"]
        maker.queryset = makers
        if len(makers) == 1:  # nothing to choose
            maker.widget, maker.initial = forms.HiddenInput(), makers[0].pk
        # The register's number counts; nobody writes another beside it.
        self.fields["cvr"].disabled = bool(unit and unit.cvr)

    def for_service(self) -> dict[str, Any]:
        """Return what the service is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "warned_of"}

    def sees(self) -> str:
        """Return what the warning is about: it has to be given again when name or number change."""
        return f"{fold(self.cleaned_data['name'])}|{self.cleaned_data['cvr']}"

    def warn(self) -> None:
        """Carry from now on that the person has seen the warning."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["warned_of"] = self.sees()
        self.data = data


def from_unit(unit: Unit) -> dict[str, str]:
    """Return what an entry of the register says of the organisation; a trader's form tells that it is a company."""
    form = vocabulary().company_forms.get(unit.company_form)
    kind = "company" if form and form.sector is Sector.PRIVATE else ""
    return {"name": unit.name[:LONGEST_NAME], "cvr": unit.cvr, "municipality": unit.municipality, "kind": kind}


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
