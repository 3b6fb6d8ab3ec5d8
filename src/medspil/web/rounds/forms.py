"""Forms of allocations: the round and its rules, a row of either side, a list that is pasted, and small steps."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from medspil.areas.models import AreaQuerySet
from medspil.common.privacy import no_cpr
from medspil.rounds.models import Round
from medspil.rounds.programmes import PROGRAMMES, RULE_WORDS, Programme, Rule
from medspil.web.forms import CreationKey, EditVersion, Form

NUMBERS = (Rule.MAX_KM, Rule.MOST_PER_GIVER)
MOST_BYTES = 5 * 1024 * 1024


class AreaChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none at run time
    """Areas to tick."""

    widget = forms.CheckboxSelectMultiple


class NewRoundForm(CreationKey, Form):
    """What kind of allocation, who shares out, and for which areas."""

    programme = forms.ChoiceField(
        label=_("What is shared out?"),
        choices=lambda: [(one.code, one.name) for one in PROGRAMMES.values()],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"), max_length=160, validators=[no_cpr], help_text=_("For example the season: Classes 2026/27.")
    )
    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Who shares out?"), queryset=None, empty_label=None
    )
    areas = AreaChoice(
        label=_("Areas"),
        queryset=None,
        required=False,
        help_text=_("People who work in these areas can see what concerns them."),
    )

    def __init__(self, *args: Any, organisations: Any, areas: AreaQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]  # a model choice
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = organisations[0]


class RoundForm(EditVersion, Form):
    """Title, areas and the rules of the programme."""

    title = forms.CharField(label=_("Title"), max_length=160, validators=[no_cpr])
    areas = AreaChoice(label=_("Areas"), queryset=None, required=False)

    def __init__(self, data: Any, *, round_: Round, kind: Programme, areas: AreaQuerySet, unseen: int = 0) -> None:
        rules = {rule: round_.rules.get(rule.value, value) for rule, value in kind.rules.items()}
        initial = {
            "version": round_.version,
            "title": round_.title,
            "areas": list(round_.areas.values_list("pk", flat=True)),
            **{rule.value: value for rule, value in rules.items()},
        }
        super().__init__(data, initial=initial)
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]
        if unseen:
            told = ngettext(
                "And {number} area that you cannot see: it stays in the allocation.",
                "And {number} areas that you cannot see: they stay in the allocation.",
                unseen,
            )
            self.fields["areas"].help_text = told.format(number=unseen)
        self.rule_names = [rule.value for rule in kind.rules]
        for rule in kind.rules:
            label, hint = RULE_WORDS[rule]
            self.fields[rule.value] = (
                forms.IntegerField(label=str(label), help_text=str(hint), required=False, min_value=1, max_value=10_000)
                if rule in NUMBERS
                else forms.BooleanField(label=str(label), help_text=str(hint), required=False)
            )

    @property
    def rules(self) -> dict[str, Any]:
        """Return the rules as they were chosen."""
        return {name: self.cleaned_data[name] for name in self.rule_names}


class ListForm(CreationKey, Form):
    """A list that is pasted or brought as a file, for one side."""

    text = forms.CharField(
        label=_("Paste the list here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("One row per line. The first line may name the columns."),
    )
    file = forms.FileField(
        label=_("Or bring a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=_("CSV or XLSX."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        said = super().clean() or {}
        if not said.get("text", "").strip() and not said.get("file"):
            raise ValidationError(_("Paste a list or choose a file."))
        if said.get("file") and said["file"].size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 5 MB."))
        return said


class SeenForm(EditVersion, Form):
    """A step that was taken from the board as it was seen."""


class PairForm(EditVersion, Form):
    """What is said about a pair."""

    do = forms.ChoiceField(choices=[("lock", "lock"), ("ban", "ban"), ("free", "free")])
    amount = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)
    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        required=False,
        validators=[no_cpr],
        help_text=_("Only those who run the allocation see it."),
    )


class MoveForm(EditVersion, Form):
    """So many from one giver to another."""

    old = forms.IntegerField(min_value=1)
    new = forms.IntegerField(min_value=1)
    amount = forms.IntegerField(min_value=1, max_value=1_000_000)
    reason = forms.CharField(label=_("Why?"), max_length=200, required=False, validators=[no_cpr])


class ApplyForm(Form):
    """The number of the proposal that was seen."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AnswersForm(Form):
    """What the rows of an area stand for: one of its needs or challenges."""

    area: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Area"), queryset=None, widget=forms.HiddenInput)
    about = forms.ChoiceField(label=_("What do these rows stand for?"))

    def __init__(self, *args: Any, areas: AreaQuerySet, about: list[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["about"].choices = about  # type: ignore[attr-defined]


def errors_of(form: forms.BaseForm) -> str:
    """Return what is wrong with a small form, in one line."""
    found: Mapping[str, Any] = form.errors
    return " ".join(str(error) for errors in found.values() for error in errors)
