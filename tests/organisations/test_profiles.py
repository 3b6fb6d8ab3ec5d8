"""What is known of a company: written answer by answer, with source, day and who, and never over another's words."""

from datetime import date

import pytest
from django.db.models import QuerySet

from medspil.accounts.models import HistoryEntry, User
from medspil.common.models import EditConflict
from medspil.common.privacy import CprNumberFound
from medspil.organisations.answers import AnswerRefused
from medspil.organisations.models import Organisation, Profile, ProfileAnswer, Topic
from medspil.organisations.profiles import NothingToCheck, counted, save_note
from medspil.organisations.roles import Role
from medspil.organisations.subjects import Subject, name_of, of_cvr, of_organisation, of_unit
from medspil.register.models import Unit
from tests.factories import companies, people
from tests.factories.people import NOW
from tests.factories.profiles import CHECKED_ON, answer, partnership, themes

pytestmark = pytest.mark.django_db
CVR = "25052943"
SMITHY = Subject(cvr=CVR)


@pytest.fixture(autouse=True)
def smithy(db: None) -> list[Unit]:
    """Return two places of work of one company."""
    main = companies.unit("Smedjen, havnen", cvr=CVR, company_name="Havnens Smedje ApS", employees_from=20)
    return [companies.unit("Smedjen, byen", cvr=CVR, company_name="Havnens Smedje ApS"), main]


def company(**facts: object) -> Organisation:
    made = people.organisation(name="Havnens Smedje ApS", kind="company")
    Organisation.objects.filter(pk=made.pk).update(**{"cvr": CVR} | facts)
    made.refresh_from_db()
    return made


def seen(user: User) -> QuerySet[Profile]:
    return Profile.objects.visible_to(user)


def test_an_answer_is_kept_with_source_day_and_who_and_told_to_the_history(anna: User, vejle: Organisation) -> None:
    made = answer(SMITHY, vejle, Topic.CSR, anna, "yes", text="Lærlinge først", link="https://smedjen.example/csr")
    made.refresh_from_db()
    assert (made.known, made.text, made.source) == ("yes", "Lærlinge først", "annual_report")
    assert (made.link, made.checked_on, made.checked_by) == ("https://smedjen.example/csr", CHECKED_ON, anna)
    entry = HistoryEntry.objects.of(made.profile).get()
    assert (entry.action, entry.by) == ("answered", anna)
    assert entry.changes["csr"][1]["text"] == "Lærlinge først"


def test_a_first_check_makes_one_company_however_many_units_it_has(
    anna: User, vejle: Organisation, smithy: list[Unit]
) -> None:
    for unit, topic in zip(smithy, (Topic.CSR, Topic.GLOBAL_COMPACT), strict=True):
        answer(of_unit(unit), vejle, topic, anna, "yes")
    made = Organisation.objects.get(only_checked=True)
    assert (made.name, made.cvr, made.kind, made.unit) == ("Havnens Smedje ApS", CVR, "company", None)
    assert Profile.objects.get().answers.count() == 2


def test_a_company_known_from_a_check_is_in_nobodys_list_or_care(anna: User, vejle: Organisation) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    assert list(Organisation.objects.visible_to(anna)) == [vejle]
    assert list(Organisation.objects.for_list()) == [vejle]
    assert not Organisation.objects.named("Havnens Smedje ApS").exists()


def test_an_organisation_that_is_here_carries_the_profile(anna: User, vejle: Organisation) -> None:
    there = company()
    answer(SMITHY, vejle, Topic.CSR, anna, "no")
    assert Profile.objects.get().about == there
    assert not Organisation.objects.filter(only_checked=True).exists()


def test_two_municipalities_have_a_profile_each_of_one_company(anna: User, vejle: Organisation, carl: User) -> None:
    theirs = Organisation.objects.get(name="Fremmed Kommune")
    answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    answer(SMITHY, theirs, Topic.CSR, carl, "no")
    assert Organisation.objects.filter(only_checked=True).count() == 1
    assert [profile.said_by for profile in seen(anna)] == [vejle]
    assert [profile.said_by for profile in seen(carl)] == [theirs]


