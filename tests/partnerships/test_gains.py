"""Gains of each side: noted by others, confirmed by nobody but the side itself, signed in or by a one-time link."""

from typing import Any

import pytest
from django.core import mail

from medspil.accounts.models import HistoryEntry, User
from medspil.accounts.one_time_links import LinkUsed
from medspil.partnerships.definition import Mark, definition
from medspil.partnerships.gain_mails import ask_for_gains, confirm_by_link
from medspil.partnerships.gains import GainConfirmed, NoGain, Said, choices_for, note_gain, remove_gain
from medspil.partnerships.models import Partner, PartnerGain, Partnership, When
from medspil.partnerships.questions import NobodyToAnswer
from tests.factories.people import NOW
from tests.factories.post import deliver
from tests.factories.sides import kept_in, named

pytestmark = pytest.mark.django_db


def gain(partner: Partner, by: User, code: str = "recruitment", when: When = When.EXPECTED, **more: Any) -> PartnerGain:
    return note_gain(partner=partner, said=Said(when, code, **more), by=by, now=NOW)


def test_what_others_note_waits_and_what_the_side_notes_is_confirmed(smithy: Partner, anna: User, sanne: User) -> None:
    noted = gain(smithy, anna)
    assert noted.confirmed_at is None
    same = gain(smithy, sanne, words="to lærlinge")
    assert same.pk == noted.pk
    assert (same.confirmed_by, same.words) == (sanne, "to lærlinge")
    with pytest.raises(GainConfirmed):
        remove_gain(gain=same, expected_version=same.version, by=anna, now=NOW)
    remove_gain(gain=same, expected_version=same.version, by=sanne, now=NOW)
    assert not PartnerGain.objects.exists()
    assert "lærlinge" not in str(list(HistoryEntry.objects.values()))


def test_each_side_has_the_gains_of_its_own_list(smithy: Partner, area_side: Partner, anna: User) -> None:
    assert {one.side for one in choices_for(smithy)} == {"company"}
    of_the_area = [one.side for one in choices_for(area_side)]
    assert (of_the_area[0], set(of_the_area)) == ("area", {"area", "company", "politicians"})
    for code, words in (("", ""), ("less_loneliness_that_nobody_knows", ""), (choices_for(area_side)[0].code, "")):
        with pytest.raises(NoGain):
            gain(smithy, anna, code, words=words)


def test_a_company_without_account_confirms_by_a_link_once(harbour: Partner, anna: User) -> None:
    right, wrong = gain(harbour, anna), gain(harbour, anna, "proud_staff")
    with pytest.raises(NobodyToAnswer):
        ask_for_gains(partner=harbour, by=anna, now=NOW, address=str)
    named(harbour, by=anna)
    tokens: list[str] = []
    assert ask_for_gains(partner=harbour, by=anna, now=NOW, address=kept_in(tokens))
    deliver(NOW)
    assert [one.to for one in mail.outbox] == [["per@firma.example"]]
    assert tokens[0] in mail.outbox[0].body
    more = [Said(When.EXPERIENCED, words="Vi fandt to lærlinge")]
    assert confirm_by_link(token=tokens[0], keys=[right.pk], more=more, as_what="mester", now=NOW) == 2
    right.refresh_from_db()
    wrong.refresh_from_db()
    assert (right.confirmed_as, wrong.confirmed_at) == ("mester", None)
    with pytest.raises(LinkUsed):
        confirm_by_link(token=tokens[0], keys=[wrong.pk], more=[], as_what="", now=NOW)
    assert PartnerGain.objects.confirmed().count() == 2


def test_the_definition_says_what_is_there_and_what_is_missing(
    together: Partnership, smithy: Partner, area_side: Partner, harbour: Partner, anna: User
) -> None:
    marks = {one.mark: one for one in definition(together)}
    assert [mark for mark, one in marks.items() if one.there] == [Mark.SECTORS, Mark.OWN_WILL, Mark.PURPOSE]
    assert marks[Mark.SECTORS].sectors == ("private", "public")
    assert marks[Mark.RESOURCES].shown_by == (smithy,)
    gain(smithy, anna)
    gains = {one.mark: one for one in definition(together)}[Mark.GAINS]
    assert (gains.there, gains.lacking) == (False, (area_side, harbour))
