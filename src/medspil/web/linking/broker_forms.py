"""What is said of brokers: who comes, when one leaves and who goes on, what of the handover is done."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.areas.privacy import no_cpr
from medspil.web.forms import DayField, EditVersion, Form


class BrokerForm(Form):
    """Who builds the bridge."""

    person: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Who builds the bridge?"), queryset=None, empty_label=_("choose a person")
    )

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        _among(self.fields["person"], people)


class Leaving(Form):
    """The last day of a broker, who goes on, and what the others should know."""

    leaves_on = DayField(label=_("Last day as the broker"))
    to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label=_("Who goes on?"),
        queryset=None,
        required=False,
        empty_label=_("the two sides themselves"),
        help_text=_("Whoever goes on sees the link from now on."),
    )
    handover = forms.CharField(
        label=_("What should both sides know?"),
        help_text=_("The next steps, who does what, and whom to ask. Both sides read it."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[no_cpr],
    )

    def __init__(self, *args: Any, people: QuerySet[User], **options: Any) -> None:
        super().__init__(*args, **options)
        _among(self.fields["to"], people)


class LeaveForm(EditVersion, Leaving):
    """How one link goes on without its broker."""


class LeaveAllForm(Leaving):
    """One last day for all links of a broker, as she saw them, and how they go on."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=100_000)

    def __init__(
        self, *args: Any, people: QuerySet[User], people_in: Mapping[Area, QuerySet[User]], **options: Any
    ) -> None:
        super().__init__(*args, people=people, **options)
        self.areas = {f"in_{area.pk}": area.pk for area in people_in}
        for area, there in people_in.items():
            self.fields[f"in_{area.pk}"] = forms.ModelChoiceField(
                label=_("Who goes on in {area}?").format(area=area.name),
                queryset=there,
                required=False,
                empty_label=_("as chosen for all links"),
            )
        self.order_fields(["leaves_on", "to", *self.areas])
        to, handover = self.fields["to"], self.fields["handover"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        to.empty_label = _("the sides of each link themselves")
        to.help_text = _("Whoever goes on sees the links from now on.")
        handover.help_text = _("The same text stands in every link. What is special to one, you write there.")

    @property
    def to_in(self) -> dict[int, User]:
        """Return who goes on in areas where it is somebody else than in the others."""
        return {area: self.cleaned_data[name] for name, area in self.areas.items() if self.cleaned_data[name]}


class TickForm(EditVersion, Form):
    """One point of the handover."""

    code = forms.CharField(max_length=40)
    done = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


def _among(field: forms.Field, people: QuerySet[User]) -> None:
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = people