@pytest.mark.parametrize("role", Role)
def test_a_check_is_read_by_those_of_the_organisation_who_may_look_companies_up(
    anna: User, vejle: Organisation, role: Role
) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    reads = role not in {Role.COMPANY_CONTACT, Role.ASSOCIATION_CONTACT}
    assert seen(people.member(vejle, role, name="Lone")).exists() is reads


def test_the_company_never_reads_what_others_wrote_of_it(anna: User, vejle: Organisation) -> None:
    bo = people.member(company(), Role.ADMINISTRATOR, name="Bo")
    answer(SMITHY, vejle, Topic.CSR, anna, "no")
    save_note(subject=SMITHY, said_by=vejle, note="Direktøren er svær", expected_version=1, by=anna, now=NOW)
    assert not seen(bo).exists()


def test_a_companys_own_words_are_read_by_all_who_may_look_companies_up(vejle: Organisation, carl: User) -> None:
    smiths = company()
    bo = people.member(smiths, Role.COMPANY_CONTACT, name="Bo")
    answer(SMITHY, smiths, Topic.CSR, bo, "yes", source="company")
    assert seen(carl).get().own
    assert seen(bo).exists()
    assert not seen(people.member(vejle, Role.COMPANY_CONTACT, name="Lone")).exists()
    assert not seen(people.user("Ny")).exists()


def test_own_words_count_before_a_check_and_both_stay(anna: User, vejle: Organisation) -> None:
    smiths = company()
    bo = people.member(smiths, Role.COMPANY_CONTACT, name="Bo")
    check = answer(SMITHY, vejle, Topic.CSR, anna, "no", checked_on=date(2026, 11, 1))
    own = answer(SMITHY, smiths, Topic.CSR, bo, "yes", checked_on=date(2025, 1, 1))
    rows = list(ProfileAnswer.objects.select_related("profile"))
    assert counted(rows) == [own, check]


def test_who_knows_counts_before_who_could_not_find_out(anna: User, vejle: Organisation) -> None:
    smiths = company()
    bo = people.member(smiths, Role.COMPANY_CONTACT, name="Bo")
    own = answer(SMITHY, smiths, Topic.CSR, bo, "unknown")
    check = answer(SMITHY, vejle, Topic.CSR, anna, "no")
    assert counted(ProfileAnswer.objects.select_related("profile")) == [check, own]


def test_two_who_answer_the_same_question_lose_nothing(anna: User, vejle: Organisation) -> None:
    first = answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    with pytest.raises(EditConflict):
        answer(SMITHY, vejle, Topic.CSR, anna, "no")
    answer(SMITHY, vejle, Topic.CSR, anna, "no", expected_version=first.version)
    with pytest.raises(EditConflict):
        answer(SMITHY, vejle, Topic.CSR, anna, "unknown", expected_version=first.version)
    assert ProfileAnswer.objects.get().known == "no"


def test_two_who_answer_different_questions_do_not_disturb_each_other(anna: User, vejle: Organisation) -> None:
    answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    answer(SMITHY, vejle, Topic.VOLUNTEERING, anna, "yes")
    assert set(Profile.objects.get().facts) == {"csr", "volunteering", "analyser"}


def test_an_answer_can_be_taken_back_and_the_history_keeps_it(anna: User, vejle: Organisation) -> None:
    made = answer(SMITHY, vejle, Topic.CSR, anna, "yes")
    answer(SMITHY, vejle, Topic.CSR, anna, expected_version=made.version)
    profile = Profile.objects.get()
    assert not ProfileAnswer.objects.get().told
    assert profile.facts == {}
    assert [entry.changes["csr"][1] == "" for entry in HistoryEntry.objects.of(profile)] == [True, False]


