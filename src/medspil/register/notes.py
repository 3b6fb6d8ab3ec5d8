"""What can be wrong with a row, and what to do about it: the one table from reason to sentence."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Note(NamedTuple):
    """One thing found in a row. `rejected` means that the row is not taken."""

    field: str
    code: str
    value: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """What a note's code means: the problem, and what the user can do."""

    problem: str | Promise
    advice: str | Promise


_IN_THE_FILE = _("Correct it in the file and upload the file again.")
_TAKEN_WITHOUT = _("The row is taken without it.")

REASONS: dict[str, Reason] = {
    # Rejected
    "number_missing": Reason(_("The row has no P-number."), _IN_THE_FILE),
    "number_letters": Reason(_("The P-number contains a letter or a symbol."), _IN_THE_FILE),
    "number_is_cvr": Reason(
        _("This is a CVR number (8 digits), not a P-number (10 digits)."),
        _("Order the extract with production units, and choose the column that holds the P-number."),
    ),
    "number_length": Reason(_("A P-number has 10 digits and does not begin with 0."), _IN_THE_FILE),
    "number_rounded": Reason(
        _("A spreadsheet has rounded the P-number, so its last digits are lost."),
        _("Format the column as text before the file is saved, or fetch the file again."),
    ),
    "duplicate": Reason(
        _("The same P-number stands in an earlier row; the earlier one is taken."),
        _("Keep only one of the two rows."),
    ),
    "name_missing": Reason(_("The row has no name of a unit."), _IN_THE_FILE),
    "too_few_cells": Reason(
        _("The row has fewer cells than the heading: the file may have been cut off here."),
        _("Fetch the file again, or complete the row."),
    ),
    "too_many_cells": Reason(
        _("The row has more cells than the heading: a separator probably stands inside a text."),
        _("Put quotation marks around that text."),
    ),
    # Taken with a warning
    "control": Reason(_("The text contained characters that cannot be stored; they were removed."), _IN_THE_FILE),
    "too_long": Reason(_("The text was too long and was cut."), _IN_THE_FILE),
    "cvr_length": Reason(_("A CVR number has 8 digits."), _TAKEN_WITHOUT),
    "cvr_check": Reason(
        _("The last digit of the CVR number does not fit the others."), _("Check it for a typing error.")
    ),
    "industry_code": Reason(_("An industry code has 6 digits."), _TAKEN_WITHOUT),
    "code_system": Reason(_("The code system is neither DB07 nor DB25."), _("The choice for the whole file is used.")),
    "company_form": Reason(_("This company form is not known."), _("The unit counts as a private company.")),
    "postcode": Reason(_("A postal code has 4 digits."), _TAKEN_WITHOUT),
    "municipality": Reason(
        _("This municipality is not known."), _("The municipality of the postal code is used instead.")
    ),
    "coordinate": Reason(_("The coordinate is not a number."), _("The centre of the postal code is used instead.")),
    "outside_denmark": Reason(
        _("The point lies outside Denmark."), _("The centre of the postal code is used instead.")
    ),
    "date": Reason(_("This is not a date."), _TAKEN_WITHOUT),
    "employees": Reason(_("This is not a number or an interval of employees."), _("The size counts as unknown.")),
    "status": Reason(_("This status is not known."), _("The unit counts as active unless it has a closing date.")),
    "protected": Reason(
        _("This is neither yes nor no to advertising protection."),
        _("To be safe the unit counts as protected. Correct it in the file."),
    ),
    "social_enterprise": Reason(
        _("This is neither yes nor no to registered social enterprise."), _("The unit counts as none.")
    ),
    "phone": Reason(_("This is not a telephone number."), _TAKEN_WITHOUT),
    "email": Reason(_("This is not an e-mail address."), _TAKEN_WITHOUT),
    "website": Reason(_("This is not the address of a website."), _TAKEN_WITHOUT),
    "address_id": Reason(_("This is not the identifier of an address."), _TAKEN_WITHOUT),
    "protection_kept": Reason(
        _("A newer source says that the unit is protected from advertising."),
        _("The protection is kept until a source that is newer still lifts it."),
    ),
    "other_source": Reason(
        _("The unit is in the register from another source."), _("It will belong to this source from now on.")
    ),
}


def reason(code: str) -> Reason:
    """Return what a code means; a code of an older version shows itself."""
    return REASONS.get(code, Reason(code, ""))
