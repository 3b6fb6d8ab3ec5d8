"""Lists and files of resources: shown first, then all or nothing, and the same again changes nothing."""

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.accounts.models import HistoryEntry, User
from medspil.areas.models import Area
from medspil.common.reading.problems import UnreadableFile
from medspil.common.tables import csv_bytes, xlsx_bytes
from medspil.mapping.bringing import Brought, bring_in
from medspil.mapping.columns import Reading, propose
from medspil.mapping.drafts import Choices, Fate, NotUnderstood, TooMany, compare
from medspil.mapping.files import (
    KEPT,
    ColumnMissing,
    ListGone,
    apply_list,
    drop,
    forget_old_lists,
    map_columns,
    preview,
    take_in,
)
from medspil.mapping.models import Consent, PlaceQuality, Resource, ResourceContact, ResourceList, ResourceMerge
from medspil.mapping.pasting import understand
from medspil.mapping.places import Placed
from medspil.mapping.services import put_away
from tests.factories import people
from tests.factories.resources import NOW, resource

KEY = UUID("6a1c0c6e-5a5e-4d0e-9f53-0f2a5f3f9a11")
LIST = "Nordklubben; forening; Løget 3, 7100 Vejle\nBeboerhuset; sted; 7100 Vejle\nSkolen på bakken\n"
HEADER = ["Navn", "Type", "Sted", "Postnr", "Beskrivelse", "Tema", "Telefon", "E-mail", "Kontaktperson"]
ROWS = [
    ["Nordklubben", "forening", "Løget 3", "7100", "Fodbold", "Sundhed og trivsel; magi", "12345678", "", "Ole"],
    ["Beboerhuset", "sted", "", "7100", "", "", "", "", ""],
]


def paste(area: Area, anna: User, text: str = LIST, key: UUID | None = None, **more: object) -> Brought:
    """Bring a pasted list in."""
    drafts = understand(text)
    return bring_in(area=area, drafts=drafts, creation_key=key or uuid4(), by=anna, now=NOW, **more)  # type: ignore[arg-type]


def uploaded(area: Area, anna: User, content: bytes | None = None, key: UUID | None = None) -> ResourceList:
    """Take a file in."""
    file = io.BytesIO(content if content is not None else csv_bytes(HEADER, ROWS))
    return take_in(area=area, file=file, name="mappe/liste.csv", creation_key=key or uuid4(), by=anna, now=NOW)


def test_a_pasted_list_becomes_resources_with_place_source_and_history(anna: User, area: Area) -> None:
    assert paste(area, anna, source="regneark") == Brought(added=3)
    made = {one.name: one for one in Resource.objects.visible_to(anna)}
    assert {one.kind for one in made.values()} == {"association", "place", "institution"}
    assert made["Nordklubben"].place_quality == PlaceQuality.POSTCODE
    assert {one.source for one in made.values()} == {"regneark"}
    entry = HistoryEntry.objects.of(made["Nordklubben"]).get()
    assert (entry.action, entry.changes["name"]) == ("created", ["", "Nordklubben"])


def test_nothing_is_added_while_one_line_is_not_understood(anna: User, area: Area) -> None:
    text = LIST + "Kaj\nFatima Nielsen; person; Vejle\nOle 010190-1234; forening\n" + "N" * 161 + "; sted\n"
    shown = compare(area, understand(text))
    assert [line.draft.line for line in shown.bad] == [4, 6, 7]
    assert all(str(line.draft.problem) for line in shown.bad)
    with pytest.raises(NotUnderstood) as refused:
        paste(area, anna, text)
    assert refused.value.lines == [4, 6, 7]
    assert "4, 6, 7" in str(refused.value)
    assert not Resource.objects.exists()


def test_the_same_list_again_changes_nothing_nor_does_a_second_click(anna: User, area: Area) -> None:
    assert paste(area, anna, key=KEY).added == 3
    assert paste(area, anna, key=KEY) == Brought(known=3)
    assert paste(area, anna, "nordklubben;Forening;løget 3, 7100 vejle\n" + LIST) == Brought(known=4)
    assert Resource.objects.count() == 3
    put_away(resource=Resource.objects.get(name="Nordklubben"), reason="", by=anna, now=NOW)
    assert paste(area, anna).added == 0


