"""A small town for the browser: companies around Vejle in the register, searchable, and Anna who can sign in."""

from itertools import count

from medspil.accounts.models import User
from medspil.catalogue.services import load_cases
from medspil.organisations.roles import Role
from medspil.register.index import rebuild_index
from tests.conftest import NOW
from tests.factories import companies, people

TRADES = (
    ("Fotografisk virksomhed", "742000", "Foto"),
    ("Brandvæsen", "842500", "Brandstation"),
    ("Tømrer- og bygningssnedkeraktiviteter", "433200", "Tømrer"),
    ("Almindelig rengøring i bygninger", "812100", "Rengøring"),
    ("Detailhandel med tøj", "477110", "Tøj"),
    ("Drift af frisør- og barbersaloner", "962100", "Frisør"),
)
PASSWORD = "a-long-test-password"


def settle() -> User:
    """Fill the register, the index and the catalogue, and return Anna, coordinator in Vejle."""
    number = count()
    for text, code, trade in TRADES:
        for place in ("Fjord", "Bakke", "Å", "Havne", "Skov", "Torve", "Mølle", "Kirke", "Bro", "Sø"):
            nth = next(number)
            companies.unit(
                name=f"{place}byens {trade}",
                industry=code,
                industry_text=text,
                x=533_600.0 + 400 * (nth % 7) - 1_200,
                y=6_175_800.0 + 500 * (nth % 5) - 1_000,
                protected=nth % 9 == 0,
            )
    rebuild_index()
    load_cases(published_on=NOW.date())
    return people.member(people.organisation(name="Vejle Kommune"), Role.COORDINATOR, name="Anna")
