"""Forms of a resource's sections. Nothing but the name must be filled in: details come when somebody knows them."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.facts import ResourceRefused
from medspil.mapping.models import Gift, Resource
from medspil.mapping.places import PositionRefused
from medspil.mapping.services.resources import edit_resource
from medspil.web.areas import words
from medspil.web.areas.forms import NUMBER, SectionForm, offer
from medspil.web.mapping.forms import LONGEST_ADDRESS, LONGEST_NAME, WithPosition
from medspil.web.mapping.words import asset_kind_choices


class ResourceForm(SectionForm):
    """A section that is plain fields of a resource."""

    drops_for_others: ClassVar[tuple[str, ...]] = ()  # fields that are said of people only

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.record.is_person:
            for name in self.drops_for_others:
                del self.fields[name]

    def save(self, *, by: User, now: datetime) -> Resource:
        """Change the resource."""
        try:
            return edit_resource(
                resource=self.record, expected_version=self.cleaned_data["version"], by=by, now=now, **self.facts()
            )
        except (ResourceRefused, PositionRefused) as trouble:
            raise ValidationError(str(trouble)) from trouble


class WhatForm(ResourceForm):
    """What it is called, what kind it is, and what it can do in its own words."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=_("Kind"))
    can_do = forms.CharField(
        label=_("What can it do?"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In the words of those it is about. What do they know, make, lend or gather people around?"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.record.is_person:  # nobody becomes a person, nor a person anything else
            del self.fields["kind"]
        else:
            kinds = asset_kind_choices(keep=self.record.kind)
            offer(self, "kind", [(code, label) for code, label in kinds if code != "person"])


class BringsForm(ResourceForm):
    """Which kinds of resource it can bring, and to which themes; of people also head, hand and heart."""

    drops_for_others = ("gifts", "ambassador")

    gifts = forms.MultipleChoiceField(
        label=_("Head, hand, heart"), choices=Gift.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    ambassador = forms.BooleanField(
        label=_("Local ambassador"),
        required=False,
        help_text=_("Speaks for the work among the neighbours, and wants to."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What can it bring?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick few: what is ticked counts when it is worked out what the area lacks."),
    )
    themes = forms.MultipleChoiceField(
        label=_("To which themes?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The first one gives the colour when the map shows themes."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kinds", words.kind_ticks(keep=self.record.kinds))
        offer(self, "themes", words.ticks(vocabulary().themes.values(), keep=self.record.themes))


class WhenForm(ResourceForm):
    """For whom and when."""

    target_groups = forms.MultipleChoiceField(label=_("For whom?"), widget=forms.CheckboxSelectMultiple, required=False)
    when = forms.CharField(
        label=_("When?"), max_length=200, required=False, help_text=_("For example: Tuesdays after five; in summer.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = vocabulary().target_groups.values()
        offer(self, "target_groups", words.ticks(groups, keep=self.record.target_groups))


class WhereForm(WithPosition, ResourceForm):
    """Where it is: in words, or by the position of the phone."""

    address = forms.CharField(
        label=_("Where?"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=_("An address, a street, a postcode, or two co-ordinates like 55.7262, 9.5350."),
    )

    def stored(self, record: Resource) -> dict[str, Any]:
        """Return the address as it stands; a position is not shown again."""
        return {"address": record.address}

    def facts(self) -> dict[str, Any]:
        """Return the place in words, and the position if one was given."""
        said = super().facts()
        return {"place": said.get("address", self.record.address), "position": said.get("position")}


class SourceForm(ResourceForm):
    """Where it is known from, and how long it is to be believed."""

    source = forms.CharField(
        label=_("Where do we know it from?"),
        max_length=200,
        required=False,
        help_text=_("For example: walk in May; the association's own pages; told at the meeting."),
    )
    review_months = forms.IntegerField(
        label=_("Ask again after how many months?"),
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs=NUMBER),
    )