def test_the_same_name_at_another_place_is_another_and_is_warned_about(anna: User, area: Area) -> None:
    paste(area, anna)
    shown = compare(area, understand("Nordklubben; forening; Give"))
    [line] = shown.lines
    assert line.fate is Fate.NEW
    assert [like.name for like in line.alike] == ["Nordklubben"]


def test_one_association_named_in_three_ways_is_warned_about_and_merged_at_once(anna: User, area: Area) -> None:
    text = "IF Vejle Nord; forening\nVejle Nord IF; forening; Stadionvej 2\n"
    text += "Idrætsforeningen Vejle Nord; forening; 7100\nHaven; sted"
    first, second, third, last = compare(area, understand(text)).lines
    assert [bool(line.alike) for line in (first, second, third, last)] == [False, True, True, False]
    assert {like.target for like in third.alike} == {"line-1", "line-2"}
    brought = paste(area, anna, text, together={2: "line-1", 3: "line-2", 4: "resource-1"})
    assert brought == Brought(added=4, merged=2)
    current = Resource.objects.visible_to(anna).current()
    assert set(current.values_list("name", "address")) == {("IF Vejle Nord", "Stadionvej 2"), ("Haven", "")}
    assert ResourceMerge.objects.standing().count() == 2
    assert paste(area, anna, text).added == 0, "a name that was merged is known"


def test_where_name_kind_and_address_say_so_it_is_proposed_to_be_the_same(anna: User, area: Area) -> None:
    there = resource(area, anna, "Nordklubben", placed=Placed("Løget 3, 7100 Vejle"))
    text = "Nord-klubben; forening; løget 3\nForeningen Nordklubben; forening; Løget 30\nNordklubberne; sted; Løget 3"
    lines = compare(area, understand(text)).lines
    assert [bool(line.alike) for line in lines] == [True, True, True]
    assert [line.proposed for line in lines] == [f"resource-{there.pk}", "", ""]


def test_what_is_there_already_under_another_name_is_named(anna: User, area: Area) -> None:
    there = resource(area, anna, "Vejle Nord IF")
    [line] = compare(area, understand("IF Vejle Nord; forening")).lines
    assert [(like.resource, like.target) for like in line.alike] == [(there, f"resource-{there.pk}")]
    paste(area, anna, "IF Vejle Nord; forening", together={1: f"resource-{there.pk}"})
    assert Resource.objects.visible_to(anna).get() == there


def test_what_is_there_as_an_organisation_is_known_by_the_name_of_that(anna: User, area: Area) -> None:
    club = people.organisation("Nordklubben", "association")
    there = resource(area, anna, "Klubben på hjørnet", organisation=club)
    [line] = compare(area, understand("nordklubben; forening")).lines
    assert (line.fate, line.known) == (Fate.KNOWN, there)


def test_a_line_twice_in_one_list_is_one(anna: User, area: Area) -> None:
    shown = compare(area, understand("Haven; sted\nHAVEN; sted; 7100\n"))
    assert [line.fate for line in shown.lines] == [Fate.NEW, Fate.TWICE]


def test_a_list_too_long_to_look_through_is_refused(anna: User, area: Area) -> None:
    with pytest.raises(TooMany):
        compare(area, understand("\n".join(f"Have {number}; sted" for number in range(2001))))


