"""The entities of a Datafordeler download: what each is known by, and which of its attributes are read. A table.

The names are the register's own (Danish), as they stand in the headings of its files. Everything else here is ours.
"""

import re
from dataclasses import dataclass

UNIT, COMPANY, NAME, ADDRESS, INDUSTRY = "Produktionsenhed", "Virksomhed", "Navn", "Adressering", "Branche"
FORM, PROTECTION, EMPLOYMENT, CREDIT = "Virksomhedsform", "Reklamebeskyttelse", "Beskaeftigelse", "Kreditoplysninger"
PHONE, EMAIL, FAX, SUPPLIER = "Telefonnummer", "e_mailadresse", "Telefaxnummer", "AnsvarligDataleverandoer"
HOUSE, POINT, DWELLING = "Husnummer", "Adressepunkt", "Adresse"  # of DAR, the register of addresses

_OWN = "CVREnhedsId"
_SINCE = ("virkningFra", "registreringFra")
_IN_FORCE = ("virkningTil", "registreringTil", "datafordelerOpdateringstid")


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of file. `marks` are attributes no other kind has together; `reads` are all that we look at."""

    code: str
    marks: tuple[str, ...]
    reads: tuple[str, ...] = ()  # none: known, and left unread
    lacks: tuple[str, ...] = ()
    required: bool = False
    people: bool = False
    of_dar: bool = False

    @property
    def wanted(self) -> bool:
        """Whether the reader does anything with it."""
        return bool(self.reads)


ENTITIES: tuple[Entity, ...] = (
    Entity(
        UNIT,
        marks=("id", "pNummer", "tilknyttetVirksomhedsCVRNummer"),
        reads=("id", "pNummer", "produktionsenhedStartdato", "produktionsenhedOphoersdato", "status",
               "tilknyttetVirksomhedsCVRNummer", "tilknyttetTilVirksomhedOphoersdato", *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        COMPANY,
        marks=("id", "CVRNummer", "virksomhedStartdato"),
        reads=("id", "CVRNummer", "status", "virksomhedOphoersdato", *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        NAME,
        marks=(_OWN, "vaerdi", "sekvens"),
        lacks=("vaerdiTekst",),
        reads=(_OWN, "vaerdi", "sekvens", *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        ADDRESS,
        marks=(_OWN, "AdresseringAnvendelse"),
        # Never coNavn nor adresseFritekst: people stand in them.
        reads=(_OWN, "AdresseringAnvendelse", "Adresse", "CVRAdresse_vejnavn", "CVRAdresse_husnummerFra",
               "CVRAdresse_husnummerTil", "CVRAdresse_etagebetegnelse", "CVRAdresse_doerbetegnelse",
               "CVRAdresse_postnummer", "CVRAdresse_postdistrikt", "CVRAdresse_kommunekode", "CVRAdresse_landekode",
               *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        INDUSTRY,
        marks=(_OWN, "vaerdi", "vaerdiTekst", "sekvens"),
        reads=(_OWN, "vaerdi", "vaerdiTekst", "sekvens", *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        FORM,
        marks=(_OWN, "vaerdi", "vaerdiTekst"),
        lacks=("sekvens",),
        reads=(_OWN, "vaerdi", *_SINCE, *_IN_FORCE),
        required=True,
    ),
    Entity(
        PROTECTION,
        marks=(_OWN, "vaerdi"),
        lacks=("vaerdiTekst", "sekvens"),
        # Not required: it is not always handed out. Without it new units count as protected.
        reads=(_OWN, "vaerdi", *_SINCE, *_IN_FORCE),
    ),
    Entity(
        EMPLOYMENT,
        marks=(_OWN, "beskaeftigelsestalstype"),
        reads=(_OWN, "beskaeftigelsestalstype", "antal", "intervalFra", "intervalTil", "datoTil",
               "datafordelerOpdateringstid"),
    ),
    Entity(
        CREDIT,
        marks=(_OWN, "Kreditoplysning"),
        reads=(_OWN, "kreditoplysningstekst", "statusvaerdiTekst", *_SINCE, *_IN_FORCE),
    ),
    Entity(PHONE, marks=(_OWN, "vaerdi"), lacks=("vaerdiTekst", "sekvens"),
           reads=(_OWN, "vaerdi", *_SINCE, *_IN_FORCE)),
    Entity(EMAIL, marks=(_OWN, "vaerdi"), lacks=("vaerdiTekst", "sekvens"),
           reads=(_OWN, "vaerdi", *_SINCE, *_IN_FORCE)),
    Entity(HOUSE, marks=("id_lokalId", "adgangspunkt"), of_dar=True,
           reads=("id_lokalId", "adgangspunkt", *_SINCE, *_IN_FORCE)),
    Entity(POINT, marks=("id_lokalId", "position"), lacks=("adgangspunkt",), of_dar=True,
           reads=("id_lokalId", "position", *_SINCE, *_IN_FORCE)),
    Entity(DWELLING, marks=("id_lokalId", "adressebetegnelse", "husnummer"), of_dar=True,
           reads=("id_lokalId", "husnummer", *_SINCE, *_IN_FORCE)),
    # Known and left unread: nothing of them is ours to keep, or nothing is gained.
    Entity(FAX, marks=(_OWN, "vaerdi"), lacks=("vaerdiTekst", "sekvens")),
    Entity(SUPPLIER, marks=(_OWN, "vaerdi", "vaerdiTekst"), lacks=("sekvens",)),
    Entity("CVREnhed", marks=("enhedsType", "forretningsnoegle")),
    Entity("CVRPerson", marks=("id", "CPRPerson", "virkningFra"), people=True),
    Entity("AndreDeltagere", marks=("id", "type", "status", "virkningFra", "registreringFra"), people=True,
           lacks=("pNummer", "CVRNummer", "id_lokalId", "CPRPerson")),
    Entity("FuldtAnsvarligDeltagerRelation", marks=(_OWN, "deltagendeEnhedsId"), people=True),
)  # fmt: skip
BY_CODE = {entity.code: entity for entity in ENTITIES}
REQUIRED = tuple(entity.code for entity in ENTITIES if entity.required)

# CVR_V2_Navn_TotalDownload_csv_Current_525.zip
_OFFICIAL = re.compile(r"(CVR|DAR)_V\d+_(\w+?)_(Total|Delta)Download_(?:csv|json)_[A-Za-z]+_(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a file's name tells, when it is the one it was downloaded under. A hint: what is inside decides."""

    code: str = ""
    delta: bool = False
    generation: int = 0
    register: str = ""


def told_by(name: str) -> Told:
    """Return what a name tells; blank for a name somebody gave."""
    found = _OFFICIAL.search(name)
    if found:
        code = next((code for code in BY_CODE if code.casefold() == found[2].casefold()), "")
        return Told(code, found[3].casefold() == "delta", int(found[4]), found[1].upper())
    words = re.split(r"[^a-zæøå]+", re.sub(r"e_mailadresse", "emailadresse", name.casefold()))
    names = {code.casefold().replace("_", ""): code for code in BY_CODE}
    return Told(next((names[word] for word in words if word in names), ""))
