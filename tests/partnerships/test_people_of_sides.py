"""One contact person at a time on each side, with what she may decide, a deputy, a handover; and what is missing."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from medspil.accounts.models import HistoryEntry, User
from medspil.common.models import EditConflict
from medspil.organisations.models import Membership
from medspil.partnerships.models import Part, Partner, PartnerPerson
from medspil.partnerships.people import (
    DaysMixedUp,
    NobodyNamed,
    NotOfThatSide,
    NotReached,
    OriginMissing,
    Who,
    end_part,
    name_person,
)
from medspil.partnerships.side_people import Gap, SidePeople, people_of
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
DAY = timedelta(days=1)


def on_side(partner: Partner, day: object = TODAY) -> SidePeople:
    return people_of([partner], on=TODAY if day is TODAY else day)[partner.pk]  # type: ignore[arg-type]


def test_a_newcomer_ends_the_part_of_who_had_it_and_gets_the_note(harbour: Partner, anna: User) -> None:
    first = named(harbour, by=anna, may_decide_kroner=5000, may_decide_topics="besøg")
    second = named(harbour, "Grete Havn", by=anna, from_on=TODAY + DAY, handover="Klubben vil have to besøg.")
    first.refresh_from_db()
    assert (first.to_on, first.handover) == (TODAY, "Klubben vil have to besøg.")
    assert on_side(harbour).contact == first
    assert on_side(harbour, TODAY + DAY).contact == second
    told = HistoryEntry.objects.filter(action="contact_named")
    assert told.count() == 2
    assert not any(word in str(list(told.values())) for word in ("Per", "Grete", "firma.example"))


def test_two_contact_persons_at_once_are_impossible(harbour: Partner, anna: User) -> None:
    first = named(harbour, by=anna)
    with pytest.raises(EditConflict):  # both had the page open
        name_person(
            partner=harbour, part=Part.CONTACT, who=Who(name="Ib", email="ib@firma.example", source="a", purpose="b"),
            from_on=TODAY, expected_version=1, by=anna, now=NOW,
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerPerson.objects.create(
            partner=harbour, part=Part.CONTACT, name="Ib", from_on=TODAY, created_at=NOW, updated_at=NOW
        )
    assert on_side(harbour).contact == first


@pytest.mark.parametrize(
    ("part", "facts", "trouble"),
    [
        (Part.CONTACT, {"name": ""}, NobodyNamed),
        (Part.CONTACT, {"name": "Per", "email": ""}, NotReached),
        (Part.CONTACT, {"name": "Per", "email": "per"}, NotReached),
        (Part.CONTACT, {"name": "Per", "source": ""}, OriginMissing),
        (Part.DEPUTY, {"name": "Per"}, DaysMixedUp),
        (Part.CHIEF, {"name": "", "function": ""}, NobodyNamed),
    ],
)
def test_who_cannot_be_reached_or_is_nobody_gets_no_part(
    harbour: Partner, anna: User, part: Part, facts: dict[str, Any], trouble: type[Exception]
) -> None:
    with pytest.raises(trouble):
        named(harbour, facts.pop("name"), part, by=anna, **facts)
    assert not PartnerPerson.objects.exists()


def test_an_account_takes_part_only_for_its_own_side(
    smithy: Partner, harbour: Partner, anna: User, sanne: User
) -> None:
    with pytest.raises(NotOfThatSide):
        named(harbour, user=sanne, by=anna)
    hers = named(smithy, user=sanne, by=anna)
    assert (hers.address, hers.shown_name, hers.email) == (sanne.email, "Sanne", "")


def test_a_contact_who_leaves_in_the_middle_is_not_asked_any_more(smithy: Partner, anna: User, sanne: User) -> None:
    named(smithy, user=sanne, by=anna)
    chief = named(smithy, "", Part.CHIEF, by=anna, function="direktør", email="dir@smedjen.example")
    assert on_side(smithy).to_ask() != chief
    Membership.objects.filter(user=sanne).update(ended_on=TODAY - DAY)
    side = on_side(smithy)
    assert side.to_ask() == chief
    assert Gap.CONTACT_GONE in side.gaps


def test_a_side_that_hangs_on_one_person_is_told_so(harbour: Partner, anna: User) -> None:
    assert on_side(harbour).gaps == [Gap.NO_CONTACT, Gap.NO_CHIEF, Gap.NO_CHAMPION]
    for part in (Part.CONTACT, Part.CHIEF, Part.CHAMPION):
        named(harbour, "Per Smed", part, by=anna)
    assert on_side(harbour).gaps == [Gap.ONE_HOLDS_ALL, Gap.NOTHING_PLANNED]
    deputy = named(harbour, "Grete Havn", Part.DEPUTY, by=anna, to_on=TODAY + 14 * DAY)
    assert on_side(harbour).gaps == [Gap.NOTHING_PLANNED]
    end_part(person=deputy, on=TODAY, expected_version=1, by=anna, now=NOW)
    assert on_side(harbour, TODAY + DAY).deputy is None


def test_only_those_who_lead_and_the_sides_see_the_people(
    smithy: Partner, harbour: Partner, anna: User, sanne: User, carl: User
) -> None:
    named(harbour, by=anna)
    seen = PartnerPerson.objects.visible_to
    assert (seen(anna).count(), seen(sanne).count(), seen(carl).count()) == (1, 1, 0)
    smithy.save_changes(expected_version=1, now=NOW, left_on=TODAY)
    assert not seen(sanne).exists()
