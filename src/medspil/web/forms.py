"""How forms look and the fields that many of them share."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from medspil.common.long_texts import SENTENCE as TOO_LONG
from medspil.web.parts import Difference


class Renderer(TemplatesSetting):
    """Renders fields with label, hint, error and control joined for screen readers."""

    field_template_name = "forms/field.html"


class DayInput(forms.DateInput):
    """A date in the browser's own date field, which speaks ISO whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "ms-input--day"} | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A date; also takes 24-12-2026 and 24.12.2026 from browsers without a date field."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"], **options)


SEARCHED = "q"
"""The field of a search: what is written there is kept nowhere, so a browser may stop at what can be searched for."""


class Form(forms.Form):
    """The form that all others build on: no required attribute, so that our own messages are read."""

    use_required_attribute = False
    error_css_class = "form-error"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _keep_long_texts(self)


class ModelForm(forms.ModelForm):  # type: ignore[type-arg]  # subclasses name the model in Meta
    """The same for forms of a model; dates get the browser's own field."""

    use_required_attribute = False
    error_css_class = "form-error"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _keep_long_texts(self)
        for field in self.fields.values():
            if isinstance(field, forms.DateField) and not isinstance(field, DayField):
                field.widget = DayInput()
                field.input_formats = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"]


class CreationKey(forms.Form):
    """Mixin for a form that creates a record: a repeated request must not create it twice."""

    creation_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages={"required": _("Please load the page again."), "invalid": _("Please load the page again.")},
    )


class EditVersion(forms.Form):
    """Mixin for a form that edits a record: it carries the version that the person saw."""

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": _("Please load the page again."), "invalid": _("Please load the page again.")},
    )


def add_domain_error(form: forms.BaseForm, trouble: Exception, field: str | None = None) -> None:
    """Put the sentence of a domain exception on the form, where the person reads it."""
    form.add_error(field, ValidationError(str(trouble)))


def differences(form: forms.BaseForm, record: models.Model) -> list[Difference]:
    """Return the fields whose saved value is not what the person wrote; for components/_conflict.html."""
    found = []
    for bound in form:
        if bound.is_hidden or not hasattr(record, bound.name):
            continue
        theirs, mine = getattr(record, bound.name), form.cleaned_data.get(bound.name)
        if theirs != mine:
            found.append(Difference(bound.label, _shown(bound.field, theirs), _shown(bound.field, mine)))
    return found


def with_version(form: forms.BaseForm, version: int) -> forms.BaseForm:
    """Return the same bound form carrying a newer version, for the page after an edit conflict."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[form.add_prefix("version")] = str(version)
    form.data = data
    return form


def _keep_long_texts(form: forms.BaseForm) -> None:
    """Let no browser cut what is pasted: it arrives whole, and a sentence says that it is too long."""
    for name, field in form.fields.items():
        if isinstance(field, forms.CharField) and name != SEARCHED:
            field.widget.attrs.pop("maxlength", None)
            field.error_messages.setdefault("max_length", TOO_LONG)


def _shown(field: forms.Field, value: Any) -> str:
    choices = dict(getattr(field, "choices", None) or [])
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(each, each)) for each in values if each not in (None, ""))
