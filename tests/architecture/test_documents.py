"""The documents say what is true: models, settings, commands, versions, links."""

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps

from medspil.cli.main import COMMANDS
from tests.architecture.tree import ROOT, SOURCE, own_files, shown

DOCUMENTS = own_files(".md")
GUIDE = (ROOT / "docs" / "how-to" / "run-it.md").read_text(encoding="utf-8")
SETTING = re.compile(r"\bMEDSPIL_[A-Z]+(?:_[A-Z]+)*\b")


def test_every_model_stands_in_the_glossary_with_both_words() -> None:
    rows = [line.split("|")[1:-1] for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()]
    words = {row[2].strip(): row for row in rows if len(row) == 4}
    for model in apps.get_models():
        if model.__module__.startswith("medspil."):
            name = f"`{model._meta.label}`"
            assert name in words, f"{name} is not in the glossary"
            assert all(cell.strip() for cell in words[name]), f"the row of {name} has an empty cell"


def test_the_glossary_names_no_model_that_is_gone() -> None:
    models = {model._meta.label for model in apps.get_models()}
    part = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").split("## Words without")[0]
    assert {name for name in re.findall(r"`([a-z]+\.[A-Z]\w+)`", part) if name not in models} == set()


def test_every_setting_is_in_the_guide_and_every_one_there_is_real() -> None:
    sources = [
        path for path in own_files(".py") if path.is_relative_to(SOURCE) or path.is_relative_to(ROOT / "scripts")
    ]
    used = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    described = set(re.findall(r"^\| `(MEDSPIL_\w+)`", GUIDE, re.MULTILINE))
    assert used - described == set()
    assert described - used == set()


def test_every_command_is_in_the_guide_and_every_one_there_is_real() -> None:
    assert set(re.findall(r"^\| `medspil ([\w-]+)`", GUIDE, re.MULTILINE)) == set(COMMANDS)


def test_every_target_of_make_that_a_document_names_is_real() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
        assert named <= targets, f"{shown(path)} names {named - targets}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert broken == []


def test_every_document_stands_in_the_list() -> None:
    folder = ROOT / "docs"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    names = [path.relative_to(folder).as_posix() for path in own_files(".md", under=folder)]
    assert [
        name
        for name in names
        if not name.startswith("decisions/0") and name != "README.md" and f"({name})" not in listed
    ] == []


def test_every_decision_stands_in_the_list_and_has_its_three_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        assert f"]({path.name})" in listed
        headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"]


def test_the_version_is_the_same_everywhere() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d[^\]]*)\] - (\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE)
    assert newest
    described = public_code()
    assert (described["softwareVersion"], described["releaseDate"]) == newest.groups()
    assert version("medspil") == newest[1]


def public_code() -> dict[str, Any]:
    """Return the description for catalogues of public software."""
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert isinstance(described, dict)
    return described


def test_the_description_for_catalogues_has_what_the_standard_asks_for() -> None:
    described = public_code()
    assert described["publiccodeYmlVersion"] == "0.4"
    asked = {"name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal", "maintenance"}
    assert asked | {"localisation"} <= set(described)
    assert described["maintenance"]["contacts"]
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in text["features"])
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["license"] == described["legal"]["license"]


def test_make_alone_lists_what_one_can_do() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "check", "lock", "bench", "screenshots", "clean"):
        assert f"make {target} " in said
