"""Each side confirms exactly one version; the last yes puts it in force, and a change makes them all count no more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from medspil.accounts.models import HistoryEntry, User
from medspil.agreements.canonical import canonical, digest
from medspil.agreements.confirming import (
    AlreadyConfirmed,
    OtherVersion,
    PartiesChanged,
    Signature,
    WhoMissing,
    confirm,
    still_to_confirm,
)
from medspil.agreements.models import Agreement, Confirmation, FrozenText, Paper, Way
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.writing import change_proposed, save_field, sides_of
from medspil.common.frozen import Unchangeable
from medspil.common.long_texts import LongerThanRoom
from medspil.common.models import EditConflict
from medspil.organisations.roles import Role
from medspil.partnerships.models import Partner, Partnership
from tests.factories import agreements, people
from tests.factories.agreements import SIGNED
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


def test_the_last_yes_puts_it_in_force_and_the_text_is_what_its_hash_says(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    frozen = one.frozen
    assert frozen.sha256 == digest(frozen.text) == digest(canonical(frozen.content))
    assert [part.pk for part in still_to_confirm(one)] == [part.pk for part in sides_of(made)]
    assert agreements.say_yes(one, 1).state == "proposed"
    assert agreements.say_yes(one, 1).state == "proposed"  # the second half of a double click
    done = agreements.say_yes(one, 0)
    assert (done.state, done.confirmed_at, done.in_force_from) == ("confirmed", NOW, NOW.date())
    assert Confirmation.objects.filter(agreement=one).count() == 2
    assert "Mette" not in str(list(HistoryEntry.objects.values_list("changes", flat=True)))


def test_only_the_version_that_was_read_is_confirmed(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    side = sides_of(made)[0]
    said: dict[str, Any] = {"partner": side, "signature": SIGNED, "way": Way.SIGNED_IN, "by": anna, "now": NOW}
    with pytest.raises(OtherVersion):
        confirm(agreement=one, sha256="0" * 64, **said)
    agreements.say_yes(one, 0)
    with pytest.raises(AlreadyConfirmed):
        agreements.say_yes(one, 0, name="Bo Berg")
    for wrong, trouble in (
        (replace(SIGNED, name=" "), WhoMissing),
        (replace(SIGNED, role=""), WhoMissing),
        (replace(SIGNED, mandate="x" * 301), LongerThanRoom),
    ):
        with pytest.raises(trouble):
            confirm(
                agreement=one, sha256=one.frozen.sha256, **said | {"partner": sides_of(made)[1], "signature": wrong}
            )


def test_a_change_makes_a_new_version_and_no_old_yes_counts_for_it(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    agreements.say_yes(one, 0)
    opened_before = Agreement.objects.get(pk=one.pk)
    new = change_proposed(agreement=one, expected_version=one.version, by=anna, now=NOW, why="Beløbet var forkert")
    assert (new.number, new.state, one.state) == (2, "draft", "overtaken")
    with pytest.raises(OtherVersion):
        agreements.say_yes(one, 1)
    with pytest.raises((StepNotAllowed, EditConflict)):
        change_proposed(agreement=opened_before, expected_version=opened_before.version, by=anna, now=NOW, why="")
    second = agreements.proposed(made, by=anna, effects="Noget andet")
    assert second.pk == new.pk
    assert second.frozen.sha256 != one.frozen.sha256
    assert len(still_to_confirm(second)) == 2


def test_what_is_proposed_is_written_in_no_more(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    field = one.fields.get(code="effects")
    with pytest.raises(StepNotAllowed):
        save_field(field=field, expected_version=field.version, text="Andet", by=anna, now=NOW)


def test_a_party_that_withdraws_in_the_middle_stops_the_others_from_confirming_a_text_that_names_it(
    made: Partnership, anna: User
) -> None:
    one = agreements.proposed(made, by=anna)
    Partner.objects.filter(pk=sides_of(made)[1].pk).update(left_on=NOW.date())
    with pytest.raises(PartiesChanged):
        agreements.say_yes(one, 0)
    assert Agreement.objects.get(pk=one.pk).state == "proposed"


def test_a_day_that_is_over_when_the_last_side_confirms_is_the_day_of_that_yes(made: Partnership, anna: User) -> None:
    one = agreements.proposed(made, by=anna)
    agreements.say_yes(one, 0)
    late = NOW + timedelta(days=9)
    assert agreements.say_yes(one, 1, now=late).in_force_from == late.date()


@pytest.mark.parametrize("table", [FrozenText, Confirmation, Paper])
def test_no_orm_path_and_no_sql_changes_or_deletes_what_was_frozen(
    made: Partnership, anna: User, table: type[FrozenText] | type[Confirmation] | type[Paper]
) -> None:
    one = agreements.in_force(made, by=anna)
    Paper.objects.get_or_create(
        agreement=one, language="da", defaults={"pdf": b"%PDF", "pages": 2, "sha256": "0" * 64, "made_at": NOW}
    )
    row = table.objects.filter(agreement=one).first()
    assert row is not None
    with pytest.raises(Unchangeable):
        table.objects.all().update(sha256="1" * 64)
    with pytest.raises(Unchangeable):
        table.objects.all().delete()
    with pytest.raises(Unchangeable):
        row.delete()
    row.sha256 = "1" * 64
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    assert table.objects.get(pk=row.pk).sha256 != "1" * 64
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table._meta.db_table}"')  # noqa: S608  (a table of ours)
    assert table.objects.filter(pk=row.pk).exists()


def test_who_waits_for_whom(made: Partnership, anna: User, carl: User) -> None:
    one = agreements.proposed(made, by=anna)
    reader = people.member(made.link.area.owner, Role.READER, name="Lis")
    assert list(Agreement.objects.waiting_for(anna)) == [one]
    for somebody in (reader, carl):  # who only reads in an organisation says yes for nobody
        assert not Agreement.objects.waiting_for(somebody).exists()
    agreements.say_yes(one, 0)
    assert not Agreement.objects.waiting_for(anna).exists()
    assert list(Agreement.objects.waiting()) == [one]


def test_a_draft_is_seen_only_by_those_who_run_it(made: Partnership, anna: User, carl: User) -> None:
    agreements.draft(made, by=anna)
    reader = people.member(made.link.area.owner, Role.READER, name="Lis")
    seen = {who: Agreement.objects.visible_to(who, on=NOW.date()).count() for who in (anna, reader, carl)}
    assert seen == {anna: 1, reader: 0, carl: 0}
    agreements.proposed(made, by=anna)
    assert Agreement.objects.visible_to(reader, on=NOW.date()).count() == 1


def test_a_line_that_looks_like_a_heading_stays_inside_its_field(made: Partnership, anna: User) -> None:
    text = agreements.proposed(made, by=anna, effects="Mål\n[budget]\n  - kroner: 1").frozen.text
    assert [line for line in text.splitlines() if line == "[budget]"] == ["[budget]"]


def test_a_signature_holds_no_cpr_number_and_is_on_one_line() -> None:
    assert Signature(" Mette\nHolm ", "Leder", "Fuldmagt").cleaned().name == "Mette Holm"
