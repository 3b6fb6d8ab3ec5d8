"""Looks one company up and takes it in as any file: received, compared, applied, with the service as its source."""

import re
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from stdnum.dk import cvr as cvr_rules

from medspil.accounts.models import User
from medspil.register import services
from medspil.register.cells import Unfit, cvr_number
from medspil.register.leases import Clock
from medspil.register.lookup import cvrapi, datafordeler
from medspil.register.lookup.asking import LookupTroubled
from medspil.register.models import ImportRun, Unit
from medspil.register.receiving import forget

_PREFIX = re.compile(r"^cvr[-. ]?(?:nr|nummer)?[.: -]*(?=\d)", re.IGNORECASE)
_SERVICES = {"cvrapi": cvrapi, "datafordeler": datafordeler}


class LookedUp(NamedTuple):
    """What came of a look-up: the import it became, and the company's units as the register has them now."""

    run: ImportRun
    units: list[Unit]


def is_on() -> bool:
    """Return whether the settings name a service for look-ups."""
    return settings.LOOKUP in _SERVICES


def service_name() -> str:
    """Return the name of the service that is asked; blank when none is."""
    return _SERVICES[settings.LOOKUP].SOURCE if is_on() else ""


def is_cvr(text: str) -> str:
    """Return the CVR number a text is, with a check digit that fits; blank for anything else."""
    try:
        number = cvr_number(_PREFIX.sub("", text.strip()))
    except Unfit:
        return ""
    return number if cvr_rules.is_valid(number) else ""


def look_up_company(*, cvr: str, clock: Clock, by: User | None = None, by_name: str = "") -> LookedUp:
    """Ask the service about a company and bring its units into the register.

    Raises `LookupTroubled`; then the register is as it was.
    """
    if not is_on():
        raise LookupTroubled(_("Looking companies up on the net is not turned on here."))
    number = is_cvr(cvr)
    if not number:
        raise LookupTroubled(_("This is not a CVR number: it has 8 digits, and the last fits the others."))
    service = _SERVICES[settings.LOOKUP]
    run = _take_in(service.fetch(number, now=clock()), source=service.SOURCE, clock=clock, by=by, by_name=by_name)
    units = list(Unit.objects.filter(cvr=number).order_by("number"))
    if not units:
        raise LookupTroubled(
            _("%(service)s knows the company, but no place of work of it that is in business. Nothing was taken in.")
            % {"service": service.SOURCE}
        )
    return LookedUp(run, units)


def _take_in(files: list[tuple[str, bytes]], *, source: str, clock: Clock, by: User | None, by_name: str) -> ImportRun:
    now = clock()
    try:
        run = services.receive_files(
            creation_key=uuid4(),
            files=[(name, ContentFile(content, name=name)) for name, content in files],
            source=source,
            source_date=localtime(now).date(),
            complete=False,
            by_name=by_name or str(by or ""),
            now=now,
        )
    except (services.ImportTroubled, services.UnreadableFile) as trouble:
        raise LookupTroubled(str(trouble)) from trouble
    try:
        services.compare(run=run, clock=clock)
        if run.added + run.changed + run.unchanged == 0:
            services.discard(run=run, clock=clock)
            return run
        services.apply(run=run, clock=clock, by=by)
    except services.ImportTroubled as trouble:
        services.discard(run=run, clock=clock)
        raise LookupTroubled(str(trouble)) from trouble
    forget(run)  # what was asked for stands in the register now; the answer need not be kept
    return run
