"""What companies see of needs: nothing, until those who work with the area open a need to companies."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from medspil.accounts.models import User
from medspil.areas.models import Need, NeedQuerySet
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit


def speaks_for_a_company(user: User) -> bool:
    """Tell whether a person is the contact of a company that stands in the register. Two queries."""
    roles = user.memberships.current().filter(role=Role.COMPANY_CONTACT)
    hers = Organisation.objects.visible_to(user).filter(pk__in=roles.values("organisation"), archived_at=None)
    listed = Exists(Unit.objects.exclude(cvr="").filter(cvr=OuterRef("cvr")))
    return hers.filter(Q(unit__isnull=False) | listed).exists()


def shown_to_companies(on: date) -> NeedQuerySet:
    """Return the needs that companies may see on a day."""
    return Need.objects.open(on).open_to_companies()


def readable(user: User, on: date) -> NeedQuerySet:
    """Return the needs whose page for companies a person may open: those she works with, and to companies the open."""
    hers = Q(pk__in=Need.objects.visible_to(user).values("pk"))
    if speaks_for_a_company(user):
        hers |= Q(pk__in=shown_to_companies(on).values("pk"))
    return Need.objects.filter(hers)
