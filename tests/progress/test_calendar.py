"""A person's days stand in a calendar file behind a secret address, naming only areas, until she takes it back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.translation import override
from icalendar import Calendar

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.partnerships.conversations import NewPledge, Said, note_conversation
from medspil.partnerships.models import Channel
from medspil.progress.calendar import FeedUnknown, calendar_file, make_feed, owner_of, take_feed_back
from medspil.progress.models import CalendarFeed
from tests.factories import companies, links
from tests.factories.agreements import in_force
from tests.factories.partnerships import partnership
from tests.factories.people import NOW
from tests.factories.pitches import company

pytestmark = pytest.mark.django_db


def page(name: str, keys: tuple[int, ...]) -> str:
    return f"https://medspil.example/{name}/{'/'.join(map(str, keys))}"


def entries(user: User) -> dict[str, date]:
    with override("en"):
        calendar = Calendar.from_ical(calendar_file(user, now=NOW, page=page))
    return {str(one["SUMMARY"]): one.decoded("DTSTART") for one in calendar.walk("VEVENT")}


def unfolded(user: User) -> str:
    return calendar_file(user, now=NOW, page=page).decode().replace("\r\n ", "")


def test_meetings_and_promises_of_hers_stand_at_their_time_with_the_area_and_no_other_name(
    need: Need, anna: User
) -> None:
    link = links.link(need, companies.unit(), by=anna)
    at = NOW + timedelta(days=4)
    said = Said(channel=Channel.MEETING, at=at, their_people="Per Smed", our_people=[anna])
    promises = [
        NewPledge(ours=True, what="Ringer til Per", due_on=at.date()),
        NewPledge(ours=False, what="Sender", due_on=at.date()),
    ]
    note_conversation(
        link=link, party=company(link), said=said, pledges=promises, creation_key=uuid4(), by=anna, now=NOW
    )
    assert entries(anna) == {f"Meeting: {need.area.name}": at, f"Promised: {need.area.name}": at.date()}
    assert "Per" not in unfolded(anna)
    assert link.sentence not in unfolded(anna)


def test_days_of_agreements_stand_for_those_who_lead(need: Need, anna: User, carl: User) -> None:
    made = partnership(need, companies.unit(), by=anna)
    agreement = in_force(made, by=anna)
    found = entries(anna)
    assert found[f"Look at the agreement again: {need.area.name}"] == agreement.look_again_on
    assert found[f"The agreement ends: {need.area.name}"] == agreement.ends_on
    assert made.name not in unfolded(anna)
    assert entries(carl) == {}


def test_the_secret_opens_until_it_is_replaced_taken_back_or_she_leaves(anna: User) -> None:
    first = make_feed(user=anna, now=NOW)
    assert owner_of(first) == anna
    assert first not in str(CalendarFeed.objects.values())
    second = make_feed(user=anna, now=NOW)
    with pytest.raises(FeedUnknown):
        owner_of(first)
    anna.is_active = False
    anna.save()
    with pytest.raises(FeedUnknown):
        owner_of(second)
    anna.is_active = True
    anna.save()
    for _click in range(2):
        take_feed_back(user=anna, now=NOW)
    for wrong in (second, "", "x" * 5_000):
        with pytest.raises(FeedUnknown):
            owner_of(wrong)
