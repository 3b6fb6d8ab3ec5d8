"""One of something: what people wrote as many is said as one where there is one. 1 class, not 1 classes.

A unit is free text, so only words that are known are changed; any other stays as it was written.
"""

_ONE_OF = {
    "aftener": "aften",
    "billetter": "billet",
    "borde": "bord",
    "bærbare": "bærbar",
    "computere": "computer",
    "cykler": "cykel",
    "dage": "dag",
    "deltagere": "deltager",
    "eftermiddage": "eftermiddag",
    "formiddage": "formiddag",
    "frivillige": "frivillig",
    "gange": "gang",
    "klasser": "klasse",
    "kurser": "kursus",
    "lokaler": "lokale",
    "lærepladser": "læreplads",
    "lørdage": "lørdag",
    "medarbejdere": "medarbejder",
    "mentorer": "mentor",
    "måneder": "måned",
    "pladser": "plads",
    "praktikpladser": "praktikplads",
    "samtaler": "samtale",
    "skærme": "skærm",
    "stole": "stol",
    "søndage": "søndag",
    "timer": "time",
    "ture": "tur",
    "uger": "uge",
    "afternoons": "afternoon",
    "chairs": "chair",
    "classes": "class",
    "computers": "computer",
    "days": "day",
    "employees": "employee",
    "evenings": "evening",
    "hours": "hour",
    "laptops": "laptop",
    "mentors": "mentor",
    "months": "month",
    "places": "place",
    "rooms": "room",
    "seats": "seat",
    "tables": "table",
    "tickets": "ticket",
    "trips": "trip",
    "volunteers": "volunteer",
    "weeks": "week",
}


def unit_for(quantity: int | None, unit: str) -> str:
    """Return a unit as it is said of so many.

    Examples
    --------
    >>> unit_for(1, "klasser"), unit_for(2, "klasser"), unit_for(1, "Brugte computere"), unit_for(1, "sæt")
    ('klasse', 'klasser', 'Brugte computere', 'sæt')
    """
    if quantity != 1:
        return unit
    one = _ONE_OF.get(unit.casefold())
    if one is None:
        return unit
    return one.capitalize() if unit[:1].isupper() else one
