"""What people say about waiting, and when they hand a link on to a colleague."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.privacy import no_cpr
from medspil.progress.models import MomentKind, Rhythm
from medspil.progress.models.patience import LEAST_DAYS, MOST_DAYS
from medspil.progress.moments import LONGEST as LONGEST_MOMENT
from medspil.progress.referrals import LONGEST_ANSWER, LONGEST_TEXT
from medspil.web.forms import CreationKey, DayField, Form

_DAYS = {"least": LEAST_DAYS, "most": MOST_DAYS}


class PatienceForm(Form):
    """How long an area waits. The version is 0 where it has said nothing so far."""

    remind_after = forms.IntegerField(
        label=_("After how many days without an answer are you reminded?"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Two weeks leave room for a holiday."),
    )
    expire = forms.BooleanField(
        label=_("Put away by itself what nobody answers"),
        required=False,
        help_text=_(
            "Nothing is deleted: each can be brought back. It never happens to a link where somebody said yes."
        ),
    )
    expire_after = forms.IntegerField(
        label=_("After how many days is it put away?"), required=False, min_value=LEAST_DAYS, max_value=MOST_DAYS
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the days where the switch is on."""
        found = super().clean() or {}
        if found.get("expire") and found.get("expire_after") is None and "expire_after" not in self.errors:
            self.add_error("expire_after", _("Say after how many days."))
        return found


class RhythmForm(Form):
    """How often a person is told by mail. The version is 0 where she has chosen nothing so far."""

    rhythm = forms.ChoiceField(
        label=_("How often do you want a mail with what waits for you?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_("Nothing waits, no mail comes."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ReferForm(CreationKey, Form):
    """Hand a link on to a colleague."""

    to: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("To whom?"),
        queryset=None,
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague from the list.")},
    )
    text = forms.CharField(
        label=_("What should your colleague know?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_cpr],
        help_text=_("Why you hand it on, and what was said last. Those who work with the link read it."),
    )

    def __init__(self, *args: Any, colleagues: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset = colleagues


class MomentForm(CreationKey, Form):
    """A day on which others heard of a partnership, or a result was celebrated."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=MomentKind.choices, widget=forms.RadioSelect)
    on = DayField(label=_("On which day?"))
    words = forms.CharField(
        label=_("In a sentence"),
        max_length=LONGEST_MOMENT,
        validators=[no_cpr],
        help_text=_("For example: The local newspaper wrote about the first ten jobs after school."),
    )


class AnswerForm(Form):
    """A word to whoever handed the link on."""

    answer = forms.CharField(
        label=_("A word to your colleague"), required=False, max_length=LONGEST_ANSWER, validators=[no_cpr]
    )
