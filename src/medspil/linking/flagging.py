"""Flags on links: a party whose company has ceased, is being wound up or has turned protected since it came."""

from medspil.linking.models import Link, LinkParty, LinkQuerySet
from medspil.linking.parties import place_of
from medspil.organisations.flags import flags_of_organisations
from medspil.register.flags import Flag, FlagKind, flags_of


def flags_of_links(links: LinkQuerySet, *, most: int | None = None) -> list[tuple[Link, LinkParty, Flag]]:
    """Return the flags of live links among some that a person may see. Five queries at the most.

    Who was protected when it came to the link, or has said that we may write to it, carries no flag for that.
    """
    found = list(links.to_look_at().for_page()[:most])
    sides = [(link, side) for link in found for side in link.parties.all()]
    organisations = {one.pk: one for _link, side in sides if (one := side.organisation)}
    of_organisation = {one.pk: flag for one, flag in flags_of_organisations(organisations.values())}
    places = [(link, side, unit) for link, side in sides if (unit := place_of(side))]
    newest_first = sorted(places, key=lambda one: one[0].created_at, reverse=True)
    since = {unit.number: link.created_at for link, _side, unit in newest_first}  # the oldest link counts
    of_unit = flags_of((unit for _link, _side, unit in places), since=since)
    flags = []
    for link, side in sides:
        unit = place_of(side)
        flag = of_unit.get(unit.number) if unit else of_organisation.get(side.organisation_id or 0)
        if flag and not (flag.kind is FlagKind.PROTECTED and side.consent_on):
            flags.append((link, side, flag))
    return flags
