"""What people note of a conversation: how, when, who, what caught interest, what was said and promised."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import Side, vocabulary
from medspil.common.when import moment
from medspil.partnerships.conversations import LONGEST_TEXT, NewPledge, Said
from medspil.partnerships.models import Channel, Conversation
from medspil.web.forms import CreationKey, DayField, EditVersion, Form

NO_CPR = [no_cpr]


class ConversationForm(Form):
    """One call, mail or meeting."""

    channel = forms.ChoiceField(label=_("How?"), choices=Channel.choices, widget=forms.RadioSelect)
    day = DayField(
        label=_("On which day?"), help_text=_("A day to come is a meeting or call that you have agreed upon.")
    )
    time = forms.TimeField(
        label=_("At what time?"),
        widget=forms.TimeInput(attrs={"type": "time", "class": "ms-input--short"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        required=False,
        min_value=1,
        max_value=1_440,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
        help_text=_("So that you see whether you meet more than you do."),
    )
    from_us: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=_("Who from us?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    their_people = forms.CharField(
        label=_("Who from them?"),
        required=False,
        max_length=200,
        validators=NO_CPR,
        help_text=_("Name and what they do there, for example: Per Smed, foreman."),
    )
    caught = forms.MultipleChoiceField(
        label=_("What caught their interest?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=_("What was said?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=NO_CPR,
        help_text=_("A few lines. Those who work with the area read it, the company and a broker do not."),
    )

    def __init__(self, *args: Any, contacts: "QuerySet[User]", named: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        people, caught = self.fields["from_us"], self.fields["caught"]
        assert isinstance(people, forms.ModelMultipleChoiceField)  # noqa: S101  (tells the type checker)
        assert isinstance(caught, forms.MultipleChoiceField)  # noqa: S101  (tells the type checker)
        people.queryset = contacts
        gains = {code: one for code, one in vocabulary().gains.items() if one.side is Side.COMPANY}
        order = [*(code for code in named if code in gains), *(code for code in gains if code not in named)]
        caught.choices = [(code, gains[code].name(get_language() or "da")) for code in order]

    def said(self) -> Said:
        """Return what was noted. Raises `NoSuchTime`."""
        found = self.cleaned_data
        at = moment(found["day"], found["time"])
        return Said(
            channel=Channel(found["channel"]),
            at=at,
            our_people=list(found["from_us"]),
            their_people=found["their_people"],
            caught=found["caught"],
            text=found["text"],
            invitation=found.get("invitation", ""),
            minutes=found["minutes"],
        )


class NewConversationForm(CreationKey, ConversationForm):
    """A new entry, with what either side promised; `invitation` is the number of one that came as a file."""

    invitation = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)
    our_what = forms.CharField(label=_("What did we promise?"), required=False, max_length=200, validators=NO_CPR)
    our_who = forms.CharField(label=_("Who of us does it?"), required=False, max_length=120, validators=NO_CPR)
    our_due = DayField(label=_("Until when do we do it?"), required=False)
    their_what = forms.CharField(label=_("What did they promise?"), required=False, max_length=200, validators=NO_CPR)
    their_who = forms.CharField(label=_("Who of them does it?"), required=False, max_length=120, validators=NO_CPR)
    their_due = DayField(label=_("Until when do they do it?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a promise, and for the promise of a day."""
        found = super().clean() or {}
        for side in ("our", "their"):
            what, due, who = (found.get(f"{side}_{part}") for part in ("what", "due", "who"))
            if what and not due and f"{side}_due" not in self.errors:
                self.add_error(f"{side}_due", _("Say until when."))
            if (due or who) and not what and f"{side}_what" not in self.errors:
                self.add_error(f"{side}_what", _("Say what was promised."))
        return found

    def pledges(self) -> list[NewPledge]:
        """Return what was promised."""
        found = self.cleaned_data
        return [
            NewPledge(
                ours=side == "our",
                what=found[f"{side}_what"],
                who=found[f"{side}_who"],
                due_on=found[f"{side}_due"],
            )
            for side in ("our", "their")
            if found[f"{side}_what"]
        ]


class EditConversationForm(EditVersion, ConversationForm):
    """Another wording for an entry."""


class PledgeForm(EditVersion, Form):
    """One more promise of a conversation."""

    whose = forms.ChoiceField(
        label=_("Who promised it?"),
        choices=[("ours", _("We did")), ("theirs", _("They did"))],
        widget=forms.RadioSelect,
    )
    what = forms.CharField(label=_("What was promised?"), max_length=200, validators=NO_CPR)
    who = forms.CharField(label=_("Who does it?"), required=False, max_length=120, validators=NO_CPR)
    due_on = DayField(label=_("Until when?"))

    def pledge(self) -> NewPledge:
        """Return the promise."""
        found = self.cleaned_data
        return NewPledge(ours=found["whose"] == "ours", what=found["what"], who=found["who"], due_on=found["due_on"])


class InvitationForm(Form):
    """The file of an invitation."""

    file = forms.FileField(
        label=_("The invitation as a file (.ics)"),
        help_text=_("In Outlook: open the meeting, choose Save as. On a phone: share it as a file."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"empty": _("The file is empty.")},
    )


class RemoveForm(EditVersion, Form):
    """Take an entry away."""


def initial_of(conversation: Conversation) -> dict[str, Any]:
    """Return an entry as its form begins."""
    at = timezone.localtime(conversation.at)
    return {
        "version": conversation.version,
        "channel": conversation.channel,
        "day": at.date(),
        "time": at.time(),
        "minutes": conversation.minutes,
        "from_us": [one.pk for one in conversation.our_people.all()],
        "their_people": conversation.their_people,
        "caught": conversation.caught,
        "text": conversation.text,
    }
