"""Which organisations could take part in an area: those a person has to do with, and any other by its whole name."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from medspil.areas.models import Area
from medspil.language import fold
from medspil.organisations.models import Organisation, OrganisationQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from medspil.accounts.models import User

FEWEST_LETTERS, MOST_FOUND = 3, 10


def known_to(user: "User | AnonymousUser") -> OrganisationQuerySet:
    """Return the organisations a person has to do with: those she sees, and the owners and partners of her areas."""
    areas = Area.objects.visible_to(user)
    hers = Q(pk__in=Organisation.objects.visible_to(user).values("pk"))
    owners = Q(pk__in=areas.values("owner"))
    partners = Q(pk__in=Area.partners.through._default_manager.filter(area__in=areas).values("organisation"))
    return Organisation.objects.filter(hers | owners | partners)


def candidates(area: Area, user: "User | AnonymousUser", text: str = "") -> QuerySet[Organisation]:
    """Return organisations that could take part and that a person may name, by name.

    Without a text those she has to do with. With one, those of them whose name holds it, and any other whose whole name
    it is: nobody may leaf through all of them. Fewer than three letters find nothing.
    """
    taking_part = area.partners.values("pk")
    others = Organisation.objects.filter(archived_at=None).exclude(pk=area.owner_id).exclude(pk__in=taking_part)
    known = others.filter(pk__in=known_to(user).values("pk"))
    if not text:
        return known.order_by("name", "pk")
    wanted = fold(text)
    if len(wanted) < FEWEST_LETTERS:
        return others.none()
    # Folded here, as SQLite knows no capital Æ, Ø and Å; what one person has to do with is a short list.
    holding = [pk for pk, name in known.values_list("pk", "name") if wanted in fold(name)]
    return others.filter(Q(pk__in=holding) | Q(pk__in=others.named(text).values("pk"))).order_by("name", "pk")
