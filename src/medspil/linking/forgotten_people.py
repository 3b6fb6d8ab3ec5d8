"""Forgets a person with an account who asks for it: her name in shortlists, and texts of links that may name her."""

from django.db.models import Q
from django.utils import timezone

from medspil.accounts.models import HistoryEntry
from medspil.linking.mentions import look_for
from medspil.linking.models import Brokerage, Candidate, Link, LinkQuerySet
from medspil.organisations.forgetting import Person, also_forgets


def links_near(person: Person) -> LinkQuerySet:
    """Return links where she worked, took part for an organisation, or brokered, also before her memberships ended."""
    hers = person.user.memberships.values("organisation")
    places = person.user.memberships.filter(organisation__unit__isnull=False).values("organisation__unit")
    sides = (
        Q(parties__organisation__in=hers) | Q(parties__resource__organisation__in=hers) | Q(parties__unit__in=places)
    )
    near = (
        Q(area__owner__in=hers)
        | Q(area__partners__in=hers)
        | Q(pk__in=Link.objects.filter(sides).values("pk"))
        | Q(pk__in=Brokerage.objects.filter(user=person.user).values("link"))
    )
    return Link.objects.filter(pk__in=Link.objects.filter(near).values("pk"))


@also_forgets
def forget_in_links(person: Person) -> None:
    """Take her name out of the history of shortlists, and have people look at texts of links that may name her."""
    told = HistoryEntry.objects.filter(record_type=Candidate._meta.label_lower, changes__owner__isnull=False)
    for entry in told:
        owners = [person.taken_out(one) for one in entry.changes["owner"]]
        if owners != entry.changes["owner"]:
            entry.changes["owner"] = owners
            entry.save(update_fields=["changes"])
    on = timezone.localdate(person.now)
    for area in sorted(set(links_near(person).order_by().values_list("area", flat=True))):
        look_for(person.names, area=area, on=on)
