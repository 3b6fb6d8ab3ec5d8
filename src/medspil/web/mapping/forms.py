"""Forms for adding resources: one line, the same on a walk, a person with consent first, a company picked up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.common.privacy import no_cpr
from medspil.geography.projection import in_denmark
from medspil.mapping.models import PERSON, HowGiven, Scope
from medspil.mapping.services.resources import ConsentSaid
from medspil.web.areas.forms import offer
from medspil.web.forms import CreationKey, DayField, Form
from medspil.web.mapping.words import asset_kind_choices

LONGEST_NAME, LONGEST_ADDRESS = 160, 200


class QuickForm(CreationKey, Form):
    """One line: what it is called, what kind it is, where it is. Details can wait."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, validators=[no_cpr])
    kind = forms.ChoiceField(label=_("Kind"), initial="association")
    address = forms.CharField(label=_("Where"), max_length=LONGEST_ADDRESS, required=False, validators=[no_cpr])

    def __init__(self, *args: Any, next_one: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", asset_kind_choices())
        if next_one:  # one was just added: whoever writes many goes on without leaving the keys
            self.fields["name"].widget.attrs["autofocus"] = True

    def facts(self) -> dict[str, Any]:
        """Return what is said as the service takes it."""
        said = dict(self.cleaned_data)
        return said | {"place": said.pop("address")} if "address" in said else said

    @property
    def is_person(self) -> bool:
        """Tell whether a person is named, who must say yes first."""
        return bool(self.cleaned_data.get("kind") == PERSON)


class WithPosition(Form):
    """The position of the phone, filled in by the script when somebody asks for it."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Keep the position as a pair; half of one, or one outside the country, is as good as none."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        latitude, longitude = said.pop("latitude", None), said.pop("longitude", None)
        known = latitude is not None and longitude is not None and in_denmark(longitude, latitude)
        said["position"] = (latitude, longitude) if known else None
        return said


class WalkForm(WithPosition, QuickForm):
    """One line on a walk: big kinds, and the phone's position instead of an address."""

    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("What is it called?"), max_length=LONGEST_NAME, validators=[no_cpr])
    address = forms.CharField(
        label=_("Write where it is"), max_length=LONGEST_ADDRESS, required=False, validators=[no_cpr]
    )
    field_order = ("kind", "name", "address", "latitude", "longitude", "creation_key")


class ConsentFields(Form):
    """That a person said yes, how, and to what."""

    agreed = forms.BooleanField(
        label=_("The person has said yes to being noted here"),
        error_messages={
            "required": _("A person is noted only with her own yes. Ask first; nothing is kept until then.")
        },
    )
    how = forms.ChoiceField(
        label=_("How did the person say yes?"),
        choices=[(HowGiven.SAID, HowGiven.SAID.label), (HowGiven.WRITTEN, HowGiven.WRITTEN.label)],
        widget=forms.RadioSelect,
        initial=HowGiven.SAID,
    )
    given_on = DayField(label=_("When?"))
    scope = forms.MultipleChoiceField(
        label=_("To what, besides?"),
        choices=Scope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any of these, only those who may see contacts know that the person is here."),
    )


class PersonForm(WithPosition, CreationKey, ConsentFields):
    """A person: first the consent, then who it is and what the person likes to give."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, validators=[no_cpr])
    can_do = forms.CharField(
        label=_("What does the person like to do for others?"),
        max_length=4_000,
        required=False,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the person's own words. Nothing about health, faith, origin or trouble."),
    )
    address = forms.CharField(
        label=_("Where is the person met?"),
        max_length=LONGEST_ADDRESS,
        required=False,
        validators=[no_cpr],
        help_text=_("A place such as the community house. Not the home."),
    )

    def facts(self) -> dict[str, Any]:
        """Return what is said as the service takes it: the consent as one."""
        said = dict(self.cleaned_data)
        scope = frozenset(Scope(code) for code in said["scope"])
        return {
            "kind": PERSON,
            "consent": ConsentSaid(how=HowGiven(said["how"]), given_on=said["given_on"], scope=scope),
            "place": said["address"],
            **{name: said[name] for name in ("name", "can_do", "position", "creation_key")},
        }
