"""Forms about people: a newer consent, taking it back, a contact; and why something is put away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.common.privacy import no_cpr
from medspil.mapping.models import HowEnded, HowGiven, ResourceContact, Scope
from medspil.mapping.phones import check_phone
from medspil.mapping.services.resources import ConsentSaid
from medspil.web.forms import Form
from medspil.web.mapping.forms import ConsentFields

LANGUAGES = [("da", _("Danish")), ("en", _("English"))]


class ConsentForm(ConsentFields):
    """What a person says yes to now; it takes the place of what she said before."""

    def said(self) -> ConsentSaid:
        """Return it as the service takes it."""
        told = self.cleaned_data
        scope = frozenset(Scope(code) for code in told["scope"])
        return ConsentSaid(how=HowGiven(told["how"]), given_on=told["given_on"], scope=scope)


class WithdrawForm(Form):
    """That a person takes her consent back. It cannot be undone, so it asks once."""

    how = forms.ChoiceField(
        label=_("How did you hear it?"),
        choices=[(HowEnded.SAID, HowEnded.SAID.label), (HowEnded.WRITTEN, HowEnded.WRITTEN.label)],
        widget=forms.RadioSelect,
        initial=HowEnded.SAID,
    )
    sure = forms.BooleanField(
        label=_("I know that everything about the person is deleted and cannot be brought back"),
        error_messages={"required": _("Tick this: what is deleted now cannot be brought back.")},
    )


class ContactForm(Form):
    """How somebody is reached, where that is known from, and what it may be used for."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False, validators=[no_cpr])
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False, validators=[no_cpr, check_phone])
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of mails"), choices=LANGUAGES)
    source = forms.CharField(
        label=_("Where do we have it from?"),
        max_length=200,
        validators=[no_cpr],
        help_text=_("For example: given by herself at the meeting in May."),
    )
    purpose = forms.CharField(
        label=_("What may it be used for?"),
        max_length=200,
        validators=[no_cpr],
        help_text=_("For example: to agree on visits. It is told to whoever asks what is kept about them."),
    )

    def __init__(self, *args: Any, contact: ResourceContact | None = None, **options: Any) -> None:
        if contact:
            options["initial"] = {name: getattr(contact, name) for name in self.base_fields}
        super().__init__(*args, **options)


class PutAwayForm(Form):
    """Why a resource is put away."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        required=False,
        validators=[no_cpr],
        help_text=_("For example: the shop has closed. It is kept in the history and can be brought back."),
    )
