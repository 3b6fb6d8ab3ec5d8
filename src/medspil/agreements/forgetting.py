"""Forgets who is named in agreements: addresses in time, whoever confirmed long after it ended, and who asks for it.

The names, roles and mandates of those who confirmed are part of a signed document. They are kept as long as the
agreement counts, and five years after: as long as accounts are kept. Then the text, the papers and the names go;
that there was such a version, its hash and its days stay. A resident who takes part as a person is here by her consent
alone: her name goes with it at once.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils import timezone

from medspil.accounts.one_time_links import revoke_about
from medspil.agreements.models import (
    Agreement,
    AgreementField,
    AgreementState,
    Confirmation,
    ConfirmationRequest,
    ConfirmationRequestQuerySet,
    FrozenText,
    Paper,
)
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person

ADDRESSES_KEPT_FOR = timedelta(days=365)
SIGNED_KEPT_FOR = timedelta(days=5 * 365)  # both numbers stand on the privacy page
_NOBODY = {"to_email": "", "to_name": "", "source": ""}


def forget_old_requests(*, now: datetime) -> int:
    """Forget to whom links went a year ago; return how many. Again, it changes nothing."""
    return _forget(ConfirmationRequest.objects.filter(asked_at__lt=now - ADDRESSES_KEPT_FOR), now)


def forget_requests_to(*, email: str, now: datetime) -> int:
    """Forget every link to an address at once, and every mail about it; return how many."""
    address = email.strip()
    return _forget(ConfirmationRequest.objects.filter(to_email__iexact=address), now) if address else 0


def forget_old_agreements(*, now: datetime) -> int:
    """Forget the words and the people of agreements that ended, or never counted, five years ago; return how many."""
    since = timezone.localdate(now - SIGNED_KEPT_FOR)
    ended = Agreement.objects.filter(
        partnership=models.OuterRef("partnership"), number__gte=models.OuterRef("number"),
        state=AgreementState.ENDED, state_on__lt=since,
    )  # fmt: skip
    never = models.Q(state__in=[AgreementState.OVERTAKEN, AgreementState.PUT_AWAY], state_on__lt=since)
    keys = set(Agreement.objects.filter(never | models.Exists(ended)).values_list("pk", flat=True))
    fresh = AgreementField.objects.filter(agreement__in=keys).exclude(text="", rows=[])
    found = set(fresh.values_list("agreement", flat=True))
    FrozenText.objects.filter(agreement__in=keys).forget(now=now, content={}, text="")
    Paper.objects.filter(agreement__in=keys).forget(now=now, pdf=b"")
    Confirmation.objects.filter(agreement__in=keys).forget(now=now, name="", role="", mandate="")
    AgreementField.objects.filter(agreement__in=keys).update(text="", rows=[], version=F("version") + 1)
    Agreement.objects.filter(pk__in=found).update(review="", state_why="", version=F("version") + 1)
    return len(found)


@also_forgets
def forget_with_people(resources: list[int], now: datetime) -> None:
    """Forget what residents who took their consent back confirmed as a side of their own, and where they were asked.

    The agreement stays, as that of somebody without a name; the papers that named her go, and are made without her.
    """
    theirs = models.Q(partner__side__resource__in=resources)
    _forget(ConfirmationRequest.objects.filter(theirs), now)
    given = Confirmation.objects.filter(theirs)
    agreements = set(given.values_list("agreement", flat=True))
    given.forget(now=now, name="", role="", mandate="")
    Paper.objects.filter(agreement__in=agreements).forget(now=now, pdf=b"")


@also_forgets_person
def forget_person_in_agreements(person: Person) -> None:
    """Forget links that went to her, and her name in what is still being written. What was signed stays as it was."""
    for email in sorted(person.emails):
        forget_requests_to(email=email, now=person.now)
    drafts = AgreementField.objects.filter(agreement__state=AgreementState.DRAFT).exclude(text="", rows=[])
    for field in drafts.order_by("pk"):
        text = person.taken_out(field.text)
        rows = [{name: _without(person, value) for name, value in row.items()} for row in field.rows]
        if (text, rows) != (field.text, field.rows):
            AgreementField.objects.filter(pk=field.pk).update(text=text, rows=rows, version=F("version") + 1)


def _without(person: Person, value: object) -> object:
    return person.taken_out(value) if isinstance(value, str) else value


def _forget(requests: ConfirmationRequestQuerySet, now: datetime) -> int:
    """Take addresses out, take the links back, and stop mails that wait."""
    found = list(requests.filter(forgotten_at=None).select_related("link").order_by("pk"))
    if not found:
        return 0
    forget_about(records=[*found, *(one.link for one in found if one.link)], now=now)
    for one in found:
        revoke_about(record=one, now=now)
    return ConfirmationRequest.objects.filter(pk__in=[one.pk for one in found]).update(**_NOBODY, forgotten_at=now)
