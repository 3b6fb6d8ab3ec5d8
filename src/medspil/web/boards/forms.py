"""What people write of a board: its name, its seats, who sits on them, its rules, the money set aside."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.boards import constituencies, earmarks, founding, rules, seating
from medspil.boards.leaving import REASONS
from medspil.boards.models import BoardMember, Majority, QuorumShare, SeatKind
from medspil.boards.models.seats import MOST_SEATS
from medspil.partnerships.models import Partner
from medspil.web.forms import DayField, EditVersion, Form
from medspil.web.partnerships.partnership_forms import line
from medspil.web.partnerships.partnership_forms import text as long_text

SHORT = {"class": "ms-input--short"}
Sides = Mapping[int, tuple[Partner, str]]


def amount(label: Any, least: int, most: int, *, required: bool = True, help_text: Any = "") -> Any:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs=SHORT),
        help_text=help_text,
    )


class Chosen(forms.Form):
    """Mixin for forms that choose among the sides or members of one board."""

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]], empty: Any) -> None:
        """Give a field its choices, with nothing chosen first."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        field.choices = [("", empty), *choices]


class NameForm(EditVersion, Form):
    """What a board is called."""

    name = line(_("What is the board called?"), most=founding.LONGEST_NAME, required=True)


class FoundForm(Form):
    """A board on its first day."""

    name = line(_("What is the board called?"), most=founding.LONGEST_NAME, required=True)
    on = DayField(label=_("From which day?"), help_text=_("Terms begin on this day or later."))
    template = forms.ChoiceField(
        label=_("Who has seats?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (
                "culture",
                _("As in Kulturringen in Høje-Taastrup: city council 5, companies 4, culture and housing 5–6"),
            ),
            ("", _("I name those who have seats myself")),
        ],
        initial="culture",
        help_text=_("Everything can be changed afterwards."),
    )


class DissolveForm(EditVersion, Form):
    """The last day of a board."""

    on = DayField(label=_("On which day is it dissolved?"))


