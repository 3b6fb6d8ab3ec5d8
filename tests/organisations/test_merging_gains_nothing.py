"""A merge gives nobody a right that was not theirs before: not over the register, and not another's checked answers."""

from uuid import uuid4

import pytest

from medspil.accounts.models import User
from medspil.organisations.facts import FactRefused
from medspil.organisations.merging import MergeRefused, merge, take_back
from medspil.organisations.models import Membership, Merge, Organisation, Profile, Topic, abilities_anywhere
from medspil.organisations.profiles import save_note
from medspil.organisations.roles import Ability, Role
from medspil.organisations.services import create_organisation, edit_organisation
from medspil.organisations.subjects import Subject, of_cvr
from tests.factories import companies, people
from tests.factories.people import NOW
from tests.factories.profiles import answer

pytestmark = pytest.mark.django_db
CVR, OTHER_CVR = "25052943", "10000009"


def made_by(maker: Organisation, by: User, name: str, cvr: str = "") -> Organisation:
    told = {"name": name, "kind": "company", "cvr": cvr, "municipality": "", "unit": None, "creation_key": uuid4()}
    return create_organisation(**told, by=by, now=NOW, created_by=maker)  # type: ignore[arg-type]


def merged(kept: Organisation, gone: Organisation, by: User, *from_gone: str) -> Merge:
    kept, gone = (Organisation.objects.get(pk=one.pk) for one in (kept, gone))
    versions = (kept.version, gone.version)
    return merge(kept=kept, gone=gone, from_gone=frozenset(from_gone), versions=versions, by=by, now=NOW)


@pytest.fixture
def kiosk(vejle: Organisation, anna: User) -> Organisation:
    """Return a company that the municipality has let in, with an administrator of its own."""
    return made_by(vejle, anna, "Kiosken")


@pytest.fixture
def kirsten(kiosk: Organisation) -> User:
    return people.member(kiosk, Role.ADMINISTRATOR, name="Kirsten")


def test_merging_in_a_circle_does_not_make_an_organisation_of_the_operators(
    vejle: Organisation, kiosk: Organisation, kirsten: User
) -> None:
    daughter = made_by(kiosk, kirsten, "Datter")
    Membership.objects.create(user=kirsten, organisation=daughter, role=Role.ADMINISTRATOR, started_on=NOW.date())
    grandchild = made_by(daughter, kirsten, "Barnebarn")
    first = merged(grandchild, kiosk, kirsten)
    merged(grandchild, daughter, kirsten)
    grandchild.refresh_from_db()
    assert grandchild.created_by_organisation == vejle
    assert Ability.MANAGE_PEOPLE in abilities_anywhere(kirsten)
    assert Ability.IMPORT_REGISTER not in abilities_anywhere(kirsten)
    assert first.undone_at is None


def test_the_maker_of_the_maker_stays_the_maker_and_comes_back(
    vejle: Organisation, kiosk: Organisation, kirsten: User
) -> None:
    daughter = made_by(kiosk, kirsten, "Datter")
    done = merged(daughter, kiosk, kirsten)
    daughter.refresh_from_db()
    assert daughter.created_by_organisation == vejle
    take_back(merged=done, by=kirsten, now=NOW)
    daughter.refresh_from_db()
    assert daughter.created_by_organisation == kiosk


@pytest.fixture
def check(vejle: Organisation, anna: User) -> Profile:
    """Return what the municipality found out about a company of the register."""
    companies.unit("Havnens Smedje", cvr=CVR)
    subject = of_cvr(CVR)
    assert subject
    return answer(subject, vejle, Topic.CSR, anna, "yes").profile


def renumbered(organisation: Organisation, by: User, cvr: str, name: str = "Kiosken") -> None:
    edit_organisation(
        organisation=organisation,
        by=by,
        expected_version=organisation.version,
        now=NOW,
        name=name,
        kind="company",
        cvr=cvr,
        municipality="",
    )


@pytest.mark.parametrize("which_stays", ["number of the one that stays", "number of the one that goes"])
def test_a_check_stays_with_its_company_when_somebody_takes_that_over_and_merges_it(
    kiosk: Organisation, kirsten: User, check: Profile, which_stays: str
) -> None:
    smithy = made_by(kiosk, kirsten, "Havnens Smedje", CVR)
    check.refresh_from_db()
    assert check.about == smithy
    Organisation.objects.filter(pk=kiosk.pk).update(cvr=OTHER_CVR)
    if which_stays == "number of the one that stays":
        done = merged(kiosk, smithy, kirsten)
    else:
        done = merged(smithy, kiosk, kirsten, "cvr")
    check.refresh_from_db()
    assert (check.about.cvr, check.about.only_checked) == (CVR, True)
    assert not Profile.objects.filter(about__cvr=OTHER_CVR).exists()
    take_back(merged=done, by=kirsten, now=NOW)
    check.refresh_from_db()
    assert check.about == smithy


def test_a_check_of_a_number_that_the_register_does_not_know_follows_the_record(
    vejle: Organisation, anna: User, kiosk: Organisation
) -> None:
    slip = made_by(vejle, anna, "Kioksen", OTHER_CVR)
    found = answer(Subject(cvr=OTHER_CVR), vejle, Topic.CSR, anna, "yes").profile
    merged(kiosk, slip, anna)
    found.refresh_from_db()
    assert found.about == kiosk


def test_a_check_stays_with_its_company_when_the_record_gets_another_number(
    vejle: Organisation, kiosk: Organisation, check: Profile
) -> None:
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    smithy = made_by(vejle, eva, "Havnens Smedje", CVR)
    renumbered(smithy, eva, OTHER_CVR)
    check.refresh_from_db()
    assert check.about != smithy
    assert check.about.cvr == CVR
    assert Organisation.objects.get(pk=smithy.pk).cvr == OTHER_CVR


@pytest.mark.parametrize("before", ["", OTHER_CVR])
def test_an_organisation_that_was_let_in_cannot_take_another_companys_number(
    kiosk: Organisation, kirsten: User, before: str
) -> None:
    Organisation.objects.filter(pk=kiosk.pk).update(cvr=before)
    kiosk.refresh_from_db()
    with pytest.raises(FactRefused):
        renumbered(kiosk, kirsten, CVR)
    renumbered(kiosk, kirsten, before, name="Kiosken på hjørnet")
    kiosk.refresh_from_db()
    assert (kiosk.name, kiosk.cvr) == ("Kiosken på hjørnet", before)


def test_nobody_merges_her_way_to_another_companys_number(kiosk: Organisation, kirsten: User) -> None:
    smithy = made_by(kiosk, kirsten, "Havnens Smedje", CVR)
    with pytest.raises(MergeRefused):
        merged(kiosk, smithy, kirsten, "cvr")
    with pytest.raises(MergeRefused):
        merged(smithy, kiosk, kirsten)
    assert not Merge.objects.exists()
    assert not Organisation.objects.exclude(merged_into=None).exists()


def test_of_two_private_notes_none_is_lost_from_sight(vejle: Organisation, anna: User) -> None:
    one, two = made_by(vejle, anna, "Klubben"), made_by(vejle, anna, "Klub")
    answer(Subject(organisation=one), vejle, Topic.CSR, anna, "no")
    save_note(
        subject=Subject(organisation=two), said_by=vejle, note="Ring til Ida", expected_version=0, by=anna, now=NOW
    )
    done = merged(one, two, anna)
    assert Profile.objects.standing().get().note == "Ring til Ida"
    take_back(merged=done, by=anna, now=NOW)
    assert sorted(Profile.objects.standing().values_list("note", flat=True)) == ["", "Ring til Ida"]
