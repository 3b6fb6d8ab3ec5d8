"""The forms of agreements: a field with its rows, days, a confirmation, and why something is stopped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from medspil.agreements.models import AgreementField, FieldCode
from medspil.agreements.rows import MOST_ROWS, SHAPES, Col, Kind, Row
from medspil.areas.models import Rhythm
from medspil.common.privacy import no_cpr
from medspil.partnerships.models import EndReason
from medspil.web.agreements import words
from medspil.web.forms import DayField, EditVersion, Form
from medspil.web.http import whole_number

BLANK_ROWS = 2
FEWEST_ROWS = 3


class FieldForm(EditVersion, Form):
    """The text of one field; no upper limit in the browser, which would cut off what somebody pastes."""

    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, code: FieldCode, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("Anything else in words") if SHAPES[code] else code.label
        setattr(self.fields["text"], "needed", True)  # noqa: B010  # rows or words must be there: never "optional"
        self.fields["text"].help_text = _("At most 5,000 characters. Two pages are read to the end.")


class RowForm(Form):
    """One row of a field."""

    def __init__(self, *args: Any, code: FieldCode, partners: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        for col in SHAPES[code]:
            self.fields[col.name] = _of_column(col, code, partners)

    def row(self) -> Row:
        """Return what was written; a field that is not right is left as it was written."""
        return {name: self.cleaned_data.get(name, self.data.get(self.add_prefix(name))) for name in self.fields}


def row_forms(field: AgreementField, partners: Mapping[int, str], data: Mapping[str, Any] | None) -> list[RowForm]:
    """Return a form for each row there is and some blank ones; as many as were sent where something was sent."""
    code = FieldCode(field.code)
    if not SHAPES[code]:
        return []
    if data is not None:
        number = min(whole_number(str(data.get("rows", ""))), MOST_ROWS)
        return [RowForm(data, code=code, partners=partners, prefix=f"r{at}") for at in range(number)]
    number = min(max(len(field.rows) + BLANK_ROWS, FEWEST_ROWS), MOST_ROWS)
    rows: list[Row] = [*field.rows, *({} for _more in range(number - len(field.rows)))]
    return [RowForm(initial=row, code=code, partners=partners, prefix=f"r{at}") for at, row in enumerate(rows)]


def _of_column(col: Col, code: FieldCode, partners: Mapping[int, str]) -> forms.Field:
    label = words.PARTNER[code] if col.kind is Kind.PARTNER else words.COLUMNS[col.name]
    if code in (FieldCode.DECIDES, FieldCode.RESPONSIBLE) and col.name == "what":
        label = _("Up to what") if code == FieldCode.DECIDES else _("For what")
    found: forms.Field
    if col.kind is Kind.PARTNER:
        nobody = _("Others") if code == FieldCode.BUDGET else _("Choose")
        choices = [("", nobody), *((str(key), name) for key, name in partners.items())]
        found = forms.ChoiceField(label=str(label), choices=choices, required=False)
    elif col.kind is Kind.RHYTHM:
        found = forms.ChoiceField(label=str(label), choices=[("", "–"), *Rhythm.choices], required=False)
    elif col.kind is Kind.NUMBER:
        number = forms.NumberInput(attrs={"class": "input-width-s", "inputmode": "numeric"})
        found = forms.IntegerField(label=str(label), required=False, min_value=0, max_value=col.most, widget=number)
    elif col.kind is Kind.DAY:
        found = DayField(label=str(label), required=False)
    else:
        found = forms.CharField(label=str(label), required=False)
    setattr(found, "needed", True)  # noqa: B010  # a blank row is no row: nothing says "optional" a dozen times
    return found


class DaysForm(EditVersion, Form):
    """From when to when, and when it is looked at again."""

    starts_on = DayField(
        label=_("In force from"),
        help_text=_("If the last side confirms later, it is in force from that day."),
        error_messages={"required": _("Choose the first day.")},
    )
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Leave it blank if there is no last day."))
    look_again_on = DayField(
        label=_("We look at it again on"), required=False, help_text=_("Half a year is often good.")
    )


class ConfirmForm(Form):
    """Who says yes for a side, to exactly the text that was shown."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label=_("Your name"), max_length=120, validators=[no_cpr], error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    role = forms.CharField(
        label=_("Your role"), max_length=120, validators=[no_cpr], error_messages={"required": _("Write your role.")},
        help_text=_("For example: director, head of department."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    mandate = forms.CharField(
        label=_("By what right can you say yes?"), max_length=300, validators=[no_cpr],
        error_messages={"required": _("Write by what right you can say yes.")},
        help_text=_("For example: I sign for the company; agreed with the board."),
    )  # fmt: skip


class ChangeForm(EditVersion, Form):
    """Why a version that waits for confirmations is changed; told to whoever had confirmed."""

    why = forms.CharField(
        label=_("What is to be changed, and why?"), required=False, max_length=300, validators=[no_cpr],
        help_text=_("Whoever has confirmed reads it in a mail."),
    )  # fmt: skip


def _because(reason: EndReason) -> Any:
    """Return a reason as an answer, in the language in which the page is read."""
    return format_lazy("{yes}: {reason}", yes=_("Yes"), reason=reason.label)


class PauseForm(EditVersion, Form):
    """Why it rests."""

    why = forms.CharField(
        label=_("Why?"), max_length=300, validators=[no_cpr], error_messages={"required": _("Say why.")},
        help_text=_("All sides can read it."),
    )  # fmt: skip


class RestForm(PauseForm):
    """Why it rests, and whether the partnership rests with it."""

    partnership_too = forms.BooleanField(label=_("The partnership pauses as well"), required=False)


class EndForm(PauseForm):
    """Why it ends, what came of it, and whether the partnership ends with it."""

    review = forms.CharField(
        label=_("What came of it?"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what came of it.")},
        help_text=_("What was reached, what was not, and what would you do again? All sides can read it."),
    )
    partnership_ends = forms.ChoiceField(
        label=_("Does the partnership end as well?"),
        choices=[("", _("No, it goes on")), *((one.value, _because(one)) for one in EndReason)],
        required=False,
    )


def read_rows(rows: Sequence[RowForm]) -> tuple[list[Row], bool]:
    """Return the rows as they were written, and whether all of them can be read."""
    fine = [one.is_valid() for one in rows]  # every one of them, so that each shows what is wrong with it
    return [one.row() for one in rows], all(fine)
