"""Forms for many resources at once: a pasted list, a file, which column is what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.mapping.columns import COLUMNS, REQUIRED
from medspil.mapping.models import PERSON, ResourceList
from medspil.web.areas.forms import offer
from medspil.web.forms import CreationKey, Form
from medspil.web.mapping.words import asset_kind_choices

NO_COLUMN = ("", _("not in the file"))


def possible_kinds() -> list[tuple[str, str]]:
    """Return the kinds that a line may be said to be; a person comes in by her own consent alone."""
    return [(code, name) for code, name in asset_kind_choices() if code != PERSON]


class DefaultKind(Form):
    """The kind of lines that do not say theirs; a person is never taken for granted."""

    default_kind = forms.ChoiceField(label=_("Kind of rows that do not say theirs"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "default_kind", [("", _("ask me")), *possible_kinds()])


class PasteForm(CreationKey, DefaultKind):
    """A list as people have it: one line for each."""

    text = forms.CharField(
        label=_("The list, one line for each"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Name, kind and place, in any order and with any sign between. Copied cells of a spreadsheet work."
        ),
    )
    field_order = ("text", "default_kind", "creation_key")


class FileForm(CreationKey, Form):
    """A file with resources."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX of at most 5 MB. The first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )


class ColumnsForm(DefaultKind):
    """Which column of a file is what, and what contacts in it may be used for."""

    purpose = forms.CharField(
        label=_("What may telephone and e-mail in the file be used for?"),
        max_length=200,
        required=False,
        help_text=_("Without this they are left out. It is told to whoever asks what is kept about them."),
    )

    def __init__(self, *args: Any, waiting: ResourceList, **options: Any) -> None:
        super().__init__(*args, **options)
        headings = [(name, name) for name in waiting.header]
        for column in COLUMNS:
            self.fields[column.field] = forms.ChoiceField(
                label=str(column.label),
                required=column.field in REQUIRED,
                choices=[NO_COLUMN, *headings],
                initial=waiting.columns.get(column.field, ""),
            )
        self.order_fields([*(column.field for column in COLUMNS), "default_kind", "purpose"])

    def chosen(self) -> dict[str, str]:
        """Return {fact: heading} as chosen."""
        return {column.field: said for column in COLUMNS if (said := self.cleaned_data.get(column.field))}

    def told(self) -> str:
        """Return on one line which column is what, for a page that folds the choices away."""
        return " · ".join(f"{self.fields[field].label}: {heading}" for field, heading in self.chosen().items())
