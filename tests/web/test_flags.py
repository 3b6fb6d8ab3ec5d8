"""A company in use that closes or turns protected carries a flag wherever we meet it."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from medspil.accounts.models import User
from medspil.areas.models import Need
from medspil.linking.flagging import flags_of_links
from medspil.linking.models import Link
from medspil.linking.shortlist import keep
from medspil.organisations.models import Organisation
from medspil.organisations.roles import Role
from medspil.register.models import Unit
from tests.conftest import NOW
from tests.factories import companies, links, people, places
from tests.factories.changes import applied_run, change
from tests.factories.registers import applied, csv_file, row, use_folder
from tests.web.pages import troubles

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def need(vejle: Organisation) -> Need:
    """Return a need whose shortlist holds one company that turned protected, one that ceased, and one that is well."""
    return places.need(places.area(vejle), "Fotoskole", kinds=("photo_film",))


@pytest.fixture
def kept(need: Need, anna: User, settings: Settings, tmp_path: Path) -> list[Unit]:
    """Keep three companies, and let an import close one of them and protect another."""
    use_folder(settings, tmp_path / "data")
    units = [companies.unit(name) for name in ("Fredet siden", "Lukket siden", "Har det godt")]
    for unit in units:
        keep(need=need, number=unit.number, expected_version=0, by=anna, now=NOW)
    run = applied_run()
    change(run, "protected", units[0])
    change(run, "gone", units[1])
    Unit.objects.filter(pk=units[0].pk).update(protected=True)
    Unit.objects.filter(pk=units[1].pk).update(status="ceased", ended_on=date(2026, 11, 14))
    return units


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args), headers=ENGLISH)
    assert response.status_code == 200
    html: str = response.content.decode()
    assert troubles(html) == []
    return html


@pytest.mark.parametrize("name", ["linking:shortlist", "areas:need", "home"])
def test_the_flag_says_what_has_happened_when_and_what_to_do(
    as_anna: Client, need: Need, kept: list[Unit], name: str
) -> None:
    html = page(as_anna, name, *([] if name == "home" else [need.pk]))
    for text in ("now protected from advertising", "15 November 2026", "14 November 2026", "look for another company"):
        assert text in html
    assert html.count('role="note"') == 2


def test_a_flag_is_seen_only_by_those_who_work_with_the_list(
    as_carl: Client, need: Need, kept: list[Unit], vejle: Organisation
) -> None:
    assert "ms-flag" not in page(as_carl, "home")
    reader = people.signed_in(people.member(vejle, Role.READER, name="Rita"))
    assert "ms-flag" not in page(reader, "home")
    assert "ms-flag" not in page(reader, "areas:need", need.pk)


def test_the_shortlist_on_paper_and_in_a_spreadsheet_tells_it_too(
    as_anna: Client, need: Need, kept: list[Unit]
) -> None:
    def file(kind: str) -> bytes:
        response = as_anna.get(reverse("linking:shortlist_export", args=[need.pk, kind]), headers=ENGLISH)
        return response.content

    rows = list(csv.DictReader(io.StringIO(file("csv").decode("utf-8-sig")), delimiter=";"))
    told = {row["Company"]: row["Has happened since"] for row in rows}
    assert "15 November 2026" in told["Fredet siden"]
    assert "14 November 2026" in told["Lukket siden"]
    assert told["Har det godt"] == ""
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(file("pdf"))).pages).split())
    assert "may not be approached" in text
    assert "no longer in the register" in text


def test_an_organisation_whose_entry_has_ceased_carries_a_flag_on_its_page_and_the_first_page(
    as_anna: Client, vejle: Organisation
) -> None:
    vejle.unit = companies.unit("Vejle Kommune", status="closing")
    vejle.save(update_fields=["unit"])
    for html in (page(as_anna, "organisations:detail", vejle.pk), page(as_anna, "home")):
        assert "bankrupt or being wound up" in html


def test_an_organisation_known_by_its_number_alone_carries_a_flag_when_all_of_the_company_has_closed(
    as_anna: Client, vejle: Organisation
) -> None:
    companies.unit("Smedjen i byen", cvr="25052943", status="ceased", ended_on=date(2026, 10, 1))
    last = companies.unit("Smedjen på havnen", cvr="25052943")
    Organisation.objects.filter(pk=vejle.pk).update(cvr="25052943")
    assert "ms-flag" not in page(as_anna, "organisations:detail", vejle.pk)
    Unit.objects.filter(pk=last.pk).update(status="ceased", ended_on=date(2026, 11, 14))
    for html in (page(as_anna, "organisations:detail", vejle.pk), page(as_anna, "home")):
        assert "The company ceased on 14 November 2026." in html


def test_an_organisation_known_by_its_number_alone_carries_a_flag_when_the_company_turns_protected(
    as_anna: Client, vejle: Organisation
) -> None:
    unit = companies.unit("Smedjen", cvr="25052943")
    Organisation.objects.filter(pk=vejle.pk).update(cvr="25052943", created_at=NOW)
    change(applied_run(), "protected", unit)
    Unit.objects.filter(pk=unit.pk).update(protected=True)
    assert "now protected from advertising" in page(as_anna, "organisations:detail", vejle.pk)


def test_an_organisation_that_takes_part_carries_a_flag_in_the_area_and_on_the_owners_first_page(
    as_anna: Client, as_carl: Client, need: Need
) -> None:
    partner = people.organisation("Smedjen", kind="company")
    people.member(partner, Role.ADMINISTRATOR, name="Bo")
    Organisation.objects.filter(pk=partner.pk).update(unit=companies.unit("Smedjen", status="closing"))
    need.area.partners.add(partner)
    for html in (page(as_anna, "areas:detail", need.area.pk), page(as_anna, "home")):
        assert "bankrupt or being wound up" in html
    assert f"/organisationer/{partner.pk}/" not in page(as_anna, "home")
    assert "Smedjen" not in page(as_carl, "home")


def test_an_import_raises_the_flag_by_itself(
    as_anna: Client, need: Need, anna: User, settings: Settings, tmp_path: Path
) -> None:
    use_folder(settings, tmp_path / "data")
    applied(csv_file(tmp_path, [row()]))
    keep(need=need, number=1_000_000_001, expected_version=0, by=anna, now=NOW)
    assert "ms-flag" not in page(as_anna, "linking:shortlist", need.pk)
    applied(csv_file(tmp_path, [row(Reklamebeskyttelse="ja")]), source_date=date(2026, 11, 8))
    html = page(as_anna, "linking:shortlist", need.pk)
    assert "8 November 2026" in html


def test_many_flags_take_no_more_queries(as_anna: Client, need: Need, kept: list[Unit], anna: User) -> None:
    def queries(name: str, *args: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            page(as_anna, name, *args)
        return len(asked)

    addresses: list[tuple[object, ...]] = [("home",), ("areas:need", need.pk), ("linking:shortlist", need.pk)]
    few = [queries(*map(str, address)) for address in addresses]
    run = applied_run("another")
    for nth in range(4):
        unit = companies.unit(f"Nr. {nth}")
        keep(need=need, number=unit.number, expected_version=0, by=anna, now=NOW)
        change(run, "protected", unit)
        Unit.objects.filter(pk=unit.pk).update(protected=True)
    assert [queries(*map(str, address)) for address in addresses] == few


def test_links_carry_the_flags_of_their_parties_on_the_area_and_on_the_first_page(
    need: Need, anna: User, as_anna: Client, settings: Settings, tmp_path: Path
) -> None:
    use_folder(settings, tmp_path / "data")
    names = ("Fredet siden", "Lukket siden", "Har sagt ja", "Har det godt")
    units = [companies.unit(name) for name in names]
    for unit in units:
        said = {"consent_on": NOW.date(), "consent_how": "Ringede"} if unit.name == "Har sagt ja" else {}
        links.link(need, links.party(unit, **said), by=anna, sentence=f"Noget med {unit.name.lower()}")
    run = applied_run()
    for unit, kind in zip(units, ("protected", "gone", "protected"), strict=False):
        change(run, kind, unit)
    Unit.objects.filter(pk__in=[units[0].pk, units[2].pk]).update(protected=True)
    Unit.objects.filter(pk=units[1].pk).update(status="ceased", ended_on=date(2026, 11, 14))
    for name, args in (("areas:detail", [need.area.pk]), ("home", [])):
        shown = page(as_anna, name, *args)
        assert "in the link “Noget med fredet siden”" in shown
        assert "in the link “Noget med lukket siden”" in shown
        assert "Har sagt ja" not in shown
        assert "Har det godt" not in shown


def test_flags_on_many_links_cost_no_more_queries(need: Need, anna: User) -> None:
    def queries() -> int:
        Unit.objects.update(status="ceased")
        with CaptureQueriesContext(connection) as asked:
            assert flags_of_links(Link.objects.visible_to(anna, on=NOW.date()))
        return len(asked)

    links.link(need, companies.unit("En"), links.resource(need), by=anna)
    one = queries()
    for number in range(5):
        links.link(need, companies.unit(f"Nr. {number}"), by=anna)
    assert queries() == one
