"""Forms of what a need asks for: the kinds of resources, and how much of each how often."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.models import Need, Rhythm
from medspil.areas.privacy import no_cpr
from medspil.areas.services import Amount
from medspil.web.areas import words
from medspil.web.areas.forms import NUMBER, SectionForm, offer


class KindsForm(SectionForm):
    """The kinds of resources that would help."""

    needed = ("kinds",)

    kinds = forms.MultipleChoiceField(
        label=_("What could a company bring?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick few: the companies that come first are good at what you tick."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kinds", words.kind_ticks(keep=self.initial["kinds"]))

    def stored(self, record: Need) -> dict[str, Any]:
        """Return the kinds the need asks for."""
        return {"kinds": sorted(one.kind for one in record.resources.all())}

    def save(self, *, by: User, now: datetime) -> Need:
        """Choose the kinds."""
        return services.set_kinds(
            need=self.record,
            kinds=self.cleaned_data.get("kinds", []),
            expected_version=self.cleaned_data["version"],
            by=by,
            now=now,
        )


class AmountsForm(SectionForm):
    """How much and how often of each kind that was chosen."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in self.kinds:
            self.fields[f"{code}-quantity"] = forms.IntegerField(
                label=_("How many"),
                min_value=1,
                max_value=1_000_000,
                required=False,
                localize=True,
                widget=forms.TextInput(attrs=NUMBER),
            )
            self.fields[f"{code}-unit"] = forms.CharField(
                label=_("Of what"),
                max_length=40,
                required=False,
                validators=[no_cpr],
            )
            self.fields[f"{code}-rhythm"] = forms.ChoiceField(
                label=_("How often"), choices=[("", "–"), *Rhythm.choices], required=False
            )

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of the need in a fixed order."""
        return sorted(one.kind for one in self.record.resources.all())

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under the names of their kinds, for the page."""
        return [
            (words.kind(code), [self[f"{code}-{part}"] for part in ("quantity", "unit", "rhythm")])
            for code in self.kinds
        ]

    def stored(self, record: Need) -> dict[str, Any]:
        """Return the amounts as they stand."""
        found: dict[str, Any] = {}
        for one in record.resources.all():
            found |= {
                f"{one.kind}-quantity": one.quantity,
                f"{one.kind}-unit": one.unit,
                f"{one.kind}-rhythm": one.rhythm,
            }
        return found

    def save(self, *, by: User, now: datetime) -> Need:
        """Say how much and how often."""
        before, said = self.stored(self.record), self.cleaned_data
        read = {name: said.get(name, value) for name, value in before.items()}
        amounts = {
            code: Amount(read[f"{code}-quantity"], read[f"{code}-unit"], read[f"{code}-rhythm"]) for code in self.kinds
        }
        return services.set_amounts(need=self.record, amounts=amounts, expected_version=said["version"], by=by, now=now)
