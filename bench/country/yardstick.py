"""The yardstick: the same join by DuckDB alone, plain SQL from the unpacked CSVs into a Parquet file.

It knows the files to be whole, checks no row, tells nobody what is wrong, and keeps nothing of an earlier import.
Run as a worker: `python -m bench.country.yardstick join EVENTS FOLDER`.
"""

import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from bench.country.headers import HEADERS, file_name
from bench.country.worker import Events

_IN_FORCE: Final = '"virkningTil" is null and "registreringTil" is null'
_OWN: Final = '"CVREnhedsId" as id'
JOIN: Final = f"""
    with unit as (
        select id, "pNummer" as number, "tilknyttetVirksomhedsCVRNummer" as cvr, "produktionsenhedStartdato" as started
        from Produktionsenhed where {_IN_FORCE} and "produktionsenhedOphoersdato" is null
            and "tilknyttetTilVirksomhedOphoersdato" is null
    ), company as (
        select id, "CVRNummer" as cvr from Virksomhed where {_IN_FORCE} and "virksomhedOphoersdato" is null
    ),
    name as (select {_OWN}, vaerdi from Navn where {_IN_FORCE} and sekvens = '0'),
    place as (
        select {_OWN}, "Adresse" as dar, "CVRAdresse_vejnavn" || ' ' || "CVRAdresse_husnummerFra" as address,
            "CVRAdresse_postnummer" as postcode, "CVRAdresse_postdistrikt" as town,
            lpad("CVRAdresse_kommunekode", 4, '0') as municipality
        from Adressering where {_IN_FORCE} and "AdresseringAnvendelse" = 'beliggenhedsadresse'
    ),
    industry as (select {_OWN}, vaerdi, "vaerdiTekst" from Branche where {_IN_FORCE} and sekvens = '0'),
    form as (select {_OWN}, vaerdi from Virksomhedsform where {_IN_FORCE}),
    wish as (select {_OWN}, vaerdi from Reklamebeskyttelse where {_IN_FORCE}),
    phone as (select {_OWN}, vaerdi from Telefonnummer where {_IN_FORCE}),
    mail as (select {_OWN}, vaerdi from e_mailadresse where {_IN_FORCE}),
    size as (
        select {_OWN}, arg_max("intervalFra", "datoTil") as low, arg_max("intervalTil", "datoTil") as high
        from Beskaeftigelse where "beskaeftigelsestalstype" like '%AntalAnsatte' group by 1
    ),
    spot as (
        select door.id_lokalId as dar, point.position from Adresse as door
        join Husnummer as house on house.id_lokalId = door.husnummer and house."virkningTil" is null
        join Adressepunkt as point on point.id_lokalId = house.adgangspunkt and point."virkningTil" is null
        where door."virkningTil" is null
    )
    select unit.number, unit.cvr, coalesce(own.vaerdi, firm.vaerdi) as name, firm.vaerdi as company_name,
        form.vaerdi as company_form, industry.vaerdi as industry, industry."vaerdiTekst" as industry_text,
        place.address, place.dar, place.postcode, place.town, place.municipality, spot.position,
        size.low, size.high, unit.started, coalesce(self.vaerdi = 'true' or others.vaerdi = 'true', false) as protected,
        phone.vaerdi as phone, mail.vaerdi as mail
    from unit left join company on company.cvr = unit.cvr
    left join name as own on own.id = unit.id left join name as firm on firm.id = company.id
    left join form on form.id = company.id left join industry on industry.id = unit.id
    left join place on place.id = unit.id left join spot on spot.dar = place.dar left join size on size.id = unit.id
    left join wish as self on self.id = unit.id left join wish as others on others.id = company.id
    left join phone on phone.id = unit.id left join mail on mail.id = unit.id
    order by unit.number
"""


def join(events: Events, folder: Path, work: Path) -> None:
    """Unpack, then join into a Parquet file."""
    with events.stage("unpack") as facts:
        facts["bytes"] = 0
        for packed in sorted(folder.glob("*.zip")):
            with zipfile.ZipFile(packed) as files:
                files.extractall(work)
                facts["bytes"] += sum(info.file_size for info in files.infolist())
    database = duckdb.connect(config={"threads": 2, "temp_directory": str(work / "aside")})
    database.execute("set enable_progress_bar = false")
    for entity in HEADERS:
        path = next(path for week in (1, 2) if (path := work / f"{file_name(entity, week)}.csv").exists())
        database.execute(f"create view {entity} as select * from read_csv('{path}', all_varchar=true, header=true)")
    with events.stage("join") as facts:
        database.execute(f"copy ({JOIN}) to '{work}/units.parquet' (format parquet)")
        counted = database.execute(f"select count(*) from '{work}/units.parquet'").fetchone()
        facts["rows"] = counted[0] if counted else 0


if __name__ == "__main__":
    with TemporaryDirectory(dir=Path(sys.argv[3]).parent) as name:
        join(Events(Path(sys.argv[2])), Path(sys.argv[3]), Path(name))
