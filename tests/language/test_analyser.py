"""What the Danish analyser gives for words and sentences."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspil.language import PART_WEIGHT, WHOLE_WEIGHT, Token, analyse, fold, terms
from medspil.language.analyser import MAX_WORD

DANISH = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzæøåéABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÉ0123456789 -.,'&/\n", max_size=80
)
ANYTHING = st.text(alphabet=st.characters(), max_size=80)  # with NUL and lone surrogates


def words(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


@pytest.mark.parametrize("form", ["lærlingeplads", "lærlingepladser", "lærlingepladserne", "LÆRLINGEPLADSENS"])
def test_every_form_of_an_unknown_compound_gives_the_same_terms(form: str) -> None:
    assert analyse(form) == [
        Token("lærlingeplads", WHOLE_WEIGHT),
        Token("lærling", PART_WEIGHT),
        Token("plads", PART_WEIGHT),
    ]


@pytest.mark.parametrize("form", ["virksomhed", "virksomhederne", "virksomheders", "Virksomhedens"])
def test_every_form_of_a_known_word_gives_its_lemma_alone(form: str) -> None:
    assert analyse(form) == [Token("virksomhed", WHOLE_WEIGHT)]


def test_a_compound_is_found_more_strongly_as_itself_than_through_its_parts() -> None:
    asked = terms("lærlingepladserne")
    itself = sum(asked.get(term, 0) * weight for term, weight in terms("lærlingeplads").items())
    spelled_out = sum(asked.get(term, 0) * weight for term, weight in terms("plads til lærlinge").items())
    assert itself > spelled_out > 0
    assert set(terms("plads til lærlinge")) == {"plads", "lærling"}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("børnehaver", ["barn", "have"]),
        ("malerfirma", ["maler", "firma"]),
        ("murermestrene", ["murer", "mester"]),
        ("detailhandel", ["detail", "handel"]),
        ("fritidspas", ["fritid", "pas"]),
        ("uddannelsesvejleder", ["uddannelse", "vejleder"]),
        ("lejerforening", ["lejer", "forening"]),
    ],
)
def test_known_traps_are_split_as_a_person_would(word: str, parts: list[str]) -> None:
    assert words(word)[1:] == parts


@pytest.mark.parametrize("word", ["partnerskab", "bolig", "kommune", "kultur", "håndværker", "logistik", "fritid"])
def test_words_that_only_look_like_compounds_stay_whole(word: str) -> None:
    assert words(word) == [word]


@pytest.mark.parametrize(
    ("word", "origin"),
    [
        ("undervisningen", "undervise"),
        ("rengøring", "rengøre"),
        ("fremstilling", "fremstille"),
        ("forebyggelse", "forebygge"),
        ("fotografisk", "fotografi"),
        ("kunstneriske", "kunstner"),
    ],
)
def test_what_is_done_also_gives_the_doing_and_an_adjective_its_noun(word: str, origin: str) -> None:
    assert words(word)[1:] == [origin]
    assert analyse(word)[1].weight == PART_WEIGHT
    assert origin in words(origin)


@pytest.mark.parametrize(
    "word", ["forening", "ledning", "afdeling", "holding", "praktisk", "dansk", "ting", "politisk"]
)
def test_a_word_that_only_looks_made_from_another_gives_itself_alone(word: str) -> None:
    assert words(word) == [word]


def test_aa_is_one_letter_in_names_and_inside_words() -> None:
    assert words("Aarhus") == words("Århus") == ["århus"]
    assert words("Vestergaard") == words("vestergård")
    assert words("Raadhuset") == words("rådhus")


def test_aa_stays_where_two_words_or_another_language_meet() -> None:
    assert words("Afrikaans") == ["afrikaans"]
    assert words("dataaftaler") == ["dataaftale", "data", "aftale"]
    assert words("klimaambassadører") == ["klimaambassadør", "klima", "ambassadør"]


@pytest.mark.parametrize(
    ("name", "term"),
    [("Hansens", "hansen"), ("Københavns", "københavn"), ("IKEA's", "ikea"), ("Bravidas", "bravida")],
)
def test_names_lose_their_genitive(name: str, term: str) -> None:
    assert words(name) == [term]


@pytest.mark.parametrize("name", ["Randers", "Niels", "Anders", "Horsens", "Jens", "Rasmus"])
def test_names_that_end_in_s_keep_it(name: str) -> None:
    assert words(name) == [name.lower()]


def test_digits_and_codes_are_kept() -> None:
    assert words("43.21.00 DB07 3F 8000") == ["432100", "db07", "3f", "8000"]
    assert words("2024-2026") == ["2024", "2026"]


def test_stop_words_and_company_forms_are_dropped() -> None:
    assert words("Vi er her også for dig, Murer A/S og Tømrer ApS v/ Å") == ["murer", "tømrer"]


def test_a_hyphenated_word_gives_the_whole_and_the_parts() -> None:
    assert analyse("CSR-indsatser") == [
        Token("csr-indsats", WHOLE_WEIGHT),
        Token("csr", PART_WEIGHT),
        Token("indsats", PART_WEIGHT),
    ]
    assert words("job-center") == words("jobcenter")
    assert words("Høje-Taastrup") == ["høje-tåstrup", "høj", "tåstrup"]


def test_control_characters_and_soft_hyphens_do_not_part_a_word() -> None:
    assert words("lær\x00linge\u00adplads\u200b") == words("lærlingeplads")


def test_order_and_repeats_are_kept_and_summed() -> None:
    assert words("murer maler murer") == ["murer", "maler", "murer"]
    assert terms("murer maler murer") == {"murer": 2.0, "maler": 1.0}


def test_very_long_words_are_bounded() -> None:
    assert [len(term) for term in words("q" * 1_000_000)] == [MAX_WORD]
    assert len(words("murer/" * 1000)) == 1000


@given(ANYTHING)
def test_any_text_gives_terms_with_fair_weights(text: str) -> None:
    for term, weight in analyse(text):
        assert term
        assert not any(sign.isspace() for sign in term)
        assert 0 < weight <= 1
        term.encode()  # no lone surrogate reaches the index


@given(ANYTHING)
def test_the_composed_and_the_decomposed_text_give_the_same(text: str) -> None:
    assert analyse(unicodedata.normalize("NFC", text)) == analyse(unicodedata.normalize("NFD", text))


@given(DANISH)
def test_capitals_make_no_difference(text: str) -> None:
    assert analyse(text.upper()) == analyse(text.lower()) == analyse(text)


@given(st.lists(DANISH, max_size=4))
def test_lines_are_analysed_one_by_one_or_together_alike(lines: list[str]) -> None:
    assert analyse("\n".join(lines)) == [token for line in lines for token in analyse(line)]


@given(ANYTHING)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert "aa" not in folded
    assert all(not (one.isspace() and other.isspace()) for one, other in pairwise(folded))


@given(ANYTHING)
def test_folding_does_not_mind_how_letters_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
