"""Asking a contact by a one-time link whether a resource is still right, and taking the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from medspil.accounts.models import OneTimeLink, User, record_history
from medspil.accounts.one_time_links import find, issue, use
from medspil.areas.privacy import refuse_cpr
from medspil.common.long_texts import refuse_longer
from medspil.mapping.facts import review_on
from medspil.mapping.mails import ask_by_mail
from medspil.mapping.models import Answer, HowEnded, Inquiry, Resource, ResourceContact
from medspil.mapping.services.people import delete_contact
from medspil.mapping.withdrawal import withdraw_consent
from medspil.notices.checks import NotAnyMore, before_sending, link_of
from medspil.notices.letters import checked_address
from medspil.notices.models import Message
from medspil.organisations.subjects import of_organisation

PURPOSE = "still_right"
NOT_AGAIN_FOR = timedelta(days=14)
LONGEST_ANSWER = 2000


class CannotAsk(Exception):
    """Nobody can be asked; the sentence says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)


class AnswerMissing(Exception):
    """Something has changed, and nothing is said of what."""

    def __init__(self) -> None:
        super().__init__(gettext_lazy("Write what has changed, in your own words."))


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked; `mailed` is false where no mail server is set up. The address is for her alone."""

    inquiry: Inquiry
    mailed: bool
    address: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks about: the inquiry with its resource, and whether that has changed since the mail was sent."""

    inquiry: Inquiry
    changed_since: bool

    @property
    def resource(self) -> Resource:
        """Return what is asked about."""
        return self.inquiry.resource


