"""What people write about links: a new one, its sentence, answers, a no with its reason, notes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Challenge, Need
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.models import RefusalReason
from medspil.linking.refusals import REASONS
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.web.forms import CreationKey, DayField, EditVersion, Form
from medspil.web.linking import no_words

SENTENCE = _("What can they do together?")
SENTENCE_HELP = _(
    "One sentence: who does what with whom, how often. For example: The fire station shows ten boys from the boxing "
    "club what it takes to become a firefighter, every other Thursday in spring."
)


class Sentence(Form):
    """What the parties of a link can do together."""

    sentence = forms.CharField(
        label=SENTENCE,
        help_text=SENTENCE_HELP,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_cpr],
        error_messages={"required": _("Write in one sentence what they can do together.")},
    )


class LinkForm(CreationKey, Sentence):
    """A new link; its parties are chosen beside this form and sent with it."""

    need = forms.TypedChoiceField(label=_("For which need?"), required=False, coerce=int, empty_value=None)
    challenge = forms.TypedChoiceField(
        label=_("Or for which challenge?"),
        help_text=_("Where nobody has described the need yet."),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, *args: Any, needs: Iterable[Need], challenges: Iterable[Challenge], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known_needs = {one.pk: one for one in needs}
        self.known_challenges = {one.pk: one for one in challenges}
        self.fields["need"].needed = True  # type: ignore[attr-defined]  # a challenge will do as well: see clean
        _offer(self.fields["need"], {pk: one.title for pk, one in self.known_needs.items()})
        _offer(self.fields["challenge"], {pk: one.title for pk, one in self.known_challenges.items()})

    def clean(self) -> dict[str, Any]:
        """Ask for a need or a challenge; of both the need counts, whose challenge is known."""
        said = super().clean() or {}
        if not said.get("need") and not said.get("challenge") and "need" not in self.errors:
            self.add_error("need", _("Choose a need or a challenge of this area."))
        return said

    @property
    def chosen_need(self) -> Need | None:
        """Return the need that was chosen."""
        return self.known_needs.get(self.cleaned_data.get("need") or 0)

    @property
    def chosen_challenge(self) -> Challenge | None:
        """Return the challenge that was chosen; with a need, that of the need."""
        chosen = self.known_challenges.get(self.cleaned_data.get("challenge") or 0)
        return chosen or (self.chosen_need.challenge if self.chosen_need else None)


class SentenceForm(EditVersion, Sentence):
    """Another sentence for a link that is there."""


class BringsForm(EditVersion, Form):
    """What one side brings to a link."""

    brings = forms.CharField(
        label=_("What does it bring?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_cpr],
        help_text=_("For example: a workshop on Thursdays, and a joiner who shows how."),
    )


class StepForm(Form):
    """A button of a link: the version that the person saw, the day if it was not today, and where to return."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    on = DayField(required=False)
    note = forms.CharField(required=False, max_length=300, validators=[no_cpr])
    back = forms.ChoiceField(choices=[("board", "")], required=False)


class RefusalForm(CreationKey, Form):
    """A no: the reason, and what its consequence asks for. What a reason does not ask for is not looked at."""

    reason = forms.ChoiceField(
        label=_("Why do they say no?"),
        choices=RefusalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they said no.")},
    )
    until = DayField(label=_("Ask again on"), required=False)
    kind = forms.ChoiceField(label=_("Which kind of resource?"), required=False)
    beyond_km = forms.IntegerField(
        label=_("How many kilometres would they go?"),
        required=False,
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )
    theme = forms.ChoiceField(label=_("Which theme?"), required=False)
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_cpr],
    )
    on = DayField(label=_("When did they say so?"), required=False, help_text=_("Today if you leave it blank."))

    def __init__(
        self,
        *args: Any,
        kinds: Iterable[str],
        told: no_words.NoWords = no_words.THEIRS,
        heard_by: str = "",
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.told, self.heard_by = told, heard_by
        for name, label in told.labels.items():
            self.fields[name].label = label
        if missing := told.missing.get("reason"):
            self.fields["reason"].error_messages["required"] = missing
        words, language = vocabulary(), get_language() or "da"
        asked = [words.resource_kinds[code] for code in kinds if code in words.resource_kinds]
        others = [one for one in words.resource_kinds.values() if one not in asked and not one.retired]
        for name, entries in (("kind", [*asked, *others]), ("theme", words.themes.values())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
            field.choices = [("", _("choose")), *((one.code, one.name(language)) for one in entries)]
        for name in ("until", "kind", "beyond_km", "theme"):
            self.fields[name].needed = True  # type: ignore[attr-defined]  # where its reason is chosen, the service asks

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Return the reasons, each with what follows from it and the field that it asks for."""
        chosen = self["reason"].value()
        return [
            {
                "code": code,
                "name": self.told.reasons[code],
                "consequence": self.follows(code),
                "field": self[field] if (field := REASONS[RefusalReason(code)].field) and field != "words" else None,
                "chosen": code == chosen,
            }
            for code in RefusalReason.values
        ]

    def follows(self, code: str) -> str:
        """Return what follows from a reason, as it is said beforehand."""
        return str(self.told.consequences[code]).format(organisation=self.heard_by)


class SideRefusalForm(EditVersion, RefusalForm):
    """The no of a side of a link that is there."""


class ConsentForm(EditVersion, Form):
    """That a protected company has itself said that we may write to it."""

    how = forms.CharField(
        label=_("Who there said so, and how?"),
        max_length=200,
        validators=[no_cpr],
        help_text=_("For example: the manager, at our meeting about apprentices."),
    )
    on = DayField(label=_("On which day?"))


class NoteForm(CreationKey, Form):
    """What one organisation writes for itself."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Whose note it is"), queryset=None, empty_label=None
    )
    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), validators=[no_cpr]
    )

    def __init__(self, *args: Any, voices: OrganisationQuerySet, likely: int | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset, field.initial = voices, likely
        only = list(voices[:2])
        if len(only) == 1:
            field.widget, field.initial = forms.HiddenInput(), only[0].pk


class EditNoteForm(EditVersion, Form):
    """Another text for a note."""

    text = forms.CharField(
        label=_("Note"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}), validators=[no_cpr]
    )


def _offer(field: forms.Field, choices: dict[int, str]) -> None:
    assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (tells the type checker)
    field.choices = [("", _("choose")), *choices.items()]
