"""What the list of offers is narrowed by; it stands in the address, so it can be sent to a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import Area, AreaQuerySet
from medspil.language import fold
from medspil.offers.models import OfferQuerySet
from medspil.web.areas import words
from medspil.web.forms import Form
from medspil.web.offers.forms import kind_choices


class OfferFilterForm(Form):
    """One filter for list and map."""

    q = forms.CharField(label=_("Words or giver"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind of resource"), required=False)
    area: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Offered to"), queryset=None, required=False, empty_label=_("all areas")
    )
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, choices=words.towns)

    def __init__(self, *args: Any, areas: AreaQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("all kinds")), *kind_choices()[1:]]
        area: Any = self.fields["area"]
        area.queryset = areas

    def asked(self) -> dict[str, Any]:
        """Return what is asked for; a value that is no choice narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}

    def narrows(self) -> bool:
        """Tell whether anything is chosen."""
        return any(self.asked().values())


def narrowed(offers: OfferQuerySet, asked: dict[str, Any]) -> OfferQuerySet:
    """Return the offers that a filter leaves."""
    if asked["kind"]:
        offers = offers.filter(kind=asked["kind"])
    if asked["municipality"]:
        offers = offers.filter(municipality=asked["municipality"])
    if isinstance(asked["area"], Area):
        offers = offers.offered_to(asked["area"])
    return offers.filter(pk__in=_holding(offers, asked["q"])) if asked["q"] else offers


def _holding(offers: OfferQuerySet, text: str) -> list[int]:
    """Return the offers whose words or giver hold a text. Compared here, as no database folds Danish letters."""
    wanted = fold(text)
    rows = offers.values_list("pk", "title", "text", "organisation__name").iterator()
    return [pk for pk, *texts in rows if wanted in fold(" ".join(texts))]
