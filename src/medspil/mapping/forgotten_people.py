"""Forgets a person with an account who asks for it, where she is somebody's contact on the map."""

from medspil.mapping.models import ResourceContact
from medspil.mapping.services.people import delete_contact
from medspil.organisations.forgetting import Person, also_forgets


@also_forgets
def forget_as_contact(person: Person) -> None:
    """Delete contacts with an address of hers, with what was sent to them and answered.

    What stands on the map of herself stands there by her consent, and goes when she takes that back.
    """
    for email in sorted(person.emails):
        for contact in ResourceContact.objects.filter(email__iexact=email).select_related("resource").order_by("pk"):
            delete_contact(contact=contact, by=person.by, now=person.now)