@pytest.mark.parametrize(
    ("topic", "said", "field"),
    [
        (Topic.CSR, {"text": "Noget uden ja eller nej"}, "known"),
        (Topic.CSR, {"known": "perhaps"}, "known"),
        (Topic.CORE_SERVICES, {"text": "x" * 2001}, "text"),
        (Topic.THEMES, {"details": themes(moonshine="x")}, "themes"),
        (Topic.PARTNERSHIPS, {"details": {"partnerships": [partnership("")]}}, "partnerships"),
        (Topic.PARTNERSHIPS, {"details": {"partnerships": [partnership(source="rumour")]}}, "partnerships"),
        (Topic.GROUP, {"known": "yes", "text": "Koncernen", "details": {"parent_cvr": "1234"}}, "parent_cvr"),
        (Topic.CSR, {"known": "yes", "source": "rumour"}, "source"),
        (Topic.CSR, {"known": "yes", "link": "javascript:alert(1)"}, "link"),
        (Topic.PARTNERSHIPS, {"details": {"partnerships": [partnership(link="javascript:alert(1)")]}}, "partnerships"),
        (Topic.CSR, {}, ""),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_and_nothing_is_made(
    anna: User, vejle: Organisation, topic: Topic, said: dict[str, object], field: str
) -> None:
    with pytest.raises(AnswerRefused) as refused:
        answer(SMITHY, vejle, topic, anna, **said)  # type: ignore[arg-type]  # what a form would send
    assert refused.value.field == field
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        (Topic.CORE_SERVICES, {"text": "Ring til 010190-1234"}),
        (Topic.THEMES, {"details": themes(education="Mentor 0101901234")}),
        (Topic.PARTNERSHIPS, {"details": {"partnerships": [partnership(what="Elev 0101901234")]}}),
    ],
)
def test_numbers_of_persons_are_stopped(anna: User, vejle: Organisation, topic: Topic, said: dict[str, object]) -> None:
    with pytest.raises(CprNumberFound):
        answer(SMITHY, vejle, topic, anna, **said)  # type: ignore[arg-type]
    with pytest.raises(CprNumberFound):
        save_note(subject=SMITHY, said_by=vejle, note="0101901234", expected_version=0, by=anna, now=NOW)
    assert not Profile.objects.exists()


def test_a_company_that_nobody_knows_cannot_be_checked(anna: User, vejle: Organisation) -> None:
    assert of_cvr("12345674") is None
    with pytest.raises(NothingToCheck):
        answer(Subject(cvr="12345674"), vejle, Topic.CSR, anna, "yes")


def test_a_unit_without_a_cvr_number_is_a_company_of_its_own(anna: User, vejle: Organisation) -> None:
    lone = companies.unit("Foreningen", cvr="")
    answer(of_unit(lone), vejle, Topic.CSR, anna, "yes")
    answer(of_unit(lone), vejle, Topic.VOLUNTEERING, anna, "yes")
    about = Profile.objects.get().about
    assert (about.unit, about.cvr, about.only_checked) == (lone, "", True)


def test_a_school_under_the_municipalitys_number_speaks_for_itself(anna: User, vejle: Organisation) -> None:
    place = companies.unit("Nørremarksskolen", cvr="29189900")
    school = people.organisation(name="Nørremarksskolen", kind="school")
    Organisation.objects.filter(pk=school.pk).update(cvr="29189900", unit=place)
    school.refresh_from_db()
    assert of_unit(place) == of_organisation(school) == Subject(organisation=school)
    assert list(of_organisation(school).units()) == [place]


def test_a_company_is_named_as_the_register_names_it(smithy: list[Unit]) -> None:
    company(name="Et andet navn")
    assert name_of(SMITHY, smithy[0]) == "Havnens Smedje ApS"


def test_a_check_is_old_after_a_year(anna: User, vejle: Organisation) -> None:
    made = answer(SMITHY, vejle, Topic.CSR, anna, "yes", checked_on=date(2025, 11, 22))
    assert not made.old(date(2026, 11, 22))
    assert made.old(date(2026, 11, 23))
