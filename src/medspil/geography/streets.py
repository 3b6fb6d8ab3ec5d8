"""Takes the street out of a written address, and makes two spellings of one street the same."""

import re

# The house is the first number after a word, unless it is an ordinal as in "10. Februar Vej" or "Christian 10.s Vej".
_HOUSE = re.compile(r"(?P<street>.*?[^\W\d_].*?)\s+(?P<house>\d+\s?[a-zæøå]?)(?![\w.]).*", re.IGNORECASE | re.DOTALL)


def street_and_house(address: str) -> tuple[str, str]:
    """Return street and house of an address: "Havnegade 12 B, 1. tv" is ("Havnegade", "12B"); blank without a house."""
    first_part = address.partition(",")[0].strip()
    found = _HOUSE.fullmatch(first_part)
    if not found:
        return first_part, ""
    return found["street"].strip(), found["house"].replace(" ", "").upper()


def street_key(street: str) -> str:
    """Return what one street has in common however it is written: "Sdr. Aagade" and "sdr Ågade"."""
    key = re.sub(r"[\s.]+", " ", street.casefold()).strip()
    return key.replace("aa", "å").replace("é", "e").replace("ü", "y")
