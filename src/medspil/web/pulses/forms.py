"""What people say of how it goes, how often they are asked, and what is new."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.areas.privacy import no_cpr
from medspil.pulses.answers import LONGEST_WORDS
from medspil.pulses.models import Rhythm, Step
from medspil.web.forms import CreationKey, Form

LOAD_AGAIN = {"required": _("Please load the page again."), "invalid": _("Please load the page again.")}
STEPS = [(str(value), label) for value, label in reversed(Step.choices)]
"""The best first, as people are used to read them."""


class Seen(forms.Form):
    """Mixin for a form that carries the version the person saw; 0 where nothing was said yet."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages=LOAD_AGAIN)


class AnswerForm(Seen, Form):
    """How it goes for a side."""

    step = forms.TypedChoiceField(
        label=_("How does the partnership go for you?"),
        choices=STEPS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it goes for you.")},
    )
    words = forms.CharField(
        label=_("In a sentence: why?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_cpr],
        help_text=_(
            "At most 500 characters. Those who lead the partnership and your own side read the sentence, nobody else."
        ),
    )


class RhythmForm(Seen, Form):
    """How often the sides are asked."""

    rhythm = forms.ChoiceField(
        label=_("How often are the sides asked how it goes?"), choices=Rhythm.choices, widget=forms.RadioSelect
    )


class NewsForm(CreationKey, Form):
    """News from a side to the others."""

    by_side = forms.ChoiceField(label=_("From whom?"))
    text = forms.CharField(
        label=_("What is new?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_cpr],
        help_text=_("At most 500 characters. All who take part read it, and their contact persons get it by mail."),
        error_messages={"required": _("Write what is new.")},
    )

    def __init__(self, *args: Any, tellers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["by_side"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = tellers
        if len(tellers) == 1:
            field.initial, field.widget = tellers[0][0], forms.HiddenInput()
