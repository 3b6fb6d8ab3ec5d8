"""The form of all questions that law asks of an agreement: answer, amounts where it is yes, and why one goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from medspil.agreements.answers import Given, version_of
from medspil.agreements.rules import Answer, Check, Looked
from medspil.agreements.writing import LONGEST_WHY, MOST_KRONER
from medspil.common.privacy import no_cpr
from medspil.web.agreements import words
from medspil.web.forms import Form
from medspil.web.http import whole_number


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the page draws it: its fields, what was answered, and after which answers the reason is asked."""

    looked: Looked
    answer: forms.BoundField
    holds: forms.BoundField | None
    amounts: list[forms.BoundField]
    why: forms.BoundField
    warns: list[str]
    doubt: str

    @property
    def check(self) -> Check:
        """Return the question, with its rule and its source."""
        return self.looked.check


class LawForm(Form):
    """All questions in one form. Fields are named `code-answer`, `code-why`, …; a blank answer changes nothing.

    `code-seen` carries the version of the answer that the page showed, so that nobody's answer is overwritten unseen.
    """

    def __init__(self, *args: Any, seen: Sequence[Looked], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.seen, self.on = seen, on
        for one in seen:
            self._add(one)

    def _add(self, one: Looked) -> None:
        """Add the fields of one question, filled in with what was answered."""
        check, said = one.check, one.answer
        answer = forms.ChoiceField(
            label=check.question, choices=list(words.ANSWERS.items()), required=False, widget=forms.RadioSelect,
            initial=said.answer if said else "", error_messages={"invalid_choice": _("Choose one of the answers.")},
        )  # fmt: skip
        self._put(check, "answer", answer)
        if one.given_for:
            self._put(check, "holds", forms.BooleanField(label=_("The answer still holds"), required=False))
        for each in check.amounts:
            number = forms.NumberInput(attrs={"class": "input-width-m", "inputmode": "numeric"})
            amount = forms.IntegerField(
                label=each.label, required=False, min_value=0, max_value=MOST_KRONER, widget=number,
                initial=said.amounts.get(each.name) if said else None,
            )  # fmt: skip
            self._put(check, each.name, amount)
        why = forms.CharField(
            label=_("Why do you go on?"), required=False, max_length=LONGEST_WHY, validators=[no_cpr],
            widget=forms.Textarea(attrs={"rows": 3}), initial=said.why if said else "",
            help_text=_("It is kept with the agreement and is not shown to the other sides."),
        )  # fmt: skip
        self._put(check, "why", why)
        self.fields[f"{check.code}-seen"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=version_of(said)
        )

    def _put(self, check: Check, name: str, field: forms.Field) -> None:
        setattr(field, "needed", True)  # noqa: B010  # nothing is proposed without it: never "optional"
        self.fields[f"{check.code}-{name}"] = field

    def clean(self) -> dict[str, Any]:
        """Ask for the answer where something else was written."""
        said: dict[str, Any] = super().clean() or {}
        for one in self.seen:
            code = one.check.code
            written = [said.get(f"{code}-{name}") for name in ("why", *(each.name for each in one.check.amounts))]
            if said.get(f"{code}-answer") == "" and any(each not in ("", None) for each in written):
                self.add_error(f"{code}-answer", _("Choose one of the answers."))
        return said

    def given(self) -> dict[str, Given]:
        """Return what was answered, by the code of the question; amounts count where the answer is yes."""
        said, found = self.cleaned_data, {}
        for one in self.seen:
            code, answer = one.check.code, self.cleaned_data[f"{one.check.code}-answer"]
            written = {each.name: said[f"{code}-{each.name}"] for each in one.check.amounts}
            amounts = {name: value for name, value in written.items() if value is not None}
            found[code] = Given(
                answer=answer, amounts=amounts if answer == Answer.YES else {}, why=said[f"{code}-why"],
                seen=whole_number(said[f"{code}-seen"]), holds=bool(said.get(f"{code}-holds")),
            )  # fmt: skip
        return found

    def asked(self) -> Iterator[Asked]:
        """Yield the questions in their order, each with its fields."""
        for one in self.seen:
            code = one.check.code
            stands = one.answer.answer if one.answer and one.answered else ""
            yield Asked(
                looked=one,
                answer=self[f"{code}-answer"],
                holds=self[f"{code}-holds"] if one.given_for else None,
                amounts=[self[f"{code}-{each.name}"] for each in one.check.amounts],
                why=self[f"{code}-why"],
                warns=[each.value for each in Answer if _warns(one, each, stands)],
                doubt=one.check.doubt(self.on),
            )

    def overtaken(self, codes: Sequence[str]) -> None:
        """Say beside each of these questions what somebody else answered; saved again, what is written here counts."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for one in self.seen:
            if one.check.code in codes and one.answer:
                theirs = {"who": one.answer.by.get_full_name(), "answer": words.ANSWERS[one.answer.answer]}
                said = (
                    _("%(who)s answered “%(answer)s” here while you wrote. If you save again, yours counts.") % theirs
                )
                self.add_error(f"{one.check.code}-answer", said)
                data[f"{one.check.code}-seen"] = str(version_of(one.answer))
        self.data = data


def _warns(one: Looked, answer: Answer, stands: str) -> bool:
    """Whether the warning stands beside an answer: as it was found of the one that is stored, else by the table."""
    return one.warning is not None if answer == stands else answer in one.check.warns
