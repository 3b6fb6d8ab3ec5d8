"""Every text stands in good Danish: complete, with the same values, in the words of the glossary, easy to read."""

import ast
import gettext
import importlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import allauth
import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client

from tests.architecture.tree import ROOT, SOURCE, own_files, shown

sys.path.insert(0, str(ROOT / "scripts"))
messages: Any = importlib.import_module("messages")
sys.path.remove(str(ROOT / "scripts"))

CATALOGUE: Catalog = messages.read(messages.DANISH)
PACKAGES = [Path(django.__file__).parent / "conf", Path(django.__file__).parent / "contrib/auth"]
PACKAGES += [Path(allauth.__file__).parent]

AVOIDED = {
    "say ressource": r"\baktiver(?:ne|nes|s)?\b|\baktivets?\b|\bet aktiv\b",
    "say beboer": r"\bklient\w*",
    "say kobling": r"\bmatch\w*",
    "speak to du": r"(?<=[\wæøå,] )(?:De|Dem|Deres)\b",
    "plain words": r"\b(?:venligst|bedes|såfremt|vedrørende|angående|i henhold til|jf|ovenstående|foretages?|"
    r"pågældende|hvorvidt|endvidere|jævnfør|anvendes?|benyttes?)\b",
    "one spelling": r"\b[Rr]egistret\b|\bemail\w*",
    "neutral words about areas": r"\bghetto\w*|\bbelastede?\b",
    "Danish quotation marks: ”…”": r"[“\"]|«|»",
}


@cache
def in_use() -> Catalog:
    """Return the texts that the code uses: read when a test asks, and not by every process that lists the tests."""
    found: Catalog = messages.texts_in_use()
    return found


def texts() -> Iterator[tuple[str, str]]:
    """Yield each English text with its Danish, each form of a plural by itself; a missing one is told elsewhere."""
    for entry in messages.entries(CATALOGUE):
        pairs = zip(messages.ids(entry), messages.strings(entry), strict=True)
        yield from ((english, danish) for english, danish in pairs if danish)


def lix(text: str) -> float:
    """Return how hard a text is to read: words per sentence, and long words of a hundred."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", messages.PLACEHOLDER.sub("x", text))
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_every_text_has_danish_and_no_danish_is_left_over() -> None:
    assert messages.without_danish(in_use(), CATALOGUE) == []
    assert messages.not_in_use(in_use(), CATALOGUE) == []


def test_the_danish_fills_in_the_same_values() -> None:
    assert messages.wrong_placeholders(in_use(), CATALOGUE) == []


def test_the_catalogue_is_written_as_the_script_writes_it() -> None:
    assert messages.out_of_shape(in_use(), CATALOGUE) == []


@pytest.mark.parametrize("rule", AVOIDED)
def test_words_that_are_avoided_stand_nowhere(rule: str) -> None:
    said = [messages.PLACEHOLDER.sub("", danish) for _english, danish in texts()]
    assert [danish for danish in said if re.search(AVOIDED[rule], danish)] == []


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("say ressource", "områdets aktiver", "kontoen er aktiv"),
        ("say kobling", "Find et match", "Find en virksomhed"),
        ("speak to du", "Vi beder, at De logger ind", "De er udeladt, men de er der"),
        ("plain words", "Tast venligst", "Venlig hilsen"),
    ],
)
def test_a_rule_knows_bad_from_good(rule: str, bad: str, good: str) -> None:
    assert re.search(AVOIDED[rule], bad)
    assert not re.search(AVOIDED[rule], good)


def test_sentences_end_and_begin_alike_in_both_languages() -> None:
    endings = [(english, danish) for english, danish in texts() if english[-1] in ".:?!" and danish[-1] != english[-1]]
    spaces = [danish for _english, danish in texts() if "  " in danish or danish != danish.strip()]
    assert endings == []
    assert spaces == []


def test_the_danish_is_easy_to_read() -> None:
    sentences = [danish for _english, danish in texts() if danish[-1] in ".?!" and len(danish.split()) > 5]
    assert sum(map(lix, sentences)) / len(sentences) <= 40
    assert [danish for danish in sentences if len(danish.split()) > 20 and lix(danish) > 58] == []


def unseen(source: str) -> list[str]:
    """Return calls that are never found: inside an f-string, or for a text that is put together on the spot."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_translation(node)]
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    joined = (ast.JoinedStr, ast.BinOp, ast.Call)
    return [ast.unparse(call) for call in calls if id(call) in inside or isinstance(call.args[0], joined)]


def is_translation(call: ast.Call) -> bool:
    """Tell whether a function that translates is called."""
    return isinstance(call.func, ast.Name) and call.func.id in messages.KEYWORDS and bool(call.args)


@pytest.mark.parametrize("room", sorted(path for path in SOURCE.iterdir() if path.is_dir()), ids=shown)
def test_every_text_is_found_before_it_is_filled_in(room: Path) -> None:
    found = {shown(path): unseen(path.read_text(encoding="utf-8")) for path in own_files(".py", under=room)}
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize("code", ['_(f"a {b}")', '_("a {}".format(b))', '_("a %s" % b)', "f\"{_('a')}\""])
def test_a_text_that_would_not_be_found_is_named(code: str) -> None:
    assert len(unseen(code)) == 1
    assert unseen('_("a {b}").format(b=_("c"))') == []


