"""Makes answers in the shape of cvrapi.dk, version 6. The company is made up."""

from typing import Any


def place(number: Any = 1_000_000_001, **changed: Any) -> dict[str, Any]:
    """Return a place of work."""
    return {
        "pno": number, "main": True, "name": "Opdigtet Skole ApS", "address": "Havnegade 12, 1", "zipcode": "7100",
        "city": "Vejle", "cityname": None, "protected": False, "phone": None, "email": None, "fax": None,
        "startdate": "01/10 - 2008", "enddate": None, "employees": "200-499", "addressco": None,
        "industrycode": 12300, "industrydesc": "Dyrkning af citrusfrugter",
    } | changed  # fmt: skip


def answer(cvr: Any = 12_345_674, **changed: Any) -> dict[str, Any]:
    """Return a company with two places of work."""
    branch = place(1_000_000_002, main=False, name="Filialen", zipcode="7000", employees=None, protected=True)
    return {
        "vat": cvr, "name": "Opdigtet Skole ApS", "address": "Havnegade 12, 1", "zipcode": "7100", "city": "Vejle",
        "cityname": None, "protected": False, "phone": "75111111", "email": "post@skole.example", "fax": None,
        "startdate": "01/10 - 2008", "enddate": None, "employees": "200-499", "addressco": None,
        "industrycode": 12300, "industrydesc": "Dyrkning af citrusfrugter", "companycode": 80,
        "companydesc": "Anpartsselskab", "creditstartdate": None, "creditbankrupt": False, "creditstatus": None,
        "owners": None, "productionunits": [place(), branch], "t": 0, "version": 6,
    } | changed  # fmt: skip
