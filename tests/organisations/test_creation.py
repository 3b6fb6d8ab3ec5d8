"""How an organisation comes to be: once, with facts that can stand, seen by those who made it until it has its own."""

import threading
from datetime import datetime
from queue import Queue
from uuid import UUID, uuid4

import pytest
from django.db import connection

from medspil.accounts.models import HistoryEntry, User
from medspil.organisations import services
from medspil.organisations.facts import FactRefused, cvr_is_doubtful, lookalikes
from medspil.organisations.models import Membership, Organisation, abilities_over
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, people, post

pytestmark = pytest.mark.django_db


def create(by: User | None = None, /, **facts: object) -> Organisation:
    told: dict[str, object] = {
        "name": "Nordre Boldklub",
        "kind": "association",
        "cvr": "",
        "municipality": "0630",
        "unit": None,
        "creation_key": uuid4(),
        "now": NOW,
    }
    return services.create_organisation(by=by, **(told | facts))  # type: ignore[arg-type]


def names(found: list[Organisation]) -> set[str]:
    return {one.name for one in found}


def test_a_number_of_a_person_cannot_stand_in_a_name(anna: User, vejle: Organisation) -> None:
    eva = people.member(vejle, Role.ADMINISTRATOR, name="Eva")
    with pytest.raises(FactRefused):
        create(anna, name="Hansens Smedje 010180-1234")
    with pytest.raises(FactRefused):
        services.edit_organisation(
            organisation=vejle, by=eva, expected_version=1, now=NOW, name="Vejle 0101801234", kind=vejle.kind, cvr="",
            municipality="",
        )  # fmt: skip


def test_the_same_key_makes_one_organisation_and_one_line_of_history(anna: User, vejle: Organisation) -> None:
    key = uuid4()
    first, second = (create(anna, creation_key=key, created_by=vejle) for _click in range(2))
    assert first == second
    entry = HistoryEntry.objects.of(first).get()
    assert (entry.action, entry.by) == ("created", anna)
    assert entry.changes["name"] == ["", "Nordre Boldklub"]
    assert entry.changes["created_by_organisation"] == ["", "Vejle Kommune"]
    assert "cvr" not in entry.changes


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_make_one() -> None:
    key, start, told = UUID(int=7), threading.Barrier(4), Queue[Organisation]()

    def click() -> None:
        start.wait()
        try:
            told.put(create(creation_key=key))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {told.get_nowait().pk for _ in range(4)} == {Organisation.objects.get().pk}
    assert HistoryEntry.objects.count() == 1


def test_an_entry_of_the_register_fills_what_is_blank_and_its_number_counts() -> None:
    unit = companies.unit("Havnens Smedje ApS", cvr="12345674")
    made = create(name="", cvr="25052943", municipality="", unit=unit)
    assert (made.name, made.cvr, made.municipality, made.unit) == ("Havnens Smedje ApS", "12345674", "0630", unit)
    assert create(name="Smedjen", unit=unit).name == "Smedjen"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b\n "),
        ("name", "x" * 201),
        ("kind", ""),
        ("kind", "no such kind"),
        ("cvr", "1234567"),
        ("cvr", "١٢٣٤٥٦٧٨"),
        ("cvr", "12345678\n"),
        ("municipality", "630"),
        ("municipality", "9999"),
    ],
)
def test_a_fact_that_cannot_stand_is_refused_at_its_field(field: str, value: str) -> None:
    with pytest.raises(FactRefused) as refused:
        create(**{field: value})
    assert refused.value.field == field
    assert not Organisation.objects.exists()


def test_a_name_is_kept_on_one_line_without_invisible_signs() -> None:
    assert create(name="  Nordre\n\x00 Bold\u00adklub\xa0Nord ").name == "Nordre Boldklub Nord"


@pytest.mark.parametrize(("cvr", "doubtful"), [("", False), ("25052943", False), ("25052934", True)])
def test_a_cvr_number_that_fails_the_sum_is_doubtful_and_stands_all_the_same(cvr: str, doubtful: bool) -> None:
    assert cvr_is_doubtful(cvr) is doubtful
    assert create(cvr=cvr).cvr == cvr


