"""The form of what a challenge takes: likely kinds first, each with the reason why it is proposed; a person ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.models import Challenge
from medspil.areas.privacy import no_cpr
from medspil.catalogue.vocabulary import vocabulary
from medspil.mapping.competences import set_competences
from medspil.mapping.coverage import in_order
from medspil.mapping.likely import Proposal
from medspil.web.areas import words
from medspil.web.areas.forms import SectionForm, offer
from medspil.web.mapping.coverage_words import reason


@dataclass(frozen=True, slots=True)
class Choice:
    """One kind to tick, with the reasons why it is proposed and the field for a note."""

    tick: Any
    note: forms.BoundField | None
    reasons: list[str]


class CompetencesForm(SectionForm):
    """Which kinds of resource a challenge takes, with a note on those that are ticked or proposed."""

    kinds = forms.MultipleChoiceField(
        label=_("What does it take?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposals = {one.kind: one for one in proposals}
        stored = self.initial["kinds"]
        unknown = [(kind, kind) for kind in stored if kind not in vocabulary().resource_kinds]
        offer(self, "kinds", [*words.kind_ticks(keep=stored), *([(_("Others"), unknown)] if unknown else [])])
        for kind in in_order({*stored, *self.proposals}):
            self.fields[f"note-{kind}"] = forms.CharField(
                label=_("What is meant by “%(kind)s” here?") % {"kind": words.kind(kind)},
                max_length=300,
                required=False,
                validators=[no_cpr],
            )

    def stored(self, record: Challenge) -> dict[str, Any]:
        """Return what the challenge is said to take."""
        rows = list(record.competences.all())
        return {"kinds": in_order({one.kind for one in rows}), **{f"note-{one.kind}": one.note for one in rows}}

    def save(self, *, by: User, now: datetime) -> Challenge:
        """Say what it takes; a note without a tick is not kept."""
        said, before = self.cleaned_data, self.initial
        chosen = {kind: said.get(f"note-{kind}", before.get(f"note-{kind}", "")) for kind in said.get("kinds", [])}
        return set_competences(challenge=self.record, chosen=chosen, expected_version=said["version"], by=by, now=now)

    @property
    def said(self) -> list[Choice]:
        """Return the kinds that the challenge is said to take."""
        return [self._choice(kind) for kind in self.initial["kinds"]]

    @property
    def proposed(self) -> list[Choice]:
        """Return the other kinds that it probably takes, the likeliest first."""
        return [self._choice(kind) for kind in self.proposals if kind not in self.initial["kinds"]]

    @property
    def others(self) -> list[tuple[str, list[Choice]]]:
        """Return all other kinds under their headings."""
        shown = {*self.initial["kinds"], *self.proposals}
        field: Any = self.fields["kinds"]
        found = [
            (str(heading), [code for code, _name in options if code not in shown]) for heading, options in field.choices
        ]
        return [(heading, [self._choice(code) for code in codes]) for heading, codes in found if codes]

    @property
    def any_other_ticked(self) -> bool:
        """Return whether one of the other kinds is ticked, so that it must not be hidden."""
        return any(choice.tick.data["selected"] for _heading, choices in self.others for choice in choices)

    def _choice(self, kind: str) -> Choice:
        ticks = {str(one.data["value"]): one for one in self["kinds"].subwidgets}
        note = self[f"note-{kind}"] if f"note-{kind}" in self.fields else None
        reasons = self.proposals[kind].reasons if kind in self.proposals else ()
        return Choice(ticks[kind], note, [reason(one) for one in reasons])
