"""Forms of challenges: a new one, and one that is there."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.models import Challenge
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.web.areas import words
from medspil.web.areas.forms import SectionForm, offer
from medspil.web.forms import CreationKey, DayField, Form


class ChallengeFields(Form):
    """What describes a challenge."""

    title = forms.CharField(
        label=_("The challenge in one line"),
        max_length=160,
        validators=[no_cpr],
        help_text=_("For example: the children know too little of what jobs there are."),
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    target_groups = forms.MultipleChoiceField(
        label=_("Who is affected?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    seen = forms.CharField(
        label=_("What do you see?"),
        max_length=4_000,
        required=False,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happens, where and how often? Numbers are good, names of people are not."),
    )
    since = DayField(label=_("Since when?"), required=False, help_text=_("Roughly is fine: the first of a month."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = vocabulary()
        chosen, groups = str(self.initial.get("theme", "")), self.initial.get("target_groups", [])
        offer(self, "theme", words.choices(known.themes.values(), keep=chosen))
        offer(self, "target_groups", words.ticks(known.target_groups.values(), keep=groups))


class NewChallengeForm(CreationKey, ChallengeFields):
    """A new challenge."""


class ChallengeForm(SectionForm, ChallengeFields):
    """A challenge that is there."""

    needed = ("theme", "target_groups", "seen")

    def save(self, *, by: User, now: datetime) -> Challenge:
        """Change the challenge."""
        return services.edit_challenge(
            challenge=self.record, expected_version=self.cleaned_data["version"], by=by, now=now, **self.facts()
        )
