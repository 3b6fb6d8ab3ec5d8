"""The form of one row: its name is enough, the rest can come later; facts are written as people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from medspil.areas.models import AreaQuerySet
from medspil.common.privacy import no_cpr
from medspil.rounds.facts import FactUnreadable, read_fact, shown_fact
from medspil.rounds.lines import Draft, point_of
from medspil.rounds.models import Demand, Round, Supply
from medspil.rounds.models.rows import MOST
from medspil.rounds.programmes import Fact, Programme
from medspil.web.forms import CreationKey, EditVersion, Form
from medspil.web.quoting import quoted

FACT = "fact_"


class RowForm(Form):
    """A row of one side."""

    label = forms.CharField(label=_("Name"), max_length=160, validators=[no_cpr])
    amount = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=MOST, required=False)
    place = forms.CharField(
        label=_("Place"),
        max_length=160,
        required=False,
        validators=[no_cpr],
        help_text=_("A postal code or a town is enough, for example 6700 Esbjerg."),
    )
    area: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Area"), queryset=None, required=False, empty_label=_("not stated")
    )
    whole = forms.BooleanField(label=_("Only as a whole, to one"), required=False)
    reach_km = forms.IntegerField(label=_("How far away at most, in km"), min_value=1, max_value=500, required=False)
    party = forms.CharField(
        label=_("Organisation or CVR number"),
        max_length=200,
        required=False,
        help_text=_("The whole name of an organisation that is here, or the CVR number. Needed before links are made."),
    )

    def __init__(self, *args: Any, kind: Programme, asks: bool, areas: AreaQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.asks = kind, asks
        side = kind.demand if asks else kind.supply
        self.facts = side.facts
        self.fields["amount"].label = str(side.amount)
        for name in ("whole", "reach_km") if asks else ("least", "area"):
            del self.fields[name]
        if asks:
            self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        if not asks and kind.one_each:
            del self.fields["whole"]
        if not asks and kind.weekly:  # volunteers: nobody here has asked them whether they may be named
            self.fields["label"].help_text = _("A group or a letter; no names of people who have not said yes to it.")
        for fact in self.facts:
            field = forms.CharField(label=str(fact.label), help_text=str(fact.hint), required=False, max_length=200)
            self.fields[FACT + fact.code] = field

    def clean(self) -> dict[str, Any]:
        """Read the facts as they are written."""
        said = super().clean() or {}
        for fact in self.facts:
            self._read(fact, said)
        if (said.get("least") or 0) > (said.get("amount") or MOST):
            self.add_error("least", _("The least must not be more than what is wanted."))
        return said

    def _read(self, fact: Fact, said: dict[str, Any]) -> None:
        text = said.get(FACT + fact.code) or ""
        try:
            no_cpr(text)
            said[FACT + fact.code] = read_fact(fact, text)
        except FactUnreadable as trouble:
            self.add_error(FACT + fact.code, f"{quoted(text[:60])} {trouble}")
        except ValidationError as trouble:
            self.add_error(FACT + fact.code, trouble)

    @property
    def stated(self) -> dict[str, Any]:
        """Return the facts that were stated."""
        found = {fact.code: self.cleaned_data.get(FACT + fact.code) for fact in self.facts}
        return {code: value for code, value in found.items() if value not in (None, "", [])}


class NewRowForm(CreationKey, RowForm):
    """One line: its name, and whatever is known already."""

    def draft(self) -> Draft:
        """Return the row as it would be read from a list."""
        said = self.cleaned_data
        x, y = point_of(said["place"]) or (None, None)
        return Draft(
            row=1,
            label=said["label"].strip(),
            amount=said["amount"],
            least=said.get("least"),
            place=said["place"].strip(),
            x=x,
            y=y,
            whole=said.get("whole", False),
            reach_km=said.get("reach_km"),
            facts=self.stated,
        )


class EditRowForm(EditVersion, RowForm):
    """A row as it stands."""

    def __init__(self, *args: Any, row: Demand | Supply, round_: Round, **options: Any) -> None:
        self.row = row
        asks = isinstance(row, Demand)
        side = options["kind"].demand if asks else options["kind"].supply
        initial = {
            "version": round_.version,
            "label": row.label,
            "amount": row.wanted if isinstance(row, Demand) else row.capacity,
            "place": row.place,
            "party": _party(row),
        }
        initial |= {FACT + fact.code: shown_fact(fact.kind, row.facts.get(fact.code)) for fact in side.facts}
        if isinstance(row, Demand):
            initial |= {"least": row.least, "area": row.area_id}
        else:
            initial |= {"whole": row.whole, "reach_km": row.reach_km}
        super().__init__(*args, asks=asks, initial=initial, **options)

    def changed_fields(self) -> dict[str, Any]:
        """Return the fields of the row as they were written; a place that stays keeps its point."""
        said = self.cleaned_data
        found: dict[str, Any] = {"label": said["label"].strip(), "facts": self.stated, "place": said["place"].strip()}
        if found["place"] != self.row.place:
            found["x"], found["y"] = point_of(found["place"]) or (None, None)
        if isinstance(self.row, Demand):
            wanted = said["amount"] or self.row.wanted
            return found | {"wanted": wanted, "least": min(said["least"] or 0, wanted), "area": said["area"]}
        found |= {"capacity": said["amount"] or self.row.capacity, "reach_km": said["reach_km"]}
        return found | ({"whole": said["whole"]} if "whole" in said else {})


def _party(row: Demand | Supply) -> str:
    if row.organisation:
        return row.organisation.name
    return row.unit.cvr if isinstance(row, Supply) and row.unit else ""