def test_a_long_list_costs_no_more_queries_than_a_short_one(
    anna: User, area: Area, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = "\n".join(f"Have {number}; sted; Løget {number}, 7100 Vejle" for number in range(150))
    with django_assert_max_num_queries(12):
        assert paste(area, anna, text).added == 150


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_a_file_is_understood_by_its_headings(anna: User, area: Area, write: object) -> None:
    waiting = uploaded(area, anna, write(HEADER, ROWS))  # type: ignore[operator]
    assert waiting.columns == {
        "name": "Navn", "kind": "Type", "address": "Sted", "postcode": "Postnr", "can_do": "Beskrivelse",
        "themes": "Tema", "phone": "Telefon", "email": "E-mail", "contact": "Kontaktperson",
    }  # fmt: skip
    shown = preview(waiting, choices=Choices(purpose="aftaler om lån af lokaler"))
    assert [(line.draft.line, line.fate) for line in shown.lines] == [(2, Fate.NEW), (3, Fate.NEW)]
    assert "magi" in str(shown.lines[0].draft.notes)
    assert not Resource.objects.exists()
    assert apply_list(
        waiting=waiting, by=anna, now=NOW, choices=Choices(purpose="aftaler om lån af lokaler")
    ) == Brought(added=2)
    made = Resource.objects.get(name="Nordklubben")
    assert (made.address, made.can_do, made.themes, made.source) == (
        "Løget 3, 7100",
        "Fodbold",
        ["health"],
        "liste.csv",
    )
    reached = ResourceContact.objects.get()
    assert (reached.name, reached.phone, reached.source) == ("Ole", "12345678", "liste.csv")


def test_headings_are_known_as_people_say_them_and_what_is_no_telephone_number_is_left_out() -> None:
    columns = propose(["Navn", "Hvad kan de", "Tlf."])
    assert columns == {"name": "Navn", "can_do": "Hvad kan de", "phone": "Tlf."}
    reading = Reading(columns, list(columns.values()), Choices("place", "aftaler"))
    told = {number: reading.draft(2, ["Haven", "Dyrke", number]) for number in ("abc", "7582 111", "+45 75 82 11 11")}
    assert [draft.contact.get("phone", "") for draft in told.values()] == ["", "", "+45 75 82 11 11"]
    assert [len(draft.notes) for draft in told.values()] == [1, 1, 0]


def test_contacts_are_left_out_while_nobody_says_what_they_are_for(anna: User, area: Area) -> None:
    waiting = uploaded(area, anna)
    assert preview(waiting).lines[0].draft.notes
    apply_list(waiting=waiting, by=anna, now=NOW)
    assert not ResourceContact.objects.exists()


def test_a_second_contact_of_the_same_club_comes_in_with_source_and_purpose_and_none_twice(
    anna: User, area: Area
) -> None:
    club = ["Nordklubben", "forening", "Løget 3"]
    header = ["Navn", "Type", "Sted", "Telefon", "E-mail", "Kontaktperson"]
    rows = [[*club, "12345678", "", "Ole"], [*club, "", "kasserer@example.org", "Karen"]]
    how: dict[str, Any] = {"by": anna, "now": NOW, "choices": Choices(purpose="aftaler")}
    brought = apply_list(waiting=uploaded(area, anna, csv_bytes(header, rows)), **how)
    assert (brought.added, brought.known, brought.contacts) == (1, 1, 1)
    later = csv_bytes(header, [*rows, [*club, "87654321", "", "Mia"]])
    assert apply_list(waiting=uploaded(area, anna, later), **how).contacts == 1
    contacts = Resource.objects.get().contacts
    assert set(contacts.values_list("name", "source", "purpose")) == {
        (name, "liste.csv", "aftaler") for name in ("Ole", "Karen", "Mia")
    }


def test_the_same_file_twice_changes_nothing_and_its_rows_are_thrown_away(anna: User, area: Area) -> None:
    waiting = uploaded(area, anna, key=KEY)
    assert uploaded(area, anna, key=KEY) == waiting
    assert apply_list(waiting=waiting, by=anna, now=NOW).added == 2
    assert apply_list(waiting=waiting, by=anna, now=NOW).added == 2  # what came of it, not once more
    again = uploaded(area, anna)
    assert apply_list(waiting=again, by=anna, now=NOW) == Brought(known=2)
    assert Resource.objects.count() == 2
    assert list(ResourceList.objects.values_list("rows", flat=True)) == [[], []]


def test_columns_can_be_said_by_hand(anna: User, area: Area) -> None:
    waiting = uploaded(area, anna, csv_bytes(["Ting", "Hvilken", "Land"], [["Haven", "sted", "DK"]]))
    with pytest.raises(ColumnMissing):
        preview(waiting)
    with pytest.raises(ColumnMissing):
        map_columns(waiting=waiting, columns={"name": "Findes ikke"})
    map_columns(waiting=waiting, columns={"name": "Ting", "kind": "Hvilken", "magic": "Land"})
    assert preview(ResourceList.objects.get()).lines[0].draft.kind == "place"


def test_the_heading_is_known_by_our_own_names_and_not_by_those_of_a_register(anna: User, area: Area) -> None:
    text = "P-nummer;Telefon;CVR-nummer\nKortlægning;;\nRessource;Kategori;Kilde\nHaven;sted;gåtur\n"
    waiting = uploaded(area, anna, text.encode())
    assert (waiting.first_row, waiting.header) == (3, ["Ressource", "Kategori", "Kilde"])
    with pytest.raises(UnreadableFile, match="Navn;Slags;Sted"):
        uploaded(area, anna, b"1;2\n3;4\n")


def test_a_person_in_a_file_needs_a_consent_of_her_own_with_its_day(anna: User, area: Area) -> None:
    header = ["Navn", "Type", "Samtykke", "Samtykkedato", "Telefon"]
    rows = [["Fatima", "person", "mundtligt", "20-11-2026", "12345678"], ["Ole", "person", "", "", ""]]
    shown = preview(uploaded(area, anna, csv_bytes(header, rows)))
    assert [line.fate for line in shown.lines] == [Fate.NEW, Fate.LEFT_OUT]
    assert str(shown.lines[1].draft.left_out)
    waiting = uploaded(area, anna, csv_bytes(header, rows))
    apply_list(waiting=waiting, by=anna, now=NOW, choices=Choices(purpose="aftaler"))
    said = Consent.objects.get()
    assert (said.given_on, said.by_contact, said.in_print) == (date(2026, 11, 20), True, False)
    assert ResourceContact.objects.get().resource == said.resource
    assert [one.name for one in Resource.objects.all()] == ["Fatima"]


def test_points_and_days_of_a_file_are_taken_and_odd_ones_left_out(anna: User, area: Area) -> None:
    header = ["Navn", "Type", "Breddegrad", "Længdegrad", "Bekræftet"]
    rows = [["Åen", "sted", "55,71", "9,53", "1/10-2026"], ["Søen", "sted", "48.8", "2.3", "i går"]]
    waiting = uploaded(area, anna, csv_bytes(header, rows))
    apply_list(waiting=waiting, by=anna, now=NOW)
    stream, lake = Resource.objects.order_by("pk")
    assert (stream.place_quality, stream.confirmed_on) == (PlaceQuality.POINT, date(2026, 10, 1))
    assert (lake.place_quality, lake.confirmed_on) == (PlaceQuality.NONE, None)


def test_a_number_of_a_person_is_not_kept_even_while_a_list_waits(anna: User, area: Area) -> None:
    header = ["Navn", "Type", "CPR", "Beskrivelse"]
    rows = [["Haven", "sted", "010190-1234", ""], ["Ole 0101901234", "forening", "", ""]]
    waiting = uploaded(area, anna, csv_bytes(header, rows))
    assert "1234" not in str(ResourceList.objects.values().get())
    assert [line.fate for line in preview(waiting).lines] == [Fate.NEW, Fate.BAD]
    map_columns(waiting=waiting, columns={"name": "Navn", "kind": "Type", "can_do": "CPR"})
    assert [line.fate for line in preview(waiting).lines] == [Fate.BAD, Fate.BAD]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nej", b"PK\x03\x04 ingen zip", b"\n\n\n"])
def test_a_file_that_is_no_table_is_refused_with_a_sentence(anna: User, area: Area, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        uploaded(area, anna, content)
    assert not ResourceList.objects.exists()


def test_a_list_waits_a_week_at_the_most_and_is_seen_only_by_those_who_may_map(
    anna: User, bo: User, carl: User, area: Area
) -> None:
    waiting, dropped = uploaded(area, anna), uploaded(area, anna)
    assert set(ResourceList.objects.visible_to(anna).waiting()) == {waiting, dropped}
    assert not ResourceList.objects.visible_to(bo).exists()
    assert not ResourceList.objects.visible_to(carl).exists()
    drop(waiting=dropped)
    assert forget_old_lists(now=NOW + KEPT) == 0
    assert forget_old_lists(now=NOW + KEPT + timedelta(seconds=1)) == 1
    with pytest.raises(ListGone):
        apply_list(waiting=waiting, by=anna, now=NOW)


def test_no_heading_says_two_things() -> None:
    assert propose(["NAVN ", "navn", "Ukendt"]) == {"name": "NAVN "}