def ask_still_right(*, contact: ResourceContact, by: User, now: datetime, address_of: Callable[[str], str]) -> Asked:
    """Mail a contact a link by which to say whether the resource is still right.

    `address_of` makes the whole address of the answer page from a token. Raises `CannotAsk`: no e-mail, nothing there
    any more, protected from advertising, or asked in the last two weeks.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        resource = Resource.objects.select_for_update().select_related("area__owner").get(pk=contact.resource_id)
        found = ResourceContact.objects.filter(pk=contact.pk, resource=resource).first()
        if found is None:
            raise CannotAsk(_("This contact has been deleted in the meantime, so nobody was asked."))
        contact = found
        _refuse(resource, contact)
        _refuse_so_soon(contact, today)
        issued = issue(
            purpose=PURPOSE,
            record=resource,
            recipient_email=contact.email,
            recipient_name=contact.name,
            language=contact.language,
            about_version=resource.version,
            by=by,
            now=now,
        )
        inquiry = Inquiry.objects.create(resource=resource, contact=contact, link=issued.link, sent_on=today)
        ResourceContact.objects.filter(pk=contact.pk).update(used_at=now)
        record_history(record=resource, action="asked_still_right", by=by, now=now)
        address = address_of(issued.token)
        mailed = ask_by_mail(link=issued.link, resource=resource, by=by, address=address, now=now)
    return Asked(inquiry, mailed, address)


@before_sending(PURPOSE, label=gettext_lazy("Is this still right?"))
def still_to_be_asked(message: Message, now: datetime) -> None:
    """Ask nobody whose contact is gone or another by now, about what is gone, or who must not be written to."""
    link = link_of(message, now)
    inquiry = Inquiry.objects.select_related("resource__area", "contact").get(link=link)
    if inquiry.contact is None or checked_address(inquiry.contact.email or link.recipient_email) != message.to_email:
        raise NotAnyMore(_("The contact has been deleted or has another address by now."))
    try:
        _refuse(inquiry.resource, inquiry.contact)
    except CannotAsk as reason:
        raise NotAnyMore(str(reason)) from reason


def question_of(*, token: str, now: datetime) -> Question:
    """Return what a link asks about; writes nothing. Raises `LinkUnusable` with a sentence."""
    link = find(token=token, now=now)
    inquiry = Inquiry.objects.select_related("resource__area", "link").get(link=link)
    return Question(inquiry, inquiry.resource.version != link.about_version)


def answer_inquiry(*, token: str, answer: Answer, now: datetime, text: str = "") -> Inquiry:
    """Take an answer; the link is used up. Raises `LinkUnusable`, `AnswerMissing`, `LongerThanRoom`, `CprNumberFound`.

    Still right: confirmed today. Take me off: a person is withdrawn from everything at once; of anything else the
    contact is deleted for good. Changed, not right and take me off wait for somebody to look.
    """
    refuse_cpr(text)
    text = text.strip()
    refuse_longer(text, most=LONGEST_ANSWER)
    if answer == Answer.CHANGED and not text:
        raise AnswerMissing
    return use(token=token, purpose=PURPOSE, now=now, answer=lambda link: _taken(link, answer, text, now))


def dealt_with(*, inquiry: Inquiry, by: User, now: datetime) -> bool:
    """Note that somebody looked at an answer; returns False when it was dealt with already."""
    rows = Inquiry.objects.waiting().filter(pk=inquiry.pk)
    return bool(rows.update(handled_at=now, handled_by=by))


def _refuse(resource: Resource, contact: ResourceContact) -> None:
    if not contact.email:
        raise CannotAsk(_("There is no e-mail address to ask at. Call instead, and note what you hear."))
    if resource.withdrawn_on or resource.archived_at or resource.merged_into_id:
        raise CannotAsk(_("The resource is no longer on the map, so there is nothing to ask about."))
    if _protected(resource):
        raise CannotAsk(
            _(
                "The company is protected from advertising, so Medspil does not write to it. Ask the person who told "
                "you of it, and note what you hear."
            )
        )


def _refuse_so_soon(contact: ResourceContact, today: date) -> None:
    """Hold to two weeks between two questions, whether or not the first was answered."""
    asked = Inquiry.objects.filter(contact=contact, sent_on__gt=today - NOT_AGAIN_FOR)
    last = asked.order_by("-sent_on", "-pk").first()
    if last is None:
        return
    sent, again = (date_format(day, "DATE_FORMAT") for day in (last.sent_on, last.sent_on + NOT_AGAIN_FOR))
    if last.answered_on is None:
        said = _(
            "A question went there on %(day)s and waits for an answer. Nobody is asked twice within two weeks: it is"
            " possible again on %(again)s."
        )
    else:
        said = _(
            "The question of %(day)s is answered. Nobody is asked twice within two weeks: it is possible again on"
            " %(again)s."
        )
    raise CannotAsk(said % {"day": sent, "again": again})


def _protected(resource: Resource) -> bool:
    """Tell whether the register says that the company behind a resource may not be written to.

    Who answers for the area or takes part in it is no stranger there and is not stopped.
    """
    area, organisation = resource.area, resource.organisation
    if organisation and (organisation.pk == area.owner_id or area.partners.filter(pk=organisation.pk).exists()):
        return False
    if resource.unit:
        return resource.unit.protected
    return organisation is not None and of_organisation(organisation).units().filter(protected=True).exists()


def _taken(link: OneTimeLink, answer: Answer, text: str, now: datetime) -> Inquiry:
    today = timezone.localdate(now)
    inquiry = Inquiry.objects.select_related("resource", "contact").get(link=link)
    Inquiry.objects.filter(pk=inquiry.pk).update(answered_on=today, answer=answer, text=text)
    inquiry.answered_on, inquiry.answer, inquiry.text = today, answer, text
    resource = inquiry.resource
    record_history(record=resource, action=f"answered_{answer.value}", by=None, now=now)
    if answer == Answer.RIGHT:
        _confirm(resource, today, now)
    elif answer == Answer.REMOVE:
        _take_off(inquiry, now)
    if inquiry.contact and answer != Answer.REMOVE:
        ResourceContact.objects.filter(pk=inquiry.contact.pk).update(used_at=now)
    return inquiry


def _confirm(resource: Resource, today: date, now: datetime) -> None:
    """Note the day. No text of anybody's is touched, so it is no new version and nobody's form is disturbed."""
    reviewed = {"confirmed_on": today, "review_on": review_on(today, resource.review_months)}
    Resource.objects.filter(pk=resource.pk, withdrawn_on=None).update(**reviewed, updated_at=now)


def _take_off(inquiry: Inquiry, now: datetime) -> None:
    resource = inquiry.resource
    if resource.is_person:
        withdraw_consent(resource=resource, how=HowEnded.LINK, by=None, now=now)
        return
    Inquiry.objects.filter(pk=inquiry.pk).update(text="")
    if inquiry.contact:
        delete_contact(contact=inquiry.contact, by=None, now=now)
        inquiry.contact = None
