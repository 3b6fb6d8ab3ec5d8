"""Forms of offers: the offer itself, who said it, withdrawing, renewing, asking by a link, answering."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.areas.borders import PlaceNotFound, centre_from
from medspil.areas.models import Rhythm
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.offers.models import Offer
from medspil.offers.renewal import RenewalAnswer
from medspil.web.areas import words
from medspil.web.areas.forms import NUMBER, in_order, offer
from medspil.web.forms import CreationKey, DayField, EditVersion, Form

if TYPE_CHECKING:
    from medspil.areas.models import Area, AreaQuerySet
    from medspil.organisations.models import OrganisationQuerySet

EVERYBODY, SOME = "everybody", "some"
NOT_STATED, WITHIN, COUNTRY = "", "within", "country"
SAID = ("source", "said_on")
# Of the fields of the form, those that are not named as the offer names them.
UNLIKE = ("audience", "areas", "how_far", "recorded_by", "version", "creation_key")


def kind_choices(keep: str = "") -> words.Choices:
    """Return the kinds of resources under their headings, after the choice of nothing."""
    kinds = vocabulary().resource_kinds.values()
    return [
        ("", _("Choose")),
        *(
            (heading, words.choices((one for one in kinds if one.group is group), keep=keep)[1:])
            for group, heading in words.KIND_GROUPS.items()
        ),
    ]


class OfferForm(Form):
    """What is given, how much, when, where, on which conditions, and who can see it."""

    kind = forms.ChoiceField(label=_("What kind of resource is it?"))
    title = forms.CharField(
        label=_("The offer in one line"),
        max_length=160,
        help_text=_("So that an area sees at once what it can ask for. For example: 20 used laptops, ready to use."),
    )
    text = forms.CharField(
        label=_("Tell more"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What can it be used for, and who would be there? Needs are also found by these words."),
    )
    quantity = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs=NUMBER),
    )
    unit = forms.CharField(
        label=_("Of what"), max_length=40, required=False, help_text=_("For example computers, hours or places.")
    )
    rhythm = forms.ChoiceField(label=_("How often"), choices=[("", "–"), *Rhythm.choices], required=False)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("To"), required=False, help_text=_("Leave it empty if there is no end."))
    place = forms.CharField(
        label=_("Place"),
        max_length=160,
        required=False,
        help_text=_("A postcode or a town. Left empty, it is where the register has the giver."),
    )
    how_far = forms.ChoiceField(
        label=_("How far away can it be given?"),
        required=False,
        choices=[
            (NOT_STATED, _("Not decided")),
            (WITHIN, _("Within a number of kilometres")),
            (COUNTRY, _("In the whole country")),
        ],
        widget=forms.RadioSelect,
    )
    reach_km = forms.IntegerField(
        label=_("Kilometres"),
        min_value=1,
        max_value=500,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs=NUMBER),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What must be in place? For example: must be fetched, only on weekdays, no logo wanted."),
    )
    themes = forms.MultipleChoiceField(
        label=_("What is it good for?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=_("Who can see the offer?"),
        choices=[
            (SOME, _("Only those who work with the areas I choose")),
            (EVERYBODY, _("Everybody who works with areas or makes offers in Medspil")),
        ],
        widget=forms.RadioSelect,
    )
    areas: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        label=_("Areas it is offered to"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose at least one, unless everybody may see the offer."),
    )

    def __init__(self, *args: Any, areas: "AreaQuerySet", keep_kind: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kind_choices(keep_kind))
        offer(self, "themes", words.choices(vocabulary().themes.values())[1:])
        chosen: Any = self.fields["areas"]
        chosen.queryset = areas
        for field in self.fields.values():
            if type(field) is forms.CharField:
                field.validators.append(no_cpr)

    def clean(self) -> None:
        """Read place and reach, and see that somebody can see it."""
        super().clean()
        said = self.cleaned_data
        in_order(self, "starts_on", "ends_on", _("The offer must end after it starts."))
        if said.get("how_far") == WITHIN and not said.get("reach_km") and "reach_km" not in self.errors:
            self.add_error("reach_km", _("Write how many kilometres, for example 20."))
        if said.get("audience") == SOME and not said.get("areas"):
            self.add_error("areas", _("Choose at least one area, or let everybody see it."))
        if said.get("place"):
            try:
                said["point"] = centre_from(said["place"])
            except PlaceNotFound as trouble:
                self.add_error("place", str(trouble))

    def facts(self) -> dict[str, Any]:
        """Return what the services take, without areas and source."""
        said = self.cleaned_data
        found = {name: said[name] for name in self.fields if name in said and name not in (*UNLIKE, *SAID)}
        found["reach_km"] = said.get("reach_km") if said.get("how_far") == WITHIN else None
        found["whole_country"] = said.get("how_far") == COUNTRY
        found["public"] = said.get("audience") == EVERYBODY
        return found | self._where()

    def chosen_areas(self) -> "list[Area]":
        """Return the areas it is offered to; none where everybody sees it."""
        return list(self.cleaned_data["areas"]) if self.cleaned_data.get("audience") == SOME else []

    def _where(self) -> dict[str, Any]:
        if "point" not in self.cleaned_data:
            return {}
        x, y = self.cleaned_data["point"]
        return {"x": x, "y": y, "municipality": ""}


class SaidFields(forms.Form):
    """Mixin: who said it and when, where somebody notes an offer down for its giver."""

    source = forms.CharField(
        label=_("Who said it, and where?"),
        max_length=200,
        validators=[no_cpr],
        help_text=_("For example: the owner, at the business breakfast. It is shown with the offer."),
    )
    said_on = DayField(label=_("When was it said?"))


class NewOfferForm(CreationKey, OfferForm):
    """A new offer in the giver's own name."""


