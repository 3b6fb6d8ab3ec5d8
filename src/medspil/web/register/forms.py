"""What is searched for, what is handed in, and which column of a file is what."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from medspil.geography.places import municipalities
from medspil.register.columns import COLUMNS
from medspil.register.models import CodeSystem, ImportRun
from medspil.register.reading.layout import CSV
from medspil.web.forms import CreationKey, DayField, Form

ENCODINGS = (
    ("utf-8-sig", "UTF-8"),
    ("cp1252", _("Windows (Western Europe)")),
    ("utf-16", "UTF-16"),
    ("cp850", "DOS"),
    ("mac_roman", "Mac"),
)
DELIMITERS = ((";", _("semicolon")), (",", _("comma")), ("\t", _("tab")), ("|", _("vertical bar")))


def _municipality_choices() -> list[tuple[str, Any]]:
    return [("", _("the whole country")), *((found.code, found.name) for found in municipalities())]


class SearchForm(Form):
    """A text and where to look; it stands in the address."""

    q = forms.CharField(
        label=_("Name, P-number, CVR number, industry or town"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, choices=_municipality_choices)
    ceased = forms.BooleanField(label=_("Also those that have ceased"), required=False)

    def asked(self) -> dict[str, Any]:
        """Return what to search for; a value that is no choice narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return {
            "text": chosen.get("q", ""),
            "municipality": chosen.get("municipality", ""),
            "active_only": not chosen.get("ceased", False),
        }


class FilesInput(forms.FileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several that belong together; gives a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check each of the files."""
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class UploadForm(CreationKey, Form):
    """A file, or the files of one download, and where they come from."""

    file = FilesField(
        label=_("File or files"),
        help_text=_(
            "A table (CSV or XLSX) whose first row names the columns, or all the files of one download of the business"
            " register. Zip and gzip are read as they are."
        ),
        widget=FilesInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.json,.ndjson,.jsonl,.zip,.gz"}),
        error_messages={"empty": _("The file is empty.")},
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_("The same name as last time, so that units which have gone are noticed."),
    )
    source_date = DayField(label=_("Date of the data"))
    complete = forms.BooleanField(
        label=_("The file is the whole source"),
        required=False,
        help_text=_("Units of this source that are missing in the file are then marked as ceased. Nothing is deleted."),
    )

    @staticmethod
    def limit_bytes() -> int:
        """Return how large a file the pages take."""
        return int(settings.UPLOAD_LIMIT_BYTES)


class NeededColumn(forms.ChoiceField):
    """A column without which no row can be taken. The register's service says so, not the form: while the separator
    is still being found, the heading that would be chosen may not be there yet."""

    needed = True


class ColumnsForm(Form):
    """Which column of the file is what, how the file is written, and a name to find the answer again by."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)
    delimiter = forms.ChoiceField(label=_("Separator"), choices=DELIMITERS, required=False)
    decimal = forms.ChoiceField(label=_("Decimal sign"), choices=((",", _("comma")), (".", _("point"))), required=False)
    day_first = forms.TypedChoiceField(
        label=_("Dates"),
        choices=(("1", _("day first: 31-12-2026")), ("0", _("month first: 12/31/2026"))),
        coerce=lambda text: text == "1",
    )
    code_system = forms.ChoiceField(
        label=_("Edition of the industry codes"),
        choices=CodeSystem.choices,
        help_text=_("Used where the file does not say: DB25 since 1 January 2025, DB07 before."),
    )
    silent_is_protected = forms.TypedChoiceField(
        label=_("If the file has no column for advertising protection"),
        choices=(("1", _("treat new units as protected (safe)")), ("0", _("none of the units is protected"))),
        coerce=lambda text: text == "1",
    )
    save_as = forms.CharField(
        label=_("Save the choice as"),
        max_length=120,
        required=False,
        help_text=_("It is then found by itself for the next file with the same heading."),
    )
    READING = ("encoding", "delimiter", "decimal", "day_first", "code_system", "silent_is_protected")

    def __init__(self, data: QueryDict | None = None, *, run: ImportRun) -> None:
        layout = run.layout
        initial = {name: layout[name] for name in self.READING} | {
            f"column_{field}": heading for field, heading in run.columns.items()
        }
        initial |= {name: "1" if layout[name] else "0" for name in ("day_first", "silent_is_protected")}
        super().__init__(data, initial=initial)
        headings = [("", _("not in the file")), *((heading, heading) for heading in layout["header"])]
        for column in COLUMNS:
            kind = NeededColumn if column.required else forms.ChoiceField
            self.fields[f"column_{column.field}"] = kind(label=str(column.label), choices=headings, required=False)
        if layout["kind"] != CSV:
            del self.fields["encoding"], self.fields["delimiter"]
        else:
            self._offer_what_was_found(layout)

    def _offer_what_was_found(self, layout: dict[str, Any]) -> None:
        for name in ("encoding", "delimiter"):
            field = self.fields[name]
            found = layout[name]
            # The choices are plain pairs here; django-stubs allows for groups and functions too.
            if isinstance(field, forms.ChoiceField) and found not in dict(field.choices):  # type: ignore[arg-type]
                field.choices = [(found, found), *field.choices]  # type: ignore[misc]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """Return the fields that point at columns."""
        return [self[f"column_{column.field}"] for column in COLUMNS]

    @property
    def reading_fields(self) -> list[forms.BoundField]:
        """Return the fields that say how the file is written."""
        return [self[name] for name in self.READING if name in self.fields]

    def chosen_columns(self) -> dict[str, str]:
        """Return {field: heading} of what was chosen."""
        found = {column.field: self.cleaned_data[f"column_{column.field}"] for column in COLUMNS}
        return {field: heading for field, heading in found.items() if heading}

    def chosen_settings(self) -> dict[str, Any]:
        """Return how the file is to be read."""
        return {name: self.cleaned_data[name] for name in self.READING if self.cleaned_data.get(name) not in (None, "")}


class ApplyForm(Form):
    """The word that is needed when a file lacks much of its source."""

    accept_gone = forms.BooleanField(label=_("It is right: these units have ceased"), required=False)