# --- texts of others -----------------------------------------------------------------------------------------------


def others(package: Path) -> Catalog:
    """Return the Danish that a package brings along."""
    with (package / "locale/da/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="da")


def test_a_borrowed_text_is_word_for_word_that_of_the_package() -> None:
    known = {entry.id for package in PACKAGES for entry in messages.entries(others(package))}
    assert [text for text in messages.BORROWED if text not in known] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package.name))
def test_what_django_and_allauth_say_is_in_danish(package: Path) -> None:
    theirs = others(package)
    lacking = [entry for entry in messages.entries(theirs) if entry.fuzzy or not all(messages.strings(entry))]
    assert [entry.id for entry in lacking if not messages.has_danish(CATALOGUE, entry)] == []


# --- the script ----------------------------------------------------------------------------------------------------


def test_texts_are_found_in_code_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "a.py").write_text('_("One")\nngettext("{n} day", "{n} days", n)\npgettext("verb", "Open")\n_(name)\n')
    (tmp_path / "templates" / "a.html").write_text(
        '{% if x %}\n  {% include "b.html" with title=_("Two") %}\n    {% translate "Open" context "state" %}\n'
        "{% blocktranslate count n=x %}{{ n }} % of it{% plural %}{{ n }} % of them{% endblocktranslate %}{% endif %}"
    )
    found = {(messages.ids(entry), entry.context) for entry in messages.entries(messages.texts_in_use(tmp_path))}
    borrowed = {((text,) if isinstance(text, str) else text, None) for text in messages.BORROWED}
    assert found - borrowed == {
        (("One",), None),
        (("{n} day", "{n} days"), None),
        (("Open",), "verb"),
        (("Open",), "state"),
        (("Two",), None),
        (("%(n)s %% of it", "%(n)s %% of them"), None),
    }


def catalogue(**danish: str) -> Catalog:
    """Make a catalogue of these texts."""
    made = Catalog(locale="da")
    for english, text in danish.items():
        made.add(english, text)
    return made


def test_an_update_keeps_the_danish_drops_what_is_gone_and_leaves_new_texts_empty() -> None:
    fresh = messages.updated(catalogue(kept="", new=""), catalogue(kept="beholdt", gone="væk"))
    assert {entry.id: entry.string for entry in messages.entries(fresh)} == {"kept": "beholdt", "new": ""}


@pytest.mark.parametrize(
    ("english", "danish", "right"),
    [
        ("%(name)s is new", "%(name)s er ny", True),
        ("%(name)s is new", "%(nawn)s er ny", False),
        ("{name} is new", "Ny", False),
        ("{day:%d} is new", "{day:%d} er ny", True),
        ("10 %% of %(all)s", "10 %% af %(all)s", True),
        (("{n} day", "{n} days"), ("én dag", "{n} dage"), True),
        (("{n} day", "{n} days"), ("{n} dag", "flere dage"), False),
        (("{n} day", "{n} days"), ("{m} dag", "{n} dage"), False),
    ],
)
def test_a_value_that_is_lost_or_invented_is_named(english: Any, danish: Any, right: bool) -> None:
    wanted, held = Catalog(locale="da"), Catalog(locale="da")
    wanted.add(english)
    held.add(english, danish)
    assert (messages.wrong_placeholders(wanted, held) == []) is right


def test_a_doubtful_text_and_half_a_plural_count_as_missing() -> None:
    held = Catalog(locale="da")
    held.add("sure", "måske", flags=["fuzzy"])
    held.add(("day", "days"), ("dag", ""))
    assert len(messages.without_danish(held, held)) == 2


# --- what comes out ------------------------------------------------------------------------------------------------


def test_the_compiled_catalogue_speaks_danish() -> None:
    file = BytesIO()
    write_mo(file, CATALOGUE)
    file.seek(0)
    danish = gettext.GNUTranslations(file)
    assert danish.gettext("Sign in") == "Log ind"
    assert danish.ngettext("%(number)s challenge", "%(number)s challenges", 1) == "%(number)s udfordring"
    assert danish.ngettext("%(number)s challenge", "%(number)s challenges", 2) == "%(number)s udfordringer"


def test_pages_come_out_in_the_language_that_is_asked_for() -> None:
    """Needs the compiled catalogue: `make test` sees to it."""
    assert messages.DANISH.with_suffix(".mo").exists(), "run: make test"
    danish = Client().get("/tilgaengelighed/", headers={"Accept-Language": "da"}).content.decode()
    english = Client().get("/tilgaengelighed/", headers={"Accept-Language": "en"}).content.decode()
    assert "<h1>Tilgængelighed</h1>" in danish
    assert '<html lang="da"' in danish
    assert "<h1>Accessibility</h1>" in english
    assert '<html lang="en"' in english
