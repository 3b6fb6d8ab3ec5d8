"""What colleagues wrote is forgotten in time, with people who take their consent back, and with whoever asks for it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.agreements.models import FieldCode
from medspil.agreements.writing import save_field
from medspil.areas.models import Need
from medspil.linking.mention_texts import NO_WORDS
from medspil.linking.mentions import look_for, settle, texts_of
from medspil.linking.models import Link, Mention
from medspil.organisations.forgetting import forget_person
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.partnerships.forgetting import KEPT_FOR
from medspil.progress.calendar import make_feed
from medspil.progress.digests import choose_rhythm
from medspil.progress.forgetting import forget_old_referrals
from medspil.progress.models import CalendarFeed, Digest, Moment, MomentKind, Referral
from medspil.progress.moments import note_moment
from medspil.progress.referrals import refer
from medspil.pulses.telling import tell
from medspil.walks.models import Skipping
from medspil.walks.skipping import skip_walk
from tests.factories import agreements, companies, links, people
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(vejle: Organisation) -> User:
    """Return a colleague of Anna's."""
    person = people.member(vejle, Role.CASE_WORKER, "Dora")
    person.name = "Dora Dam"
    person.save()
    return person


def hand(link: Link, dora: User, anna: User) -> Referral:
    return refer(
        link=link, to=dora, text="Dora Dam kender dem.", address="https://medspil.example/", creation_key=uuid4(),
        by=anna, now=NOW,
    )  # fmt: skip


def test_words_of_referrals_are_forgotten_after_two_years(need: Need, anna: User, dora: User) -> None:
    hand(links.link(need, companies.unit(), by=anna), dora, anna)
    assert [forget_old_referrals(now=NOW + KEPT_FOR + timedelta(days=days)) for days in (0, 1, 2)] == [0, 1, 0]
    assert Referral.objects.get().text == ""


def test_whoever_asks_is_taken_out_of_words_and_gets_no_digest_and_no_calendar(
    need: Need, anna: User, dora: User
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    hand(made.link, dora, anna)
    note_moment(
        partnership=made, kind=MomentKind.TOLD, on=NOW.date(), words="Dora Dam talte i radioen.",
        creation_key=uuid4(), by=anna, now=NOW,
    )  # fmt: skip
    make_feed(user=dora, now=NOW)
    choose_rhythm(user=dora, rhythm="daily", expected_version=0, now=NOW)
    forget_person(user=dora, by=anna, now=NOW)
    assert (Referral.objects.get().text, Moment.objects.get().words) == ("– kender dem.", "– talte i radioen.")
    assert not CalendarFeed.objects.exists()
    assert not Digest.objects.exists()


def test_names_in_texts_of_all_rooms_wait_for_somebody_to_look_and_can_be_deleted(
    need: Need, anna: User, dora: User
) -> None:
    made = partnership(need, companies.unit(), by=anna)
    hand(made.link, dora, anna)
    note_moment(
        partnership=made, kind=MomentKind.TOLD, on=NOW.date(), words="Ida Dam talte.", creation_key=uuid4(), by=anna,
        now=NOW,
    )  # fmt: skip
    tell(
        partnership=made, by_side=None, text="Ida Dam er her.", creation_key=uuid4(), by=anna, now=NOW, address=str
    )  # fmt: skip
    skip_walk(partnership=made, reason="other", words="Ida Dam er syg", creation_key=uuid4(), by=anna, now=NOW)
    draft = agreements.draft(made, by=anna)
    agreements.fill(draft, by=anna, effects="Ida Dam holder fotoskole")
    field = draft.fields.get(code=FieldCode.TIMELINE)
    rows = [{"on": "2027-01-04", "what": "Ida Dam begynder"}]
    save_field(field=field, expected_version=field.version, text="", rows=rows, by=anna, now=NOW)
    look_for(["Dam"], area=need.area_id, on=NOW.date())
    found = list(Mention.objects.waiting())
    places = {"handed", "moment", "news", "no_walk", "drafted", "rows"}
    assert {one.where for one in found} == places
    assert "2027-01-04 · Ida Dam begynder" in texts_of(found).values()
    for one in found:
        settle(mention=one, how="delete", by=anna, now=NOW)
    assert look_for(["Dam"], area=need.area_id, on=NOW.date()) == 0
    assert Skipping.objects.get().words == NO_WORDS
