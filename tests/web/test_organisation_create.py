"""The pages that create an organisation: from the register or by hand, once, with a warning that leaks nothing."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from medspil.accounts.models import User
from medspil.areas.models import Area
from medspil.organisations.models import Membership, Organisation, Topic
from medspil.organisations.roles import Role
from medspil.organisations.subjects import of_unit
from medspil.register.models import Unit
from tests.factories import companies, people, places
from tests.factories.profiles import answer
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db

LOOK_UP, CREATE = "/organisationer/opret/", "/organisationer/opret/oplysninger/"


@pytest.fixture
def as_eva(vejle: Organisation) -> Client:
    """Return a browser in which Eva, administrator of Anna's municipality, is signed in."""
    return people.signed_in(people.member(vejle, Role.ADMINISTRATOR, name="Eva"))


@pytest.fixture
def area(vejle: Organisation) -> Area:
    return places.area(vejle)


@pytest.fixture
def smith(db: None) -> Unit:
    return companies.unit("Havnens Smedje ApS", cvr="25052943", company_form="80")


def facts(maker: Organisation, **other: object) -> dict[str, object]:
    told = {"name": "Nordre Boldklub", "kind": "association", "cvr": "", "municipality": "0630"}
    return told | {"created_by": maker.pk, "creation_key": str(uuid4()), "warned_of": ""} | other


def test_both_addresses_are_where_they_are_said_to_be() -> None:
    assert (reverse("organisations:look_up"), reverse("organisations:create")) == (LOOK_UP, CREATE)


@pytest.mark.parametrize("address", [LOOK_UP, f"{LOOK_UP}?q=smedje", CREATE, f"{CREATE}?q=Klubben"])
def test_every_page_keeps_the_rules_of_the_house(as_anna: Client, smith: Unit, address: str) -> None:
    response = as_anna.get(address)
    assert response.status_code == 200
    assert troubles(response.content.decode()) == []


@pytest.mark.parametrize("role", [Role.CASE_WORKER, Role.READER, Role.BROKER, Role.COMPANY_CONTACT])
def test_other_roles_create_nothing_and_see_no_button(vejle: Organisation, role: Role) -> None:
    client = people.signed_in(people.member(vejle, role, name="Lone"))
    assert client.get(LOOK_UP).status_code == client.get(CREATE).status_code == 403
    assert client.post(CREATE, facts(vejle)).status_code == 403
    assert Organisation.objects.count() == 1
    assert LOOK_UP not in client.get(reverse("organisations:detail", args=[vejle.pk])).content.decode()


def test_an_entry_is_found_by_name_or_number_and_fills_the_form(
    as_anna: Client, vejle: Organisation, smith: Unit
) -> None:
    for text in ("smedje", "25052943", "CVR 25 05 29 43"):
        page = as_anna.get(LOOK_UP, {"q": text}).content.decode()
        assert f"unit={smith.number}" in page
    address = f"{CREATE}?unit={smith.number}"
    form = as_anna.get(address).context["form"]
    shown = [form[name].value() for name in ("name", "cvr", "municipality", "kind")]
    assert shown == ["Havnens Smedje ApS", "25052943", "0630", "company"]
    # The register's number counts, whatever is sent.
    response = as_anna.post(address, facts(vejle, name="Smedjen", kind="company", cvr="12345674"))
    made = Organisation.objects.get(name="Smedjen")
    assert response["Location"] == reverse("organisations:detail", args=[made.pk])
    assert (made.unit, made.cvr, made.kind, made.created_by_organisation) == (smith, "25052943", "company", vejle)


def test_the_results_are_the_same_in_page_and_fragment(as_anna: Client, smith: Unit) -> None:
    whole = as_anna.get(LOOK_UP, {"q": "smedje"}).content.decode()
    part = as_anna.get(LOOK_UP, {"q": "smedje"}, headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<div id="results"')
    assert part in whole


def test_a_double_click_makes_one(as_anna: Client, vejle: Organisation) -> None:
    data = facts(vejle)
    first, second = as_anna.post(CREATE, data), as_anna.post(CREATE, data)
    made = Organisation.objects.get(name="Nordre Boldklub")
    assert first["Location"] == second["Location"] == reverse("organisations:detail", args=[made.pk])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": "x" * 201},
        {"name": "Klub\x00ben"},
        {"kind": ""},
        {"kind": "castle"},
        {"cvr": "1234567"},
        {"cvr": "١٢٣٤٥٦٧٨"},
        {"municipality": "9999"},
        {"created_by": ""},
        {"created_by": "987654"},
        {"creation_key": "x"},
    ],
)
def test_bad_input_is_named_and_nothing_is_made(as_anna: Client, vejle: Organisation, wrong: dict[str, object]) -> None:
    response = as_anna.post(CREATE, facts(vejle) | wrong)
    assert response.status_code == 422
    assert troubles(response.content.decode()) == []
    assert "data-error-summary" in response.content.decode()
    assert Organisation.objects.count() == 1


