"""Many resources at once: what would happen is shown first, and one named three ways is warned of and merged."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from medspil.areas.models import Area
from medspil.common.tables import xlsx_bytes
from medspil.mapping.models import Resource, ResourceList
from tests.web.mapping.conftest import ENGLISH, Mapped
from tests.web.pages import troubles

THREE_WAYS = "Bokseklubben Nord; forening\nBokseklubben nord;forening\nBokseklub Nord, forening\nBeboerhuset; sted"


def paste(client: Client, area: Area, text: str, **more: str) -> tuple[int, str]:
    said = {"creation_key": str(uuid4()), "text": text, "look": "1"} | more
    response = client.post(reverse("mapping:paste", args=[area.pk]), said, headers=ENGLISH)
    return response.status_code, response.content.decode()


def upload(client: Client, area: Area, name: str, body: bytes) -> ResourceList:
    said = {"creation_key": str(uuid4()), "file": SimpleUploadedFile(name, body)}
    response = client.post(reverse("mapping:upload", args=[area.pk]), said)
    assert response.status_code == 302, response.content.decode()
    return ResourceList.objects.get()


def test_the_pages_keep_the_rules_of_the_house(as_anna: Client, area: Area) -> None:
    for name in ("paste", "upload"):
        html = as_anna.get(reverse(f"mapping:{name}", args=[area.pk])).content.decode()
        assert troubles(html) == []


def test_looking_at_a_list_adds_nothing(as_anna: Client, area: Area) -> None:
    code, html = paste(as_anna, area, THREE_WAYS)
    assert code == 200
    assert troubles(html) == []
    assert "rows in</button>" in html
    assert not Resource.objects.exists()


def test_one_named_three_ways_is_warned_of_and_merged_by_choice(as_anna: Client, area: Area) -> None:
    code, html = paste(as_anna, area, THREE_WAYS)
    assert "may be the same as something else" in html
    assert 'name="same-3"' in html
    key = str(uuid4())
    choices = {"same-3": "line-1", "bring": "1", "creation_key": key}
    code, _html = paste(as_anna, area, THREE_WAYS, **choices)
    assert code == 302
    assert {one.name for one in Resource.objects.current()} == {"Bokseklubben Nord", "Beboerhuset"}
    paste(as_anna, area, THREE_WAYS, **choices)
    assert Resource.objects.current().count() == 2


def test_what_is_probably_the_same_is_chosen_beforehand_and_counted_as_such(as_anna: Client, area: Area) -> None:
    _code, html = paste(as_anna, area, "Nordklubben; forening; Løget 3\nForeningen Nordklubben; forening; Løget 3")
    assert re.search(r'value="line-1" id="same-2-line-1" checked', html)
    assert "<strong>1</strong>Go into another" in html
    assert "<strong>1</strong>New" in html
    assert "yes is chosen already" in html
    assert "Bring 2 rows in" in html
    _code, html = paste(
        as_anna, area, "Nordklubben; forening; Løget 3\nForeningen Nordklubben; forening; Løget 3", **{"same-2": ""}
    )
    assert "<strong>2</strong>New" in html


def test_a_line_that_does_not_say_its_kind_is_asked_for_it_in_the_preview_and_nothing_is_lost(
    as_anna: Client, area: Area
) -> None:
    text = "Kaj og venner; Vejle\nIF Vejle Nord"
    _code, html = paste(as_anna, area, text)
    assert troubles(html) == []
    assert 'name="kind-1"' in html
    assert 'name="kind-2"' not in html  # "IF" says it
    said = {"kind-1": "association", "line-1": "Kaj og venner; Vejle"}
    _code, html = paste(as_anna, area, text, **said)
    assert 'value="association" selected' in html.split('name="kind-1"')[1].split("</select>")[0]
    code, _html = paste(as_anna, area, text.replace("Kaj", "Bo"), bring="1", **said)
    assert code == 200  # the line was changed: what was chosen was said of another
    code, _html = paste(as_anna, area, text, bring="1", **said)
    assert code == 302
    assert dict(Resource.objects.current().values_list("name", "kind")) == {
        "Kaj og venner": "association", "IF Vejle Nord": "association",
    }  # fmt: skip


def test_a_line_that_is_not_understood_stops_all_and_says_why(as_anna: Client, area: Area) -> None:
    code, html = paste(as_anna, area, "Nordklubben; forening\nNoget ukendt", bring="1")
    assert code == 200
    assert "not understood" in html
    assert not Resource.objects.exists()


def test_a_person_in_a_list_is_stopped(as_anna: Client, area: Area) -> None:
    _code, html = paste(as_anna, area, "Fatima Nielsen; person", bring="1")
    assert "own consent" in html
    assert not Resource.objects.exists()


def test_what_is_here_already_is_said(as_anna: Client, mapped: Mapped) -> None:
    _code, html = paste(as_anna, mapped.area, "Nordklubben; forening")
    assert "Is here already" in html


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_goes_by_its_columns_to_a_preview_and_in(as_anna: Client, area: Area, kind: str) -> None:
    header, rows = (
        ["Navn", "Art", "Sted", "Andet"],
        [["Nordklubben", "forening", "7100 Vejle", "x"], ["Bageren", "butik", "", ""]],
    )
    body = xlsx_bytes(header, rows) if kind == "xlsx" else "\n".join(";".join(row) for row in [header, *rows]).encode()
    waiting = upload(as_anna, area, f"liste.{kind}", body)
    address = reverse("mapping:file", args=[waiting.pk])
    html = as_anna.get(address, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    said = {"name": "Navn", "kind": "Art", "address": "Sted"}
    html = as_anna.post(address, said | {"look": "1"}, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "Bring 2 rows in" in html, " ".join(html[html.find("error-summary") :].split())[:900]
    assert as_anna.post(address, said | {"bring": "1"}).status_code == 302
    assert {one.kind for one in Resource.objects.all()} == {"association", "company"}
    assert "This file is brought in." in as_anna.get(address, headers=ENGLISH).content.decode()


def test_rows_that_are_not_understood_are_given_a_kind_or_a_name_or_left_out_and_the_rest_comes_in(
    as_anna: Client, area: Area
) -> None:
    body = b"Navn;Art;Sted\nNordklubben;forening;\nTallerkenen;ufo;\n;sted;7100 Vejle\nRod;ufo;\n"
    address = reverse("mapping:file", args=[upload(as_anna, area, "liste.csv", body).pk])
    columns = {"name": "Navn", "kind": "Art", "address": "Sted"}
    html = as_anna.post(address, columns | {"look": "1"}, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert {"kind-3", "name-4", "kind-5", "out-2", "out-5"} <= set(re.findall(r'name="([a-z]+-\d)"', html))
    said = columns | {"kind-3": "place", "name-4": "Beboerhuset", "out-5": "1"}
    html = as_anna.post(address, said | {"look": "1"}, headers=ENGLISH).content.decode()
    assert "Bring 3 rows in" in html
    assert 'value="Beboerhuset"' in html
    said |= {"bring": "1"}
    assert as_anna.post(address, said | {"out-5": "", "name-4": ""}).status_code == 200  # all or nothing
    assert not Resource.objects.exists()
    response = as_anna.post(address, said, headers=ENGLISH, follow=True)
    assert "3 added, 1 left out (row 5)." in response.content.decode()
    there = dict(Resource.objects.values_list("name", "kind"))
    assert there == {"Nordklubben": "association", "Tallerkenen": "place", "Beboerhuset": "place"}
    ResourceList.objects.all().delete()
    address = reverse("mapping:file", args=[upload(as_anna, area, "liste.csv", body).pk])
    as_anna.post(address, said)
    assert Resource.objects.count() == 3


def test_many_rows_get_their_kind_at_once_by_the_word_they_say_or_for_all_that_say_none(
    as_anna: Client, area: Area
) -> None:
    body = b"Navn;Art\nTallerkenen;UFO\nKoppen;ufo\nSkeen;ufo\nRod;\nBlad;\n"
    address = reverse("mapping:file", args=[upload(as_anna, area, "liste.csv", body).pk])
    said = {"name": "Navn", "kind": "Art"}
    html = as_anna.post(address, said | {"look": "1"}, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert "“UFO” in 3 rows" in html
    assert "2 say no kind." in html
    said |= {"word-ufo": "association", "default_kind": "place", "kind-4": "company"}
    html = as_anna.post(address, said | {"look": "1"}, headers=ENGLISH).content.decode()
    assert "Association, as for all" in html
    other = said | {"default_kind": "story", "word-ufo": "institution"} | {f"kind-{row}": "" for row in range(5, 1_500)}
    html = as_anna.post(address, other | {"look": "1"}, headers=ENGLISH).content.decode()  # more than 1,000 choices
    assert "Institution, as for all" in html
    assert as_anna.post(address, said | {"bring": "1"}).status_code == 302
    assert dict(Resource.objects.values_list("name", "kind")) == {
        "Tallerkenen": "association", "Koppen": "association", "Skeen": "company", "Rod": "place", "Blad": "place",
    }  # fmt: skip


def test_the_result_stands_first_and_counts_as_the_sentence_afterwards_does(as_anna: Client, area: Area) -> None:
    body = (
        "Navn;Art;Sted\nNordklubben;forening;Løget 3\nForeningen Nordklubben;forening;Løget 3\n"
        "Bageren;butik;\nBageren;butik;\nRod;ufo;\n"
    ).encode()
    address = reverse("mapping:file", args=[upload(as_anna, area, "liste.csv", body).pk])
    said = {"name": "Navn", "kind": "Art", "address": "Sted", "out-6": "1", "same-3": "line-2"}
    html = as_anna.post(address, said | {"look": "1"}, headers=ENGLISH).content.decode()
    assert troubles(html) == []
    assert html.index('id="preview"') < html.index('<details class="ms-fold">')  # below it, and folded away
    assert re.search(r"<summary>Columns .*Name: Navn · .*Sted.*</summary>", html)
    assert f'formaction="{address}#preview"' in html  # the page lands on the result
    assert "Bring 3 rows in" in html
    outcome = "2 added, 1 put into another, 1 known already, 1 left out (row 6)."
    assert outcome in html
    assert outcome in as_anna.post(address, said | {"bring": "1"}, headers=ENGLISH, follow=True).content.decode()


def test_a_file_without_a_column_of_names_is_asked_again(as_anna: Client, area: Area) -> None:
    waiting = upload(as_anna, area, "liste.csv", b"A;B\n1;2\n")
    response = as_anna.post(reverse("mapping:file", args=[waiting.pk]), {"name": "", "look": "1"})
    assert response.status_code == 422


@pytest.mark.parametrize(("name", "body"), [("a.csv", b""), ("a.xlsx", b"not a workbook"), ("a.pdf", b"%PDF-1.7 x")])
def test_a_file_that_cannot_be_read_is_explained(as_anna: Client, area: Area, name: str, body: bytes) -> None:
    said = {"creation_key": str(uuid4()), "file": SimpleUploadedFile(name, body)}
    response = as_anna.post(reverse("mapping:upload", args=[area.pk]), said)
    assert response.status_code == 422
    assert not ResourceList.objects.exists()


def test_a_file_is_thrown_away_and_seen_by_no_stranger(as_anna: Client, as_carl: Client, area: Area) -> None:
    waiting = upload(as_anna, area, "liste.csv", b"Navn;Art\nNordklubben;forening\n")
    address = reverse("mapping:file", args=[waiting.pk])
    assert as_carl.get(address).status_code == 404
    assert as_carl.post(reverse("mapping:drop", args=[waiting.pk])).status_code == 404
    assert as_anna.post(reverse("mapping:drop", args=[waiting.pk])).status_code == 302
    assert "no longer kept" in as_anna.get(address, headers=ENGLISH).content.decode()
