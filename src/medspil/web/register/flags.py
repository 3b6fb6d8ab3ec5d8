"""Flags on companies in use, in words: what has happened, on which day, and what to do about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.linking.flagging import flags_of_links
from medspil.linking.models import Candidate, CandidateQuerySet, Link, LinkParty, LinkQuerySet
from medspil.organisations.flags import flags_of_organisations, to_look_at
from medspil.organisations.models import Organisation, OrganisationQuerySet
from medspil.register.flags import Flag, FlagKind, flags_of

WHAT: dict[FlagKind, str | Promise] = {
    FlagKind.CEASED: gettext_lazy("The company has ceased."),
    FlagKind.CLOSING: gettext_lazy("The company is bankrupt or being wound up."),
    FlagKind.PROTECTED: gettext_lazy("The company is now protected from advertising and may not be approached."),
}
DATED: dict[FlagKind, str | Promise] = {
    FlagKind.CEASED: gettext_lazy("The company ceased on %(day)s."),
    FlagKind.CLOSING: gettext_lazy("The company is bankrupt or being wound up. The register told so on %(day)s."),
    FlagKind.PROTECTED: gettext_lazy(
        "The company is now protected from advertising and may not be approached. The register told so on %(day)s."
    ),
}
GONE = gettext_lazy("The company is no longer in the register: the file of %(day)s does not hold it.")
DO: dict[FlagKind, str | Promise] = {
    FlagKind.CEASED: gettext_lazy(
        "Tell those who count on it, take it off your lists, and look for another company. It may have moved or gone on"
        " under another name: look it up in the register."
    ),
    FlagKind.CLOSING: gettext_lazy(
        "Begin nothing new with it. Speak to your contact about what is already agreed, and look for another company."
    ),
    FlagKind.PROTECTED: gettext_lazy(
        "Send it nothing like advertising and do not call with offers. What you have already agreed goes on. If the"
        " company itself wants to hear from you, write down who said so and when."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A flag as components/_flag.html draws it; `name` and `url` say whose it is where several stand together."""

    what: str
    advice: str | Promise
    closed: bool
    name: str = ""
    note: str = ""
    url: str = ""


def shown(flag: Flag, *, name: str = "", note: str = "", url: str = "") -> ShownFlag:
    """Return a flag in words."""
    return ShownFlag(what(flag), DO[flag.kind], flag.closed, name, note, url)


def what(flag: Flag) -> str:
    """Return what has happened, with the day if the register tells one."""
    if flag.day is None:
        return str(WHAT[flag.kind])
    words = GONE if flag.gone else DATED[flag.kind]
    return str(words) % {"day": date_format(flag.day, "DATE_FORMAT")}


def of_candidate(candidate: Candidate, flag: Flag, *, named: bool) -> ShownFlag:
    """Return the flag of a kept company; `named` on pages where other needs' companies stand too."""
    url = f"{reverse('linking:shortlist', args=[candidate.need_id])}#candidate-{candidate.pk}"
    note = _("kept for “%(need)s”") % {"need": candidate.need.title} if named else ""
    return shown(flag, name=candidate.unit.name, note=note, url=url)


def flags_in(candidates: CandidateQuerySet, *, most: int | None = None, named: bool = True) -> list[ShownFlag]:
    """Return the flags of kept companies among candidates a person may see, in words. Two queries."""
    found = list(candidates.to_look_at()[:most])
    flags = flags_of(candidate.unit for candidate in found)
    return [of_candidate(one, flags[one.unit.number], named=named) for one in found if one.unit.number in flags]


def flags_in_links(links: LinkQuerySet, *, most: int | None = None, named: bool = True) -> list[ShownFlag]:
    """Return the flags of parties of links a person may see, in words; `named` where other areas' links stand too."""
    return [_of_link(link, side, flag, named=named) for link, side, flag in flags_of_links(links, most=most)]


def _of_link(link: Link, side: LinkParty, flag: Flag, *, named: bool) -> ShownFlag:
    words = _("in the link “%(link)s” in %(area)s") if named else _("in the link “%(link)s”")
    note = words % {"link": link.sentence, "area": link.area.name}
    return shown(flag, name=str(side), note=note, url=reverse("linking:link", args=[link.pk]))


def flags_of_these(organisations: OrganisationQuerySet, *, most: int | None = None) -> list[ShownFlag]:
    """Return the flags of organisations a person may see, in words. Two queries."""
    found = flags_of_organisations(to_look_at(organisations)[:most])
    return [of_organisation(one, flag) for one, flag in found]


def flags_of_partners(organisations: OrganisationQuerySet, *, most: int | None = None) -> list[ShownFlag]:
    """Return the flags of organisations that take part in a person's areas; she may not see their own pages."""
    found = flags_of_organisations(to_look_at(organisations)[:most])
    return [shown(flag, name=one.name, note=_("takes part in your work")) for one, flag in found]


def of_organisation(organisation: Organisation, flag: Flag) -> ShownFlag:
    """Return the flag of an organisation for pages where others stand too."""
    return shown(flag, name=organisation.name, url=reverse("organisations:detail", args=[organisation.pk]))
