"""What people write about a walk: when and where, its stops, who comes, what was offered on the way."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Challenge
from medspil.catalogue.vocabulary import vocabulary
from medspil.common.privacy import no_cpr
from medspil.linking.models import LinkParty
from medspil.mapping.models import Resource
from medspil.walks.models import SkipReason, StopNote, Walk, WalkStop
from medspil.walks.models.stop import MINUTES, MOST_MINUTES
from medspil.walks.noting import LONGEST_TEXT
from medspil.web.areas.words import choices
from medspil.web.forms import CreationKey, DayField, EditVersion, Form
from medspil.web.mapping.forms import WithPosition

NO_CPR = [no_cpr]


class WhenForm(Form):
    """When and where people meet."""

    day = DayField(label=_("On which day?"))
    time = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "ms-input--short"}, format="%H:%M"),
    )
    meeting = forms.CharField(
        label=_("Where do you meet?"),
        max_length=200,
        validators=NO_CPR,
        help_text=_("An address in the area, or a place on its map by its name. The walk ends there too."),
    )


class NewWalkForm(CreationKey, WhenForm):
    """A new walk, or one on which people have been already."""

    walked = forms.BooleanField(
        label=_("We have been on it already"),
        required=False,
        help_text=_("Then it is noted as held, and nobody is invited."),
    )


class EditWalkForm(EditVersion, WhenForm):
    """Another time or place for a walk."""


class PickForm(Form):
    """Challenges and resources of the area that are seen on a walk."""

    challenges: "forms.ModelMultipleChoiceField[Challenge]" = forms.ModelMultipleChoiceField(
        queryset=None, required=False
    )
    resources: "forms.ModelMultipleChoiceField[Resource]" = forms.ModelMultipleChoiceField(
        queryset=None, required=False
    )

    def __init__(
        self, *args: Any, challenges: "QuerySet[Challenge]", resources: "QuerySet[Resource]", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, found in (("challenges", challenges), ("resources", resources)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  (tells the type checker)
            field.queryset = found


class StopForm(WithPosition, Form):
    """What is seen at a stop, where, for how long, and who shows it."""

    title = forms.CharField(label=_("What do you see there?"), max_length=160, validators=NO_CPR)
    place = forms.CharField(
        label=_("Where is it?"),
        max_length=200,
        required=False,
        validators=NO_CPR,
        widget=forms.TextInput(attrs={"list": "places"}),
        help_text=_(
            "An address in the area, or a place on its map by its name. Without a place it comes last, and no way is"
            " reckoned to it."
        ),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes there?"), min_value=0, max_value=MOST_MINUTES, initial=MINUTES,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    shower = forms.CharField(
        label=_("Who shows it?"),
        max_length=120,
        required=False,
        validators=NO_CPR,
        help_text=_("Name a person only if she has agreed to it."),
    )
    shows = forms.CharField(label=_("What is shown or told?"), max_length=300, required=False, validators=NO_CPR)


class NewStopForm(CreationKey, StopForm):
    """A stop that is not among what is mapped."""


class EditStopForm(EditVersion, StopForm):
    """Another wording for a stop; what is mapped keeps its own name where none is written."""

    def __init__(self, *args: Any, stop: WalkStop, **options: Any) -> None:
        super().__init__(*args, **options)
        record = stop.challenge or stop.resource
        if record:
            self.fields["title"].required = False
            self.fields["title"].label = _("Call it something else here")
        if stop.resource and stop.resource.x is not None:
            self.fields["place"].label = _("Meet there at another place")
            self.fields["place"].help_text = _("Left empty, it is where the resource is on the map.")


class OursForm(Form):
    """Which of the area's people come."""

    people: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=_("Who comes from the area?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, contacts: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  (tells the type checker)
        field.queryset = contacts


class TheirsForm(CreationKey, Form):
    """Somebody of another side who comes."""

    side = forms.TypedChoiceField(label=_("From whom?"), coerce=int)
    name = forms.CharField(label=_("Who comes?"), max_length=120, required=False, validators=NO_CPR)
    email = forms.EmailField(
        label=_("E-mail for the invitation"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Without one, tell them yourself: the file for their calendar can be downloaded."),
    )
    source = forms.CharField(
        label=_("Where do you have the address from?"), max_length=200, required=False, validators=NO_CPR
    )

    def __init__(self, *args: Any, sides: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["side"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = list(sides.items())
        if len(sides) == 1:
            field.widget, field.initial = forms.HiddenInput(), next(iter(sides))


class NoteFields(Form):
    """What a side offered or said."""

    side = forms.TypedChoiceField(label=_("Who?"), coerce=int, required=False, empty_value=None)
    text = forms.CharField(
        label=_("What did they offer or say?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=NO_CPR,
        error_messages={"max_length": _("The text is too long. Use at most 5,000 characters.")},
    )
    kind = forms.ChoiceField(
        label=_("Is it an offer? Then of what kind?"),
        required=False,
        help_text=_("An offer becomes a link at once, as an idea. Nobody is asked by that."),
    )
    amount = forms.CharField(
        label=_("How much of it?"), max_length=80, required=False, validators=NO_CPR,
        widget=forms.TextInput(attrs={"placeholder": ""}), help_text=_("For example: two hours a month."),
    )  # fmt: skip

    def __init__(self, *args: Any, sides: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        side, kind = self.fields["side"], self.fields["kind"]
        assert isinstance(side, forms.TypedChoiceField)  # noqa: S101  (tells the type checker)
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        side.choices = list(sides.items())
        if len(sides) == 1:
            side.widget, side.initial = forms.HiddenInput(), next(iter(sides))
        kind.choices = choices(vocabulary().resource_kinds.values(), nothing=_("No, they said something"))


class NewNoteForm(CreationKey, NoteFields):
    """A new note at a stop."""


class EditNoteForm(EditVersion, NoteFields):
    """Another wording for a note; whose words they are stays."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, sides={}, **options)
        del self.fields["side"]


class CancelForm(EditVersion, Form):
    """Why a walk is cancelled."""

    why = forms.CharField(
        label=_("Why?"), max_length=300, required=False, validators=NO_CPR,
        help_text=_("For your colleagues; it does not stand in the mail."),
    )  # fmt: skip


class VersionForm(EditVersion, Form):
    """A button that changes a walk or a note as it stands."""


class SkipForm(CreationKey, Form):
    """Why there is no walk before the agreement."""

    reason = forms.ChoiceField(
        label=_("Why is there no walk before the agreement?"), choices=SkipReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("In your own words"), max_length=300, required=False, validators=NO_CPR)


def sides_of(links_sides: list[LinkParty], names: dict[int, str], owner: int) -> dict[int, str]:
    """Return the sides to choose from: all but the area's own organisation."""
    return {side.pk: names[side.pk] for side in links_sides if side.organisation_id != owner and side.pk in names}


def initial_of_walk(walk: Walk) -> dict[str, Any]:
    """Return a walk as its form begins."""
    at = timezone.localtime(walk.starts_at)
    return {"version": walk.version, "day": at.date(), "time": at.time(), "meeting": walk.meeting_place}


def initial_of_stop(stop: WalkStop) -> dict[str, Any]:
    """Return a stop as its form begins."""
    names = ("version", "title", "place", "minutes", "shower", "shows")
    return {name: getattr(stop, name) for name in names}


def initial_of_note(noted: StopNote) -> dict[str, Any]:
    """Return a note as its form begins."""
    return {"version": noted.version} | {name: getattr(noted, name) for name in ("text", "kind", "amount")}
