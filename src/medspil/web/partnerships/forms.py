"""What people write of letters: language and contact person first, then the words and whom they go to."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.privacy import no_cpr
from medspil.linking.deleted_sentences import without_deleted
from medspil.partnerships.letters import LONGEST_LETTER, LONGEST_SUBJECT
from medspil.partnerships.models import AddressFrom, Pitch
from medspil.partnerships.pitching import MOST_HOURS
from medspil.partnerships.recipients import Recipient, recipient_of, typed
from medspil.web.forms import CreationKey, EditVersion, Form
from medspil.web.to_whom import LANGUAGES, TYPED, ToWhom

LATER = "later"


class ContactField(forms.ModelChoiceField[User]):
    """Our one contact person."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Who is our one contact person?"),
            help_text=_("Signs the letter and gets the answers. Best somebody who can decide."),
            queryset=None,
            empty_label=None,
        )


class PitchForm(CreationKey, Form):
    """A new letter: in which language, who answers for it, how much is asked for."""

    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, widget=forms.RadioSelect)
    contact = ContactField()
    hours = forms.IntegerField(
        label=_("About how many hours do we ask for in half a year, all in all?"),
        help_text=_("A number makes it easy to say yes. Leave it blank if you do not know."),
        required=False,
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, contacts: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        _let_choose(self, contacts)


class LetterForm(EditVersion, ToWhom):
    """The words of a letter, who signs it, and whom it goes to with where the address comes from."""

    missing: ClassVar = {**ToWhom.missing, "purpose": _("Say what it may be used for.")}
    field_order = ("version", "subject", "text", "contact", "to", "name", "email", "source", "purpose")

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT, validators=[no_cpr])
    text = forms.CharField(
        label=_("Letter"),
        max_length=LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 24}),
        validators=[no_cpr],
        help_text=_("Make it your own: what you know of them, and why just them. Short is best."),
    )
    contact = ContactField()
    purpose = forms.CharField(
        label=_("What may it be used for?"),
        required=False,
        max_length=200,
        validators=[no_cpr],
        help_text=_("For example: to write about this need."),
    )

    def __init__(
        self, *args: Any, pitch: Pitch, contacts: "QuerySet[User]", known: list[Recipient], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.pitch = pitch
        _let_choose(self, contacts)
        self.let_choose(known, (LATER, _("I decide later")))
        self.fields["source"].help_text = _("For example: the company’s website, or the manager on the telephone.")

    def recipient(self) -> Recipient | None:
        """Return whom the letter goes to. Raises `AddressGone`, `SourceMissing`."""
        said = self.cleaned_data
        if said["to"] == LATER or self.pitch.party is None:
            return None
        if said["to"] != TYPED:
            return recipient_of(self.pitch.party, said["to"])
        return typed(**{name: said[name] for name in ("email", "name", "source", "purpose")})


def initial_of(pitch: Pitch, known: list[Recipient]) -> dict[str, Any]:
    """Return a letter as its form begins: the address it has, else the best that Medspil knows."""
    to = {one.email: one.key for one in known if one.address_from == pitch.to_from}.get(pitch.to_email, "")
    if not to:
        to = TYPED if pitch.to_from == AddressFrom.TYPED else known[0].key if known else TYPED
    kept = pitch if pitch.to_from == AddressFrom.TYPED else Pitch()
    return {
        "version": pitch.version,
        "subject": pitch.subject,
        "text": without_deleted(pitch.text),
        "contact": pitch.contact_id,
        "to": to,
        "name": kept.to_name,
        "email": kept.to_email,
        "source": kept.to_source,
        "purpose": kept.to_purpose,
    }


class SendForm(EditVersion, Form):
    """The last step: send it, and whether they count as asked from today."""

    link_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    asked = forms.BooleanField(
        label=_("They count as asked from today"),
        help_text=_("The link moves to “asked”, and the company may see it if it uses Medspil."),
        required=False,
    )


class AwayForm(EditVersion, Form):
    """Put a draft away, or take it out again."""


def _let_choose(form: forms.Form, contacts: "QuerySet[User]") -> None:
    field = form.fields["contact"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
    field.queryset = contacts
