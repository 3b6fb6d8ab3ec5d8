"""Who joins later, withdraws and comes back; merges and consents taken back lose nothing and leave nobody behind."""

from datetime import timedelta
from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.common.models import EditConflict
from medspil.linking.link_states import StepNotAllowed
from medspil.linking.links import create_link
from medspil.linking.models import LinkParty, Origin
from medspil.linking.parties import Party
from medspil.linking.sides import remove_party
from medspil.mapping import merging as resource_merging
from medspil.mapping.models import Consent, HowEnded
from medspil.mapping.withdrawal import withdraw_consent
from medspil.organisations import merging
from medspil.partnerships.beginning import begin
from medspil.partnerships.models import Partner, PartnerGain, PartnerPerson, Partnership, Question
from medspil.partnerships.permissions import rights_in
from medspil.partnerships.questions import ask
from medspil.partnerships.standing import WhyMissing
from medspil.partnerships.taking_part import join, leave
from tests.factories import links, people
from tests.factories.partnerships import all_say_yes, partnership
from tests.factories.people import NOW
from tests.factories.sides import named

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def asked(partnership: Partnership, of: Partner, by: User) -> Question:
    return ask(
        partnership=partnership, asked_of=of, put_by=None, text="Hvornår?", creation_key=uuid4(), by=by, now=NOW,
        address=str,
    )  # fmt: skip


def test_one_more_joins_withdraws_and_comes_back(together: Partnership, need: Need, anna: User) -> None:
    club = Party(resource=links.resource(need), brings="to trænere")
    for _click in range(2):
        came = join(partnership=together, party=club, on=TODAY, expected_version=1, by=anna, now=NOW)
    assert Partner.objects.filter(partnership=together).count() == 4
    assert (came.side.answer, came.side.brings) == ("yes", "to trænere")
    with pytest.raises(WhyMissing):
        leave(partner=came, on=TODAY, why="", expected_version=1, by=anna, now=NOW)
    leave(partner=came, on=TODAY, why="Træneren flyttede", expected_version=1, by=anna, now=NOW)
    came.refresh_from_db()
    assert (came.left_on, came.left_why) == (TODAY, "Træneren flyttede")
    back = join(partnership=together, party=club, on=TODAY, expected_version=2, by=anna, now=NOW)
    assert (back.pk, back.left_on) == (came.pk, None)


def test_who_withdraws_is_asked_nothing_more_and_speaks_no_more(
    together: Partnership, smithy: Partner, harbour: Partner, anna: User, sanne: User
) -> None:
    contact = named(smithy, user=sanne, by=anna)
    named(harbour, by=anna)
    to_it, to_other = asked(together, smithy, anna), asked(together, harbour, anna)
    smithy.refresh_from_db()
    with pytest.raises(EditConflict):
        leave(partner=smithy, on=TODAY, why="Travlt", expected_version=1, by=anna, now=NOW)
    leave(partner=smithy, on=TODAY, why="Travlt", expected_version=smithy.version, by=sanne, now=NOW)
    contact.refresh_from_db()
    assert contact.to_on == TODAY
    assert list(Question.objects.open()) == [to_other]
    assert not Question.objects.get(pk=to_it.pk).is_open
    assert rights_in(sanne, together).own == frozenset()


def test_a_side_that_takes_part_is_not_taken_off_the_link(together: Partnership, smithy: Partner, anna: User) -> None:
    with pytest.raises(StepNotAllowed):
        remove_party(link=together.link, party=smithy.side, expected_version=together.link.version, by=anna, now=NOW)
    assert Partner.objects.filter(pk=smithy.pk).exists()


def test_two_records_of_one_organisation_merge_though_both_take_part(need: Need, anna: User) -> None:
    one, twin = people.organisation("Smedjen", "company"), people.organisation("Smedjen ApS", "company")
    made = partnership(need, one, twin, by=anna)
    _kept, gone = made.partners.all()[1:3]
    named(gone, by=anna)
    merge = merging.merge(kept=one, gone=twin, from_gone=frozenset(), versions=(1, 1), by=anna, now=NOW)
    assert Partner.objects.filter(partnership=made).count() == 3
    assert PartnerPerson.objects.get().partner == gone
    merging.take_back(merged=merge, by=anna, now=NOW)
    assert set(LinkParty.objects.filter(link=made.link).values_list("organisation", flat=True)) == {
        need.area.owner.pk, one.pk, twin.pk,
    }  # fmt: skip


def test_two_rows_of_one_resource_merge_though_both_take_part(need: Need, anna: User) -> None:
    one, twin = links.resource(need), links.resource(need, "Fotoklub")
    made = partnership(need, one, twin, by=anna)
    resource_merging.merge_resources(kept=one, gone=twin, by=anna, now=NOW)
    assert Partner.objects.filter(partnership=made).count() == 3


def test_who_takes_the_consent_back_leaves_and_is_forgotten(need: Need, anna: User) -> None:
    ida = links.resource(need, "Ida Hansen", "person", consented_on=TODAY)
    Consent.objects.create(resource=ida, given_on=TODAY, how="said", said_to=anna, on_map=True)
    club = Party(resource=links.resource(need))
    made = partnership(need, ida, club, by=anna)
    hers = made.partners.all()[1]
    named(hers, "Ida Hansen", by=anna)
    question = asked(made, hers, anna)
    PartnerGain.objects.create(partner=hers, when="expected", words="Ida får venner", created_at=NOW, updated_at=NOW)
    withdraw_consent(resource=ida, how=HowEnded.SAID, by=anna, now=NOW + timedelta(days=1))
    left = Partner.objects.get(pk=hers.pk)
    assert (left.left_on, left.left_why) == (TODAY + timedelta(days=1), "")
    question.refresh_from_db()
    assert (question.text, question.is_open) == ("", False)
    everything = str([list(model.objects.values()) for model in (Partner, PartnerPerson, PartnerGain, Question)])
    assert "Ida" not in everything
    assert "ida@" not in everything


def test_a_partnership_without_the_owner_of_the_area_is_led_by_it_all_the_same(need: Need, anna: User) -> None:
    sides = [Party(organisation=people.organisation("Havnen", "company")), Party(resource=links.resource(need))]
    link = create_link(
        area=need.area, need=need, sentence="Roklub", parties=sides, origin=Origin.PERSON, creation_key=uuid4(),
        by=anna, now=NOW,
    )  # fmt: skip
    begin(link=all_say_yes(link, by=anna), on=TODAY, expected_version=link.version, by=anna, now=NOW)
    rights = rights_in(anna, Partnership.objects.get(link=link))
    assert (rights.runs, rights.own) == (True, frozenset())
