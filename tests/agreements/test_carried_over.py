"""What a new version has from the one before: answers that may not hold any more, and yeses that count where it says
the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from medspil.agreements.answers import Given, answer_checks
from medspil.agreements.keeping import Changed, keep_and_tell
from medspil.agreements.models import Agreement, AgreementState, FieldCode
from medspil.agreements.proposing import NotReady, lacking, looked_at, propose
from medspil.agreements.rules import Looked, Payer, checks, warning_of
from medspil.agreements.states import StepNotAllowed
from medspil.agreements.telling import change_and_tell
from medspil.agreements.writing import put_away, save_field, sides_of
from medspil.catalogue.vocabulary import Sector
from medspil.notices.models import Message
from medspil.organisations.roles import Role
from tests.factories import agreements, companies, people, rankings
from tests.factories.once import made_once
from tests.factories.partnerships import partnership
from tests.factories.people import NOW

pytestmark = pytest.mark.django_db


class World:
    """A version that waits: the company has said yes with an account, and the budget is the company's."""

    def __init__(self) -> None:
        municipality = people.organisation("Vejle Kommune")
        self.anna = people.member(municipality, Role.COORDINATOR)
        self.made = partnership(rankings.photo_need(municipality), companies.unit("Firma"), by=self.anna)
        self.first = agreements.proposed(self.made, by=self.anna)
        agreements.say_yes(self.first, 1)

    def changed(self) -> Agreement:
        """Open the next version, which says the same."""
        now = Agreement.objects.select_related("partnership").get(pk=self.first.pk)
        made = change_and_tell(agreement=now, expected_version=now.version, by=self.anna, now=NOW, why="")
        return self.draft(made)

    def draft(self, one: Agreement) -> Agreement:
        """Return a version as it stands."""
        return Agreement.objects.for_page().get(pk=one.pk)

    def write(self, one: Agreement, code: FieldCode, **said: Any) -> Agreement:
        """Write a field."""
        field = one.fields.get(code=code)
        save_field(field=field, expected_version=field.version, by=self.anna, now=NOW, **{"text": field.text} | said)
        return self.draft(one)

    def law(self, one: Agreement) -> dict[str, Looked]:
        """Return what law asks of a version, by code."""
        return {each.check.code: each for each in looked_at(one, sides_of(self.made), NOW)}


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[World]:
    """Make the world once for this file."""
    folder: Path = tmp_path_factory.mktemp("carried_over")
    with made_once(django_db_blocker, folder):
        yield World()


@pytest.mark.parametrize(
    ("payer", "warns"),
    [
        (Payer("Kommunen", 12_000, Sector.PUBLIC, "municipality"), True),
        (Payer("Boligforeningen", 500, Sector.VOLUNTARY, "housing_association"), True),
        (Payer("Kommunen", 0, Sector.PUBLIC, "municipality"), False),
        (Payer("Firma", 12_000, Sector.PRIVATE), False),
        (Payer("Klubben", 12_000, Sector.VOLUNTARY, "association"), False),
    ],
)
def test_no_public_payment_is_held_against_who_pays_by_the_budget(payer: Payer, warns: bool) -> None:
    assert (warning_of(checks()["buys"], "no", {}, payers=[payer]) is not None) is warns
    assert warning_of(checks()["photos"], "no", {}, payers=[payer]) is None


def test_the_agreements_own_budget_asks_for_a_reason_where_it_says_another_thing_than_the_answer(
    shared: World,
) -> None:
    one, side = shared.changed(), sides_of(shared.made)[0].pk
    one = shared.write(one, FieldCode.BUDGET, rows=[{"what": "Forplejning", "kroner": 12_000, "partner": side}])
    with translation.override("da"):
        buys = shared.law(one)["buys"]
        assert buys.warning
        assert buys.warning.sentence.startswith("I budgettet betaler Vejle Kommune, i alt 12.000 kr.")
    assert any(each.check == "buys" for each in lacking(one, now=NOW))
    given = {"buys": Given(answer="no", why="Egne folks frokost", seen=1)}
    assert answer_checks(agreement=one, given=given, by=shared.anna, now=NOW) == ["buys"]
    assert not shared.law(one)["buys"].open


def test_answers_taken_over_are_asked_again_where_what_they_rest_on_is_another(shared: World) -> None:
    one = shared.changed()
    assert not any(each.given_for for each in shared.law(one).values())
    one = shared.write(one, FieldCode.BUDGET, rows=[], text="Ingen penge.")
    again = {code for code, each in shared.law(one).items() if each.given_for == 1 and each.open}
    assert again == {"buys", "gift", "personal", "sponsor", "support"}
    with translation.override("en"):
        assert "given for version 1" in str([each.sentence for each in lacking(one, now=NOW)])
    holds = {code: Given(answer="no", seen=1, holds=code != "gift") for code in again}
    answer_checks(agreement=one, given=holds, by=shared.anna, now=NOW)
    assert {code for code, each in shared.law(one).items() if each.open} == {"gift"}


def test_a_version_that_changes_nothing_is_not_proposed_and_the_yeses_of_the_old_one_can_count_again(
    shared: World,
) -> None:
    one = shared.changed()
    with translation.override("en"), pytest.raises(NotReady, match="Nothing has changed since version 1"):
        propose(agreement=one, expected_version=one.version, by=shared.anna, now=NOW)
    kept = keep_and_tell(draft=one, by=shared.anna, now=NOW)
    assert (kept.pk, kept.state, kept.confirmations.count()) == (shared.first.pk, AgreementState.PROPOSED, 1)
    away = shared.draft(one)
    with pytest.raises(StepNotAllowed):  # a version waits: there is no room for a draft
        put_away(agreement=away, away=False, expected_version=away.version, by=shared.anna, now=NOW)
    assert agreements.say_yes(kept, 0).state == AgreementState.CONFIRMED


def test_what_was_written_meanwhile_is_not_given_up_for_the_old_version(shared: World) -> None:
    one = shared.changed()
    shared.write(one, FieldCode.EFFECTS, text="32 unge om året.")
    with pytest.raises(Changed):
        keep_and_tell(draft=one, by=shared.anna, now=NOW)


def test_who_was_told_of_a_change_is_told_that_there_is_none_each_time(shared: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said_yes = {"partner": sides_of(shared.made)[1], "to_email": "mette@firma.example", "asked_at": NOW}
    shared.first.requests.create(**said_yes, asked_by=shared.anna, answered_at=NOW)
    for _time in range(2):
        keep_and_tell(draft=shared.changed(), by=shared.anna, now=NOW)
    told = list(Message.objects.order_by("pk").values_list("purpose", flat=True))
    assert told == ["agreement_changed", "agreement_kept"] * 2
