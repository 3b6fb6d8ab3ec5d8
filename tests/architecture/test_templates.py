"""Templates: nothing inline, components say what they take, every template is used and compiles."""

import re
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from tests.architecture.tree import SOURCE, faults, own_files

TEMPLATES = [path for path in own_files(".html", ".txt", under=SOURCE) if "templates" in path.parts]
COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]
# A strict policy forbids these in the browser; here they are seen before.
INLINE = {
    "script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "style on an element": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "script on an element": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*['\"]js:", re.IGNORECASE),
    "address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}


def name_of(path: Path) -> str:
    """Return a template's name as Django knows it."""
    return path.as_posix().split("/templates/", 1)[1]


def inline(path: Path) -> list[str]:
    """Return what of the forbidden a template has."""
    text = path.read_text(encoding="utf-8")
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_nothing_is_inline() -> None:
    assert not faults(TEMPLATES, inline)


@pytest.mark.parametrize(
    "markup",
    ["<script>x()</script>", "<p style='a:b'>", '<a onclick="x()">', "<style>", "<a href='javascript:x()'>"],
)
def test_what_is_inline_is_seen(markup: str) -> None:
    assert any(pattern.search(markup) for pattern in INLINE.values())


def test_a_component_begins_with_what_it_takes() -> None:
    assert not faults(COMPONENTS, lambda path: not path.read_text(encoding="utf-8").startswith(("{#", "{% comment %}")))


def broken(path: Path) -> str:
    """Return why a template does not compile."""
    try:
        get_template(name_of(path))
    except TemplateSyntaxError as error:
        return str(error)
    return ""


def test_a_template_compiles() -> None:
    assert not faults(TEMPLATES, broken)


def loose(path: Path) -> list[str]:
    """Return the components that a template includes with all that it has itself."""
    included = re.findall(r"{%\s*include\s+[\"']components/[^%]*%}", path.read_text(encoding="utf-8"))
    return [tag for tag in included if not re.search(r"\bonly\s*%}$", tag)]


def test_components_are_included_with_only_what_they_take() -> None:
    assert not faults(TEMPLATES, loose)


def unguarded(path: Path) -> list[str]:
    """Return the forms of a template that change something without a token against forgery."""
    text = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", text, re.IGNORECASE | re.DOTALL)
    return [form[:80] for form in forms if not re.search(r"csrf_token|csrf_field", form)]


def test_a_form_that_changes_something_is_guarded_against_forgery() -> None:
    assert not faults(TEMPLATES, unguarded)


def test_every_template_is_used() -> None:
    from_packages = ("account/", "mfa/", "allauth/", "django/", "429.html")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in own_files(".py", ".html", ".txt", under=SOURCE))
    unused = [
        name_of(path)
        for path in TEMPLATES
        if not name_of(path).startswith(from_packages) and not re.search(rf"[\"']{re.escape(name_of(path))}", sources)
    ]
    assert unused == []


def test_the_browser_limits_only_what_is_searched_for() -> None:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES]
    limited = [tag for text in texts for tag in re.findall(r"<(?:input|textarea)[^>]*\bmaxlength\b[^>]*>", text)]
    assert limited
    assert [tag for tag in limited if 'type="search"' not in tag] == []
