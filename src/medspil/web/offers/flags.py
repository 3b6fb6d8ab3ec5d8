"""Flags on offers: one that does not stand any more where something counts on it, and givers that ceased."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medspil.offers.models import Offer, OfferState
from medspil.organisations.flags import flags_of_organisations
from medspil.web.register.flags import ShownFlag, shown


def flags_of_givers(offers: Iterable[Offer]) -> dict[int, ShownFlag]:
    """Return for organisations that give offers what has happened to them in the register. Three queries at most."""
    givers = {offer.organisation_id: offer.organisation for offer in offers}
    return {one.pk: shown(flag) for one, flag in flags_of_organisations(givers.values())}


def offer_flag(offer: Offer | None, *, on: date, seen: bool) -> ShownFlag | None:
    """Return the flag of an offer that something else holds; None while it stands. `seen`: whether the person may open
    the offer's own page."""
    if offer is None or offer.is_open(on):
        return None
    day = offer.closed_on or offer.ends_on
    said = {"day": date_format(day, "DATE_FORMAT") if day else ""}
    if offer.state == OfferState.WITHDRAWN:
        what = _("The offer was withdrawn on {day}.")
    elif day:
        what = _("The offer is over since {day}.")
    else:
        what = _("The giver is no longer here.")
    reason = f" {offer.closed_reason}" if offer.closed_reason else ""
    return ShownFlag(
        what=what.format(**said) + reason,
        advice=_(
            "What was agreed stays. Speak with the giver, tell the others, and look for another offer to the need."
        ),
        closed=True,
        name=offer.title,
        note=offer.organisation.name,
        url=reverse("offers:detail", args=[offer.pk]) if seen else "",
    )
