"""Two clicks at the very same moment make one need."""

from datetime import datetime

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.mapping.competences import need_for, set_competences
from medspil.mapping.models import Competence
from medspil.organisations.models import Organisation
from tests.areas.test_at_the_same_time import together
from tests.factories import places

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_make_one_need(vejle: Organisation, anna: User, now: datetime) -> None:
    challenge = places.challenge(places.area(vejle))
    set_competences(challenge=challenge, chosen={"photo_film": ""}, expected_version=1, by=anna, now=now)

    def click() -> tuple[int, bool]:
        need, new = need_for(challenge=challenge, kind="photo_film", by=anna, now=now)
        return need.pk, new

    answers = together(click, click, click, click)
    assert len({pk for pk, _new in answers}) == 1
    assert sorted(new for _pk, new in answers) == [False, False, False, True]
    assert Need.objects.count() == Competence.objects.count() == 1
