"""Consents and contacts: what a person said yes to, and how people are reached."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from medspil.accounts.models import User, record_history
from medspil.accounts.one_time_links import revoke
from medspil.areas.privacy import refuse_cpr
from medspil.mapping.facts import AlreadyWithdrawn
from medspil.mapping.models import Consent, HowEnded, Inquiry, Resource, ResourceContact, Scope
from medspil.mapping.phones import check_phone
from medspil.mapping.services.resources import ConsentSaid, refuse_without_consent
from medspil.mapping.withdrawal import forget_words_of_contact
from medspil.notices.forgetting import forget_about

CONTACT_FACTS = frozenset({"name", "phone", "email", "language", "source", "purpose"})


class NoContactAllowed(Exception):
    """The person did not say yes to being contacted."""

    sentence = _("This person has not said yes to having telephone or e-mail kept here.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class ContactGone(NoContactAllowed):
    """The contact was deleted in the meantime, and must not come back by a form that was open."""

    sentence = _("This contact has been deleted in the meantime, so nothing was saved.")


def give_consent(*, resource: Resource, consent: ConsentSaid, by: User, now: datetime) -> Consent:
    """Note what a person says yes to now; it takes the place of what she said before.

    What she no longer says yes to goes at once: without contact, her telephone and e-mail are deleted for good.
    Raises `ConsentRefused`, `AlreadyWithdrawn`.
    """
    today = timezone.localdate(now)
    refuse_without_consent(resource.kind, consent, today)
    with transaction.atomic():
        current = Resource.objects.select_for_update().get(pk=resource.pk)
        if current.withdrawn_on or not current.is_person:
            raise AlreadyWithdrawn
        standing = Consent.objects.standing().filter(resource=current)
        told = consent.fields()
        same = standing.filter(**told).first()
        if same:
            return same
        for earlier in standing:
            ended = max(today, earlier.given_on)
            Consent.objects.filter(pk=earlier.pk).update(withdrawn_on=ended, withdrawn_how=HowEnded.REPLACED)
        made = Consent.objects.create(resource=current, said_to=by, **told)
        Resource.objects.filter(pk=current.pk).update(consented_on=consent.given_on, updated_at=now)
        if Scope.BY_CONTACT not in consent.scope:
            for contact in current.contacts.all():
                _delete(contact, now)
        changes = {"consent": [[], [one.value for one in made.scope]]}
        record_history(record=current, action="consent_given", by=by, now=now, changes=changes)
    return made


def add_contact(*, resource: Resource, by: User, now: datetime, **facts: Any) -> ResourceContact:
    """Keep how somebody behind a resource is reached: name, phone, email, language, and source and purpose, which
    must be said.

    Raises `NoContactAllowed`, `AlreadyWithdrawn`, `CprNumberFound`, Django's `ValidationError`.
    """
    with transaction.atomic():
        current = Resource.objects.select_for_update().get(pk=resource.pk)
        if current.withdrawn_on or current.merged_into_id:
            raise AlreadyWithdrawn
        if current.is_person and not Consent.objects.standing().filter(resource=current, by_contact=True).exists():
            raise NoContactAllowed
        contact = ResourceContact(resource=current, created_at=now, **_checked(facts))
        _validate(contact)
        contact.save(force_insert=True)
        record_history(record=current, action="contact_added", by=by, now=now)
    return contact


def edit_contact(*, contact: ResourceContact, by: User, now: datetime, **facts: Any) -> ResourceContact:
    """Change a contact; the history says that, never what it was. Raises `ContactGone`, and as `add_contact`
    does."""
    told = _checked(facts)
    for name, value in told.items():
        setattr(contact, name, value)
    _validate(contact)
    with transaction.atomic():
        if not ResourceContact.objects.filter(pk=contact.pk).update(**told):
            raise ContactGone
        record_history(record=contact.resource, action="contact_changed", by=by, now=now)
    return contact


def use_contact(*, contact: ResourceContact, now: datetime) -> None:
    """Note that a contact was used: what nobody uses for two years is forgotten."""
    ResourceContact.objects.filter(pk=contact.pk).update(used_at=now)


@transaction.atomic
def delete_contact(*, contact: ResourceContact, by: User | None, now: datetime) -> None:
    """Delete a contact for good, with what was sent to it and what it answered in its own words."""
    resource = contact.resource
    _delete(contact, now)
    record_history(record=resource, action="contact_deleted", by=by, now=now)


def _delete(contact: ResourceContact, now: datetime) -> None:
    links = [inquiry.link for inquiry in Inquiry.objects.filter(contact=contact).select_related("link")]
    for link in links:
        revoke(link=link, now=now)
    forget_about(records=links, now=now)
    forget_words_of_contact(contact)
    contact.delete()


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - CONTACT_FACTS:
        raise TypeError(f"not facts of a contact: {sorted(unknown)}")
    refuse_cpr(*facts.values())
    found = {name: " ".join(str(value).split()) for name, value in facts.items()}
    for name in ("source", "purpose"):
        if name in found and not found[name]:
            raise ValidationError({name: _("Say this, so that it can be told to whom it is about.")})
    if "phone" in found:
        try:
            check_phone(found["phone"])
        except ValidationError as trouble:
            raise ValidationError({"phone": trouble.messages}) from trouble
    return found


def _validate(contact: ResourceContact) -> None:
    contact.clean_fields()
    contact.validate_constraints()
