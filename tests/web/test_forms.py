"""How fields are drawn and what the shared forms promise."""

import uuid
from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from medspil.organisations.models import Organisation
from medspil.web.forms import (
    CreationKey,
    DayField,
    EditVersion,
    Form,
    ModelForm,
    add_domain_error,
    differences,
    with_version,
)
from tests.web.pages import Element, read


class Everything(Form):
    title = forms.CharField(label="Title", help_text="In one line.")
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")])
    side = forms.ChoiceField(label="Side", choices=[("l", "Left"), ("r", "Right")], widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        label="Groups",
        help_text="All that fit.",
        choices=[("People", [("x", "X"), ("y", "Y")]), ("Things", [("z", "Z")])],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Agreed", help_text="Really.")
    day = DayField(label="Day", required=False)


def drawn(form: forms.BaseForm, name: str) -> list[Element]:
    return read(form[name].as_field_group())


def one(elements: list[Element], tag: str, **wanted: str) -> Element:
    found = [each for each in elements if each.tag == tag and wanted.items() <= each.attributes.items()]
    assert len(found) == 1, (tag, wanted, found)
    return found[0]


def test_a_field_joins_label_hint_error_and_control() -> None:
    elements = drawn(Everything({}), "title")
    control = one(elements, "input")
    assert one(elements, "label").attributes["for"] == control.attributes["id"]
    described = control.attributes["aria-describedby"].split()
    assert {one(elements, "div", id=described[0]).text} == {"In one line."}
    assert one(elements, "span", id=described[1]).text
    assert control.attributes["aria-invalid"] == "true"
    assert control.attributes["class"] == "form-input"
    assert "required" not in control.attributes


def test_a_hint_never_hides_in_the_control() -> None:
    class Placeholder(Form):
        name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"placeholder": "Name"}))

    assert "placeholder" not in one(drawn(Placeholder(), "name"), "input").attributes


def test_a_field_that_may_stay_empty_says_so() -> None:
    texts = {
        name: "".join(each.text for each in drawn(Everything(), name) if each.tag == "label")
        for name in ("title", "text")
    }
    assert texts["text"] != "Text"
    assert texts["title"] == "Title"


@pytest.mark.parametrize(
    ("name", "tag", "css"), [("kind", "select", "form-select"), ("text", "textarea", "form-input")]
)
def test_each_control_has_the_class_of_the_design_system(name: str, tag: str, css: str) -> None:
    assert one(drawn(Everything(), name), tag).attributes["class"] == css


def test_radio_buttons_stand_in_a_fieldset_with_the_label_as_legend() -> None:
    elements = drawn(Everything({"side": "r"}), "side")
    assert one(elements, "legend").text == "Side"
    assert [each.attributes["value"] for each in elements if "checked" in each.attributes] == ["r"]
    ids = [each.attributes["id"] for each in elements if each.tag == "input"]
    assert [each.attributes["for"] for each in elements if each.tag == "label"] == ids


def test_ticks_keep_their_headings_and_what_was_chosen() -> None:
    form = Everything(QueryDict("groups=x&groups=z"))
    elements = drawn(form, "groups")
    assert [each.text for each in elements if each.tag == "p"] == ["People", "Things"]
    assert [each.attributes["value"] for each in elements if "checked" in each.attributes] == ["x", "z"]
    assert "id_groups_helptext" in one(elements, "fieldset").attributes["aria-describedby"]


def test_a_single_tick_has_its_label_after_it_and_its_hint() -> None:
    elements = drawn(Everything(), "agreed")
    control = one(elements, "input", type="checkbox")
    assert control.attributes["class"] == "form-checkbox"
    assert control.attributes["aria-describedby"] == one(elements, "span").attributes["id"]


@pytest.mark.parametrize("written", ["2026-12-24", "24-12-2026", "24.12.2026", "24/12/2026"])
def test_a_day_may_be_written_as_browsers_and_as_danes_write_it(written: str) -> None:
    assert DayField().clean(written) == date(2026, 12, 24)


def test_a_day_is_shown_as_the_browsers_date_field_wants_it() -> None:
    control = one(drawn(Everything(initial={"day": date(2026, 12, 24)}), "day"), "input")
    assert (control.attributes["type"], control.attributes["value"]) == ("date", "2026-12-24")


def test_a_form_that_creates_keeps_its_key_when_it_is_shown_again() -> None:
    class New(CreationKey, Form):
        title = forms.CharField()

    key = New()["creation_key"].value()
    again = New({"creation_key": str(key), "title": ""})
    assert not again.is_valid()
    assert again.cleaned_data["creation_key"] == uuid.UUID(str(key))
    assert New({"title": "x"}).errors.keys() == {"creation_key"}


class Edit(EditVersion, Form):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(label="Kind", choices=[("municipality", "Municipality"), ("school", "School")])


def test_the_differences_name_both_values_in_words() -> None:
    form = Edit({"name": "Mine", "kind": "school", "version": "1"})
    assert form.is_valid()
    found = differences(form, Organisation(name="Theirs", kind="municipality", version=2))
    assert [(each.label, each.theirs, each.mine) for each in found] == [
        ("Name", "Theirs", "Mine"),
        ("Kind", "Municipality", "School"),
    ]


def test_after_a_conflict_the_form_carries_the_new_version_and_the_old_text() -> None:
    form = with_version(Edit({"name": "Mine", "kind": "school", "version": "1"}), 2)
    assert (form["version"].value(), form["name"].value()) == ("2", "Mine")


def test_a_domain_exception_is_said_on_the_form() -> None:
    form = Edit({"name": "Mine", "kind": "school", "version": "1"})
    add_domain_error(form, ValueError("Not today."))
    assert form.non_field_errors() == ["Not today."]


def test_dates_of_a_model_form_get_the_browsers_date_field() -> None:
    class MembershipForm(ModelForm):
        class Meta:
            model = Organisation.memberships.rel.related_model
            fields = ("started_on",)

    assert one(drawn(MembershipForm(), "started_on"), "input").attributes["type"] == "date"


def test_no_field_for_own_words_lets_the_browser_cut_what_is_pasted() -> None:
    class Wordy(Form):
        line = forms.CharField(max_length=10)
        long = forms.CharField(max_length=10, widget=forms.Textarea)
        email = forms.EmailField(max_length=20)
        q = forms.CharField(max_length=10)

    form = Wordy({"line": "x" * 11, "long": "y" * 11, "email": f"{'z' * 20}@example.org", "q": "z"})
    assert [name for name in form.fields if "maxlength" in str(form[name])] == ["q"]
    with override("en"):
        assert "That is 11 characters, and there is room for 10." in str(form.errors["line"])
        assert "That is 11 characters" in str(form.errors["long"])
        assert "That is 32 characters" in str(form.errors["email"])
