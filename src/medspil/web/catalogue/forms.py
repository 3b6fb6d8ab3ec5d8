"""What the catalogue's pages are narrowed by."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.catalogue.industries import industry_groups
from medspil.catalogue.models import Case, PartnershipModel
from medspil.catalogue.vocabulary import vocabulary
from medspil.linking.affinities import affinities
from medspil.web.forms import Form


class CaseFilter(Form):
    """Narrows the list of cases; offers only what at least one case has."""

    kind = forms.ChoiceField(label=_("Kind of resource"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    group = forms.ChoiceField(label=_("For whom"), required=False)
    model = forms.ChoiceField(
        label=_("Model"), required=False, choices=[("", _("both models")), *PartnershipModel.choices]
    )

    FIELDS = {"kind": "resource_kinds", "theme": "themes", "group": "target_groups"}

    def __init__(self, data: Any, *, cases: list[Case]) -> None:
        super().__init__(data)
        self.cases = cases
        words, language = vocabulary(), get_language() or "da"
        entries = {"kind": words.resource_kinds, "theme": words.themes, "group": words.target_groups}
        for name, table in entries.items():
            used = {code for case in cases for code in getattr(case, self.FIELDS[name])}
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
            found = [(code, entry.name(language)) for code, entry in table.items() if code in used]
            field.choices = [("", _("all")), *found]

    def chosen(self) -> list[Case]:
        """Return the cases that have all that is asked for; a value that is no choice narrows nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        return [case for case in self.cases if self._fits(case, wanted)]

    def _fits(self, case: Case, wanted: dict[str, str]) -> bool:
        lists = all(
            not wanted.get(name) or wanted[name] in getattr(case, attribute) for name, attribute in self.FIELDS.items()
        )
        return lists and wanted.get("model", "") in ("", case.model)


class AffinityFilter(Form):
    """Narrows the table of core services: one group of industries with all its rows, or one kind of resource."""

    group = forms.ChoiceField(label=_("Industries"), required=False)
    kind = forms.ChoiceField(label=_("Kind of resource"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        language = get_language() or "da"
        groups = [(code, group.name(language)) for code, group in industry_groups().items()]
        kinds = vocabulary().resource_kinds
        offered = [(code, kinds[code].name(language)) for code in affinities().kinds if code in kinds]
        self._offer("group", _("all, by division"), groups)
        self._offer("kind", _("all kinds"), offered)
        self.is_valid()

    def _offer(self, name: str, empty: Any, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [("", empty), *choices]

    @property
    def chosen_group(self) -> str:
        """Return the chosen group of industries, or nothing."""
        return str(self.cleaned_data.get("group", ""))

    @property
    def chosen_kind(self) -> str:
        """Return the chosen kind of resource, or nothing."""
        return str(self.cleaned_data.get("kind", ""))
