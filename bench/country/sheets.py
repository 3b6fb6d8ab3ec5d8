"""How the columns of rows become the attributes of each entity: SQL expressions over a chunk called `part`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bench.country import addresses, details
from bench.country.rows import Columns, Rows, Subjects


@dataclass(frozen=True)
class Sheet:
    """An entity: what its subjects are, how their rows are made, and how they are written."""

    of: str  # units, companies, both, everybody, houses
    make: Callable[[Rows, Subjects], Columns]
    cells: dict[str, str]
    rows_each: int = 2  # about how many rows a subject has


def _day(name: str) -> str:
    return f"case when {name} >= 0 then date '1970-01-01' + {name} end"


def _moment(name: str) -> str:
    return f"case when {name} >= 0 then (date '1970-01-01' + {name})::varchar || getvariable('minutes')[minute + 1] end"


def _uuid(first: str, second: str) -> str:
    """Write 128 bits as a UUID of version 4."""
    high = f"(({first} & 18446744073709490175::ubigint) | 16384::ubigint)"
    low = f"(({second} & 4611686018427387903::ubigint) | 9223372036854775808::ubigint)"
    text = f"lower(lpad(hex({high}), 16, '0') || lpad(hex({low}), 16, '0'))"
    return f"regexp_replace({text}, '^(.{{8}})(.{{4}})(.{{4}})(.{{4}})', '\\1-\\2-\\3-\\4-')"


def _id(kind: str) -> str:
    """Write the UUID of a thing; its bits are among the columns."""
    return _uuid(f"{kind}_a", f"{kind}_b")


FRAME: Final = {
    "datafordelerOpdateringstid": "getvariable('updated')",
    "datafordelerRegisterImportSequenceNumber": "getvariable('sequence')",
    "datafordelerRowId": _uuid("a", "b"),
    "datafordelerRowVersion": "1 + minute % 3",
    "registreringFra": _moment("since"),
    "registreringTil": _moment("back"),
    "registreringsaktoer": "'Erhvervsstyrelsen'",
    "virkningFra": _day("since"),
    "virkningTil": _day("until"),
    "virkningsaktoer": "'Erhvervsstyrelsen'",
    "CVREnhedsId": "id",
}
DAR_FRAME: Final = FRAME | {
    "virkningFra": _moment("since"),
    "virkningTil": _moment("until"),
    "registreringsaktoer": "'DAR'",
    "virkningsaktoer": "'Kommune'",
    "forretningshaendelse": "'Adressesag'",
    "forretningsomraade": "'54.15.05'",
    "forretningsproces": "0",
    "id_namespace": "'http://data.gov.dk/dar/' || lower(getvariable('entity'))",
    "status": "3",
}
_STREET: Final = "getvariable('streets')[street + 1]"
_TOWN: Final = "getvariable('towns')[area + 1]"
_LETTER: Final = "case when letter > 0 then chr((64 + letter)::int) else '' end"
_HOUSE: Final = f"number || {_LETTER}"
_POSTCODE: Final = "lpad(postcode::varchar, 4, '0')"
_WHERE: Final = f"{_STREET} || ' ' || {_HOUSE} || ', ' || {_POSTCODE} || ' ' || {_TOWN}"
_MUNICIPALITY: Final = "getvariable('municipalities')[area + 1]"
_STREET_CODE: Final = "lpad(street_code::varchar, 4, '0')"
_FLOOR: Final = "getvariable('floors')[door + 2]"
_SIDE: Final = "getvariable('sides')[door + 2]"
_BEHIND: Final = f"case when several then ', ' || trim({_FLOOR} || '. ' || {_SIDE}) else '' end"
_WHOLE: Final = f"{_STREET} || ' ' || {_HOUSE} || {_BEHIND} || ', ' || {_POSTCODE} || ' ' || {_TOWN}"
_ABROAD: Final = "case when house < 0 then 'Box ' || (minute + 1) || ', ' || getvariable('abroad')[country + 1] end"
_DOMAIN: Final = "replace(replace(replace(lower(word), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa') || '.example'"
_POINT: Final = "printf('POINT (%d.%02d %d.%02d)', x // 100, x % 100, y // 100, y % 100)"


def _home(expression: str) -> str:
    return f"case when house >= 0 then {expression} end"


def _by_system(name: str) -> str:
    return f"case when db25 then getvariable('{name}25')[trade + 1] else getvariable('{name}07')[trade + 1] end"


SHEETS: Final[dict[str, Sheet]] = {
    "Adressering": Sheet("both", addresses.sites, FRAME | {
        "Adresse": f"case when has_id then {_id('door')} end",
        "AdresseringAnvendelse": "case when post then 'postadresse' else 'beliggenhedsadresse' end",
        "coNavn": "nullif(care_of, '')",
        "CVRAdresse_adresseFritekst": _ABROAD,
        "CVRAdresse_doerbetegnelse": _home(f"case when not single then nullif({_SIDE}, '') end"),
        "CVRAdresse_etagebetegnelse": _home(f"case when not single then nullif({_FLOOR}, '') end"),
        "CVRAdresse_husnummerFra": _home(_HOUSE),
        "CVRAdresse_kommunekode": _home(_MUNICIPALITY),
        "CVRAdresse_kommunenavn": _home("getvariable('municipality_names')[area + 1]"),
        "CVRAdresse_landekode": "case when house < 0 then getvariable('countries')[country + 1] else 'DK' end",
        "CVRAdresse_postdistrikt": _home(_TOWN),
        "CVRAdresse_postnummer": _home(_POSTCODE),
        "CVRAdresse_vejkode": _home(_STREET_CODE),
        "CVRAdresse_vejnavn": _home(_STREET),
    }),
    "Branche": Sheet("both", lambda rows, some: rows.trades(some), FRAME | {
        "sekvens": "place",
        "vaerdi": _by_system("codes"),
        "vaerdiTekst": _by_system("titles"),
    }, 3),
    "Navn": Sheet("everybody", lambda rows, some: rows.names(some), FRAME | {"sekvens": "place", "vaerdi": "text"}),
    "Adressepunkt": Sheet("houses", addresses.points, DAR_FRAME | {
        "id_lokalId": _id("point"),
        "oprindelse_kilde": "'Ekstern'",
        "oprindelse_noejagtighedsklasse": "case when minute % 9 = 0 then 'B' else 'A' end",
        "oprindelse_registrering": _moment("since"),
        "oprindelse_tekniskStandard": "case when road then 'V0' else 'TD' end",
        "position": _POINT,
    }, 2),
    "Adresse": Sheet("houses", addresses.doors, DAR_FRAME | {
        "adressebetegnelse": _WHOLE,
        "doerbetegnelse": f"case when several then nullif({_SIDE}, '') end",
        "etagebetegnelse": f"case when several then nullif({_FLOOR}, '') end",
        "husnummer": _id("house"),
        "id_lokalId": _id("door"),
    }, 3),
    "Produktionsenhed": Sheet("units", lambda rows, some: rows.lives(some.units, unit=True), FRAME | {
        "id": "id",
        "pNummer": "number",
        "produktionsenhedOphoersdato": _day("ended"),
        "produktionsenhedStartdato": _day("started"),
        "status": "getvariable('statuses')[status + 1]",
        "tilknyttetTilVirksomhedOphoersdato": _day("parted"),
        "tilknyttetTilVirksomhedStartdato": f"case when cvr > 0 then {_day('joined')} end",
        "tilknyttetVirksomhedsCVRNummer": "nullif(cvr, 0)",
    }),
    "Husnummer": Sheet("houses", addresses.houses, DAR_FRAME | {
        "adgangsadressebetegnelse": _WHERE,
        "adgangspunkt": _id("entrance"),
        "husnummerretning": "'POINT (1 0)'",
        "husnummertekst": _HOUSE,
        "id_lokalId": _id("house"),
        "kommuneinddeling": _MUNICIPALITY,
        "navngivenVej": _id("street"),
        "postnummer": _id("postcode"),
        "status": "case when provisional then 2 else 3 end",
        "vejmidte": f"lpad({_MUNICIPALITY}, 4, '0') || '-' || {_STREET_CODE}",
        "vejpunkt": _id("road"),
    }, 1),
    "Virksomhed": Sheet("companies", lambda rows, some: rows.lives(some.companies, unit=False), FRAME | {
        "CVRNummer": "number",
        "id": "id",
        "status": "getvariable('statuses')[status + 1]",
        "virksomhedOphoersdato": _day("ended"),
        "virksomhedStartdato": _day("started"),
    }),
    "Reklamebeskyttelse": Sheet("both", lambda rows, some: rows.wishes(some), FRAME | {
        "vaerdi": "case when flag then 'true' else 'false' end",
    }),
    "Virksomhedsform": Sheet("companies", details.forms, FRAME | {
        "vaerdi": "getvariable('forms')[form + 1]",
        "vaerdiTekst": "getvariable('form_texts')[form + 1]",
    }),
    "Telefonnummer": Sheet("both", lambda rows, some: details.contacts(rows, some, mail=False), FRAME | {
        "vaerdi": "value",
    }),
    "e_mailadresse": Sheet("both", lambda rows, some: details.contacts(rows, some, mail=True), FRAME | {
        "vaerdi": f"'post' || value % 100 || '@' || {_DOMAIN}",
    }),
    "Beskaeftigelse": Sheet("both", details.employment, FRAME | {
        "antal": "case when number >= 0 then number end",
        "beskaeftigelsestalstype": "getvariable('series')[series + 1]",
        "datoFra": _day("since"),
        "datoTil": _day("until"),
        "intervalFra": "low",
        "intervalTil": "high",
        "registreringsdato": _moment("until"),
    }),
}  # fmt: skip
