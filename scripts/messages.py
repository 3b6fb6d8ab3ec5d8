"""Brings the Danish catalogue up to date with the texts in the code and the templates (`make messages`).

    python scripts/messages.py           update src/medspil/locale/da/LC_MESSAGES/django.po, name what has no Danish
    python scripts/messages.py --check   change nothing; fail if the catalogue is behind, empty or wrong anywhere

Texts are written in English where they are used. The catalogue is sorted, unwrapped and without line numbers, so that
a change of one text is a change of one entry. Nothing is guessed: a new text has no Danish until somebody writes it.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings

from borrowed_texts import TEXTS as BORROWED

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "medspil"
DANISH = SOURCE / "locale" / "da" / "LC_MESSAGES" / "django.po"
HEADER = """# Danish texts of Medspil. Sorted by the English text; how to work with it: docs/how-to/translate.md
msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
ONE, MANY = DEFAULT_KEYWORDS["gettext"], DEFAULT_KEYWORDS["ngettext"]
CONTEXT, MANY_WITH_CONTEXT = DEFAULT_KEYWORDS["pgettext"], DEFAULT_KEYWORDS["npgettext"]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), MANY),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), MANY_WITH_CONTEXT),
}
# %(name)s and %s of the percent style, {name} and {name:format} of `str.format`.
PLACEHOLDER = re.compile(r"%\([^)]+\)[#0 +-]*[\d.]*[a-zA-Z]|%[ds]|\{\w*(?:![rsa])?(?::[^{}]*)?\}")

Key = tuple[str, str | None]


def main() -> int:
    """Update the catalogue or check it."""
    parser = argparse.ArgumentParser(description="Bring the Danish catalogue up to date with the texts in the code.")
    parser.add_argument("--check", action="store_true", help="change nothing, fail if anything is missing or wrong")
    wish = parser.parse_args()
    template, catalogue = texts_in_use(), read(DANISH)
    faults = [*without_danish(template, catalogue), *wrong_placeholders(template, catalogue)]
    if wish.check:
        faults = [*faults, *not_in_use(template, catalogue), *out_of_shape(template, catalogue)]
    else:
        DANISH.write_bytes(written(updated(template, catalogue)))
    for fault in faults:
        print(fault)
    count = sum(1 for message in template if message.id)
    print(f"{count} texts, {len(faults)} to mend" + (": see docs/how-to/translate.md" if faults else ""))
    return 1 if wish.check and faults else 0


# --- reading -------------------------------------------------------------------------------------------------------


def texts_in_use(source: Path = SOURCE) -> Catalog:
    """Return every text of the code and the templates, and the borrowed ones, with where it stands."""
    catalog = Catalog(locale="da")
    for path in sorted(source.rglob("*")):
        is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
        if not is_template and path.suffix != ".py":
            continue
        code = path.read_text(encoding="utf-8")
        for message, context, line in texts_of(as_python(code, path) if is_template else code):
            catalog.add(message, context=context, locations=[(path.relative_to(source).as_posix(), line)])
    for borrowed in BORROWED:
        catalog.add(borrowed, locations=[("../../scripts/borrowed_texts.py", 0)])
    return catalog


def as_python(template: str, path: Path) -> str:
    """Return a Django template as calls of gettext; without indentation, which means nothing there."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    from django.utils.translation.template import templatize  # noqa: PLC0415  (needs the settings)

    return "\n".join(line.lstrip() for line in templatize(template, origin=str(path)).split("\n"))


def texts_of(code: str) -> Iterator[tuple[str | tuple[str, ...], str | None, int]]:
    """Yield the texts that Python code marks for translation, with context and line."""
    for line, found, _comments, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        yield found, context, line


def read(path: Path) -> Catalog:
    """Return the catalogue as it is; an empty one if there is none."""
    if not path.exists():
        return Catalog(locale="da")
    with path.open("rb") as file:
        return read_po(file, locale="da")


# --- writing -------------------------------------------------------------------------------------------------------


def updated(template: Catalog, catalogue: Catalog) -> Catalog:
    """Return the texts in use with the Danish that the catalogue has for them."""
    fresh = Catalog(locale="da")
    for message in entries(template):
        found = lookup(catalogue, message)
        danish = found.string if found and same_shape(message, found) else ""
        fresh.add(message.id, danish, context=message.context, user_comments=found.user_comments if found else ())
    return fresh


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as its file is written."""
    file = BytesIO()
    write_po(file, catalogue, width=0, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True)
    return HEADER.encode() + file.getvalue()


