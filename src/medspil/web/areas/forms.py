"""Forms of areas: one per section. Nothing but the name must be filled in: what is missing keeps a section a draft."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas import services
from medspil.areas.borders import BadBorder, PlaceNotFound, border_from, centre_from
from medspil.areas.models import Area
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.geography.borders import MOST_SIGNS
from medspil.geography.projection import to_degrees
from medspil.web.areas import words
from medspil.web.forms import CreationKey, DayField, EditVersion, Form

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from medspil.organisations.models import Organisation

SHORT = {"class": "ms-input--short"}
NUMBER = SHORT | {"inputmode": "numeric"}


class SectionForm(EditVersion, Form):
    """A section of a record: what stands there now, and the service that saves it.

    Fields in `needed` make the section done. They are drawn as such, but a form without them can be saved.
    """

    needed: ClassVar[tuple[str, ...]] = ()
    no_cpr_check: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        self.record = record
        options["initial"] = {"version": record.version, **self.stored(record), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField) and name not in self.no_cpr_check:
                field.validators.append(no_cpr)

    def full_clean(self) -> None:
        """Check the form as a draft: what is needed may still be missing."""
        drafts = [self.fields[name] for name in self.needed if name in self.fields]
        for field in drafts:
            field.required = False
        super().full_clean()
        for field in drafts:
            field.required = True

    def stored(self, record: Any) -> dict[str, Any]:
        """Return what the record says in the fields of this form."""
        return {name: getattr(record, name) for name in self.base_fields if name != "version"}

    def facts(self) -> dict[str, Any]:
        """Return what is valid and belongs to the record."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def save(self, *, by: User, now: datetime) -> Any:
        """Hand what is valid to the service."""
        raise NotImplementedError


