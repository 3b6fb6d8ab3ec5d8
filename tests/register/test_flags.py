"""Flags on companies in use: what has ceased, is being wound up or has turned protected, and since when."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from medspil.organisations.flags import flags_of_organisations, to_look_at
from medspil.organisations.models import Organisation
from medspil.register.flags import FlagKind, flags_of
from tests.factories import companies, people
from tests.factories.changes import NOW, applied_run, change

pytestmark = pytest.mark.django_db
TOLD = date(2026, 11, 15)


def test_a_company_in_business_that_may_be_asked_carries_no_flag(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = companies.unit()
    with django_assert_num_queries(0):
        assert flags_of([unit]) == {}


@pytest.mark.parametrize(
    ("facts", "told", "kind", "day"),
    [
        ({"status": "ceased", "ended_on": date(2026, 11, 3)}, "ceased", FlagKind.CEASED, date(2026, 11, 3)),
        ({"status": "ceased"}, "gone", FlagKind.CEASED, TOLD),
        ({"status": "closing"}, "closing", FlagKind.CLOSING, TOLD),
        ({"protected": True}, "protected", FlagKind.PROTECTED, TOLD),
        ({"status": "ceased", "protected": True}, "protected", FlagKind.CEASED, None),
    ],
)
def test_the_gravest_is_told_with_its_day(
    facts: dict[str, object], told: str, kind: FlagKind, day: date | None
) -> None:
    unit = companies.unit(**facts)  # type: ignore[arg-type]
    change(applied_run(), told, unit)
    flag = flags_of([unit])[unit.number]
    assert (flag.kind, flag.day, flag.gone) == (kind, day, told == "gone")


def test_many_flags_take_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = applied_run()
    units = [companies.unit(protected=True) for _each in range(20)]
    for unit in units:
        change(run, "protected", unit)
    with django_assert_num_queries(1):
        assert {flag.day for flag in flags_of(units).values()} == {TOLD}


def flags() -> list[tuple[str, FlagKind]]:
    """Return the flags of all organisations."""
    return [(one.name, flag.kind) for one, flag in flags_of_organisations(to_look_at(Organisation.objects.all()))]


def linked(name: str, **facts: object) -> Organisation:
    """Make an organisation that is tied to a unit."""
    made = people.organisation(name, "company")
    made.unit = companies.unit(name, **facts)
    made.save(update_fields=["unit"])
    return made


def test_an_organisation_that_was_protected_before_it_came_carries_no_flag() -> None:
    for name, finished in (("Fredet før", NOW - timedelta(days=1)), ("Fredet siden", NOW + timedelta(days=1))):
        one = linked(name, protected=True)
        change(applied_run(name, finished_at=finished), "protected", one.unit)
    linked("Altid fredet", protected=True)
    assert flags() == [("Fredet siden", FlagKind.PROTECTED)]


def test_an_organisation_that_has_ceased_carries_a_flag_until_it_is_put_away() -> None:
    one = linked("Lukket ApS", status="ceased")
    linked("Åben ApS")
    people.organisation("Uden register")
    assert flags() == [("Lukket ApS", FlagKind.CEASED)]
    Organisation.objects.filter(pk=one.pk).update(archived_at=NOW)
    assert flags() == []
