"""What people write of a partnership: its name and idea, its pauses and end, its people, gains and questions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User
from medspil.areas.privacy import no_cpr
from medspil.catalogue.models import PartnershipModel
from medspil.catalogue.vocabulary import Gain
from medspil.partnerships.editing import FEWEST_DAYS, LONGEST_TEXT, MOST_DAYS
from medspil.partnerships.models import EndReason, Part, Partnership, When
from medspil.partnerships.people import Who
from medspil.partnerships.standing import LONGEST_WHY, Review
from medspil.web.forms import CreationKey, DayField, EditVersion, Form

NO_CPR = [no_cpr]
AT_MOST = _("At most 5,000 characters.")
ASKS_LEADER = _("It goes by mail to the person who asked you, who answers you by mail. At most 5,000 characters.")


def text(label: Any, help_text: Any = AT_MOST, *, rows: int = 4, required: bool = False) -> Any:
    """Return a field for a longer text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=NO_CPR,
        help_text=help_text,
    )


def line(label: Any, help_text: Any = "", *, most: int, required: bool = False) -> Any:
    """Return a field for one line."""
    return forms.CharField(label=label, required=required, max_length=most, validators=NO_CPR, help_text=help_text)


class EditForm(EditVersion, Form):
    """What a partnership says of itself."""

    name = line(_("What is the partnership called?"), most=160, required=True)
    idea = text(_("What idea carries it?"), _("A few lines that both sides would say. At most 5,000 characters."))
    model = forms.ChoiceField(label=_("How did it come about?"), required=False, widget=forms.RadioSelect)
    answer_days = forms.IntegerField(
        label=_("Within how many working days do you answer each other?"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "ms-input--short"}),
        help_text=_("Weekends and public holidays do not count, nor do 5 June, 24 December and 31 December."),
    )

    def __init__(self, *args: Any, proposed: str, **options: Any) -> None:
        super().__init__(*args, **options)
        model = self.fields["model"]
        assert isinstance(model, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        model.choices = [*((one.value, one.meaning) for one in PartnershipModel), ("", _("not decided yet"))]
        if proposed:
            model.help_text = _("The data propose: %(model)s.") % {"model": PartnershipModel(proposed).label}


class DayForm(EditVersion, Form):
    """A step on its day."""

    on = DayField(label=_("From which day?"))


class PauseForm(DayForm):
    """A pause with its reason."""

    why = line(_("Why does it pause?"), _("All who take part read this."), most=LONGEST_WHY, required=True)


class EndForm(EditVersion, Form):
    """The end with its reason, and what was learned."""

    on = DayField(label=_("On which day did it end?"))
    reason = forms.ChoiceField(label=_("Why did it end?"), choices=EndReason.choices, widget=forms.RadioSelect)
    why = line(_("Anything to add?"), _("All who take part read this."), most=LONGEST_WHY)
    worked = text(_("What worked?"))
    again = text(_("What would you do again, and what not?"))

    def review(self) -> Review:
        """Return what was said."""
        said = self.cleaned_data
        return Review(reason=EndReason(said["reason"]), why=said["why"], worked=said["worked"], again=said["again"])


class LeaveForm(DayForm):
    """A side that withdraws."""

    why = line(_("Why does it withdraw?"), _("All who take part read this."), most=LONGEST_WHY, required=True)


class PersonForm(EditVersion, Form):
    """Somebody who gets a part on a side: only what that part needs is asked."""

    user: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Somebody with an account"), queryset=None, required=False, empty_label=_("somebody else")
    )
    name = line(_("Name"), most=120)
    function = line(_("Function"), _("For example: director, foreman, head of section."), most=120)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Questions go there, each with a link that needs no account.")
    )
    phone = line(_("Telephone"), most=40)
    source = line(_("Where do you have the address from?"), _("For example: she said so on the walk."), most=200)
    purpose = line(_("What may it be used for?"), _("For example: questions in this partnership."), most=200)
    may_decide_kroner = forms.IntegerField(
        label=_("May decide about up to how many kroner?"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.NumberInput(attrs={"class": "ms-input--short"}),
    )
    may_decide_topics = line(
        _("May decide about what?"), _("For example: visits, who comes, small purchases."), most=300
    )
    if_leaves = line(_("What happens if she or he leaves?"), _("Who goes on, and who knows what."), most=500)
    from_on = DayField(label=_("From which day?"))
    to_on = DayField(label=_("Until which day?"), required=False)
    handover = text(
        _("What should the newcomer know?"), _("From whoever had the part before. At most 5,000 characters.")
    )

    NEEDS = {
        Part.CONTACT: {"may_decide_kroner", "may_decide_topics", "handover"},
        Part.DEPUTY: {"to_on"},
        Part.CHIEF: set[str](),
        Part.CHAMPION: {"if_leaves"},
    }

    ASKED = {
        Part.CONTACT: ("name", "email", "source", "purpose"),
        Part.DEPUTY: ("name", "email", "source", "purpose", "to_on"),
        Part.CHIEF: ("function",),
        Part.CHAMPION: ("name",),
    }

    def __init__(self, *args: Any, part: Part, colleagues: Any, changes: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = self.NEEDS[part] | {"name", "function", "email", "phone", "source", "purpose", "from_on", "version"}
        if colleagues:
            wanted.add("user")
        if not changes:
            wanted.discard("handover")
        for name in set(self.fields) - wanted:
            del self.fields[name]
        # Where somebody with an account can be chosen instead, the service says what is missing.
        for name in self.ASKED[part] if not colleagues else ():
            self.fields[name].required = True
        if "user" in self.fields:
            user = self.fields["user"]
            assert isinstance(user, forms.ModelChoiceField)  # noqa: S101  (tells the type checker)
            user.queryset = colleagues
        if part == Part.CHIEF:
            self.fields["name"].help_text = _("The function is enough; leave the name out where you can.")
            self.fields["email"].help_text = _("Here goes what neither contact person nor deputy answered in time.")

    def who(self) -> Who:
        """Return the person."""
        said = self.cleaned_data
        names = ("user", "name", "function", "email", "phone", "source", "purpose", "may_decide_kroner")
        more = ("may_decide_topics", "if_leaves")
        return Who(**{name: said[name] for name in (*names, *more) if said.get(name) not in (None, "")})


class EndPartForm(EditVersion, Form):
    """The end of somebody's part."""

    on = DayField(label=_("Last day"))
    handover = text(_("What should whoever comes next know?"), rows=3)


class GainForm(Form):
    """One more gain of a side."""

    when = forms.ChoiceField(label=_("Hoped for or had?"), choices=When.choices, widget=forms.RadioSelect)
    code = forms.ChoiceField(label=_("Which gain?"), required=False)
    words = line(_("In your own words"), _("At most 500 characters; the gain of the list may be left out."), most=500)

    def __init__(self, *args: Any, gains: Sequence[Gain], **options: Any) -> None:
        super().__init__(*args, **options)
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)  # noqa: S101  (tells the type checker)
        language = get_language() or "da"
        code.choices = [("", _("none of the list")), *((gain.code, gain.name(language)) for gain in gains)]


class QuestionForm(CreationKey, Form):
    """A question of one side to another."""

    put_by = forms.ChoiceField(label=_("Who asks?"))
    asked_of = forms.ChoiceField(label=_("Who is asked?"))
    text = text(
        _("What do you ask?"), _("One thing at a time is answered fastest. At most 5,000 characters."), required=True
    )

    def __init__(
        self, *args: Any, askers: Sequence[tuple[str, str]], asked: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("put_by", askers), ("asked_of", asked)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type checker)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Let nobody ask itself."""
        said = super().clean() or self.cleaned_data
        if said.get("put_by") and said.get("put_by") == said.get("asked_of"):
            self.add_error("asked_of", _("Choose another side: nobody asks itself."))
        return said


class AnswerForm(EditVersion, Form):
    """The answer of a side, also one that came by telephone."""

    text = text(_("The answer"), required=True)
    on = DayField(label=_("When did it come?"))


class LinkAnswerForm(CreationKey, Form):
    """The answer of whoever was asked by a one-time link, and what is asked back."""

    # The first line of the class: below it, `text` is the field.
    back = text(
        _("Do you want to ask them something?"),
        _("They have as many working days to answer as you had. The answer comes by mail. At most 5,000 characters."),
        rows=3,
    )
    text = text(_("Your answer"), rows=6, required=True)
    field_order = ("text", "back")

    def __init__(self, *args: Any, asks_back: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creation_key"].required = False  # an answer needs none: its link is used up
        if not asks_back:
            del self.fields["back"]
        elif self.data.get("back", "").strip():
            self.fields["text"].required = False  # whoever asks something first answers later
        if asks_back == "leader":
            self.fields["back"].help_text = ASKS_LEADER


def today_first(partnership: Partnership, today: date, **more: Any) -> dict[str, Any]:
    """Return what a form about a partnership begins with."""
    return {"version": partnership.version, "on": today} | more
