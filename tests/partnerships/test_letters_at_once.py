"""Two people, or one with a nervous finger, at one letter at the same moment: one letter, one mail."""

from functools import partial
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.models import Answer, Link, Step
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from medspil.partnerships.models import Pitch
from medspil.partnerships.pitching import AlreadySent, send_pitch
from tests.conftest import NOW
from tests.factories import companies, links, people, rankings
from tests.factories.pitches import addressed, company, draft
from tests.linking.test_links_at_once import all_at_once, conflicts

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 4


def home() -> tuple[User, Need]:
    municipality = people.organisation("Vejle Kommune")
    return people.member(municipality, Role.COORDINATOR), rankings.photo_need(municipality)


def test_drafted_at_once_with_one_key_it_is_one_letter() -> None:
    anna, need = home()
    link, key = links.link(need, companies.unit(), by=anna), uuid4()
    told = all_at_once([partial(draft, link, by=anna, creation_key=key) for _click in range(CLICKS)])
    assert len(told) == CLICKS
    assert Pitch.objects.count() == 1


def test_sent_at_once_it_is_one_mail_and_the_side_is_asked_once() -> None:
    anna, need = home()
    link = links.link(need, companies.unit(), by=anna)
    pitch = addressed(draft(link, by=anna), by=anna)

    def send() -> Pitch:
        try:
            return send_pitch(
                pitch=Pitch.objects.for_page().get(pk=pitch.pk), counts_as_asked=True, link_version=1,
                expected_version=pitch.version, by=anna, now=NOW,
            )  # fmt: skip
        except AlreadySent as late:
            raise EditConflict from late

    told = all_at_once([send] * CLICKS)
    assert conflicts(told) == CLICKS - 1
    assert Message.objects.count() == 1
    assert company(link).answer == Answer.ASKED
    assert Link.objects.get().steps.filter(what=Step.ASKED).count() == 1
