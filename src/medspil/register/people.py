"""Takes people out of names and addresses before anything is stored: "Havens Salon v/ NAME" is kept as "Havens Salon".

What is left when nothing but a person stood there is blank; then the unit is called by its company or its trade. A sole
trader who is registered under nothing but a plain name cannot be told from a firm that is called so, and stays.
"""

import re
from collections.abc import Callable

_SLASH = r"[/⁄∕／]"
# Before a person's name: "v/", "c/o", "att.", "indehaver", "ejer:". Not "ved": a café by the lake is written so too.
_MARK = (
    rf"(?:\bv\s*{_SLASH}|\bc\s?(?:{_SLASH}|\\)\s?o\b|\battn?\s?[.:]|\battn?(?=\s*:)"
    r"|\bindeh(?:avere?\b|\.)|\bejere?\s?:)"
)
_BY_PERSON = re.compile(rf"\s*[,;(\[–-]*\s*{_MARK}.*", re.IGNORECASE | re.DOTALL)
_CARE_OF = re.compile(rf"\s*[(\[]?{_MARK}[^,;]*[,;]?\s*", re.IGNORECASE)
_MAYBE = re.compile(rf"{_SLASH}|\\|att|indeh|ejer|v\.", re.IGNORECASE)
# "v." is a person only where the company is one, and two names follow: "Salon v. Hanne Opdigtet".
_NAME = r"[^\W\d_a-zæøå][\w.'’-]*"
_BY_ABBREVIATION = re.compile(
    rf"\s*[,;(\[–-]*\s*\b[vV]\.\s*{_NAME}(?:\s+(?:af|de|von|van)\b)*(?:\s+{_NAME})+.*", re.DOTALL
)
# What is no name of anything when it stands alone.
_FORMS = frozenset("i/s a/s aps k/s p/s ivs enk pmv s.m.b.a a.m.b.a f.m.b.a smba amba".split())


def without_person(name: str, *, one_person: bool = False) -> str:
    """Return a name of a unit or company without the person who runs it; blank when nothing else is left.

    `one_person` says that the company is a sole trader.
    """
    if not _MAYBE.search(name):
        return name
    left = _BY_PERSON.sub("", name, count=1)
    if one_person:
        left = _BY_ABBREVIATION.sub("", left, count=1)
    if left == name:
        return name
    left = left.strip(" ,;-–([")
    return "" if left.casefold().strip(".") in _FORMS else left


def address_without_person(address: str) -> str:
    """Return an address without its c/o part."""
    if not _MAYBE.search(address):
        return address
    return _CARE_OF.sub(" ", address).strip(" ,;([") if _CARE_OF.search(address) else address


# The fields of a file in which people stand: what is noted about them is stored and shown as well.
WITHOUT_PEOPLE: dict[str, Callable[[str], str]] = {
    "name": without_person,
    "company_name": without_person,
    "address": address_without_person,
    "street": address_without_person,
}
