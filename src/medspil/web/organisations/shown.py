"""What the pages of organisations show: facts, people, and what is said after a change."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from medspil.accounts.models import User
from medspil.catalogue.vocabulary import vocabulary
from medspil.geography.places import municipalities, municipality
from medspil.organisations.models import Membership, Merge, Organisation
from medspil.organisations.roles import Role
from medspil.organisations.services import Added
from medspil.web.history import Event, told
from medspil.web.parts import Fact
from medspil.web.tables import Column, Table


def values() -> dict[str, dict[str, str | Promise]]:
    """Return how the history says the codes it keeps, in the language of the page."""
    language = get_language() or "da"
    return {
        "role": {role.value: role.label for role in Role},
        "kind": {code: kind.name(language) for code, kind in vocabulary().organisation_kinds.items()},
        "municipality": {town.code: town.name for town in municipalities()},
    }


def events(organisation: Organisation, merges: Iterable[Merge]) -> list[Event]:
    """Return what happened to an organisation, and to those that went into it, newest first."""
    words = values()
    found = told(organisation, values=words)
    for merge in merges:
        theirs = told(merge.gone, values=words)
        found += [replace(event, what=f"{event.what} ({merge.gone.name})") for event in theirs]
    return sorted(found, key=lambda event: event.at, reverse=True)


def kind_name(organisation: Organisation) -> str:
    """Return the kind of an organisation in the language of the page."""
    kind = vocabulary().organisation_kinds.get(organisation.kind)
    return kind.name(get_language() or "da") if kind else organisation.kind


def cards(organisations: Iterable[Organisation]) -> list[tuple[Organisation, str]]:
    """Return organisations with the name of their kind."""
    return [(organisation, kind_name(organisation)) for organisation in organisations]


def facts(organisation: Organisation, *, may_edit: bool) -> list[Fact]:
    """Return the facts of an organisation."""
    edit = reverse("organisations:edit", args=[organisation.pk]) if may_edit else ""
    town = municipality(organisation.municipality) if organisation.municipality else None
    return [
        Fact(_("Name"), organisation.name, change_url=edit),
        Fact(_("Kind of organisation"), kind_name(organisation), change_url=edit),
        Fact(_("CVR number"), organisation.cvr, change_url=edit),
        Fact(_("Municipality"), town.name if town else "", change_url=edit),
        Fact(_("Public telephone"), organisation.public_phone, change_url=edit),
        Fact(_("Public e-mail"), organisation.public_email, change_url=edit),
    ]


def initial(organisation: Organisation) -> dict[str, object]:
    """Return what stands in the form at first."""
    names = ("name", "kind", "cvr", "municipality", "public_phone", "public_email", "version")
    return {name: getattr(organisation, name) for name in names}


def name_of(membership: Membership) -> str:
    """Return the name of a member; only the address until she has signed in after the day she was added.

    Otherwise who adds an address would see at once whether, and under which name, that person is here already.
    """
    seen = membership.user.last_login
    known = seen is not None and timezone.localdate(seen) > membership.started_on
    return str(membership.user) if known else membership.user.email


PEOPLE = (
    Column(gettext_lazy("Person"), name_of, template="organisations/_person_cell.html"),
    Column(gettext_lazy("Role"), lambda member: member.get_role_display()),
    Column(gettext_lazy("Since"), "started_on"),
)
MANAGE = Column(gettext_lazy("What you can do"), "pk", template="organisations/_manage_cell.html")


def people(organisation: Organisation, *, user: User, may_manage: bool) -> Table:
    """Return the people who act for an organisation now."""
    members = organisation.memberships.current().select_related("user")
    return Table(
        caption=_("People who represent %(name)s") % {"name": organisation.name},
        describe=(*PEOPLE, MANAGE) if may_manage else PEOPLE,
        records=list(members.order_by("started_on", "pk")),
        caption_hidden=True,
    )


def say_added(request: HttpRequest, added: Added, email: str) -> None:
    """Say that somebody was added; the same words whether the address was known or not."""
    if added.mailed:
        messages.success(request, _("%(email)s is added, and a mail is on its way.") % {"email": email})
        return
    said = _("%(email)s is added, but the mail could not be sent.") % {"email": email}
    way = _("The person can still get in: choose “Forgot your password?” on the sign-in page.")
    messages.warning(request, f"{said} {way}")
