"""Whom a mail goes to: an address that Medspil knows, or one that somebody types, with where it is from."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from medspil.common.privacy import no_cpr
from medspil.web.forms import Form

TYPED = "typed"
LANGUAGES = [("da", "Dansk"), ("en", "English")]


class Known(Protocol):
    """An address that Medspil has, with where it is from; `key` stands for it in the form."""

    @property
    def key(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...


class ToWhom(Form):
    """One of the known addresses, or another one; of another one, what `missing` asks for must be said."""

    missing: ClassVar[Mapping[str, str | Promise]] = {
        "email": _("Write the e-mail address."),
        "source": _("Say where you have the address from."),
    }

    to = forms.ChoiceField(label=_("To whom?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), required=False, max_length=120, validators=[no_cpr])
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    source = forms.CharField(
        label=_("Where do you have the address from?"), required=False, max_length=200, validators=[no_cpr]
    )

    def let_choose(self, known: Iterable[Known], *more: tuple[str, str | Promise]) -> None:
        """Offer the known addresses, another one, and what else there is to choose."""
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        to.choices = [
            *((one.key, f"{one.name or one.email} – {one.source}") for one in known),
            (TYPED, _("Another address, which I write below")),
            *more,
        ]
        for name in {"name", *self.missing}:
            self.fields[name].needed = True  # type: ignore[attr-defined]  # where another address is chosen: see clean

    def clean(self) -> dict[str, Any]:
        """Ask for what must be known of an address that is written."""
        said = super().clean() or {}
        for name, sentence in self.missing.items() if said.get("to") == TYPED else ():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, str(sentence))
        return said
