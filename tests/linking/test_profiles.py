"""What profiles do to a ranking: commitment, words, the source beside each reason, and whose words are heard."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.question import need_of, question_of
from medspil.linking.services import ask
from medspil.matching import Filters, Profile
from medspil.organisations.digest import renew
from medspil.organisations.models import Organisation, ProfileWord, Topic
from medspil.organisations.models import Profile as CompanyProfile
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject, of_unit
from medspil.register.models import Unit
from tests.factories import companies, people, places
from tests.factories.people import NOW
from tests.factories.profiles import CHECKED_ON, answer, partnership, themes

pytestmark = pytest.mark.django_db
PHOTO_CVR = "12345674"


def profiles(need: Need, now: datetime = NOW) -> dict[str, dict[str, Any]]:
    asked = question_of(need=need, now=now, filters=Filters(), k=50)
    found = asked["need"]["profiles"]
    assert isinstance(found, dict)
    return found


def row(need: Need, unit: Unit) -> dict[str, Any]:
    rows = ask(need=need, by=None, now=NOW).answer["units"]
    found = next(one for one in rows if one["number"] == unit.number)
    assert isinstance(found, dict)
    return found


def value(row: dict[str, Any], criterion: str) -> float:
    return float(next(part["value"] for part in row["parts"] if part["criterion"] == criterion))


def test_a_check_counts_for_every_unit_of_the_company(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    branch = companies.unit("Lysets Fotostudie, byen", cvr=PHOTO_CVR)
    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, "yes")
    answer(of_unit(units["photo"]), vejle, Topic.GLOBAL_COMPACT, anna, "no")
    told = profiles(need)
    assert told[str(units["photo"].number)] == told[str(branch.number)] == {"csr": True}
    assert set(told) == {str(units["photo"].number), str(branch.number)}


def test_every_answer_about_commitment_reaches_the_engine(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    company = of_unit(units["photo"])
    need.challenge = places.challenge(need.area, theme="education")
    need.save()
    before = value(row(need, units["photo"]), "commitment")
    answer(company, vejle, Topic.CSR, anna, "yes")
    answer(company, vejle, Topic.THEMES, anna, details=themes(education="Skoler", safety="Lys"))
    answer(company, vejle, Topic.GLOBAL_COMPACT, anna, "yes")
    answer(company, vejle, Topic.VOLUNTEERING, anna, "yes", text="Otte timer om året")
    answer(company, vejle, Topic.PARTNERSHIPS, anna, details={"partnerships": [partnership(), partnership("Klubben")]})
    found = need_of(question_of(need=need, now=NOW, filters=Filters(), k=50)).profiles[units["photo"].number]
    assert (found.csr, found.global_compact, found.volunteering, found.earlier_partnerships) == (True, True, True, 2)
    assert found.themes == {"education", "safety"}
    assert value(row(need, units["photo"]), "commitment") > before


@pytest.mark.parametrize(("known", "compared"), [("no", -1), ("unknown", 0), ("yes", 1)])
def test_a_known_no_counts_less_than_not_knowing_and_a_yes_more(  # noqa: PLR0917 (fixtures)
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation, known: str, compared: int
) -> None:
    before = value(row(need, units["photo"]), "commitment")
    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, known)
    after = value(row(need, units["photo"]), "commitment")
    assert (after > before) - (after < before) == compared


def test_checking_a_company_is_no_contact_with_it(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    answer(of_unit(units["club"]), vejle, Topic.CSR, anna, "yes")
    assert profiles(need)[str(units["club"].number)] == {"csr": True}


def test_only_words_the_need_asks_with_are_carried(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    company = of_unit(units["bank"])
    answer(company, vejle, Topic.CORE_SERVICES, anna, text="Bankens kamera og trykkeri")
    told = profiles(need)[str(units["bank"].number)]["terms"]
    assert "kamera" in told
    assert "trykkeri" not in told


@pytest.mark.skipif("terms" not in Profile.__dataclass_fields__, reason="this engine scores no words of profiles")
def test_words_of_a_profile_count_for_relevance_and_are_named(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    before, other = row(need, units["bank"]), row(need, units["smith"])
    answer(of_unit(units["bank"]), vejle, Topic.CORE_SERVICES, anna, text="Vi lærer børn at fotografere med kamera")
    after = row(need, units["bank"])
    assert value(after, "relevance") > value(before, "relevance")
    assert "kamera" in [word for word, _points in after["words"]]
    assert row(need, units["smith"])["score"] == other["score"]


def test_checks_of_strangers_are_not_heard(units: dict[str, Unit], need: Need, carl: User, vejle: Organisation) -> None:
    theirs = Organisation.objects.get(name="Fremmed Kommune")
    answer(of_unit(units["photo"]), theirs, Topic.CSR, carl, "yes")
    answer(of_unit(units["photo"]), theirs, Topic.CORE_SERVICES, carl, text="kamera")
    assert profiles(need) == {}
    assert row(need, units["photo"])["profile"] == {}


def test_checks_of_those_who_take_part_in_the_area_are_heard_after_the_owners(
    units: dict[str, Unit], need: Need, anna: User, carl: User, vejle: Organisation
) -> None:
    partner = Organisation.objects.get(name="Fremmed Kommune")
    need.area.partners.add(partner)
    company = of_unit(units["photo"])
    answer(company, partner, Topic.CSR, carl, "yes")
    assert profiles(need)[str(units["photo"].number)] == {"csr": True}
    answer(company, vejle, Topic.CSR, anna, "no")
    assert profiles(need)[str(units["photo"].number)] == {"csr": False}
    assert row(need, units["photo"])["profile"]["told"]["csr"]["by"] == anna.pk


def test_the_companys_own_words_win_and_the_reason_says_whose_they_are(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    studio = people.organisation(name="Lysets Fotostudie ApS", kind="company")
    Organisation.objects.filter(pk=studio.pk).update(cvr=PHOTO_CVR)
    studio.refresh_from_db()
    bo = people.member(studio, Role.COMPANY_CONTACT, name="Bo")
    answer(Subject(cvr=PHOTO_CVR), vejle, Topic.CSR, anna, "no")
    answer(Subject(cvr=PHOTO_CVR), studio, Topic.CSR, bo, "yes", source="company")
    found = row(need, units["photo"])["profile"]["told"]["csr"]
    assert found == {"known": "yes", "own": True, "source": "company", "on": CHECKED_ON.isoformat(), "by": bo.pk}
    assert profiles(need)[str(units["photo"].number)] == {"csr": True}


def test_own_words_that_do_not_know_leave_room_for_a_check(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    studio = people.organisation(name="Lysets Fotostudie ApS", kind="company")
    Organisation.objects.filter(pk=studio.pk).update(cvr=PHOTO_CVR)
    studio.refresh_from_db()
    answer(Subject(cvr=PHOTO_CVR), studio, Topic.CSR, people.member(studio, Role.COMPANY_CONTACT), "unknown")
    answer(Subject(cvr=PHOTO_CVR), vejle, Topic.CSR, anna, "yes")
    assert profiles(need)[str(units["photo"].number)] == {"csr": True}
    assert row(need, units["photo"])["profile"]["told"]["csr"]["by"] == anna.pk


def test_what_is_known_of_the_very_place_counts_before_what_is_known_of_the_whole(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    Unit.objects.filter(pk=units["club"].pk).update(cvr="29189900")
    club = people.organisation(name="Drengeklubben", kind="association")
    Organisation.objects.filter(pk=club.pk).update(cvr="29189900", unit=units["club"])
    club.refresh_from_db()
    answer(Subject(cvr="29189900"), vejle, Topic.CSR, anna, "no")
    answer(Subject(organisation=club), vejle, Topic.CSR, anna, "yes")
    assert profiles(need)[str(units["club"].number)] == {"csr": True, "in_contact": True}


def test_words_cut_by_an_older_analyser_are_cut_again_once(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    answer(of_unit(units["bank"]), vejle, Topic.CORE_SERVICES, anna, text="kamera")
    CompanyProfile.objects.update(facts={"core_services": {"known": ""}, "analyser": 0})
    ProfileWord.objects.update(term="gammelt")
    assert profiles(need) == {}
    assert (renew(), renew()) == (1, 0)
    assert profiles(need)[str(units["bank"].number)] == {"terms": {"kamera": 2.0}}


def test_companies_beyond_the_reach_of_the_need_are_not_carried(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    Unit.objects.filter(pk=units["far"].pk).update(cvr="25052943")
    answer(Subject(cvr="25052943"), vejle, Topic.CSR, anna, "yes")
    assert profiles(need) == {}
    need.reach_km = None
    assert set(profiles(need)) == {str(units["far"].number)}


def test_the_queries_do_not_grow_with_the_profiles(
    units: dict[str, Unit], need: Need, anna: User, vejle: Organisation
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(need=need, by=anna, now=NOW)
        return len(asked)

    answer(of_unit(units["photo"]), vejle, Topic.CSR, anna, "yes")
    few = queries()
    for name in ("bank", "film", "smith", "club", "formula"):
        answer(of_unit(units[name]), vejle, Topic.CSR, anna, "yes")
        answer(of_unit(units[name]), vejle, Topic.CORE_SERVICES, anna, text="kamera")
    assert queries() == few
