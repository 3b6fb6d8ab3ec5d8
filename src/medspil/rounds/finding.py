"""What the words of a row mean: which area of the round, which organisation, which company of the register."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.areas.models import Area
from medspil.language import fold
from medspil.organisations.models import Organisation
from medspil.register.models import Unit
from medspil.rounds.lines import Draft, Fault
from medspil.rounds.services.filling import Filled


class NobodyOfThatName(Exception):
    """No organisation, or more than one, has the name; no company the number."""


_SEVERAL = gettext_lazy("Several organisations are called “{name}”. Write the CVR number instead.")
_NONE = gettext_lazy("No organisation here is called “{name}”. Write its CVR number, or create the organisation first.")
_NO_COMPANY = gettext_lazy("No organisation and no company in business has the CVR number {number}.")


def party_named(text: str) -> tuple[Organisation | None, Unit | None]:
    """Return the organisation of a whole name or CVR number, else a company of the register by its number.

    Raises `NobodyOfThatName`.
    """
    digits = re.sub(r"^DK|\s", "", text.strip())
    if not text.strip():
        return None, None
    if re.fullmatch(r"\d{8}", digits):
        organisation = Organisation.objects.joined().filter(cvr=digits, archived_at=None).order_by("pk").first()
        unit = None if organisation else Unit.objects.active().filter(cvr=digits).order_by("number").first()
        if organisation is None and unit is None:
            raise NobodyOfThatName(str(_NO_COMPANY).format(number=digits))
        return organisation, unit
    named = list(Organisation.objects.named(text).filter(archived_at=None).order_by("pk")[:2])
    if len(named) != 1:
        raise NobodyOfThatName(str(_SEVERAL if named else _NONE).format(name=text.strip()[:80]))
    return named[0], None


def understood(drafts: Iterable[Draft], *, areas: Sequence[Area], asks: bool) -> tuple[list[Filled], list[Fault]]:
    """Return rows with what their words mean, and what nobody could make sense of. Few queries however many rows."""
    rows = list(drafts)
    by_name = {fold(area.name): area for area in areas}
    numbers = {one.cvr for one in rows if one.cvr}
    here = Organisation.objects.joined().filter(cvr__in=numbers, archived_at=None).order_by("-pk")
    organisations = {one.cvr: one for one in here}
    left = numbers - organisations.keys()
    units = {one.cvr: one for one in Unit.objects.active().filter(cvr__in=left).order_by("-number")} if left else {}
    called = {} if asks else _called(one.label for one in rows if not one.cvr)
    found, faults = [], []
    for one in rows:
        area = by_name.get(fold(one.area)) if one.area else None
        if one.area and area is None:
            told = _("“{name}” is not one of the areas of this allocation.").format(name=one.area)
            faults.append(Fault(one.row, _("Area"), told))
        unit = None if asks else units.get(one.cvr)
        if one.cvr and one.cvr not in organisations and unit is None:
            faults.append(Fault(one.row, _("CVR number"), str(_NO_COMPANY).format(number=one.cvr)))
        party = organisations.get(one.cvr) if one.cvr else called.get(fold(one.label))
        found.append(Filled(one, area=area, organisation=party, unit=unit))
    return found, faults


def _called(labels: Iterable[str]) -> dict[str, Organisation]:
    """Return {folded name: organisation} for rows without a number that are called like one, where only one is."""
    wanted = {fold(label) for label in labels} - {""}
    found: dict[str, list[int]] = {}
    for pk, name in Organisation.objects.joined().filter(archived_at=None).values_list("pk", "name") if wanted else ():
        if (folded := fold(name)) in wanted:
            found.setdefault(folded, []).append(pk)
    here = Organisation.objects.in_bulk([keys[0] for keys in found.values() if len(keys) == 1])
    return {fold(one.name): one for one in here.values()}
