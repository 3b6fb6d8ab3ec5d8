"""Pages reach data only through doors: `visible_to(user)`, or a named question to what everybody may see."""

import ast

import pytest

from tests.architecture.tree import SOURCE, faults, own_files

DOORS = {"visible_to"}
# Models that are the same for everybody who may open the page at all, or are asked about a record that came by a door.
OPEN_TO_ALL: dict[str, set[str]] = {
    "Case": {"published", "for_list"},
    "Concept": {"for_list"},
    "HistoryEntry": {"of"},
    "Message": {"sent_for"},
    "ImportRun": {"for_list", "latest_applied", "filter"},
    "Unit": {"active", "filter"},
}
# Questions that are asked with the person, so that they are doors of their own.
WITH_PERSON = {
    "Organisation": {"managed_by", "of", "speaking", "where"},
}
PAGES = own_files(".py", under=SOURCE / "web")


def bare_objects(source: str) -> list[str]:
    """Return the places where a manager is asked something that is not a door."""
    tree = ast.parse(source)
    outer = {id(node.value): node for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
            question = outer[id(node)].attr if id(node) in outer else ""
            model = node.value.id if isinstance(node.value, ast.Name) else ""
            if question not in DOORS | OPEN_TO_ALL.get(model, set()) | WITH_PERSON.get(model, set()):
                found.append(f"line {node.lineno}: {ast.unparse(node)}.{question}")
    return found


def test_a_page_asks_for_data_through_a_door() -> None:
    assert not faults(PAGES, lambda path: bare_objects(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ("Area.objects.visible_to(user)", True),
        ("Area.objects.visible_to(user).for_list()", True),
        ("Case.objects.published()", True),
        ("Area.objects.all()", False),
        ("get_object_or_404(Area, pk=1, x=Area.objects)", False),
        ("Area._default_manager.filter(pk=1)", False),
        ("Area.objects.filter(pk=1).visible_to(user)", False),
    ],
)
def test_the_test_itself_sees_what_it_should(source: str, allowed: bool) -> None:
    assert (bare_objects(source) == []) is allowed


def bare_lookups(source: str) -> list[str]:
    """Return calls of get_object_or_404 whose first argument is a model instead of a queryset."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        f"line {call.lineno}: {ast.unparse(call)}"
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in {"get_object_or_404", "get_list_or_404"}
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[0].isupper()
    ]


def test_a_page_does_not_look_up_a_row_by_its_model() -> None:
    assert not faults(PAGES, lambda path: bare_lookups(path.read_text(encoding="utf-8")))


def test_a_lookup_by_model_is_seen() -> None:
    assert bare_lookups("get_object_or_404(Area, pk=1)")
    assert not bare_lookups("get_object_or_404(Area.objects.visible_to(user), pk=1)")