class AreaForm(CreationKey, Form):
    """A new area: its name, and who answers for it."""

    name = forms.CharField(
        label=_("Name of the area"),
        max_length=120,
        validators=[no_cpr],
        help_text=_("The name people in the town use, for example Nørremarken."),
    )
    owner: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Which organisation answers for the area?"), queryset=None, empty_label=None
    )

    def __init__(self, *args: Any, owners: "QuerySet[Organisation]", **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["owner"]
        field.queryset = owners
        if len(owners) == 1:  # nothing to choose
            field.widget, field.initial = forms.HiddenInput(), owners[0].pk


class AreaSectionForm(SectionForm):
    """A section that is plain fields of an area."""

    def save(self, *, by: User, now: datetime) -> Area:
        """Change the area."""
        return services.edit_area(
            area=self.record, expected_version=self.cleaned_data["version"], by=by, now=now, **self.facts()
        )


class AboutForm(AreaSectionForm):
    """What kind of area it is, and where."""

    needed = ("municipality", "kind", "description")

    name = forms.CharField(label=_("Name of the area"), max_length=120)
    municipality = forms.ChoiceField(label=_("Municipality"), choices=words.towns)
    kind = forms.ChoiceField(label=_("Kind of area"))
    description = forms.CharField(
        label=_("Short description"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What is the place like, what is going well, what do people talk about? Write nothing of single residents."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = words.dated(vocabulary().area_kinds.values(), today=timezone.localdate())
        offer(self, "kind", kinds)


class ProgrammeForm(AreaSectionForm):
    """What pays for the work, and for how long."""

    needed = ("programme", "programme_from", "programme_to")

    programme = forms.ChoiceField(label=_("Programme"))
    programme_from = DayField(label=_("From"))
    programme_to = DayField(label=_("To"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = words.dated(vocabulary().programmes.values(), today=timezone.localdate())
        offer(self, "programme", known)

    def clean(self) -> None:
        """Refuse an end before the start."""
        super().clean()
        in_order(self, "programme_from", "programme_to", _("The programme must end after it starts."))


class BorderForm(SectionForm):
    """Where the area lies: a border, or a centre and a radius."""

    needed = ("how",)
    no_cpr_check = ("geojson",)
    BORDER, CIRCLE = "border", "circle"

    how = forms.ChoiceField(
        label=_("How will you show where the area is?"),
        choices=[(CIRCLE, _("By a centre and a radius")), (BORDER, _("By a border on the map"))],
        widget=forms.RadioSelect,
    )
    centre = forms.CharField(
        label=_("Centre"),
        max_length=80,
        required=False,
        help_text=_("A postcode, a town, or two co-ordinates like 55.7262, 9.5350."),
    )
    radius_m = forms.IntegerField(
        label=_("Radius in metres"),
        min_value=50,
        max_value=20_000,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs=NUMBER),
    )
    geojson = forms.CharField(
        label=_("Border as GeoJSON"),
        max_length=MOST_SIGNS,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("Filled in by the drawing above. You can also paste a border from your map program here."),
    )
    file = forms.FileField(
        label=_("Or a file with the border"),
        required=False,
        help_text=_("A GeoJSON file of at most 1 MB, WGS84 or EPSG:25832."),
    )

    def stored(self, record: Area) -> dict[str, Any]:
        """Return the border or the circle as it stands in the fields."""
        found: dict[str, Any] = {"how": self.BORDER if record.border else self.CIRCLE, "radius_m": record.radius_m}
        if record.border:
            found["geojson"] = json.dumps(record.border)
        elif record.x is not None and record.y is not None:
            longitude, latitude = to_degrees(record.x, record.y)
            found["centre"] = f"{latitude:.5f}, {longitude:.5f}"
        return found

    def clean(self) -> None:
        """Read the border or the centre, whichever was chosen."""
        super().clean()
        if self._chosen() == self.BORDER:
            self._read_border()
        else:
            self._read_centre()

    def _chosen(self) -> str:
        """Return the way that was chosen; who only draws, or only writes a centre, means that."""
        changed = set(self.changed_data)
        drew, wrote = bool(changed & {"geojson", "file"}), bool(changed & {"centre", "radius_m"})
        if "how" not in changed and drew != wrote:
            return self.BORDER if drew else self.CIRCLE
        return str(self.cleaned_data.get("how"))

    def _read_border(self) -> None:
        file = self.cleaned_data.get("file")
        if file and file.size > MOST_SIGNS:
            self.add_error("file", _("The file is larger than 1 MB. Save the border with fewer corners."))
            return
        text = file.read().decode("utf-8-sig", errors="replace") if file else self.cleaned_data.get("geojson", "")
        field = "file" if file else "geojson"
        if not text:
            self.add_error(field, _("Draw the border, paste it, or choose a file."))
            return
        try:
            self.cleaned_data["border"] = border_from(text)
        except BadBorder as trouble:
            self.add_error(field, str(trouble))

    def _read_centre(self) -> None:
        if not self.cleaned_data.get("radius_m") and "radius_m" not in self.errors:
            self.add_error("radius_m", _("Write the radius in metres, for example 600."))
        if "centre" in self.errors:
            return
        try:
            # A centre that was not touched stays to the metre: its text is rounded.
            same = self.cleaned_data["centre"] == self.stored(self.record).get("centre")
            kept = (self.record.x, self.record.y)
            self.cleaned_data["point"] = kept if same else centre_from(self.cleaned_data["centre"])
        except PlaceNotFound as trouble:
            self.add_error("centre", str(trouble))

    def save(self, *, by: User, now: datetime) -> Area:
        """Give the area its border or its circle."""
        said, version = self.cleaned_data, self.cleaned_data["version"]
        if "border" in said:
            return services.set_border(
                area=self.record, border=said["border"], expected_version=version, by=by, now=now
            )
        return services.set_circle(
            area=self.record, centre=said["point"], radius_m=said["radius_m"], expected_version=version, by=by, now=now
        )


def in_order(form: forms.Form, first: str, second: str, sentence: Any) -> None:
    """Put an error on the second of two fields when it is lower than the first."""
    low, high = form.cleaned_data.get(first), form.cleaned_data.get(second)
    if low is not None and high is not None and high < low:
        form.add_error(second, sentence)


def offer(form: forms.Form, name: str, choices: words.Choices) -> None:
    """Give a field of a form its choices."""
    field: Any = form.fields[name]
    field.choices = choices
