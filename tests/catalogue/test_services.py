"""The cases of the data file come into the catalogue once, however often they are loaded."""

from datetime import date

import pytest

from medspil.catalogue.models import Case, Concept
from medspil.catalogue.services import Loaded, load_cases
from medspil.common.datafiles import DataError

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 11, 1), date(2026, 12, 1)
SMALL = """
[[concept]]
code = "adopt_class"
name_da = "Adoptér en klasse"
name_en = "Adopt a class"
summary_da = "To besøg om året."
summary_en = "Two visits a year."

[[case]]
code = "lego"
concept = "{concept}"
name_da = "{name}"
name_en = "Adoption"
summary_da = "Tre klasser."
summary_en = "Three classes."
model = "strategically_integrated"
area = "Nørremarken, Vejle"
source = "Idékatalog 2010"
{more}
"""


def small(*, name: str = "Adoption", concept: str = "adopt_class", more: str = "") -> str:
    return SMALL.format(name=name, concept=concept, more=more)


def test_the_seven_cases_of_the_seeds_are_published() -> None:
    loaded = load_cases(published_on=FIRST)
    assert loaded.added == Case.objects.count() + Concept.objects.count()
    assert Case.objects.published().count() == 7


def test_loading_twice_changes_nothing() -> None:
    load_cases(published_on=FIRST)
    before = list(Case.objects.order_by("code").values())
    again = load_cases(published_on=LATER)
    assert (again.added, again.changed) == (0, 0)
    assert list(Case.objects.order_by("code").values()) == before


def test_a_changed_text_is_written_and_the_day_of_publication_kept() -> None:
    load_cases(published_on=FIRST, text=small())
    assert load_cases(published_on=LATER, text=small(name="Adoptionsprojektet")) == Loaded(changed=1, unchanged=1)
    case = Case.objects.get()
    assert (case.name_da, case.published_on) == ("Adoptionsprojektet", FIRST)


def test_a_case_that_people_made_is_left_alone() -> None:
    load_cases(published_on=FIRST, text=small())
    Case.objects.create(code="vores", concept=Concept.objects.get(), name_da="Vores", name_en="Ours", source="os")
    load_cases(published_on=LATER, text=small())
    assert Case.objects.filter(code="vores", published_on=None).exists()


def test_a_case_without_its_concept_is_refused_and_nothing_written() -> None:
    with pytest.raises(DataError, match="unheard_of"):
        load_cases(published_on=FIRST, text=small(concept="unheard_of"))
    assert not Concept.objects.exists()


def test_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(DataError, match="colour"):
        load_cases(published_on=FIRST, text=small(more='colour = "red"'))
