"""Givers are asked by themselves, at night, whether their offers still stand: once for each half year.

Asked is one of the giver's own people, who signs in and may make offers in its name: whoever last had a hand in the
offer, or else a colleague. Of what others noted down no address is kept, so those who noted it down ask.
"""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from medspil.accounts.models import HistoryEntry, OneTimeLink, User
from medspil.notices.transport import is_set_up
from medspil.offers.models import ASK_AGAIN_AFTER, AskedAgain, NotAskedByMail, Offer, OfferQuerySet
from medspil.offers.permissions import givers
from medspil.offers.renewal import PURPOSE, ask_by_link
from medspil.offers.services import OfferClosed
from medspil.organisations.roles import Ability, roles_with

NIGHT = range(2, 5)
"""The hours in which people are asked, by the clock of the place: in the first minutes of each, see `ask_at_night`."""

MINUTES = 2

MOST_A_NIGHT = 3
"""A person who has many offers is asked about a few each night."""

Address = Callable[[str], str]


def ask_at_night(*, now: datetime, address: Address) -> int:
    """Ask about what is due, if it is night; return how many mails are on their way. May be called all the time."""
    here = timezone.localtime(now)
    return ask_what_is_due(now=now, address=address) if here.hour in NIGHT and here.minute < MINUTES else 0


def ask_what_is_due(*, now: datetime, address: Address) -> int:
    """Ask about every offer that is due and was not asked about; return how many mails are on their way.

    However often it runs, and in however many workers at once, nobody is asked twice for the same turn.
    """
    if not is_set_up():
        return 0
    on, asked = timezone.localdate(now), 0
    tonight = _asked_on(on)
    for offer in due(on):
        person = whom_to_ask(offer)
        if person is not None and tonight[person.pk] < MOST_A_NIGHT and _ask(offer, person, on, now, address):
            tonight[person.pk] += 1
            asked += 1
    return asked


def due(on: date) -> OfferQuerySet:
    """Return the offers of givers' own that should be asked about, and that nobody has asked about this time."""
    own = Offer.objects.to_ask_again(on).filter(
        models.Q(recorded_by_organisation=None) | models.Q(taken_over_on__isnull=False),
        organisation__merged_into=None,
    )
    this_time = AskedAgain.objects.filter(offer=models.OuterRef("pk"), renewed_on=models.OuterRef("renewed_on"))
    found = own.exclude(models.Exists(this_time)).for_list().order_by("renewed_on", "pk")
    by_hand = [str(pk) for pk in _asked_by_hand(found)]
    return found.exclude(pk__in=by_hand)


def whom_to_ask(offer: Offer) -> User | None:
    """Return the person to ask about an offer; None where nobody of the giver's may or wants to be asked."""
    people = {one.pk: one for one in _people(offer) if givers(one).filter(pk=offer.organisation_id).exists()}
    had_a_hand = HistoryEntry.objects.of(offer).filter(by__in=people).first()
    if had_a_hand and had_a_hand.by_id in people:
        return people[had_a_hand.by_id]
    return min(people.values(), key=lambda one: one.pk, default=None)


def wants_mails(user: User) -> bool:
    """Return whether a person may be asked by mail."""
    return not NotAskedByMail.objects.filter(user=user).exists()


def switch_mails(*, user: User, on: bool, now: datetime) -> None:
    """Let a person be asked by mail, or no more; twice is once. What is on its way stops as well."""
    if on:
        NotAskedByMail.objects.filter(user=user).delete()
    else:
        NotAskedByMail.objects.get_or_create(user=user, defaults={"since": now})


def _people(offer: Offer) -> Collection[User]:
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation=offer.organisation_id,
            memberships__ended_on=None,
            memberships__role__in=roles_with(Ability.MAKE_OFFER),
        )
        .exclude(pk__in=NotAskedByMail.objects.values("user"))
        .distinct()
    )


def _asked_by_hand(offers: OfferQuerySet) -> set[int]:
    """Return the offers about which somebody sent a link since they were due."""
    turned = {one.pk: one.renewed_on + ASK_AGAIN_AFTER for one in offers}
    links = OneTimeLink.objects.filter(
        purpose=PURPOSE, record_type=Offer._meta.label_lower, record_id__in=[str(pk) for pk in turned]
    )
    sent = links.values_list("record_id", "created_at")
    return {int(pk) for pk, at in sent if timezone.localdate(at) > turned[int(pk)]}


def _asked_on(on: date) -> Counter[int]:
    """Return how many times each person was asked on a day."""
    links = OneTimeLink.objects.filter(purpose=PURPOSE, created_by=None, created_at__date=on)
    people = dict(User.objects.values_list("email", "pk").filter(email__in=links.values("recipient_email")))
    return Counter(people[email] for email in links.values_list("recipient_email", flat=True) if email in people)


def _ask(offer: Offer, person: User, on: date, now: datetime, address: Address) -> bool:
    try:
        with transaction.atomic():
            AskedAgain.objects.create(offer=offer, renewed_on=offer.renewed_on, asked_on=on)
            return ask_by_link(
                offer=offer, email=person.email, name=person.name, language=person.language, by=None, now=now,
                address=address,
            )  # fmt: skip
    except (IntegrityError, OfferClosed):
        return False  # another worker was faster, or somebody has just closed it
