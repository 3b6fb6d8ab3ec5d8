"""Makes small downloads in the shape of Datafordeler: one file for each entity, as CSV, JSON or lines of JSON."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File

from medspil.register import services
from medspil.register.models import ImportRun
from medspil.register.reading import Tally, read_rows, sniff
from medspil.register.reading.bundle import as_bundle
from tests.factories.registers import NOW, clock

_FRAME = ("datafordelerOpdateringstid", "datafordelerRegisterImportSequenceNumber", "datafordelerRowId",
          "datafordelerRowVersion", "feltliste")  # fmt: skip
_TIMES = ("registreringFra", "registreringsaktoer", "registreringTil", "virkningFra", "virkningsaktoer", "virkningTil")
_OWNED = ("CVREnhedsId", *_FRAME, *_TIMES)
COLUMNS: dict[str, tuple[str, ...]] = {
    "Virksomhed": ("CVRNummer", *_FRAME, "id", *_TIMES, "status", "virksomhedOphoersdato", "virksomhedStartdato"),
    "Produktionsenhed": (*_FRAME, "id", "pNummer", "produktionsenhedOphoersdato", "produktionsenhedStartdato", *_TIMES,
                         "status", "tilknyttetTilVirksomhedOphoersdato", "tilknyttetTilVirksomhedStartdato",
                         "tilknyttetVirksomhedsCVRNummer"),
    "Navn": (*_OWNED, "sekvens", "vaerdi"),
    "Adressering": ("Adresse", "AdresseringAnvendelse", "coNavn", "CVRAdresse_adresseFritekst",
                    "CVRAdresse_doerbetegnelse", "CVRAdresse_etagebetegnelse", "CVRAdresse_husnummerFra",
                    "CVRAdresse_husnummerTil", "CVRAdresse_kommunekode", "CVRAdresse_kommunenavn",
                    "CVRAdresse_landekode", "CVRAdresse_postboks", "CVRAdresse_postdistrikt", "CVRAdresse_postnummer",
                    "CVRAdresse_supplerendeBynavn", "CVRAdresse_vejkode", "CVRAdresse_vejnavn", *_OWNED),
    "Branche": (*_OWNED, "sekvens", "vaerdi", "vaerdiTekst"),
    "Virksomhedsform": (*_OWNED, "vaerdi", "vaerdiTekst"),
    "Reklamebeskyttelse": (*_OWNED, "vaerdi"),
    "Beskaeftigelse": ("antal", "beskaeftigelsestalstype", "CVREnhedsId", *_FRAME, "datoFra", "datoTil", "intervalFra",
                       "intervalTil", "registreringsdato"),
    "Kreditoplysninger": (*_OWNED, "Kreditoplysning", "kreditoplysningstekst", "statusvaerdi", "statusvaerdiTekst"),
    "Telefonnummer": (*_OWNED, "vaerdi"),
    "e_mailadresse": (*_OWNED, "vaerdi"),
    "Telefaxnummer": (*_OWNED, "vaerdi"),
    "AnsvarligDataleverandoer": (*_OWNED, "vaerdi", "vaerdiTekst"),
    "CVRPerson": ("CPRPerson", *_FRAME, "id", *_TIMES, "status"),
    "Husnummer": ("adgangsadressebetegnelse", "adgangspunkt", *_FRAME, "husnummertekst", "id_lokalId", *_TIMES,
                  "status", "vejpunkt"),
    "Adressepunkt": (*_FRAME, "id_lokalId", "oprindelse_tekniskStandard", "position", *_TIMES, "status"),
    "Adresse": ("adressebetegnelse", *_FRAME, "doerbetegnelse", "husnummer", "id_lokalId", *_TIMES, "status"),
}  # fmt: skip
NEEDED = ("Virksomhed", "Produktionsenhed", "Navn", "Adressering", "Branche", "Virksomhedsform", "Reklamebeskyttelse")
DAY = "2026-11-13"
_NUMBERS = ("CVRNummer", "pNummer", "tilknyttetVirksomhedsCVRNummer", "sekvens", "antal", "intervalFra", "intervalTil")


class Download:
    """A download under construction: a list of rows for each entity, to be changed at will before it is written."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {entity: [] for entity in (*NEEDED, "Beskaeftigelse")}

    def add(self, entity: str, **cells: str) -> dict[str, str]:
        """Add a row in force since 2015, with some cells of one's own."""
        usual = {
            "datafordelerOpdateringstid": f"{DAY}T04:00:00.000000Z",
            "datafordelerRowId": str(uuid4()),
            "datafordelerRowVersion": "1",
            "feltliste": "Oprettet",
            "registreringFra": "2015-03-02T10:00:00.000000Z",
            "virkningFra": "2015-03-02",
        }
        row = {name: (usual | cells).get(name, "") for name in COLUMNS[entity]}
        assert set(cells) <= set(row), set(cells) - set(row)
        self.rows.setdefault(entity, []).append(row)
        return row

    def company(
        self, cvr: str = "12345674", *, form: str = "80", name: str = "Havnens Holding ApS", **cells: str
    ) -> str:
        """Add a company with its name and form; return its id."""
        owner = f"3{cvr}"
        self.add(
            "Virksomhed", id=owner, CVRNummer=cvr, **{"status": "aktiv", "virksomhedStartdato": "2001-02-03"} | cells
        )
        self.add("Navn", CVREnhedsId=owner, sekvens="0", vaerdi=name)
        self.add("Virksomhedsform", CVREnhedsId=owner, vaerdi=form, vaerdiTekst="Anpartsselskab")
        self.add("Reklamebeskyttelse", CVREnhedsId=owner, vaerdi="false")
        return owner

    def unit(
        self,
        number: int = 1_000_000_001,
        cvr: str = "12345674",
        *,
        name: str = "Havnens Smedje",
        address: dict[str, str] | None = None,
        industry: str = "251100",
        **cells: str,
    ) -> str:
        """Add a unit with its name, address, industry and lack of protection; return its id."""
        owner = f"4{number}"
        told = {"status": "aktiv", "tilknyttetVirksomhedsCVRNummer": cvr, "produktionsenhedStartdato": "2003-02-01"}
        self.add("Produktionsenhed", id=owner, pNummer=str(number), **told | cells)
        self.add("Navn", CVREnhedsId=owner, sekvens="0", vaerdi=name)
        self.add("Adressering", **place(owner) | (address or {}))
        self.add(
            "Branche", CVREnhedsId=owner, sekvens="0", vaerdi=industry, vaerdiTekst="Metal", virkningFra="2025-01-01"
        )
        self.add("Reklamebeskyttelse", CVREnhedsId=owner, vaerdi="false")
        return owner

    def door(self, dar: UUID, x: float, y: float, *, dwelling: UUID | None = None) -> None:
        """Add a house number with its point, and an address behind it when one is asked for."""
        point = str(uuid4())
        self.add("Husnummer", id_lokalId=str(dar), adgangspunkt=point, vejpunkt=str(uuid4()), status="3")
        self.add("Adressepunkt", id_lokalId=point, position=f"POINT({x} {y})", status="8")
        if dwelling is not None:
            self.add("Adresse", id_lokalId=str(dwelling), husnummer=str(dar), adressebetegnelse="x", status="3")

    def write(
        self, folder: Path, *, form: str = "csv", packing: str = "plain", entities: Iterable[str] = ()
    ) -> dict[str, Path]:
        """Write one file for each entity, under the names that Datafordeler gives; return {entity: path}."""
        folder.mkdir(parents=True, exist_ok=True)
        chosen = tuple(entities) or tuple(self.rows)
        return {entity: self._file(folder, entity, form, packing) for entity in chosen}

    def _file(self, folder: Path, entity: str, form: str, packing: str) -> Path:
        register = "DAR" if entity in ("Husnummer", "Adressepunkt", "Adresse") else "CVR"
        ending = "csv" if form == "csv" else "json"
        stem = f"{register}_V2_{entity}_TotalDownload_{ending}_Current_525"
        data = text_of(entity, self.rows[entity], form).encode()
        path = folder / f"{stem}.{ {'plain': ending, 'gzip': f'{ending}.gz', 'zip': 'zip'}[packing] }".replace(" ", "")
        if packing == "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(f"{stem}.{ending}", data)
        else:
            path.write_bytes(gzip.compress(data) if packing == "gzip" else data)
        return path


