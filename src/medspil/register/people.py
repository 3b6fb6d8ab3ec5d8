"""Takes people out of names and addresses: "Havens Salon v/ NAME" is kept as "Havens Salon"."""

import re

# "v/", "c/o", "att." and "indehaver" before a person's name. Not "ved" or "v.": a café by the lake is written so too.
_BY_PERSON = re.compile(
    r"\s*[,;(–-]?\s*(?:\bv\s?/|\bc\s?[/\\]\s?o\b|\batt\s?[.:]|\bindehaver\b).*", re.IGNORECASE | re.DOTALL
)
_MAYBE = re.compile(r"[/\\]|att|indehaver", re.IGNORECASE)
_CARE_OF = re.compile(r"\s*\b(?:c\s?[/\\]\s?o|v\s?/|att\s?[.:])[^,;]*[,;]?\s*", re.IGNORECASE)


def without_person(name: str) -> str:
    """Return a name of a unit or company without the person who runs it; blank when nothing else is left."""
    if not _MAYBE.search(name):
        return name
    return _BY_PERSON.sub("", name, count=1).strip(" ,;-–(")


def address_without_person(address: str) -> str:
    """Return an address without its c/o part."""
    if "/" not in address and "\\" not in address and "tt" not in address.lower():
        return address
    return _CARE_OF.sub("", address).strip(" ,;")
