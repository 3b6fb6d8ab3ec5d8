"""Which sector a company form counts in is told in two rooms that may not know each other: they say the same."""

from medspil.catalogue.vocabulary import vocabulary
from medspil.matching import PRIVATE, PUBLIC, VOLUNTARY
from medspil.register.forms import PUBLIC_FORMS, VOLUNTARY_FORMS, sector_of

SECTORS = {PRIVATE: "private", PUBLIC: "public", VOLUNTARY: "voluntary"}


def test_the_register_and_the_vocabulary_agree_on_the_sector_of_every_company_form() -> None:
    forms = vocabulary().company_forms
    assert {code: SECTORS[sector_of(code)] for code in forms} == {code: form.sector for code, form in forms.items()}
    assert set(forms) >= PUBLIC_FORMS | VOLUNTARY_FORMS
