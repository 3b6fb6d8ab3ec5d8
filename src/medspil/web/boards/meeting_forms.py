"""What people write about meetings of boards: when and where, the agenda, who was there, minutes and their approval."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.boards.attending import LONGEST_WHY, Seat
from medspil.boards.models import (
    AgendaItem,
    ApprovedBy,
    Attendance,
    Because,
    BoardMeeting,
    BoardMember,
    Coming,
    ItemKind,
    Presence,
)
from medspil.boards.models.meeting import LONGEST, SHORTEST, USUAL
from medspil.common.privacy import no_cpr
from medspil.web.forms import CreationKey, DayField, EditVersion, Form

NO_CPR = [no_cpr]
NOBODY = [("", _("nobody in particular"))]
_SUBSTITUTE = "substitute-"


class WhenForm(Form):
    """When and where a board meets."""

    day = DayField(label=_("On which day?"))
    time = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "ms-input--short"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes does it last?"), min_value=SHORTEST, max_value=LONGEST, initial=USUAL,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Where do you meet?"), max_length=200, validators=NO_CPR,
        help_text=_("An address, or the link to a meeting on the screen."),
    )  # fmt: skip


class NewMeetingForm(CreationKey, WhenForm):
    """A new meeting."""


class EditMeetingForm(EditVersion, WhenForm):
    """Another time or place for a meeting."""


class CancelForm(EditVersion, Form):
    """Why a meeting is cancelled."""

    why = forms.CharField(
        label=_("Why?"), max_length=300, required=False, validators=NO_CPR,
        help_text=_("For your colleagues; it does not stand in the mail."),
    )  # fmt: skip


class VersionForm(EditVersion, Form):
    """A button that changes a meeting as it stands."""


class ItemForm(Form):
    """An item of the agenda."""

    title = forms.CharField(label=_("What is it about?"), max_length=160, validators=NO_CPR)
    kind = forms.ChoiceField(
        label=_("What shall the board do?"), choices=ItemKind.choices, widget=forms.RadioSelect,
        initial=ItemKind.DECISION,
    )  # fmt: skip
    text = forms.CharField(
        label=_("What do they need to know beforehand?"), required=False, validators=NO_CPR,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("It stands in the papers. For a decision: what you propose, what it costs, and what speaks for it "
                    "and against it. At most 5,000 characters."),
    )  # fmt: skip
    brought_by = forms.ChoiceField(label=_("Who brings it?"), required=False)

    def __init__(self, *args: Any, members: Iterable[BoardMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(one.pk): one for one in members}
        self.fields["brought_by"].choices = [  # type: ignore[attr-defined]
            *NOBODY, *((key, one.shown_name) for key, one in self.members.items()),
        ]  # fmt: skip

    def who(self) -> BoardMember | None:
        """Return who brings it."""
        return self.members.get(self.cleaned_data["brought_by"])


class NewItemForm(CreationKey, ItemForm):
    """A new item."""


class EditItemForm(EditVersion, ItemForm):
    """Another wording for an item."""


class AttendanceForm(EditVersion, Form):
    """How each seat was filled, and who led the meeting: one field for each member."""

    def __init__(
        self, *args: Any, rows: Iterable[Attendance], substitutes: Iterable[BoardMember], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.rows = list(rows)
        self.substitutes = {one.pk: one for one in substitutes}
        people = {str(row.member_id): row.member for row in self.rows}
        people |= {str(key): one for key, one in self.substitutes.items()}
        self.people = people
        for row in self.rows:
            self.fields[f"seat_{row.member_id}"] = forms.ChoiceField(
                label=f"{row.member.shown_name}, {row.member.constituency.name}", required=False,
                choices=self._choices(row), widget=forms.RadioSelect, initial=_chosen(row),
            )  # fmt: skip
            self.fields[f"seat_{row.member_id}"].needed = True  # type: ignore[attr-defined]  # says not: optional
        self.fields["led_by"] = forms.ChoiceField(
            label=_("Who led the meeting?"), required=False,
            choices=[("", _("not noted")), *((key, one.shown_name) for key, one in people.items())],
            help_text=_("Her or his vote decides when the votes are equal, where the rules of procedure say so."),
        )  # fmt: skip

    def _choices(self, row: Attendance) -> list[tuple[str, Any]]:
        plain = [(one.value, one.label) for one in Presence if one is not Presence.SUBSTITUTE]
        words = _("%(name)s came as substitute")
        same = [one for one in self.substitutes.values() if one.constituency_id == row.member.constituency_id]
        return plain + [(f"{_SUBSTITUTE}{one.pk}", words % {"name": one.shown_name}) for one in same]

    def clean(self) -> dict[str, Any]:
        """Say at the seat that somebody fills another one already."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        filled: dict[str, Attendance] = {}
        for row in self.rows:
            chosen = said.get(f"seat_{row.member_id}") or ""
            if not chosen.startswith(_SUBSTITUTE):
                continue
            if other := filled.get(chosen):
                who = self.substitutes[int(chosen.removeprefix(_SUBSTITUTE))].shown_name
                words = _("%(name)s fills the seat of %(member)s already; a substitute fills one seat.")
                self.add_error(f"seat_{row.member_id}", words % {"name": who, "member": other.member.shown_name})
            filled.setdefault(chosen, row)
        return said

    def everybody(self) -> dict[str, Any]:
        """Return what was chosen, and where nothing was chosen, that the member was there."""
        names = [f"seat_{row.member_id}" for row in self.rows]
        return {name: self[name].value() or Presence.PRESENT.value for name in names} | {
            name: self[name].value() for name in ("led_by", "version")
        }

    def seats(self) -> dict[int, Seat]:
        """Return how the seats were filled, by the keys of the members."""
        return {row.member_id: self._seat(self.cleaned_data[f"seat_{row.member_id}"]) for row in self.rows}

    def led_by(self) -> BoardMember | None:
        """Return who led the meeting."""
        return self.people.get(self.cleaned_data["led_by"])

    def _seat(self, chosen: str) -> Seat:
        if chosen.startswith(_SUBSTITUTE):
            return Seat(Presence.SUBSTITUTE, self.substitutes[int(chosen.removeprefix(_SUBSTITUTE))])
        return Seat(chosen)


