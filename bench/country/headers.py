"""The entities of the file downloads with their attributes, in the order in which the Datafordeler names them."""

from typing import Final

_FRAME: Final = (
    "datafordelerOpdateringstid", "datafordelerRegisterImportSequenceNumber", "datafordelerRowId",
    "datafordelerRowVersion",
)  # fmt: skip
_REGISTERED: Final = ("registreringFra", "registreringsaktoer", "registreringTil")
_VALID: Final = ("virkningFra", "virkningsaktoer", "virkningTil")
_BUSINESS: Final = ("forretningshaendelse", "forretningsomraade", "forretningsproces")

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "Virksomhed": ("CVRNummer", *_FRAME, "feltliste", "id", *_REGISTERED, "status", *_VALID, "virksomhedOphoersdato",
                   "virksomhedStartdato"),
    "Produktionsenhed": (*_FRAME, "feltliste", "id", "pNummer", "produktionsenhedOphoersdato",
                         "produktionsenhedStartdato", *_REGISTERED, "status", "tilknyttetTilVirksomhedOphoersdato",
                         "tilknyttetTilVirksomhedStartdato", "tilknyttetVirksomhedsCVRNummer", *_VALID),
    "Navn": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "sekvens", "vaerdi", *_VALID),
    "Adressering": ("Adresse", "AdresseringAnvendelse", "coNavn", "CVRAdresse_adresseFritekst",
                    "CVRAdresse_doerbetegnelse", "CVRAdresse_etagebetegnelse", "CVRAdresse_husnummerFra",
                    "CVRAdresse_husnummerTil", "CVRAdresse_kommunekode", "CVRAdresse_kommunenavn",
                    "CVRAdresse_landekode", "CVRAdresse_postboks", "CVRAdresse_postdistrikt", "CVRAdresse_postnummer",
                    "CVRAdresse_supplerendeBynavn", "CVRAdresse_vejkode", "CVRAdresse_vejnavn", "CVREnhedsId", *_FRAME,
                    "feltliste", *_REGISTERED, *_VALID),
    "Branche": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "sekvens", "vaerdi", "vaerdiTekst", *_VALID),
    "Beskaeftigelse": ("antal", "beskaeftigelsestalstype", "CVREnhedsId", *_FRAME, "datoFra", "datoTil", "feltliste",
                       "intervalFra", "intervalTil", "registreringsdato"),
    "Reklamebeskyttelse": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "vaerdi", *_VALID),
    "Virksomhedsform": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "vaerdi", "vaerdiTekst", *_VALID),
    "Telefonnummer": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "vaerdi", *_VALID),
    "e_mailadresse": ("CVREnhedsId", *_FRAME, "feltliste", *_REGISTERED, "vaerdi", *_VALID),
    "Adresse": ("adressebetegnelse", "bygning", *_FRAME, "doerbetegnelse", "doerpunkt", "etagebetegnelse", *_BUSINESS,
                "husnummer", "id_lokalId", "id_namespace", *_REGISTERED, "status", *_VALID),
    "Husnummer": ("adgangsadressebetegnelse", "adgangspunkt", "adgangTilBygning", "adgangTilTekniskAnlaeg",
                  "afstemningsomraade", *_FRAME, *_BUSINESS, "geoDanmarkBygning", "husnummerretning", "husnummertekst",
                  "id_lokalId", "id_namespace", "jordstykke", "kommuneinddeling", "menighedsraadsafstemningsomraade",
                  "navngivenVej", "placeretPaaForeloebigtJordstykke", "postnummer", *_REGISTERED, "sogneinddeling",
                  "status", "supplerendeBynavn", "vejmidte", "vejpunkt", *_VALID),
    "Adressepunkt": (*_FRAME, *_BUSINESS, "id_lokalId", "id_namespace", "oprindelse_kilde",
                     "oprindelse_noejagtighedsklasse", "oprindelse_registrering", "oprindelse_tekniskStandard",
                     "position", *_REGISTERED, "status", *_VALID),
}  # fmt: skip
DAR: Final = frozenset({"Adresse", "Husnummer", "Adressepunkt"})
CVR: Final = tuple(name for name in HEADERS if name not in DAR)
GENERATION: Final = 505  # of week 1


def file_name(entity: str, week: int) -> str:
    """Return the name of an entity's file without its ending."""
    register = "DAR" if entity in DAR else "CVR"
    return f"{register}_V2_{entity}_TotalDownload_csv_Current_{GENERATION + week - 1}"