def test_nothing_is_created_for_an_organisation_of_others(as_anna: Client, carl: User) -> None:
    theirs = Organisation.objects.get(name="Fremmed Kommune")
    assert as_anna.post(CREATE, facts(theirs)).status_code == 422


@pytest.mark.parametrize("query", ["unit=x", "unit=-1", "unit=" + "9" * 30, "area=987654", "area=%00", "q=%00", "q="])
def test_an_address_with_nonsense_in_it_is_the_empty_form(as_anna: Client, query: str) -> None:
    assert as_anna.get(f"{CREATE}?{query}").status_code in (200, 400)
    assert as_anna.get(f"{LOOK_UP}?{query}").status_code in (200, 400)


def test_digits_are_read_as_people_write_them_and_a_doubtful_number_is_said(
    as_anna: Client, vejle: Organisation
) -> None:
    page = as_anna.post(CREATE, facts(vejle, cvr=" dk 25 05 29 34"), follow=True).content.decode()
    assert Organisation.objects.get(name="Nordre Boldklub").cvr == "25052934"
    assert "modulus 11" in page


def test_who_may_be_here_already_is_named_before_another_is_made(as_anna: Client, vejle: Organisation) -> None:
    as_anna.post(CREATE, facts(vejle, cvr="25052943"))
    data = facts(vejle, name="NORDRE  boldklub")
    response = as_anna.post(CREATE, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert troubles(page) == []
    assert "<strong>Nordre Boldklub</strong>" in page
    data["warned_of"] = response.context["form"]["warned_of"].value()
    # What she was warned of is not what she writes now: she is warned again.
    other = as_anna.post(CREATE, data | {"cvr": "25052943"})
    assert other.status_code == 422
    assert as_anna.post(CREATE, data).status_code == 302
    assert Organisation.objects.count() == 3


def test_a_stranger_with_the_same_number_or_name_is_not_shown(as_anna: Client, vejle: Organisation, carl: User) -> None:
    stranger = Organisation.objects.get(name="Fremmed Kommune")
    Organisation.objects.filter(pk=stranger.pk).update(cvr="25052943")
    by_number = as_anna.post(CREATE, facts(vejle, cvr="25052943"), headers={"Accept-Language": "en"})
    assert by_number.status_code == 422
    assert "Fremmed" not in by_number.content.decode()
    assert (by_number.context["same_name"], by_number.context["same_number"]) == (False, True)
    by_name = as_anna.post(CREATE, facts(vejle, name="fremmed kommune"))
    assert (by_name.context["same_name"], by_name.context["same_number"]) == (True, False)
    assert "25052943" not in by_name.content.decode()


def test_a_key_of_somebody_else_opens_nothing(as_anna: Client, vejle: Organisation, carl: User) -> None:
    stranger = Organisation.objects.get(name="Fremmed Kommune")
    response = as_anna.post(CREATE, facts(vejle, creation_key=str(stranger.creation_key)))
    assert response["Location"] == reverse("organisations:list")
    assert "Fremmed" not in as_anna.get(response["Location"], follow=True).content.decode()


def test_who_comes_from_an_area_goes_back_there_and_finds_it(as_anna: Client, vejle: Organisation, area: Area) -> None:
    page = as_anna.get(f"{LOOK_UP}?q=Nordre&area={area.pk}").content.decode()
    assert f"{CREATE}?q=Nordre&amp;area={area.pk}" in page
    address = f"{CREATE}?q=Nordre&area={area.pk}"
    assert as_anna.get(address).context["form"]["name"].value() == "Nordre"
    page = as_anna.post(address, facts(vejle), follow=True).content.decode()
    made = Organisation.objects.get(name="Nordre Boldklub")
    assert f'value="{made.pk}"' in page
    as_anna.post(reverse("areas:edit_partners", args=[area.pk]), {"organisation": made.pk})
    assert list(area.partners.all()) == [made]


def test_an_area_of_others_is_not_gone_back_to(as_anna: Client, vejle: Organisation, carl: User) -> None:
    theirs = places.area(Organisation.objects.get(name="Fremmed Kommune"), "Ukendt")
    response = as_anna.post(f"{CREATE}?area={theirs.pk}", facts(vejle))
    assert response["Location"] == reverse("organisations:detail", args=[Organisation.objects.latest("pk").pk])


def test_who_acts_for_several_chooses_which_one_creates(as_anna: Client, anna: User, vejle: Organisation) -> None:
    second = people.organisation("Områdesekretariatet", "area_secretariat")
    Membership.objects.create(user=anna, organisation=second, role=Role.COORDINATOR, started_on="2026-01-01")
    only_reads = people.organisation("Læsesalen", "library")
    Membership.objects.create(user=anna, organisation=only_reads, role=Role.READER, started_on="2026-01-01")
    form = as_anna.get(CREATE).context["form"]
    assert set(form.fields["created_by"].queryset) == {vejle, second}
    as_anna.post(CREATE, facts(second))
    assert Organisation.objects.get(name="Nordre Boldklub").created_by_organisation == second


def test_the_maker_lists_it_and_hands_it_over_with_its_first_administrator(
    as_eva: Client, as_anna: Client, vejle: Organisation
) -> None:
    as_anna.post(CREATE, facts(vejle))
    made = Organisation.objects.get(name="Nordre Boldklub")
    page = reverse("organisations:detail", args=[made.pk])
    listed = as_anna.get(reverse("organisations:list")).content.decode()
    assert page in listed
    assert troubles(listed) == []
    add = reverse("organisations:add_person", args=[made.pk])
    assert as_anna.get(add).status_code == 403
    as_eva.post(add, {"email": "bo@example.org", "role": "reader"})
    assert as_eva.get(page).status_code == 200
    response = as_eva.post(add, {"email": "dorte@example.org", "role": "administrator"}, follow=True)
    assert response.status_code == 200
    assert as_eva.get(page).status_code == as_anna.get(page).status_code == 404
    assert made.memberships.current().count() == 2


def test_the_history_says_how_it_came_to_be_in_words(as_anna: Client, vejle: Organisation) -> None:
    page = as_anna.post(CREATE, facts(vejle), follow=True, headers={"Accept-Language": "en"}).content.decode()
    assert "“Vejle Kommune”" in page
    assert "“association”" not in page
    assert "“0630”" not in page


def test_a_name_that_is_only_like_one_of_hers_is_warned_of_with_a_way_to_it(
    as_anna: Client, vejle: Organisation
) -> None:
    there = people.organisation(name="Nordre Boldklub", kind="association")
    Organisation.objects.filter(pk=there.pk).update(created_by_organisation=vejle)
    data = facts(vejle, name="Nordre Bold-klub")
    response = as_anna.post(CREATE, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert reverse("organisations:detail", args=[there.pk]) in html
    assert troubles(html) == []
    assert as_anna.post(CREATE, data | {"warned_of": response.context["form"].data["warned_of"]}).status_code == 302


def test_for_an_area_the_way_lets_the_one_that_is_here_take_part(
    as_anna: Client, vejle: Organisation, area: Area
) -> None:
    there = people.organisation(name="Nordre Boldklub", kind="association")
    Organisation.objects.filter(pk=there.pk).update(created_by_organisation=vejle)
    html = as_anna.post(f"{CREATE}?area={area.pk}", facts(vejle, name="Nordre Boldklup")).content.decode()
    assert f"{reverse('areas:edit_partners', args=[area.pk])}?q=Nordre+Boldklub" in html


def test_a_like_name_of_strangers_is_not_told(as_anna: Client, vejle: Organisation) -> None:
    people.organisation(name="Nordre Boldclub", kind="association")
    assert as_anna.post(CREATE, facts(vejle)).status_code == 302


def test_a_company_that_others_only_checked_is_not_told_and_becomes_hers(
    as_anna: Client, vejle: Organisation, carl: User, smith: Unit
) -> None:
    theirs = Organisation.objects.get(name="Fremmed Kommune")
    answer(of_unit(smith), theirs, Topic.CSR, carl, "yes")
    response = as_anna.post(f"{CREATE}?unit={smith.number}", facts(vejle, name=smith.name, kind="company"))
    assert response.status_code == 302
    assert Organisation.objects.get(cvr=smith.cvr).created_by_organisation == vejle