class NoteForm(EditVersion, Form):
    """What was said of an item."""

    words = forms.CharField(
        label=_("What was said"), required=False, validators=NO_CPR, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Short: what counted, and who does what until when. At most 5,000 characters."),
    )  # fmt: skip


class OutForm(Form):
    """Who left the room for an item, and why."""

    who = forms.ChoiceField(label=_("Who?"))
    because = forms.ChoiceField(
        label=_("Why?"), choices=Because.choices, widget=forms.RadioSelect, initial=Because.CONFLICT
    )
    why = forms.CharField(
        label=_("What is the interest?"), max_length=LONGEST_WHY, required=False, validators=NO_CPR,
        help_text=_("In a few words, and no more than the others at the table heard. It stands in the minutes."),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Iterable[Attendance], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (key, row.sitter.shown_name) for key, row in self.rows.items()
        ]


class ApproveForm(Form):
    """Who approved the minutes, and when."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    way = forms.ChoiceField(label=_("Who approved them?"), choices=ApprovedBy.choices, widget=forms.RadioSelect)
    at_meeting = forms.ChoiceField(label=_("At which meeting?"), required=False)
    on = DayField(label=_("On which day did the chair approve them?"), required=False)

    def __init__(self, *args: Any, later: Iterable[BoardMeeting], in_writing: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.later = {str(one.pk): one for one in later}
        ways = [ApprovedBy.MEETING] if self.later else []
        ways += [ApprovedBy.CHAIR, *([ApprovedBy.WRITING] if in_writing else [])]
        self.fields["way"].choices = [(one.value, one.label) for one in ways]  # type: ignore[attr-defined]
        if len(ways) == 1 or in_writing:
            self.initial.setdefault("way", ways[-1].value)
        days = [(key, f"{one.day:%d-%m-%Y}, {one.place}") for key, one in self.later.items()]
        if days:
            self.fields["at_meeting"].choices = [("", "–"), *days]  # type: ignore[attr-defined]
        else:
            del self.fields["at_meeting"]

    def meeting(self) -> BoardMeeting | None:
        """Return the meeting at which they were approved."""
        return self.later.get(self.cleaned_data.get("at_meeting") or "")


class ObjectionForm(Form):
    """What somebody who was there says to minutes: that she approves them, or what is not right."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("What is not right?"), required=False, validators=NO_CPR, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Those who write the minutes and the members of the board read it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].needed = True  # type: ignore[attr-defined]  # of an objection: says not “optional”

    def said(self) -> dict[str, Any]:
        """Return what was said: the button says whether she agrees."""
        told = self.cleaned_data
        return {"sha256": told["sha256"], "agrees": self.data.get("agrees") == "yes", "words": told["words"]}


class CorrectionForm(CreationKey, Form):
    """A correction beneath approved minutes."""

    words = forms.CharField(
        label=_("What is to be corrected or added?"), validators=NO_CPR, widget=forms.Textarea(attrs={"rows": 4})
    )


def initial_of_meeting(meeting: BoardMeeting) -> dict[str, Any]:
    """Return a meeting as its form begins."""
    at = timezone.localtime(meeting.starts_at)
    return {
        "version": meeting.version, "day": at.date(), "time": at.time(), "minutes": meeting.minutes,
        "place": meeting.place,
    }  # fmt: skip


def initial_of_item(item: AgendaItem) -> dict[str, Any]:
    """Return an item as its form begins."""
    names = ("version", "title", "kind", "text")
    return {name: getattr(item, name) for name in names} | {"brought_by": item.brought_by_id or ""}


def _chosen(row: Attendance) -> str:
    """Return how a seat was filled; where nobody noted it, what the member said beforehand, save that she comes."""
    if row.presence:
        return f"{_SUBSTITUTE}{row.substitute_id}" if row.substitute_id else row.presence
    if row.answer == Coming.SUBSTITUTE:
        return f"{_SUBSTITUTE}{row.sends_id}"
    return Presence.EXCUSED.value if row.answer == Coming.NO else ""
