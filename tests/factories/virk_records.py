"""Makes records in the shape of the business register's own JSON. All names and numbers are made up."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]
NOW_ON: dict[str, Any] = {"gyldigFra": "2015-03-01", "gyldigTil": None}
SINCE_DB25: dict[str, Any] = {"gyldigFra": "2025-01-01", "gyldigTil": None}
PAST: dict[str, Any] = {"gyldigFra": "2010-01-01", "gyldigTil": "2015-02-28"}


def valid(told: Mapping[str, Any], period: Mapping[str, Any] = NOW_ON) -> Record:
    """Return an entry with its period."""
    return {**told, "periode": dict(period), "sidstOpdateret": "2026-10-01T09:00:00.000+02:00"}


def address(**changed: Any) -> Record:
    """Return an address as the register writes it."""
    period = changed.pop("periode", NOW_ON)
    return valid(
        {
            "landekode": "DK", "fritekst": None, "vejkode": 1234, "husnummerFra": 12, "husnummerTil": None,
            "bogstavFra": "B", "bogstavTil": None, "etage": "1", "sidedoer": "tv", "conavn": "Erik Opdigtet",
            "postboks": None, "vejnavn": "Havnegade", "bynavn": None, "postnummer": 7100, "postdistrikt": "Vejle",
            "adresseId": "0A3F50BC-fde6-32b8-e044-0003ba298018",
            "kommune": {"kommuneKode": 630, "kommuneNavn": "VEJLE", "periode": dict(NOW_ON)},
        }
        | changed,
        period,
    )  # fmt: skip


def contact(told: str, *, secret: bool = False, period: Mapping[str, Any] = NOW_ON) -> Record:
    """Return a contact point."""
    return valid({"kontaktoplysning": told, "hemmelig": secret}, period)


def _both(name: str, industry: tuple[str, str], told_of_size: Record | None) -> Record:
    return {
        "reklamebeskyttet": False,
        "navne": [valid({"navn": "Et tidligere navn"}, PAST), valid({"navn": name})],
        "beliggenhedsadresse": [address(vejnavn="Gammelgade", periode=PAST), address()],
        "telefonNummer": [], "elektroniskPost": [], "hjemmeside": [],
        "livsforloeb": [valid({})],
        "hovedbranche": [
            valid({"branchekode": "519000", "branchetekst": "Anden engroshandel"}, PAST),
            valid({"branchekode": industry[0], "branchetekst": industry[1]}, SINCE_DB25),
        ],
        "aarsbeskaeftigelse": [told_of_size] if told_of_size else [],
        "kvartalsbeskaeftigelse": [], "maanedsbeskaeftigelse": [], "erstMaanedsbeskaeftigelse": [],
        "attributter": [], "samtId": 3, "fejlRegistreret": False, "dataAdgang": 0,
        "deltagerRelation": [{"deltager": {"navne": [valid({"navn": "Person Opdigtet"})]}}],
        "sidstIndlaest": "2026-11-01T10:00:00.000+01:00", "sidstOpdateret": "2026-10-01T09:00:00.000+02:00",
    }  # fmt: skip


def unit(number: Any = 1_000_000_001, cvr: Any = 12_345_674, name: str = "Havnens Smedje", **changed: Any) -> Record:
    """Return a unit's record; `metadata` is merged into its metadata."""
    record = _both(name, ("251100", "Fremstilling af metalkonstruktioner"), None)
    metadata = {
        "nyesteCvrNummerRelation": cvr, "nyesteNavn": record["navne"][-1], "sammensatStatus": "Aktiv",
        "nyesteBeliggenhedsadresse": record["beliggenhedsadresse"][-1],
        "nyesteHovedbranche": record["hovedbranche"][-1],
        "nyesteKontaktoplysninger": ["hemmelig@opdigtet.example"],
    }  # fmt: skip
    record |= {
        "pNummer": number,
        "virksomhedsrelation": [valid({"cvrNummer": cvr})],
        "produktionsEnhedMetadata": metadata | changed.pop("metadata", {}),
    }
    return {"VrproduktionsEnhed": record | changed}


def company(cvr: Any = 12_345_674, name: str = "Havnens Smedje ApS", form: int = 80, **changed: Any) -> Record:
    """Return a company's record; `metadata` is merged into its metadata, `units` are the P-numbers it tells of."""
    record = _both(name, ("251100", "Fremstilling af metalkonstruktioner"), None)
    units: Sequence[Any] = changed.pop("units", (1_000_000_001, 1_000_000_002))
    metadata = {
        "nyesteNavn": record["navne"][-1], "sammensatStatus": "NORMAL", "antalPenheder": len(units),
        "nyesteVirksomhedsform": valid({"virksomhedsformkode": form, "langBeskrivelse": "Anpartsselskab"}),
        "nyesteBeliggenhedsadresse": record["beliggenhedsadresse"][-1],
        "nyesteHovedbranche": record["hovedbranche"][-1],
    }  # fmt: skip
    purpose = [valid({"vaerdi": "Et tidligere formål"}, PAST), valid({"vaerdi": "At smede for byen."})]
    record |= {
        "cvrNummer": cvr,
        "penheder": [valid({"pNummer": number}) for number in units],
        "virksomhedsform": [metadata["nyesteVirksomhedsform"]],
        "virksomhedsstatus": [valid({"status": "NORMAL"})],
        "attributter": [{"sekvensnr": 0, "type": "FORMÅL", "vaerditype": "string", "vaerdier": purpose}],
        "virksomhedMetadata": metadata | changed.pop("metadata", {}),
    }
    return {"Vrvirksomhed": record | changed}


def hit(record: Record) -> Record:
    """Return a record as a hit of a search."""
    return {"_index": "cvr", "_type": "_doc", "_id": "4000000001", "_score": 1.0, "_source": record}


def lines(records: Sequence[Any]) -> str:
    """Return records with a line each."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def page(records: Sequence[Record], *, indent: int | None = None) -> str:
    """Return records as a page of hits."""
    hits = {"total": len(records), "max_score": 1, "hits": [hit(record) for record in records]}
    return json.dumps({"took": 3, "timed_out": False, "_shards": {"total": 6}, "hits": hits}, indent=indent)


def written(folder: Path, content: str | bytes, name: str = "virk.json") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
