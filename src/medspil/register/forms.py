"""Which sector a company form counts in, and how forms are written in files. A table: no rule hides elsewhere."""

from medspil.matching import PRIVATE, PUBLIC, VOLUNTARY

PUBLIC_FORMS = frozenset({"230", "235", "240", "245", "250"})  # state, church, region, municipality and theirs
VOLUNTARY_FORMS = frozenset({"90", "110", "115", "152", "260"})  # foundations, associations, private institutions
ONE_PERSON_FORMS = frozenset({"10", "15"})  # sole traders: what belongs to them may belong to a private person

# Text in files -> code. Longer names stand by themselves: the whole text must agree.
_CODES = {
    "enkeltmandsvirksomhed": "10",
    "enk": "10",
    "personligt ejet mindre virksomhed": "15",
    "pmv": "15",
    "interessentskab": "30",
    "i/s": "30",
    "kommanditselskab": "40",
    "k/s": "40",
    "aktieselskab": "60",
    "a/s": "60",
    "partnerselskab": "70",
    "kommanditaktieselskab/partnerselskab": "70",
    "p/s": "70",
    "anpartsselskab": "80",
    "aps": "80",
    "iværksætterselskab": "81",
    "ivs": "81",
    "fond": "90",
    "fonde og andre selvejende institutioner": "90",
    "selvejende institution": "90",
    "erhvervsdrivende fond": "100",
    "forening": "110",
    "frivillig forening": "115",
    "andelsselskab (-forening)": "130",
    "andelsselskab": "130",
    "a.m.b.a.": "130",
    "statslig administrativ enhed": "230",
    "stat": "230",
    "folkekirkelige institutioner": "235",
    "region": "245",
    "primærkommune": "250",
    "kommune": "250",
}


def sector_of(company_form: str) -> int:
    """Return the engine's sector of a company form; a form nobody told us of counts as private."""
    if company_form in PUBLIC_FORMS:
        return PUBLIC
    return VOLUNTARY if company_form in VOLUNTARY_FORMS else PRIVATE


def is_one_person(company_form: str) -> bool:
    """Return whether a company may be one person; a form nobody told us of counts so."""
    return not company_form or company_form in ONE_PERSON_FORMS


def form_code(text: str) -> str:
    """Return the code of a company form given as code or name; blank when it is not known."""
    if text.isascii() and text.isdigit() and len(text) < 5:
        return text.lstrip("0") or ""
    return _CODES.get(text.casefold(), "")
