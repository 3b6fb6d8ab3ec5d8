"""What a person writes down of a decision: the words, the votes of those who take part, money, and what it replaces."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from medspil.boards.deciding import LONGEST_PURPOSE, Proposal
from medspil.boards.models import Attendance, BoardDecision, Choice, Earmark, Way
from medspil.boards.voting import Tally
from medspil.boards.wording import day
from medspil.common.privacy import no_cpr
from medspil.web.forms import EditVersion, Form
from medspil.web.http import whole_number

NONE = [("", _("none"))]
BALLOTS = ("ballots_for", "ballots_against", "ballots_blank")


def _ballots(label: Any) -> forms.IntegerField:
    """Return a field for how many ballots there were; asked for where the ballot is secret."""
    found = forms.IntegerField(
        label=label, min_value=0, max_value=99, required=False,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    found.needed = True  # type: ignore[attr-defined]
    return found


class DecideForm(EditVersion, Form):
    """A decision. One field for the vote of each who takes part; they are asked for where there is a vote."""

    text = forms.CharField(
        label=_("What is decided?"), validators=[no_cpr], widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("So that somebody who was not there understands it: who does what until when."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How?"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.AGREED)
    earmark = forms.ChoiceField(label=_("Does it use money of a sum set aside?"), required=False)
    kroner = forms.IntegerField(
        label=_("How many whole kroner?"), min_value=1, max_value=2_000_000_000, required=False,
        widget=forms.NumberInput(attrs={"class": "ms-input--short", "inputmode": "numeric"}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What is the money for?"), max_length=LONGEST_PURPOSE, required=False, validators=[no_cpr]
    )
    reverses = forms.ChoiceField(label=_("Does it take the place of an earlier decision?"), required=False)

    ballots_for = _ballots(_("Ballots for"))
    ballots_against = _ballots(_("Ballots against"))
    ballots_blank = _ballots(_("Blank ballots"))

    def __init__(
        self,
        *args: Any,
        secret: bool,
        rows: Iterable[Attendance],
        sums: Iterable[tuple[Earmark, int]],
        earlier: Iterable[BoardDecision],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.rows = list(rows)
        if not secret:
            ways = [one for one in Way.choices if one[0] != Way.SECRET]
            self.fields["way"].choices = ways  # type: ignore[attr-defined]
            for name in BALLOTS:
                del self.fields[name]
        self.sums = {str(one.pk): one for one, _left in sums}
        self.earlier = {str(one.pk): one for one in earlier}
        for row in self.rows:
            self.fields[f"vote_{row.pk}"] = forms.ChoiceField(
                label=row.sitter.shown_name, choices=Choice.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"vote_{row.pk}"].needed = True  # type: ignore[attr-defined]  # where there is a vote
        words = _("%(purpose)s: %(left)s kr. left")
        told = [
            (str(one.pk), words % {"purpose": one.purpose.rstrip(" .:;"), "left": _grouped(left)}) for one, left in sums
        ]
        self._choose("earmark", told, ("kroner", "purpose"))
        self._choose("reverses", [(key, f"{day(one.item.meeting.day)}: {one.item.title}") for key, one in
                                  self.earlier.items()])  # fmt: skip

    def _choose(self, name: str, choices: list[tuple[str, Any]], beside: tuple[str, ...] = ()) -> None:
        """Give a field its choices; without any it is not asked for, nor what stands beside it."""
        if choices:
            self.fields[name].choices = [*NONE, *choices]  # type: ignore[attr-defined]
            return
        for each in (name, *beside):
            del self.fields[each]

    @property
    def main(self) -> list[forms.BoundField]:
        """Return the fields before the votes."""
        return [self["text"], self["way"]]

    @property
    def votes(self) -> list[forms.BoundField]:
        """Return the fields of the votes."""
        return [self[f"vote_{row.pk}"] for row in self.rows]

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return all fields that are asked for."""
        return [*self.main, *self.votes, *self.ballots, *self.rest]

    @property
    def ballots(self) -> list[forms.BoundField]:
        """Return the fields of a secret ballot, where the rules of procedure know one."""
        return [self[name] for name in BALLOTS if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """Return the fields after the votes."""
        return [self[name] for name in ("earmark", "kroner", "purpose", "reverses") if name in self.fields]

    def proposal(self) -> Proposal:
        """Return what was written."""
        said = self.cleaned_data
        votes = {row.pk: said[f"vote_{row.pk}"] for row in self.rows if said[f"vote_{row.pk}"]} | self._others()
        return Proposal(
            text=said["text"],
            way=said["way"],
            votes=votes if said["way"] == Way.VOTE else {},
            ballots=self._tally(),
            earmark=self.sums.get(said.get("earmark") or ""),
            kroner=said.get("kroner"),
            purpose=said.get("purpose") or "",
            reverses=self.earlier.get(said.get("reverses") or ""),
        )

    def _tally(self) -> Tally | None:
        """Return the ballots that were counted; nothing where a number is missing."""
        found = [self.cleaned_data.get(name) for name in BALLOTS]
        numbers = [one for one in found if one is not None]
        return Tally(*numbers) if len(numbers) == len(BALLOTS) else None

    def _others(self) -> dict[int, str]:
        """Return the votes sent from an older page for who takes no part any more, so that they are refused by name."""
        sent = [name.removeprefix("vote_") for name in self.data if name.startswith("vote_") and self.data[name]]
        return {key: "" for key in map(whole_number, sent) if key and f"vote_{key}" not in self.fields}


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def initial_of_decision(decision: BoardDecision | None) -> dict[str, Any]:
    """Return a decision as its form begins."""
    if decision is None:
        return {}
    votes = {f"vote_{one.attendance_id}": one.choice for one in decision.votes.all()}
    counted = {name: getattr(decision, name) for name in BALLOTS}
    ballots = {name: "" if number is None else str(number) for name, number in counted.items()}
    return votes | ballots | {
        "text": decision.text, "way": decision.way, "earmark": decision.earmark_id or "", "kroner": decision.kroner,
        "purpose": decision.purpose, "reverses": decision.reverses_id or "",
    }  # fmt: skip
