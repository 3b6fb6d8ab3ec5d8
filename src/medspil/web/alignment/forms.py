"""The forms of alignment: the sheet of a side, what is noted for one, and whom to ask."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.alignment.inviting import LONGEST_NAME, Recipient
from medspil.alignment.models import Edition, Invitation, Sheet, Why
from medspil.alignment.questions import Question, questions
from medspil.common.privacy import no_cpr
from medspil.web.alignment.recipients import Known
from medspil.web.forms import DayField, Form
from medspil.web.to_whom import LANGUAGES, TYPED, ToWhom


class SheetForm(Form):
    """What a side is asked, one field for each question of the table.

    No field has an upper limit in the browser: that would cut off what somebody pastes without a word.
    """

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "da"
        for code, question in questions().items():
            self.fields[code] = _field(question, language)
        self.order_fields(["version", *questions()])  # who writes comes last

    def answers(self) -> dict[str, str]:
        """Return what was written, by question; also of a form that is not whole."""
        return {code: str(self.data.get(code, "")) for code in questions()}


class OwnSheetForm(SheetForm):
    """The sheet of one's own side by a one-time link: with the name of who writes."""

    writer = forms.CharField(
        label=_("Your name and what you do there"),
        required=False,
        max_length=LONGEST_NAME,
        validators=[no_cpr],
        help_text=_("So that the others know whose words they are. Forgotten after two years."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class BehalfForm(SheetForm):
    """What a side said at a meeting, noted by the area's people."""

    said_by = forms.CharField(
        label=_("Who said it?"),
        required=False,
        max_length=LONGEST_NAME,
        validators=[no_cpr],
        help_text=_("Name and what they do there, for example: Per Smed, foreman."),
    )
    said_on = DayField(label=_("On which day?"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("said_by", "said_on"):
            self.fields[name].needed = True  # type: ignore[attr-defined]  # when it is noted; a draft takes anything


class AskForm(ToWhom):
    """Whom a side is asked by: its contact person, or an address with where it is from."""

    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES, widget=forms.RadioSelect)
    remind_on = DayField(
        label=_("Remind once, if nothing has come"),
        required=False,
        help_text=_("On that day, and only then. Leave it blank to remind nobody."),
    )

    def __init__(self, *args: Any, known: list[Known], why: Why, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        self.let_choose(known)
        self.fields["source"].help_text = _("For example: she wrote it down for us at the meeting.")
        if why == Why.SETTLE:
            del self.fields["remind_on"]

    def recipient(self) -> Recipient:
        """Return whom it goes to."""
        said = self.cleaned_data
        for one in self.known:
            if one.key == said["to"]:
                return Recipient(email=one.email, name=one.name, source=one.source, language=said["language"])
        return Recipient(email=said["email"], name=said["name"], source=said["source"], language=said["language"])


class RemindForm(Form):
    """On which day a side is reminded; blank for not at all."""

    day = DayField(label=_("Remind once, if nothing has come"), required=False)


def initial_of(there: Sheet | None, latest: Edition | None) -> dict[str, Any]:
    """Return how a sheet begins: the draft, else what was handed in."""
    drafted = there.answers if there and any(there.answers.values()) else None
    answers = drafted or (latest.answers if latest else {})
    return {"version": there.version if there else 0} | answers


def initial_ask(known: list[Known], last: Invitation | None) -> dict[str, Any]:
    """Return how the question to a side begins."""
    to = known[0].key if known else TYPED
    language = last.language if last else get_language() or "da"
    return {"to": to, "language": language, "remind_on": timezone.localdate() + timedelta(days=7)}


def _field(question: Question, language: str) -> forms.Field:
    words = format_html(
        '{}<br><span class="ms-quiet">{} {}</span>',
        question.help(language),
        _("For example:"),
        question.example(language),
    )
    common: dict[str, Any] = {"label": question.name(language), "help_text": words, "required": False}
    if question.options:
        choices = [(one.code, one.name(language)) for one in question.options]
        field: forms.Field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    else:
        rows = 2 if question.short else 4
        field = forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), strip=False, **common)
    if not question.optional:
        field.needed = True  # type: ignore[attr-defined]  # asked for when it is handed in; a draft takes anything
    return field
