"""Forms of a profile: one question at a time, with where the answer comes from. Rows can be left empty."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.vocabulary import vocabulary
from medspil.common.privacy import no_cpr
from medspil.organisations.answers import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_ROWS,
    NO_ADDRESS,
    PARENT,
    PARTNERSHIPS,
    THEMES,
    YES_OR_NO,
    Content,
)
from medspil.organisations.models import AnswerSource, Known, ProfileAnswer, Topic
from medspil.organisations.profiles import LONGEST_NOTE
from medspil.web.forms import DayField, Form
from medspil.web.organisations.forms import CvrField

TAKE_BACK = "take_back"
SOURCES = [("", _("Choose")), *((code, label) for code, label in AnswerSource.choices if code != AnswerSource.COMPANY)]
RELOAD = {"required": _("Please load the page again."), "invalid": _("Please load the page again.")}
TEXT_LABELS = {
    Topic.CORE_SERVICES: _("Core services in plain words"),
    Topic.CSR: _("In your own words"),
    Topic.GLOBAL_COMPACT: _("In your own words"),
    Topic.VOLUNTEERING: _("What they offer"),
    Topic.GROUP: _("Name of the parent company"),
}
NONE_LABELS = {
    Topic.THEMES: _("I looked, and it says nothing about these themes"),
    Topic.PARTNERSHIPS: _("I looked, and found no earlier partnership"),
}


def free_text(label: Any, *, rows: int = 3, most: int = LONGEST_TEXT) -> forms.CharField:
    """Return a field for a few lines in which no number of a person may stand."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, validators=[no_cpr])


def line(label: Any, *, hint: Any = "") -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, required=False, max_length=LONGEST_LINE, help_text=hint, validators=[no_cpr])


def address(label: Any) -> forms.URLField:
    """Return a field for an address on the web; without a protocol it is taken as a secure one."""
    told = {"invalid": NO_ADDRESS}
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https", error_messages=told)


