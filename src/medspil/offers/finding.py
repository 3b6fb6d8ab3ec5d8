"""Finding the giver of an offer that somebody notes down, by name: those she knows, and others by the whole name."""

from medspil.accounts.models import User
from medspil.areas.partners import FEWEST_LETTERS, known_to
from medspil.language import fold
from medspil.offers.permissions import givers
from medspil.organisations.models import Organisation, OrganisationQuerySet


def others_named(user: User, text: str) -> OrganisationQuerySet:
    """Return organisations a person may note offers down for, by name: those she has to do with whose name holds a
    text, and any other whose whole name it is. Her own are left out: in their name she makes offers herself."""
    wanted = fold(text)
    if len(wanted) < FEWEST_LETTERS:
        return _here().none()
    # Names are folded here: no database knows that å is aa. What one person has to do with is a short list.
    holding = [pk for pk, name in known_to(user).values_list("pk", "name") if wanted in fold(name)]
    named = _here().named(text).values_list("pk", flat=True)
    found = _here().filter(pk__in={*holding, *named}).exclude(pk__in=givers(user).values("pk"))
    return found.order_by("name", "pk")


def giver_by_key(key: int) -> Organisation | None:
    """Return an organisation that was offered to somebody as the giver before, if it still is here."""
    return _here().filter(pk=key).first()


def _here() -> OrganisationQuerySet:
    return Organisation.objects.filter(archived_at=None, merged_into=None).select_related("unit")