def place(owner: str) -> dict[str, str]:
    """Return where a unit lies: Havnegade 1, 7100 Vejle."""
    return {
        "CVREnhedsId": owner, "AdresseringAnvendelse": "beliggenhedsadresse", "CVRAdresse_vejnavn": "Havnegade",
        "CVRAdresse_husnummerFra": "1", "CVRAdresse_postnummer": "7100", "CVRAdresse_postdistrikt": "Vejle",
        "CVRAdresse_kommunekode": "630", "CVRAdresse_kommunenavn": "VEJLE", "CVRAdresse_landekode": "DK",
    }  # fmt: skip


def many(count: int) -> Download:
    """Return a download of a company for each unit; every third has employees, every seventh is protected."""
    download = Download()
    for nth in range(count):
        cvr = str(20_000_000 + nth)
        download.company(cvr, name=f"Firma {nth} ApS")
        owner = download.unit(1_000_000_001 + nth, cvr, name=f"Sted {nth}, Vejle")
        if nth % 7 == 0:
            download.rows["Reklamebeskyttelse"][-1]["vaerdi"] = "true"
        if nth % 3 == 0:
            employed(download, owner, intervalFra="5", intervalTil="9")
    return download


def employed(download: Download, owner: str, day: str = "2026-06-30", **cells: str) -> None:
    """Add a count of employees."""
    kind = (
        "MaanedsbeskaeftigelseAntalAnsatteInterval" if "intervalFra" in cells else "MaanedsbeskaeftigelseAntalAnsatte"
    )
    told = {"beskaeftigelsestalstype": kind, "datoFra": f"{day[:8]}01", "datoTil": day}
    download.add("Beskaeftigelse", CVREnhedsId=owner, **told | cells)


