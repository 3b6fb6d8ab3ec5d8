"""Forms of needs: a new one, and one per section."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.models import Area, Challenge, Need
from medspil.areas.privacy import no_cpr
from medspil.areas.sections import open_challenges
from medspil.areas.services import StartsNowhere
from medspil.catalogue.vocabulary import vocabulary
from medspil.web.areas import words
from medspil.web.areas.forms import NUMBER, SectionForm, in_order, offer
from medspil.web.forms import CreationKey, DayField, Form

NONE = 0
"""The choice of no challenge. It is never chosen beforehand: a need starts from a challenge or says why not."""


def _challenge_choices(area: Area, keep: Challenge | None = None) -> words.Choices:
    found = open_challenges(area)
    if keep and keep not in found:
        found.append(keep)
    return [*((str(one.pk), one.title) for one in found), (str(NONE), _("None of these; I write why below"))]


class ChallengeField(forms.TypedChoiceField):
    """The challenge that a need answers, among those of its area."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Which challenge does it answer?"),
            error_messages={"required": _("Choose the challenge it answers, or that it answers none of them.")},
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            **options,
        )

    def clean(self, value: Any) -> int | None:
        """Return the number of the challenge, None for none."""
        return super().clean(value) or None


class ReasonField(forms.CharField):
    """Why a need answers none of the challenges."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("If none: why does it answer no challenge?"),
            max_length=300,
            required=False,
            validators=[no_cpr],
            help_text=_("In a few words. Most needs answer a challenge; without one, nobody can see what came of it."),
            **options,
        )


def _ask_for_start(form: forms.Form) -> None:
    """Put an error where neither a challenge was chosen nor a reason given; a reason alone means none of them."""
    said = form.cleaned_data
    if said.get("no_challenge_reason") and not form.data.get("challenge") and form.errors.pop("challenge", None):
        said["challenge"] = None
    if not (
        said.get("challenge")
        or said.get("no_challenge_reason")
        or {"challenge", "no_challenge_reason"} & set(form.errors)
    ):
        form.add_error("no_challenge_reason", str(StartsNowhere()))
        said.pop("challenge", None)


class NewNeedForm(CreationKey, Form):
    """A new need: one line, and the challenge it answers or why it answers none."""

    title = forms.CharField(
        label=_("What is lacking, in one line?"),
        max_length=160,
        validators=[no_cpr],
        help_text=_(
            "So that a company sees what it could say yes to. For example: companies that will follow a school class."
        ),
    )
    challenge = ChallengeField()
    no_challenge_reason = ReasonField()

    def __init__(self, *args: Any, area: Area, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "challenge", _challenge_choices(area))

    def clean(self) -> None:
        """Ask for a challenge or a reason."""
        super().clean()
        _ask_for_start(self)


class NeedSectionForm(SectionForm):
    """A section that is plain fields of a need."""

    def save(self, *, by: User, now: datetime) -> Need:
        """Change the need."""
        return services.edit_need(
            need=self.record, expected_version=self.cleaned_data["version"], by=by, now=now, **self.facts()
        )


class WhatForm(NeedSectionForm):
    """What is lacking, in words, and which challenge it answers."""

    needed = ("text", "challenge")

    title = forms.CharField(label=_("In one line"), max_length=160)
    text = forms.CharField(
        label=_("What is lacking?"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "What should a company do, with whom, and what comes of it? Companies are also found by these words."
        ),
    )
    challenge = ChallengeField()
    no_challenge_reason = ReasonField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "challenge", _challenge_choices(self.record.area, self.record.challenge))
        if self.record.no_challenge_reason:
            self.initial["challenge"] = NONE

    def stored(self, record: Need) -> dict[str, Any]:
        """Return the fields, the challenge by its number."""
        return {
            "title": record.title,
            "text": record.text,
            "challenge": record.challenge_id,
            "no_challenge_reason": record.no_challenge_reason,
        }

    def clean(self) -> None:
        """Ask for a challenge or a reason, unless the need is from before that was asked."""
        super().clean()
        if self.record.challenge_id or self.record.no_challenge_reason:
            _ask_for_start(self)

    def facts(self) -> dict[str, Any]:
        """Return the fields, the challenge as the record it is."""
        found = super().facts()
        if "challenge" in found:
            chosen = found["challenge"]
            own = {one.pk: one for one in [*open_challenges(self.record.area), self.record.challenge] if one}
            found["challenge"] = own.get(chosen)
        return found


class WhoForm(NeedSectionForm):
    """For whom, of what age, and how many."""

    needed = ("target_group", "people")

    target_group = forms.ChoiceField(label=_("For whom?"))
    age_from = forms.IntegerField(
        label=_("Age from"), min_value=0, max_value=120, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    age_to = forms.IntegerField(
        label=_("Age to"), min_value=0, max_value=120, required=False, widget=forms.TextInput(attrs=NUMBER)
    )
    people = forms.IntegerField(
        label=_("How many take part?"),
        min_value=1,
        max_value=100_000,
        localize=True,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("A rough number is fine. Medspil keeps no list of who they are."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self,
            "target_group",
            words.choices(vocabulary().target_groups.values(), keep=self.record.target_group),
        )

    def clean(self) -> None:
        """Refuse ages in the wrong order."""
        super().clean()
        in_order(self, "age_from", "age_to", _("The second age must not be lower than the first."))


class WhenForm(NeedSectionForm):
    """Where and when it happens, and how many come from the company."""

    needed = ("place", "starts_on")

    place = forms.CharField(
        label=_("Where does it happen?"),
        max_length=160,
        help_text=_("For example the school, the club, or at the company."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"), required=False, help_text=_("Leave blank if it is to last."))
    helpers = forms.IntegerField(
        label=_("How many people from the company at a time?"),
        min_value=1,
        max_value=1_000,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("Small companies can seldom spare many: the number counts when companies are ranked."),
    )

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        in_order(self, "starts_on", "ends_on", _("The need must end after it starts."))


class CompaniesForm(NeedSectionForm):
    """Whether companies may find the need themselves."""

    open_to_companies = forms.BooleanField(
        label=_("Companies that use Medspil can see this need"),
        required=False,
        help_text=_(
            "They then see: the line and the text of the need, the kinds of resources, the period, who receives "
            "volunteers and what a good day looks like, the name of the area, the municipality, and that they are to "
            "ask for the coordinator of the organisation that answers for the area. They never see figures, notes, "
            "other companies or your list."
        ),
    )


class ReachForm(SectionForm):
    """How far away a company may be."""

    needed = ("reach",)
    MUNICIPALITY, KM, COUNTRY = "municipality", "km", "country"

    reach = forms.ChoiceField(
        label=_("How far away may the company be?"),
        choices=[
            (MUNICIPALITY, _("In the same municipality")),
            (KM, _("Within a number of kilometres")),
            (COUNTRY, _("Anywhere in the country; near comes first")),
        ],
        widget=forms.RadioSelect,
    )
    reach_km = forms.IntegerField(
        label=_("Number of kilometres"),
        min_value=1,
        max_value=500,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
        help_text=_("Only if you chose kilometres."),
    )

    def stored(self, record: Need) -> dict[str, Any]:
        """Return the answer as one of three."""
        reach = (
            self.MUNICIPALITY if record.own_municipality_only
            else self.KM if record.reach_km
            else self.COUNTRY if record.whole_country
            else ""
        )  # fmt: skip
        return {"reach": reach, "reach_km": record.reach_km}

    def clean(self) -> None:
        """Ask for the number where kilometres were chosen."""
        super().clean()
        asked = self.cleaned_data.get("reach") == self.KM
        if asked and not self.cleaned_data.get("reach_km") and "reach_km" not in self.errors:
            self.add_error("reach_km", _("Write how many kilometres."))

    def save(self, *, by: User, now: datetime) -> Need:
        """Say how far away."""
        said = self.cleaned_data
        reach = said.get("reach", "")
        return services.set_reach(
            need=self.record,
            own_municipality_only=reach == self.MUNICIPALITY,
            reach_km=said.get("reach_km") if reach == self.KM else None,
            whole_country=reach == self.COUNTRY,
            expected_version=said["version"],
            by=by,
            now=now,
        )
