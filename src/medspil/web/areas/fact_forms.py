"""Forms of what is known of an area besides its own fields: figures, official lists, organisations that take part."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.figures import MEASURES, SMALLEST_COUNT, Measure, Unit
from medspil.areas.models import Area
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.web.areas import words
from medspil.web.areas.forms import NUMBER, SectionForm, offer
from medspil.web.forms import DayField, Form


class FiguresForm(SectionForm):
    """Figures of one day; a field left blank is not stated."""

    needed = ("residents", "households")

    counted_on = DayField(
        label=_("Counted on"),
        help_text=_("The day the figures are of, often 1 January. Another day adds figures; earlier ones stay."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("For example LBF Beboerdata or Statistics Denmark."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for measure in MEASURES:
            self.fields[measure.code] = _field(measure, required=measure.code in self.needed)
        if self.initial["counted_on"] is None:
            self.initial["counted_on"] = timezone.localdate().replace(month=1, day=1)

    def stored(self, record: Area) -> dict[str, Any]:
        """Return the figures of the latest day, blanks where none is stated."""
        rows = list(record.figures.all())
        day = max((row.counted_on for row in rows), default=None)
        found: dict[str, Any] = {measure.code: None for measure in MEASURES}
        found |= {"counted_on": day, "source": next((row.source for row in rows if row.counted_on == day), "")}
        return found | {row.measure: row.value for row in rows if row.counted_on == day}

    def save(self, *, by: User, now: datetime) -> Area:
        """Note the figures that are valid."""
        said = self.cleaned_data
        values: dict[str, Decimal | None] = {one.code: said[one.code] for one in MEASURES if one.code in said}
        return services.set_figures(
            area=self.record,
            counted_on=said["counted_on"],
            source=said.get("source", ""),
            values=values,
            expected_version=said["version"],
            by=by,
            now=now,
        )


def _field(measure: Measure, *, required: bool) -> forms.Field:
    unit = f" ({measure.unit_name})" if measure.unit_name else ""
    return forms.DecimalField(
        label=f"{measure.name}{unit}",
        help_text=str(measure.help),
        required=required,
        min_value=0,
        max_value=measure.most,
        max_digits=10,
        decimal_places=0 if measure.unit is Unit.NUMBER else 1,
        localize=True,
        widget=forms.TextInput(attrs=NUMBER | {"inputmode": "decimal"}),
        validators=[_not_small] if measure.unit is Unit.NUMBER else [],
    )


def _not_small(value: Decimal) -> None:
    if 0 < value < SMALLEST_COUNT:
        raise forms.ValidationError(_("Counts below 5 are not kept. Leave the field blank."))


class StatusForm(Form):
    """That the area stood on an official list on a day."""

    kind = forms.ChoiceField(label=_("List"))
    listed_on = DayField(label=_("Date of the list"), help_text=_("Most lists are of 1 December."))
    source = forms.CharField(label=_("Source"), max_length=200, required=False, validators=[no_cpr])

    def __init__(self, *args: Any, with_origin: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        lists = [one for one in vocabulary().status_kinds.values() if with_origin or not one.origin_criterion]
        offer(self, "kind", words.choices(lists))


class PartnerForm(Form):
    """An organisation that is to take part, chosen from those that were found."""

    organisation = forms.IntegerField(widget=forms.HiddenInput)