def test_the_same_name_or_number_may_be_the_same_organisation() -> None:
    create(name="Ågård Boldklub", cvr="25052943")
    create(name="Noget andet")
    assert names(lookalikes(name="  AAGAARD  boldklub", cvr="", unit=None)) == {"Ågård Boldklub"}
    assert names(lookalikes(name="Nyt navn", cvr="25052943", unit=None)) == {"Ågård Boldklub"}
    assert names(lookalikes(name="Ågård", cvr="", unit=None)) == set()


def test_two_places_of_work_under_one_number_are_no_lookalikes() -> None:
    schools = [companies.unit(f"{name} Skole", cvr="25052943") for name in ("Nørre", "Søndre")]
    create(name="Nørre Skole", kind="school", unit=schools[0])
    create(name="Kommunen", kind="municipality", cvr="25052943")

    def found(unit: Unit) -> set[str]:
        return names(lookalikes(name="Skolen", cvr=unit.cvr, unit=unit))

    assert found(schools[0]) == {"Nørre Skole", "Kommunen"}
    assert found(schools[1]) == {"Kommunen"}


def test_what_the_form_made_itself_or_what_is_put_away_is_no_lookalike(now: datetime) -> None:
    key = create().creation_key
    assert lookalikes(name="Nordre Boldklub", cvr="", unit=None, creation_key=key) == []
    Organisation.objects.update(archived_at=now)
    assert lookalikes(name="Nordre Boldklub", cvr="", unit=None) == []


def test_an_organisation_is_seen_by_its_maker_until_it_has_an_administrator_of_its_own(
    anna: User, carl: User, vejle: Organisation
) -> None:
    club, operators = create(anna, created_by=vejle), create(name="Fra terminalen")
    reader = people.member(club, Role.READER, name="Bo")
    assert set(Organisation.objects.visible_to(anna)) == {vejle, club}
    assert set(Organisation.objects.visible_to(reader)) == {club}
    assert club not in Organisation.objects.visible_to(carl)
    people.member(club, Role.ADMINISTRATOR, name="Dorte")
    assert set(Organisation.objects.visible_to(anna)) == {vejle}
    assert operators not in Organisation.objects.visible_to(anna)


def test_administrators_of_the_maker_look_after_it_until_then(anna: User, vejle: Organisation) -> None:
    eva, club = people.member(vejle, Role.ADMINISTRATOR, name="Eva"), create(anna, created_by=vejle)
    assert abilities_over(eva, club).manage_people
    assert not abilities_over(anna, club).manage_people
    bo = people.member(club, Role.COORDINATOR, name="Bo")
    assert not abilities_over(bo, club).manage_people
    assert not abilities_over(bo, vejle).names
    dorte = people.member(club, Role.ADMINISTRATOR, name="Dorte")
    assert not abilities_over(eva, club).names
    assert abilities_over(dorte, club).manage_people
    Membership.objects.filter(user=dorte).update(ended_on="2026-11-01")
    assert abilities_over(eva, club).manage_people


def begin(email: str = "eva@example.org", *, send: bool, **facts: str) -> services.Added:
    told = {"name": "Vejle Kommune", "kind": "municipality", "cvr": "", "municipality": "0630"} | facts
    return services.create_with_administrator(
        **told,
        creation_key=uuid4(),
        email=email,
        now=NOW,
        sign_in_link="https://here/in",
        password_link=lambda user: f"https://here/password/{user.pk}",
        mail=send,
    )


def test_the_operator_makes_an_organisation_with_its_first_administrator() -> None:
    added = begin(send=False)
    person = added.membership.user
    assert (added.membership.role, person.email) == (Role.ADMINISTRATOR, "eva@example.org")
    assert (added.mailed, added.link, post.sent()) == (False, f"https://here/password/{person.pk}", [])
    actions = [entry.action for entry in HistoryEntry.objects.of(added.membership.organisation)]
    assert actions == ["person_added", "created"]
    assert not Organisation.objects.in_care().exists()


def test_the_mail_of_the_operator_names_nobody_as_sender(carl: User) -> None:
    added = begin(carl.email, send=True)
    assert added.mailed
    assert "None" not in post.sent()[0].body
    assert "Vejle Kommune" in post.sent()[0].body
    assert "https://here/in" in post.sent()[0].body


def test_facts_that_cannot_stand_leave_no_person_behind() -> None:
    with pytest.raises(FactRefused):
        begin(send=True, cvr="1")
    assert not User.objects.exists()
    assert not post.sent()
