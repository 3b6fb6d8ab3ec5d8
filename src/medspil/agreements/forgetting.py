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
from django.utils.translation import gettext_lazy as _

from medspil.accounts.one_time_links import revoke_about
from medspil.agreements.models import (
    Agreement,
    AgreementField,
    AgreementState,
    CheckAnswer,
    Confirmation,
    ConfirmationRequest,
    ConfirmationRequestQuerySet,
    FrozenText,
    Paper,
)
from medspil.linking.forgotten_people import links_near
from medspil.linking.mention_texts import also_reads
from medspil.mapping.withdrawal import also_forgets
from medspil.notices.forgetting import forget_about
from medspil.organisations.forgetting import Person
from medspil.organisations.forgetting import also_forgets as also_forgets_person

ADDRESSES_KEPT_FOR = timedelta(days=365)
SIGNED_KEPT_FOR = timedelta(days=5 * 365)  # both numbers stand on the privacy page
STILL_WRITTEN = models.Q(agreement__state=AgreementState.DRAFT)
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
    """Forget links that went to her, and her name in what is still being written near her, and in why something goes on
    or stops. What was signed stays as it was."""
    asked: set[int] = set()
    for email in sorted(person.emails):
        went = ConfirmationRequest.objects.filter(to_email__iexact=email)
        asked.update(went.values_list("agreement__partnership", flat=True))
        forget_requests_to(email=email, now=person.now)
    near = Agreement.objects.filter(
        models.Q(partnership__link__in=links_near(person).values("pk")) | models.Q(partnership__in=asked)
    )
    for agreement in near.order_by("pk"):
        person.take_out_of(agreement, "state_why", "review")
    for field in AgreementField.objects.filter(STILL_WRITTEN, agreement__in=near.values("pk")).order_by("pk"):
        person.take_out_of(field, "text", "rows")
    for answer in CheckAnswer.objects.filter(agreement__in=near.values("pk")).exclude(why="").order_by("pk"):
        person.take_out_of(answer, "why")


def delete_request(pk: int, now: datetime) -> None:
    """Delete to whom a link to an agreement went, and take the link back."""
    _forget(ConfirmationRequest.objects.filter(pk=pk), now)


_WAY = "agreement__partnership__link"
also_reads(
    "drafted", _("a field of an agreement that is being written"), AgreementField, "text", way=_WAY,
    among=STILL_WRITTEN,
)  # fmt: skip
also_reads(
    "rows", _("the rows of a field of an agreement that is being written"), AgreementField, "rows", way=_WAY,
    among=STILL_WRITTEN,
)  # fmt: skip
also_reads("went_on", _("why an agreement goes on or stops"), Agreement, "state_why", way="partnership__link")
also_reads("review", _("what came of an agreement"), Agreement, "review", way="partnership__link")
also_reads("checked", _("why an agreement goes on in spite of a warning"), CheckAnswer, "why", way=_WAY)
also_reads(
    "sent_to", _("to whom an agreement was sent"), ConfirmationRequest, "to_name", "source", way=_WAY,
    delete=delete_request,
)  # fmt: skip


def _forget(requests: ConfirmationRequestQuerySet, now: datetime) -> int:
    """Take addresses out, take the links back, and stop mails that wait."""
    found = list(requests.filter(forgotten_at=None).select_related("link").order_by("pk"))
    if not found:
        return 0
    forget_about(records=[*found, *(one.link for one in found if one.link)], now=now)
    for one in found:
        revoke_about(record=one, now=now)
    return ConfirmationRequest.objects.filter(pk__in=[one.pk for one in found]).update(**_NOBODY, forgotten_at=now)