class NoteForm(Form):
    """The private note of the organisation that checks."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages=RELOAD)
    note = free_text(_("Private note"), rows=6, most=LONGEST_NOTE)


class AnswerForm(Form):
    """One question. The company itself is not asked for source and day: they are known."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages=RELOAD)

    def __init__(
        self, *args: Any, topic: Topic, own: bool, answer: ProfileAnswer | None = None, **options: Any
    ) -> None:
        stored = first_shown(topic, answer)
        if answer and answer.old(timezone.localdate()):
            stored["checked_on"] = timezone.localdate()  # who opens an old answer is looking again
        super().__init__(*args, **options | {"initial": stored})
        self.topic, self.own = topic, own
        self._add_question(answered=bool(answer and answer.told))
        self.rows = self._add_rows(stored)
        self._add_source()

    def _add_question(self, *, answered: bool) -> None:
        if self.topic in YES_OR_NO:
            choices = [*Known.choices, *([(TAKE_BACK, _("Take the answer back"))] if answered else [])]
            self.fields["known"] = forms.ChoiceField(label=_("Answer"), choices=choices, widget=forms.RadioSelect)
            self.fields["known"].error_messages["required"] = _("Choose yes, no or that you could not find out.")
        if self.topic is Topic.GROUP:
            self.fields["text"] = line(TEXT_LABELS[self.topic])
            self.fields[PARENT] = CvrField(
                label=_("CVR number of the parent company"),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "ms-input--short"}),
            )
        elif self.topic in TEXT_LABELS:
            self.fields["text"] = free_text(TEXT_LABELS[self.topic])

    def _add_rows(self, stored: Mapping[str, Any]) -> list[list[str]]:
        """Add the fields of each row: those that are filled, and a few empty ones."""
        if self.topic not in NONE_LABELS:
            return []
        filled = sum(1 for name in stored if name.startswith("row_"))
        sent = sum(1 for name in self.data if name.startswith(("theme_", "with_whom_")))
        rows = []
        for at in range(min(sent or filled + (1 if filled else 2), MOST_ROWS)):
            fields = self._theme(at) if self.topic is Topic.THEMES else self._partnership(at)
            self.fields.update(fields)
            rows.append(list(fields))
        self.fields["none"] = forms.BooleanField(label=NONE_LABELS[self.topic], required=False)
        return rows

    @staticmethod
    def _theme(at: int) -> dict[str, forms.Field]:
        language = get_language() or "da"
        known = vocabulary().themes.values()
        choices = [("", _("Choose")), *((theme.code, theme.name(language)) for theme in known if not theme.retired)]
        return {
            f"theme_{at}": forms.ChoiceField(label=_("Theme"), choices=choices, required=False),
            f"says_{at}": free_text(_("What it says"), rows=2),
        }

    def _partnership(self, at: int) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {
            f"with_whom_{at}": line(_("With whom")),
            f"what_{at}": line(_("What they did")),
            f"when_{at}": line(_("When"), hint=_("A year is enough.")),
        }
        if not self.own:
            fields[f"source_{at}"] = forms.ChoiceField(label=_("Known from"), choices=SOURCES, required=False)
        return fields | {f"link_{at}": address(_("Link"))}

    def _add_source(self) -> None:
        if self.own:
            self.fields["link"] = address(_("Link to where it stands"))
            return
        source: Any = forms.ChoiceField(label=_("Where do you know it from?"), choices=SOURCES)
        source.error_messages["required"] = _("Say where you know it from.")
        self.fields["source"] = source
        self.fields["link"] = address(_("Link to where it stands"))
        self.fields["checked_on"] = DayField(label=_("Date of the check"), initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is half filled, and two rows of one theme."""
        said = super().clean() or {}
        chosen = [said.get(f"theme_{at}") for at in range(len(self.rows))] if self.topic is Topic.THEMES else []
        for at, theme in enumerate(chosen):
            if said.get(f"says_{at}") and not theme:
                self.add_error(f"theme_{at}", _("Choose the theme of this text."))
            if theme and theme in chosen[:at]:
                self.add_error(f"theme_{at}", _("This theme stands above already."))
        if self.topic is Topic.PARTNERSHIPS:
            for at in range(len(self.rows)):
                if not said.get(f"with_whom_{at}") and any(said.get(f"{name}_{at}") for name in ("what", "when")):
                    self.add_error(f"with_whom_{at}", _("Write with whom the partnership was."))
        day = said.get("checked_on")
        if day and day > timezone.localdate():
            self.add_error("checked_on", _("The day has not come yet."))
        return said

    def content(self) -> Content:
        """Return what is said, for the service."""
        said = self.cleaned_data
        details: dict[str, Any] = {}
        places = range(len(self.rows))
        if self.topic is Topic.THEMES:
            details[THEMES] = {said[f"theme_{at}"]: said[f"says_{at}"] for at in places if said[f"theme_{at}"]}
        elif self.topic is Topic.PARTNERSHIPS:
            details[PARTNERSHIPS] = [self._row(at) for at in places if said[f"with_whom_{at}"]]
        elif said.get(PARENT):
            details[PARENT] = said[PARENT]
        known = said.get("known", "") or (Known.NO if said.get("none") else "")
        if known == TAKE_BACK:
            return Content()
        return Content(known=known, text=said.get("text", ""), details=details)

    def _row(self, at: int) -> dict[str, str]:
        said = self.cleaned_data
        own = AnswerSource.COMPANY if self.own else said.get("source", "")
        row = {name: said.get(f"{name}_{at}", "") for name in ("with_whom", "what", "when", "link")}
        return row | {"source": said.get(f"source_{at}") or own}

    def where(self) -> dict[str, Any]:
        """Return source, link and day, for the service."""
        said = self.cleaned_data
        if self.own:
            return {"source": AnswerSource.COMPANY, "link": said["link"], "checked_on": timezone.localdate()}
        return {name: said[name] for name in ("source", "link", "checked_on")}


def first_shown(topic: Topic, answer: ProfileAnswer | None) -> dict[str, Any]:
    """Return what stands in the form at first; `row_…` marks the rows that are filled."""
    if answer is None:
        return {"version": 0}
    shown: dict[str, Any] = {name: getattr(answer, name) for name in ("version", "known", "text", "link", "source")}
    shown |= {"checked_on": answer.checked_on, PARENT: answer.details.get(PARENT, "")}
    shown["none"] = answer.known == Known.NO
    if topic is Topic.THEMES:
        for at, (theme, says) in enumerate(answer.details.get(THEMES, {}).items()):
            shown |= {f"row_{at}": True, f"theme_{at}": theme, f"says_{at}": says}
    for at, row in enumerate(answer.details.get(PARTNERSHIPS, [])):
        shown |= {f"row_{at}": True} | {f"{name}_{at}": value for name, value in row.items()}
    return shown
