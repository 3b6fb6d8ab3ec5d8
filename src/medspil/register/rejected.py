"""Copies a rejected row for the file of rejected rows: enough to mend it and hand it in again, and no person in it.

What the import would not have kept of the row, had it been good, is not kept of the bad one either.
"""

from collections.abc import Mapping, Sequence

from medspil.register.cells import clean
from medspil.register.forms import form_code, is_one_person
from medspil.register.people import WITHOUT_PEOPLE, without_person

_CONTACT = ("phone", "email", "website")
_CALLED = ("name", "company_name")


def kept_cells(cells: Sequence[str], *, header: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """Return the cells of a rejected row under the same heading; blank where a person may stand.

    `columns` is {field: heading}. Of a row that does not fit its heading nobody can say which cell is what: it is
    found by its number in the file, and only the P-number is copied, where one stands in its place.
    """
    at = {field: header.index(heading) for field, heading in columns.items() if heading in header}
    fits = len(cells) >= len(header) and not any(cell.strip() for cell in cells[len(header) :])
    if not fits:
        place = at.get("number", len(cells))
        number = cells[place].strip() if place < len(cells) else ""
        return [number if here == place and number.isdigit() else "" for here in range(len(header))]
    form = form_code(clean(cells[at["company_form"]])) if "company_form" in at else ""
    alone = is_one_person(form)
    kept = [""] * len(header)
    for field, place in at.items():
        if field in _CALLED:
            kept[place] = without_person(cells[place], one_person=alone and "company_form" in at)
        elif field not in _CONTACT or not alone:
            kept[place] = WITHOUT_PEOPLE.get(field, str)(cells[place])
    return kept