# --- what may be wrong ---------------------------------------------------------------------------------------------


def without_danish(template: Catalog, catalogue: Catalog) -> list[str]:
    """Return the texts that have no Danish, or a plural that lacks a form."""
    return [named("No Danish", message) for message in entries(template) if not has_danish(catalogue, message)]


def has_danish(catalogue: Catalog, message: Message) -> bool:
    """Tell whether a text and each of its forms is translated, and nobody has marked it as doubtful."""
    found = lookup(catalogue, message)
    return found is not None and not found.fuzzy and same_shape(message, found) and all(strings(found))


def wrong_placeholders(template: Catalog, catalogue: Catalog) -> list[str]:
    """Return the texts whose Danish would lose a value or ask for one that is not there."""
    return [
        named("Other placeholders in Danish", message)
        for message in entries(template)
        if has_danish(catalogue, message) and not placeholders_fit(message, found_strings(catalogue, message))
    ]


def placeholders_fit(message: Message, danish: tuple[str, ...]) -> bool:
    """Compare each form with its English; the singular may say the number in words."""
    for number, (english, text) in enumerate(zip(ids(message), danish, strict=True)):
        wanted, held = placeholders(english), placeholders(text)
        singular_of_two = message.pluralizable and number == 0
        if held != wanted and not (singular_of_two and held <= set(chain(*map(placeholders, ids(message))))):
            return False
    return True


def placeholders(text: str) -> set[str]:
    """Return what is filled in."""
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def not_in_use(template: Catalog, catalogue: Catalog) -> list[str]:
    """Return the texts of the catalogue that stand nowhere any more."""
    wanted = {key(message) for message in entries(template)}
    return [named("No longer in use", message) for message in entries(catalogue) if key(message) not in wanted]


def out_of_shape(template: Catalog, catalogue: Catalog) -> list[str]:
    """Return a fault if somebody has to run `make messages`: a catalogue written otherwise makes noisy changes."""
    if DANISH.exists() and DANISH.read_bytes() == written(updated(template, catalogue)):
        return []
    return ["The catalogue is not as `make messages` writes it: run it and commit the file"]


# --- helpers -------------------------------------------------------------------------------------------------------


def entries(catalogue: Catalog) -> list[Message]:
    """Return the texts without the header."""
    return [message for message in catalogue if message.id]


def key(message: Message) -> Key:
    """Return what tells one text from another."""
    return ids(message)[0], message.context


def lookup(catalogue: Catalog, message: Message) -> Message | None:
    """Return the entry for a text."""
    return catalogue.get(ids(message)[0], message.context)


def same_shape(message: Message, found: Message) -> bool:
    """Tell whether both have a plural or neither."""
    return bool(message.pluralizable) == bool(found.pluralizable) and len(ids(message)) == len(strings(found))


def ids(message: Message) -> tuple[str, ...]:
    """Return the English: one form or two."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    """Return the Danish: one form or two."""
    if isinstance(message.string, str):
        return (message.string,)
    return tuple(text or "" for text in message.string or ())


def found_strings(catalogue: Catalog, message: Message) -> tuple[str, ...]:
    """Return the Danish of a text that is known to have some."""
    found = lookup(catalogue, message)
    return strings(found) if found else ()


def named(trouble: str, message: Message) -> str:
    """Return one line that says what is wrong with which text, and where it stands."""
    places = ", ".join(dict.fromkeys(place for place, _line in message.locations)) or "the catalogue"
    about = f" [{message.context}]" if message.context else ""
    return f"{trouble}: {ids(message)[0]!r}{about} ({places})"


if __name__ == "__main__":
    sys.exit(main())