class ChairsForm(Chosen, EditVersion, Form):
    """Who chairs."""

    chair = forms.ChoiceField(label=_("Chair"), required=False)
    deputy_chair = forms.ChoiceField(label=_("Deputy chair"), required=False)

    def __init__(self, *args: Any, members: Iterable[BoardMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(one.pk): one for one in members}
        for name in ("chair", "deputy_chair"):
            self.choose(name, [(pk, one.shown_name) for pk, one in self.members.items()], _("nobody yet"))

    def chosen(self, name: str) -> BoardMember | None:
        """Return who was chosen."""
        return self.members.get(self.cleaned_data[name])


class ConstituencyForm(EditVersion, Form):
    """A group and its seats."""

    name = line(
        _("Who has the seats?"),
        _("For example: city council, local companies, housing organisations."),
        most=constituencies.LONGEST_NAME,
        required=True,
    )
    least = amount(_("How many seats at least?"), 0, MOST_SEATS, help_text=_("So many must be filled."))
    most = amount(_("How many seats at most?"), 1, MOST_SEATS)


class MemberForm(Chosen, EditVersion, Form):
    """Somebody on a seat, or a substitute."""

    kind = forms.ChoiceField(label=_("As what?"), choices=SeatKind.choices, widget=forms.RadioSelect)
    user: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Somebody with an account"),
        queryset=None,
        required=False,
        empty_label=_("somebody without an account"),
        help_text=_("Whoever has an account reads the pages of the board as long as she or he sits on it."),
    )
    name = line(_("Name"), most=seating.LONGEST_NAME)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Invitations to meetings go there. Only those who lead the partnership see it."),
    )
    for_side = forms.ChoiceField(label=_("For which side of the partnership?"), required=False)
    organisation_name = line(
        _("Or for whom else?"),
        _("For example: the theatre, a party in the city council."),
        most=seating.LONGEST_ORGANISATION,
    )
    from_on = DayField(label=_("From which day?"))
    term_ends_on = DayField(
        label=_("When does the term end?"),
        required=False,
        help_text=_("Leave it empty and the rules of procedure say it, where they name a term."),
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], sides: Sides, new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sides = sides
        self.choose("for_side", [(pk, name) for pk, (_side, name) in sides.items()], _("for none of them"))
        user = self.fields["user"]
        assert isinstance(user, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
        user.queryset = accounts
        if not new:
            del self.fields["kind"]
            self.fields["term_ends_on"].help_text = ""

    def who(self) -> seating.Who:
        """Return who was named."""
        said = self.cleaned_data
        side = self.sides.get(int(said["for_side"])) if said["for_side"] else None
        return seating.Who(
            user=said["user"],
            name=said["name"],
            email=said["email"],
            partner=side[0] if side else None,
            organisation_name=said["organisation_name"],
        )


class AgainForm(Form):
    """A new term."""

    term_ends_on = DayField(
        label=_("When does the new term end?"),
        required=False,
        help_text=_("Leave it empty and the rules of procedure say it, where they name a term."),
    )


class LeaveForm(Chosen, EditVersion, Form):
    """Somebody leaves before the term is over."""

    on = DayField(label=_("Which is the last day?"))
    why = forms.ChoiceField(
        label=_("Why?"), choices=[(one.value, one.label) for one in REASONS], widget=forms.RadioSelect
    )
    substitute = forms.ChoiceField(
        label=_("Who takes over?"), required=False, help_text=_("The day after, for what is left of the term.")
    )

    def __init__(self, *args: Any, substitutes: Iterable[BoardMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.substitutes = {str(one.pk): one for one in substitutes}
        if self.substitutes:
            names = [(pk, one.shown_name) for pk, one in self.substitutes.items()]
            self.choose("substitute", names, _("nobody: the seat is vacant"))
        else:
            del self.fields["substitute"]

    def chosen(self) -> BoardMember | None:
        """Return who takes over."""
        return self.substitutes.get(self.cleaned_data.get("substitute", ""))


class RulesForm(Form):
    """The next version of the rules of procedure."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = long_text(_("The rules of procedure"), _("At most 5,000 characters."), rows=14, required=True)
    holds_from = DayField(label=_("From which day do they hold?"))
    quorum_share = forms.ChoiceField(
        label=_("How many must be there so that the board can decide?"),
        choices=QuorumShare.choices,
        widget=forms.RadioSelect,
        help_text=_("Of those who sit on the board; vacant seats do not count."),
    )
    quorum_number = amount(_("And never fewer than"), 1, rules.MOST_QUORUM, required=False)
    majority = forms.ChoiceField(
        label=_("How are decisions taken?"), choices=Majority.choices, widget=forms.RadioSelect
    )
    casting_vote = forms.BooleanField(label=_("The chair’s vote decides when the votes are equal"), required=False)
    secret_ballot = forms.BooleanField(
        label=_("Elections, and what a member asks for, are by secret ballot"), required=False
    )
    notice_days = amount(_("How many days before a meeting is it called?"), 0, rules.MOST_NOTICE)
    objection_days = amount(
        _("How many days do members have to approve minutes in writing, or to object?"), 1, rules.MOST_OBJECTION,
        required=False, help_text=_("Empty: the rules do not say that minutes are approved in writing."),
    )  # fmt: skip
    term_years = amount(
        _("How many years does a term last?"), 1, rules.MOST_YEARS, required=False, help_text=_("Empty: no fixed term.")
    )
    re_election = forms.BooleanField(label=_("Members can be elected again"), required=False)

    def settings(self) -> rules.Settings:
        """Return what the rules imply."""
        said = self.cleaned_data
        return rules.Settings(**{name: said[name] for name in rules.Settings.__slots__})


class SumForm(Chosen, EditVersion, Form):
    """Money set aside."""

    amount_kroner = amount(_("How many kroner?"), 1, earmarks.MOST_KRONER)
    for_side = forms.ChoiceField(label=_("From which side of the partnership?"), required=False)
    giver = line(_("Or from whom else?"), _("For example: a fund, a state programme."), most=earmarks.LONGEST_GIVER)
    purpose = line(_("What is it for?"), most=earmarks.LONGEST_PURPOSE, required=True)
    from_on = DayField(label=_("From which day?"))
    to_on = DayField(label=_("Until which day?"), required=False)

    def __init__(self, *args: Any, sides: Sides, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sides = sides
        self.choose("for_side", [(pk, name) for pk, (_side, name) in sides.items()], _("from none of them"))

    def what(self) -> earmarks.Sum:
        """Return the sum."""
        said = self.cleaned_data
        side = self.sides.get(int(said["for_side"])) if said["for_side"] else None
        return earmarks.Sum(
            amount_kroner=said["amount_kroner"],
            partner=side[0] if side else None,
            giver=said["giver"],
            purpose=said["purpose"],
            from_on=said["from_on"],
            to_on=said["to_on"],
        )