def text_of(entity: str, rows: list[dict[str, str]], form: str) -> str:
    """Return a file as text: "csv", "json" (one array) or "lines"."""
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS[entity], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue()
    records = [
        json.dumps({name: _value(entity, name, cell) for name, cell in row.items()}, ensure_ascii=False) for row in rows
    ]
    return "[" + ",".join(records) + "]" if form == "json" else "".join(f"{record}\n" for record in records)


def _value(entity: str, name: str, cell: str) -> Any:
    if cell == "":
        return None
    if name in _NUMBERS:
        return int(cell)
    return cell == "true" if entity == "Reklamebeskyttelse" and name == "vaerdi" else cell


def read(paths: Iterable[Path], tally: Tally | None = None) -> list[dict[str, str]]:
    """Return the rows of a download as the pipeline gets them."""
    bundle = as_bundle(*paths)
    layout = sniff(bundle)
    tally = tally if tally is not None else Tally()
    return [dict(zip(layout.header, cells, strict=True)) for _row, cells in read_rows(bundle, layout, tally)]


def received(paths: Iterable[Path], **facts: Any) -> ImportRun:
    """Hand the files of a download in, as one import."""
    opened = [(path.name, File(path.open("rb"))) for path in paths]
    try:
        told: dict[str, Any] = {"source": "CVR", "source_date": NOW.date(), "creation_key": uuid4(), "now": NOW}
        return services.receive_files(files=opened, **told | facts)
    finally:
        for _name, file in opened:
            file.close()


def applied(paths: Iterable[Path], **facts: Any) -> ImportRun:
    """Hand a download in, compare and apply it."""
    return services.apply(run=services.compare(run=received(paths, **facts), clock=clock), clock=clock)
