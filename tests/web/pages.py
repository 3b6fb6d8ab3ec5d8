"""Reads a page as a browser would, and says what the security policy or a screen reader would stumble over."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """One start tag with its attributes and the text that follows inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Reader(HTMLParser):
    """Collects the elements of a page."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(html: str) -> list[Element]:
    """Return the elements of a page in their order."""
    reader = Reader()
    reader.feed(html)
    return reader.elements


def troubles(html: str) -> list[str]:
    """Return everything on a page that breaks the rules of the house; an empty list is what a test wants."""
    elements = read(html)
    return [*_policy(elements), *_structure(elements), *_names(elements)]


def _policy(elements: list[Element]) -> list[str]:
    found = []
    for element in elements:
        name = element.tag
        if name == "style" or "style" in element.attributes:
            found.append(f"inline style on <{name}>")
        if (
            name == "script"
            and "src" not in element.attributes
            and element.attributes.get("type") != "application/json"
        ):
            found.append("inline script")
        found += [
            f"{attribute} on <{name}>" for attribute in element.attributes if attribute.startswith(("on", "hx-on"))
        ]
        if element.attributes.get("href", "").startswith("javascript:"):
            found.append("a link to javascript:")
        for attribute in ("src", "href", "action"):
            if name in {"script", "link", "img", "form"} and element.attributes.get(attribute, "").startswith("http"):
                found.append(f"{name} asks another host")
    return found


def _structure(elements: list[Element]) -> list[str]:
    found = []
    for tag in ("title", "h1", "main"):
        number = sum(1 for element in elements if element.tag == tag)
        # The drawing of a point on a map has a title of its own.
        wrong = number < 1 if tag == "title" else number != 1
        found += [f"{number} <{tag}>"] if wrong else []
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    found += [f"id {name} twice" for name in {name for name in ids if ids.count(name) > 1}]
    page = next(element for element in elements if element.tag == "html")
    found += [] if page.attributes.get("lang") in {"da", "en"} else ["no language"]
    levels = [int(element.tag[1]) for element in elements if element.tag in {"h1", "h2", "h3", "h4"}]
    found += [f"h{one} is followed by h{two}" for one, two in pairwise(levels) if two > one + 1]
    return found


def _names(elements: list[Element]) -> list[str]:
    ids = {element.attributes.get("id") for element in elements}
    labelled = {element.attributes.get("for") for element in elements if element.tag == "label"}
    found = []
    for element in elements:
        own = element.attributes
        visible = element.tag in {"input", "select", "textarea"} and own.get("type") != "hidden"
        if visible and own.get("id") not in labelled and "aria-label" not in own:
            found.append(f"no label for {own.get('name')}")
        for attribute in ("aria-describedby", "aria-labelledby"):
            found += [
                f"{attribute} leads nowhere: {name}" for name in own.get(attribute, "").split() if name not in ids
            ]
        if element.tag in {"a", "button"} and not element.text.strip() and "aria-label" not in own:
            found.append(f"<{element.tag}> without words")
        if element.tag == "form" and own.get("method") == "post":
            found += (
                [] if any(each.attributes.get("name") == "csrfmiddlewaretoken" for each in elements) else ["no token"]
            )
    return found