class NotedOfferForm(CreationKey, SaidFields, OfferForm):
    """A new offer that is noted down on the giver's behalf."""

    recorded_by: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Which of your organisations notes it down?"), queryset=None, empty_label=None
    )
    field_order = ("source", "said_on", "recorded_by")

    def __init__(self, *args: Any, recorders: "OrganisationQuerySet", **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["recorded_by"]
        field.queryset = recorders.order_by("name", "pk")
        if len(field.queryset) == 1:  # nothing to choose
            field.widget, field.initial = forms.HiddenInput(), field.queryset[0].pk


class EditOfferForm(EditVersion, OfferForm):
    """An offer that is here, with what it says now."""

    def __init__(self, *args: Any, record: Offer, **options: Any) -> None:
        self.record = record
        stored = {"version": record.version, **self.stored(record)}
        super().__init__(*args, initial=stored, keep_kind=record.kind, **options)

    def stored(self, record: Offer) -> dict[str, Any]:
        """Return what the offer says in the fields of this form."""
        found = {name: getattr(record, name) for name in self.base_fields if name not in UNLIKE}
        found["how_far"] = COUNTRY if record.whole_country else WITHIN if record.reach_km else NOT_STATED
        found["audience"] = EVERYBODY if record.public else SOME
        return found | {"areas": [area.pk for area in record.areas.all()]}

    def _where(self) -> dict[str, Any]:
        """The place it has stays to the metre where its text was not touched."""
        if self.cleaned_data.get("place") == self.record.place:
            return {}
        return super()._where() or {"x": None, "y": None}


class EditNotedOfferForm(SaidFields, EditOfferForm):
    """An offer that was noted down, with who said it."""

    field_order = ("source", "said_on")


class CloseForm(Form):
    """Why an offer is withdrawn or over; nothing must be said."""

    reason = forms.CharField(label=_("Why?"), max_length=300, required=False, validators=[no_cpr])


class SaidAgainForm(SaidFields, Form):
    """That the giver said again that an offer stands, for those who noted it down."""


class AskForm(Form):
    """Whom to ask by mail whether an offer still stands."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=[("da", "Dansk"), ("en", "English")], initial="da"
    )


class AnswerForm(EditVersion, Form):
    """What a giver answers by a one-time link."""

    answer = forms.ChoiceField(
        label=_("Does the offer still stand?"), choices=RenewalAnswer.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Do you want to add something?"),
        max_length=1_000,
        required=False,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
